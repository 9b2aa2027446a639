/* SPDX-License-Identifier: Apache-2.0 */
/* test_worker_follow.c - indexers and notifiers, in real processes */
#include <fcntl.h>
#include <sys/mman.h>

#include <docket/indexer.h>

#include "event.h"
#include "fault.h"
#include "record.h"
#include "worker_process.h"

/* ---- indexers ---- */

static void
start_indexer(struct worker_process *worker, const char *resumes_at)
{
	auto_free char *expected = NULL;

	worker->hello.role = ROLE_INDEXER;
	worker_spawn(worker, "indexer", -1);
	worker_say(worker, MESSAGE_HELLO, &worker->hello);
	worker_wishes(worker, "indexer_list");
	worker_sets(worker, "resumes_at", resumes_at);
	worker_say(worker, MESSAGE_START, NULL);
	worker_loads(worker, "list");
	expected =
		mem_format("%llu", (unsigned long long)worker_is_ready(worker));
	assert_string_equal(expected, resumes_at);
}

/* The image of a record with this text and these tokens. */
static void
make_image(const char *text, const char *tokens, struct buffer *out)
{
	struct record_limits limits = { 1 << 20, 100, 100, 100 };
	struct record_builder *builder = record_builder_new(&limits);

	record_put_text(builder, bytes_of(text));
	record_settle(builder);
	record_put_tokens(builder, bytes_of(tokens));
	record_finish(builder, out);
	record_builder_free(builder);
}

static void
put(struct worker_process *worker, uint64_t sequence, uint64_t arrival,
    const char *text, const char *tokens)
{
	auto_buffer struct buffer image = { 0 };
	struct message_put order = { .sequence = sequence, .arrival = arrival };

	make_image(text, tokens, &image);
	order.image = buffer_bytes(&image);
	order.size = image.size;
	worker_say(worker, MESSAGE_PUT, &order);
}

static void
commit(struct worker_process *worker, uint64_t sequence)
{
	struct message_sequence order = { sequence };

	worker_say(worker, MESSAGE_COMMIT, &order);
}

static void
hear_committed(struct worker_process *worker, uint64_t sequence)
{
	struct message_sequence committed;

	worker_hear(worker, MESSAGE_COMMITTED, &committed);
	assert_int_equal(committed.sequence, sequence);
}

static void
hear_failed(struct worker_process *worker, uint64_t sequence,
	    enum docket_status status, const char *reason)
{
	struct message_failed failed;

	worker_hear(worker, MESSAGE_FAILED, &failed);
	assert_int_equal(failed.lease, sequence);
	assert_int_equal(failed.status, status);
	assert_true(bytes_equal(failed.stage, bytes_of("index")));
	assert_true(bytes_equal(failed.plugin, bytes_of("list")));
	assert_true(bytes_equal(failed.reason, bytes_of(reason)));
	assert_true(failed.detail.size > 0);
}

static void
find(struct worker_process *worker, const char *query, uint32_t limit)
{
	struct message_find order = {
		.request = 99,
		.limit = limit,
		.query = bytes_of(query),
	};

	worker_say(worker, MESSAGE_FIND, &order);
}

static void
hear_hit(struct worker_process *worker, uint64_t arrival)
{
	struct message_hit hit;

	worker_hear(worker, MESSAGE_HIT, &hit);
	assert_int_equal(hit.request, 99);
	assert_int_equal(hit.arrival, arrival);
}

static void
hear_found(struct worker_process *worker, enum docket_status status,
	   const char *detail)
{
	struct message_found found;

	worker_hear(worker, MESSAGE_FOUND, &found);
	assert_int_equal(found.request, 99);
	assert_int_equal(found.status, status);
	assert_true(has_words(found.detail, detail));
}

static void
indexer_says_where_it_goes_on(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_indexer(&worker, "42");
	worker_dismiss(&worker);
}

static void
document_is_found_once_it_is_put(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_indexer(&worker, "0");
	put(&worker, 1, 7, "Alpha", "alpha ");
	put(&worker, 2, 8, "Alpha beta", "alpha beta ");
	commit(&worker, 2);
	hear_committed(&worker, 2);
	find(&worker, "BETA", 0);
	hear_hit(&worker, 8);
	hear_found(&worker, DOCKET_OK, "");
	find(&worker, "gamma", 0);
	hear_found(&worker, DOCKET_OK, "");
	worker_dismiss(&worker);
}

static void
tokens_that_were_not_kept_are_made_again(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_indexer(&worker, "0");
	put(&worker, 1, 7, "Gamma delta", "");
	commit(&worker, 1);
	hear_committed(&worker, 1);
	find(&worker, "delta", 0);
	hear_hit(&worker, 7);
	hear_found(&worker, DOCKET_OK, "");
	worker_dismiss(&worker);
}

static void
hits_above_the_limit_are_swallowed(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_indexer(&worker, "0");
	for (uint64_t i = 1; i < 6; i++)
		put(&worker, i, i, "Alpha", "alpha ");
	find(&worker, "alpha", 2);
	hear_hit(&worker, 1);
	hear_hit(&worker, 2);
	hear_found(&worker, DOCKET_OK, "");
	worker_dismiss(&worker);
}

static void
removed_document_is_not_found(void **state)
{
	struct worker_process worker = { 0 };
	auto_buffer struct buffer image = { 0 };
	struct message_put order = { .sequence = 2, .arrival = 7 };

	(void)state;
	start_indexer(&worker, "0");
	put(&worker, 1, 7, "Alpha", "alpha ");
	make_image("Alpha", "alpha ", &image);
	order.image = buffer_bytes(&image);
	order.size = image.size;
	worker_say(&worker, MESSAGE_REMOVE, &order);
	find(&worker, "alpha", 0);
	hear_found(&worker, DOCKET_OK, "");
	worker_dismiss(&worker);
}

static void
large_record_comes_as_a_descriptor(void **state)
{
	struct worker_process worker = { 0 };
	auto_buffer struct buffer image = { 0 };
	auto_fd int fd = memfd_create("record", MFD_CLOEXEC);
	struct message_put order = { .sequence = 1, .arrival = 7 };

	(void)state;
	make_image("Alpha", "alpha ", &image);
	assert_int_equal(write(fd, image.data, image.size), image.size);
	order.size = image.size;
	start_indexer(&worker, "0");
	worker_say_fd(&worker, MESSAGE_PUT, &order, fd);
	find(&worker, "alpha", 0);
	hear_hit(&worker, 7);
	hear_found(&worker, DOCKET_OK, "");
	worker_dismiss(&worker);
}

static void
commit_that_overtook_a_retry_is_refused_once(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_indexer(&worker, "0");
	put(&worker, 1, 1, "RETRY NOW", "");
	put(&worker, 2, 2, "Alpha", "alpha ");
	commit(&worker, 2);
	hear_failed(&worker, 1, DOCKET_RETRY, "retry");
	hear_failed(&worker, 2, DOCKET_RETRY, "retry");
	put(&worker, 1, 1, "Alpha", "alpha ");
	commit(&worker, 2);
	hear_committed(&worker, 2);
	worker_dismiss(&worker);
}

static void
commit_that_is_rejected_is_to_be_tried_again(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_indexer(&worker, "0");
	put(&worker, 1, 1, "SPOIL NOW", "");
	commit(&worker, 1);
	hear_failed(&worker, 1, DOCKET_RETRY, "retry");
	put(&worker, 1, 1, "Alpha", "alpha ");
	commit(&worker, 1);
	hear_committed(&worker, 1);
	worker_dismiss(&worker);
}

static void
broken_indexer_says_so_and_ends(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_indexer(&worker, "0");
	put(&worker, 5, 1, "BROKEN NOW", "");
	hear_failed(&worker, 5, DOCKET_BROKEN, "plugin-broken");
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

static void
damaged_record_concerns_its_arrival_only(void **state)
{
	struct worker_process worker = { 0 };
	struct message_put order = {
		.sequence = 3,
		.arrival = 1,
		.size = 7,
		.image = bytes_of("damaged"),
	};

	(void)state;
	start_indexer(&worker, "0");
	worker_say(&worker, MESSAGE_PUT, &order);
	hear_failed(&worker, 3, DOCKET_REJECT, "damaged");
	commit(&worker, 3);
	hear_committed(&worker, 3);
	worker_dismiss(&worker);
}

static void
query_that_cannot_be_answered_is_explained(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_indexer(&worker, "0");
	find(&worker, "reject", 0);
	hear_found(&worker, DOCKET_REJECT, "Not with me.");
	find(&worker, "", 0);
	hear_found(&worker, DOCKET_REJECT, "");
	worker_dismiss(&worker);
}

static void
order_for_a_refused_indexer_ends_the_process(void **state)
{
	struct worker_process worker = { .hello.role = ROLE_INDEXER };

	(void)state;
	worker_spawn(&worker, "indexer", -1);
	worker_say(&worker, MESSAGE_HELLO, &worker.hello);
	worker_wishes(&worker, "indexer_list");
	worker_sets(&worker, "resumes_at", "-1");
	worker_say(&worker, MESSAGE_START, NULL);
	worker_refuses(&worker, "out of range");
	worker_is_ready(&worker);
	commit(&worker, 1);
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

/* ---- notifiers ---- */

static void
start_notifier(struct worker_process *worker, const char *path)
{
	worker->hello.role = ROLE_NOTIFIER;
	worker->hello.source = bytes_of("/docket/test");
	worker_spawn(worker, "notifier", -1);
	worker_say(worker, MESSAGE_HELLO, &worker->hello);
	worker_wishes(worker, "notifier_file");
	worker_sets(worker, "path", path);
	worker_say(worker, MESSAGE_START, NULL);
	worker_loads(worker, "file");
	worker_is_ready(worker);
}

static void
notify(struct worker_process *worker, uint64_t number, enum event_type type,
       enum docket_status status)
{
	auto_buffer struct buffer bytes = { 0 };
	struct event event = {
		.number = number,
		.type = type,
		.inbox = bytes_of("letters"),
		.language = bytes_of("fr"),
		.class = bytes_of("letter"),
	};
	struct message_notify order = { .number = number };
	struct message_failed notified;

	event_encode(&bytes, &event);
	order.event = buffer_bytes(&bytes);
	worker_say(worker, MESSAGE_NOTIFY, &order);
	worker_hear(worker, MESSAGE_NOTIFIED, &notified);
	assert_int_equal(notified.lease, number);
	assert_int_equal(notified.status, status);
	assert_true(bytes_equal(notified.plugin, bytes_of("file")));
}

static void
notifier_is_told_of_the_topics_it_wants(void **state)
{
	char path[] = "/tmp/docket-test-XXXXXX";
	auto_fd int fd = mkstemp(path);
	struct worker_process worker = { 0 };
	char text[200] = "";

	(void)state;
	start_notifier(&worker, path);
	notify(&worker, 1, EVENT_DOCUMENT_PARSED, DOCKET_OK);
	notify(&worker, 2, EVENT_DAEMON_STARTED, DOCKET_SKIP);
	worker_dismiss(&worker);
	assert_true(read(fd, text, sizeof(text) - 1) > 0);
	assert_string_equal(text, "document.parsed/letters/fr/letter\n");
	unlink(path);
}

static void
notifier_asks_for_an_event_again(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_notifier(&worker, "/nowhere/at/all");
	notify(&worker, 1, EVENT_DOCUMENT_PARSED, DOCKET_RETRY);
	worker_dismiss(&worker);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(indexer_says_where_it_goes_on),
		cmocka_unit_test(document_is_found_once_it_is_put),
		cmocka_unit_test(tokens_that_were_not_kept_are_made_again),
		cmocka_unit_test(hits_above_the_limit_are_swallowed),
		cmocka_unit_test(removed_document_is_not_found),
		cmocka_unit_test(large_record_comes_as_a_descriptor),
		cmocka_unit_test(commit_that_overtook_a_retry_is_refused_once),
		cmocka_unit_test(commit_that_is_rejected_is_to_be_tried_again),
		cmocka_unit_test(broken_indexer_says_so_and_ends),
		cmocka_unit_test(damaged_record_concerns_its_arrival_only),
		cmocka_unit_test(query_that_cannot_be_answered_is_explained),
		cmocka_unit_test(order_for_a_refused_indexer_ends_the_process),
		cmocka_unit_test(notifier_is_told_of_the_topics_it_wants),
		cmocka_unit_test(notifier_asks_for_an_event_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
