/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_control.c - the control socket, with a house that a test plays
 */
#include "journal_fixture.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "control.h"

struct house {
	struct fixture *journal;
	struct control control;
	void *searching; /* who asked */
	control_found_cb *found;
	void *adding;
	enum fact_kind order; /* what was asked for */
	uint64_t ordered;     /* for whom */
	int client;
	struct frame_stream in;
};

static void
put_status(void *house, struct link *link)
{
	struct message_fact fact = { bytes_of("played"), bytes_of("yes") };

	(void)house;
	link_put(link, MESSAGE_FACT, &fact);
}

static void
put_plugins(void *house, struct link *link)
{
	(void)house, (void)link;
}

static int
add(void *owner, const struct message_add *message, int fd, void *request,
    struct fault *fault)
{
	struct house *house = owner;

	close(fd);
	if (message->inbox.size > 0)
		return fault_set(fault, -EINVAL, "there is no such inbox");
	house->adding = request;
	return 0;
}

static int
search(void *owner, struct docket_bytes query, uint32_t limit, void *request,
       control_found_cb *done)
{
	struct house *house = owner;

	(void)query, (void)limit;
	house->searching = request;
	house->found = done;
	return 0;
}

static void
order(void *owner, enum fact_kind kind, uint64_t number, void *request)
{
	struct house *house = owner;

	house->order = kind;
	house->ordered = number;
	house->adding = request;
}

static const struct control_services played = {
	.put_status = put_status,
	.put_plugins = put_plugins,
	.add = add,
	.order = order,
	.search = search,
};

static int
connect_to(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	assert_int_equal(
		connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	return fd;
}

static int
make_house(void **state)
{
	struct house *house = mem_alloc(sizeof(*house));
	struct fixture *fixture;

	make_journal((void **)&house->journal);
	fixture = house->journal;
	fixture->config.daemon.name = "test";
	fixture->config.daemon.runtime = fixture->folder;
	assert_int_equal(control_open(&house->control, &fixture->loop,
				      &fixture->journal, &fixture->config,
				      &played, house, &fixture->fault),
			 0);
	house->client = connect_to(house->control.path);
	frame_stream_init(&house->in, house->client, 8u << 20);
	*state = house;
	return 0;
}

static int
remove_house(void **state)
{
	struct house *house = *state;
	struct fixture *fixture = house->journal;

	control_stop(&house->control);
	journal_stop(&fixture->journal);
	uv_run(&fixture->loop, UV_RUN_DEFAULT);
	control_free(&house->control);
	assert_int_equal(uv_loop_close(&fixture->loop), 0);
	if (house->client >= 0)
		close(house->client);
	frame_stream_fini(&house->in);
	remove_journal((void **)&fixture);
	free(house);
	return 0;
}

#define CONTROL_TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_house, remove_house)

static void
run_a_while(struct house *house)
{
	/* Each commit lets everything before it through the journal. */
	for (int i = 0; i < 10; i++) {
		commit(house->journal, NULL);
		uv_run(&house->journal->loop, UV_RUN_NOWAIT);
	}
}

static void
send_request(struct house *house, enum message_type type, const void *message)
{
	struct buffer out = { 0 };

	message_encode(&out, type, message);
	assert_int_equal(write(house->client, out.data, out.size), out.size);
	buffer_fini(&out);
}

/* The types that came, by name, up to now; "." where the peer hung up. */
static void
expect_answer(struct house *house, const char *expected)
{
	auto_buffer struct buffer names = { 0 };
	int filled;

	run_a_while(house);
	while ((filled = frame_stream_fill(&house->in)) == 1)
		continue;
	for (struct frame frame; frame_stream_next(&house->in, &frame) == 1;) {
		buffer_format(&names, "%s ", message_type_name(frame.type));
		if (frame.fd >= 0)
			close(frame.fd);
	}
	if (filled == 0)
		buffer_put_string(&names, ".");
	expect_bytes(buffer_bytes(&names), expected);
}

static void
make_arrivals(struct house *house, int count)
{
	char name[16];

	for (int i = 0; i < count; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		take_in(house->journal, "letters", name, name);
	}
}

static void
list_is_rows_and_an_end(void **state)
{
	make_arrivals(*state, 3);
	send_request(*state, MESSAGE_LIST, &(struct message_list){ 0 });
	expect_answer(*state, "arrival arrival arrival end ");
	send_request(*state, MESSAGE_LIST,
		     &(struct message_list){ .after = 2 });
	expect_answer(*state, "arrival end ");
}

static void
status_comes_from_the_journal_and_the_house(void **state)
{
	make_arrivals(*state, 1);
	send_request(*state, MESSAGE_STATUS, NULL);
	expect_answer(*state, "fact fact end ");
}

static void
unknown_document_is_an_end_alone(void **state)
{
	send_request(*state, MESSAGE_GET,
		     &(struct message_document){ .arrival = 9 });
	expect_answer(*state, "end ");
}

static void
request_that_nobody_knows_is_answered(void **state)
{
	struct message_end end = { 0 };

	send_request(*state, MESSAGE_END, &end);
	expect_answer(*state, "end ");
}

static void
events_are_followed_as_they_come(void **state)
{
	struct house *house = *state;

	make_arrivals(house, 1);
	send_request(house, MESSAGE_EVENTS,
		     &(struct message_events){ .follow = 1 });
	expect_answer(house, "fact event ");
	make_arrivals(house, 2);
	control_wake(&house->control, 3);
	expect_answer(house, "event event ");
}

static void
second_request_before_the_answer_ends_the_connection(void **state)
{
	struct house *house = *state;
	struct message_hit hit = { 1, 1, 1.0 };

	make_arrivals(house, 3);
	send_request(house, MESSAGE_LIST, &(struct message_list){ 0 });
	send_request(house, MESSAGE_LIST, &(struct message_list){ 0 });
	send_request(house, MESSAGE_SEARCH,
		     &(struct message_search){ .query = bytes_of("x") });
	run_a_while(house);
	/* What the first was for must not be taken for the third. */
	if (house->searching != NULL)
		house->found(house->searching, DOCKET_OK, bytes_of(""), &hit,
			     1);
	expect_answer(house, "end .");
}

static void
findings_come_in_the_order_of_the_hits(void **state)
{
	struct house *house = *state;
	struct message_hit hits[] = { { 1, 3, 2.0 }, { 1, 1, 1.0 } };

	make_arrivals(house, 3);
	send_request(house, MESSAGE_SEARCH,
		     &(struct message_search){ .query = bytes_of("x") });
	run_a_while(house);
	house->found(house->searching, DOCKET_OK, bytes_of(""), hits, 2);
	expect_answer(house, "finding finding end ");
}

static void
order_is_answered_when_it_is_committed(void **state)
{
	struct house *house = *state;
	auto_buffer struct buffer row = { 0 };
	struct arrival arrival = {
		.number = 7,
		.state = ARRIVAL_QUEUED,
		.origin = ORIGIN_MOVED,
	};

	arrival_encode(&row, &arrival);
	send_request(house, MESSAGE_RETRY, &(struct message_order){ 7 });
	run_a_while(house);
	assert_int_equal(house->order, FACT_RETRY_ASKED);
	assert_int_equal(house->ordered, 7);
	control_answer(house->adding, OUTCOME_MOVED, buffer_bytes(&row));
	expect_answer(house, "arrival end ");
}

static void
order_that_cannot_be_carried_out_has_no_row(void **state)
{
	struct house *house = *state;

	send_request(house, MESSAGE_DISCARD, &(struct message_order){ 7 });
	run_a_while(house);
	assert_int_equal(house->order, FACT_DISCARD_ASKED);
	control_answer(house->adding, OUTCOME_NOTHING,
		       (struct docket_bytes){ NULL, 0 });
	expect_answer(house, "end ");
}

/* The peer goes away at whatever point; nothing is left of it. */
static void
disconnect(struct house *house)
{
	close(house->client);
	house->client = -1;
	run_a_while(house);
}

static void
peer_that_leaves_while_it_lists_is_forgotten(void **state)
{
	struct house *house = *state;

	make_arrivals(house, 3);
	send_request(house, MESSAGE_LIST, &(struct message_list){ 0 });
	uv_run(&house->journal->loop, UV_RUN_NOWAIT);
	uv_run(&house->journal->loop, UV_RUN_NOWAIT);
	disconnect(house);
	assert_int_equal(house->control.count, 0);
}

static void
peer_that_leaves_while_it_searches_is_kept_until_the_answer(void **state)
{
	struct house *house = *state;
	struct message_hit hit = { 1, 1, 1.0 };

	make_arrivals(house, 1);
	send_request(house, MESSAGE_SEARCH,
		     &(struct message_search){ .query = bytes_of("x") });
	run_a_while(house);
	disconnect(house);
	assert_int_equal(house->control.count, 1);
	house->found(house->searching, DOCKET_OK, bytes_of(""), &hit, 1);
	run_a_while(house);
	assert_int_equal(house->control.count, 0);
}

static void
peer_that_leaves_while_it_follows_is_forgotten(void **state)
{
	struct house *house = *state;

	send_request(house, MESSAGE_EVENTS,
		     &(struct message_events){ .follow = 1 });
	run_a_while(house);
	disconnect(house);
	assert_int_equal(house->control.count, 0);
	make_arrivals(house, 1);
	control_wake(&house->control, 1);
	run_a_while(house);
}

static void
whoever_waits_at_the_end_is_let_go(void **state)
{
	struct house *house = *state;

	send_request(house, MESSAGE_SEARCH,
		     &(struct message_search){ .query = bytes_of("x") });
	run_a_while(house);
	assert_non_null(house->searching); /* and the house ends */
}

static void
whoever_asks_for_nothing_makes_room(void **state)
{
	struct house *house = *state;
	struct control_connection *connection;

	run_a_while(house);
	connection = house->control.connections;
	assert_non_null(connection);
	control_tend(&house->control);
	expect_answer(house, "");
	connection->idle_since_ms = 0;
	house->journal->loop.time += 40000;
	control_tend(&house->control);
	expect_answer(house, ".");
}

static void
whoever_follows_is_not_idle(void **state)
{
	struct house *house = *state;

	send_request(house, MESSAGE_EVENTS,
		     &(struct message_events){ .follow = 1 });
	expect_answer(house, "fact ");
	house->control.connections->idle_since_ms = 0;
	house->journal->loop.time += 40000;
	control_tend(&house->control);
	expect_answer(house, "");
}

/* Take every descriptor there is; how many were taken. */
static size_t
use_up_descriptors(int *out_fds, size_t limit)
{
	size_t count = 0;

	while (count < limit &&
	       (out_fds[count] = open("/dev/null", O_RDONLY | O_CLOEXEC)) >= 0)
		count++;
	return count;
}

static void
without_descriptors_whoever_comes_is_turned_away(void **state)
{
	struct house *house = *state;
	struct rlimit before, low = { 64, 64 };
	int fds[64], client;
	size_t count;

	run_a_while(house);
	client = connect_to(house->control.path);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	low.rlim_max = before.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	count = use_up_descriptors(fds, ARRAY_SIZE(fds));
	run_a_while(house);
	assert_int_equal(house->control.count, 1);
	assert_int_equal(read(client, &(char){ 0 }, 1), 0);
	while (count > 0)
		close(fds[--count]);
	setrlimit(RLIMIT_NOFILE, &before);
	close(client);
	send_request(house, MESSAGE_LIST, &(struct message_list){ 0 });
	expect_answer(house, "end ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CONTROL_TEST(list_is_rows_and_an_end),
		CONTROL_TEST(order_is_answered_when_it_is_committed),
		CONTROL_TEST(order_that_cannot_be_carried_out_has_no_row),
		CONTROL_TEST(status_comes_from_the_journal_and_the_house),
		CONTROL_TEST(unknown_document_is_an_end_alone),
		CONTROL_TEST(request_that_nobody_knows_is_answered),
		CONTROL_TEST(events_are_followed_as_they_come),
		CONTROL_TEST(
			second_request_before_the_answer_ends_the_connection),
		CONTROL_TEST(findings_come_in_the_order_of_the_hits),
		CONTROL_TEST(peer_that_leaves_while_it_lists_is_forgotten),
		CONTROL_TEST(
			peer_that_leaves_while_it_searches_is_kept_until_the_answer),
		CONTROL_TEST(peer_that_leaves_while_it_follows_is_forgotten),
		CONTROL_TEST(whoever_waits_at_the_end_is_let_go),
		CONTROL_TEST(whoever_asks_for_nothing_makes_room),
		CONTROL_TEST(whoever_follows_is_not_idle),
		CONTROL_TEST(without_descriptors_whoever_comes_is_turned_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
