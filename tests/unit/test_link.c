/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_link.c - frames over a socketpair, on a loop
 */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "link.h"

#define LIMIT (8u << 20)

/* One end, and what came to it. */
struct end {
	struct link link;
	struct buffer log;  /* "name=value " of facts that came */
	struct buffer last; /* value of the last one */
	size_t frames;
	size_t drained;
	int ended; /* times */
	int status;
	int fd; /* the last that came */
	bool is_closing_early;
	bool is_holding; /* after each frame */
	bool is_closed;
};

struct fixture {
	uv_loop_t loop;
	struct end left, right;
	int ends[2];
};

static void
on_closed(struct link *link)
{
	container_of(link, struct end, link)->is_closed = true;
}

static void
on_frame(struct link *link, struct frame *frame)
{
	struct end *end = container_of(link, struct end, link);
	struct message_fact fact;

	end->frames++;
	if (frame->fd >= 0) {
		if (end->fd >= 0)
			close(end->fd);
		end->fd = frame->fd;
	}
	if (message_decode(frame, &fact) == 0) {
		buffer_put_bytes(&end->log, fact.name);
		buffer_put_string(&end->log, frame->fd >= 0 ? "! " : " ");
		end->last.size = 0;
		buffer_put_bytes(&end->last, fact.value);
	}
	if (end->is_holding)
		link_hold(link);
	if (end->is_closing_early)
		link_close(link, on_closed);
}

static void
on_end(struct link *link, int status)
{
	struct end *end = container_of(link, struct end, link);

	end->ended++;
	end->status = status;
}

static void
on_drained(struct link *link)
{
	container_of(link, struct end, link)->drained++;
}

static const struct link_events events = {
	.on_frame = on_frame,
	.on_end = on_end,
	.on_drained = on_drained,
};

static int
make_links(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));

	uv_loop_init(&fixture->loop);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fixture->ends), 0);
	fixture->left.fd = fixture->right.fd = -1;
	assert_int_equal(link_open(&fixture->left.link, &fixture->loop,
				   fixture->ends[0], LIMIT, &events),
			 0);
	assert_int_equal(link_open(&fixture->right.link, &fixture->loop,
				   fixture->ends[1], LIMIT, &events),
			 0);
	*state = fixture;
	return 0;
}

static void
close_end(struct end *end)
{
	if (!uv_is_closing((uv_handle_t *)&end->link.poll))
		link_close(&end->link, on_closed);
}

static int
free_links(void **state)
{
	struct fixture *fixture = *state;

	close_end(&fixture->left);
	close_end(&fixture->right);
	uv_run(&fixture->loop, UV_RUN_DEFAULT);
	assert_true(fixture->left.is_closed && fixture->right.is_closed);
	assert_int_equal(uv_loop_close(&fixture->loop), 0);
	for (struct end *end = &fixture->left; end <= &fixture->right; end++) {
		buffer_fini(&end->log);
		buffer_fini(&end->last);
		if (end->fd >= 0)
			close(end->fd);
	}
	free(fixture);
	return 0;
}

#define LINK_TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_links, free_links)

static void
put(struct end *end, const char *name, struct docket_bytes value)
{
	struct message_fact fact = { bytes_of(name), value };

	link_put(&end->link, MESSAGE_FACT, &fact);
}

/* A memory file of that text. */
static int
make_file(const char *text)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	return fd;
}

static void
put_file(struct end *end, const char *name, const char *text)
{
	struct message_fact fact = { bytes_of(name), bytes_of("") };

	link_put_fd(&end->link, MESSAGE_FACT, &fact, make_file(text));
}

/* Turn the loop until so many frames came, or nothing moves any more. */
static void
run_until(struct fixture *fixture, const struct end *end, size_t frames)
{
	for (int i = 0; i < 100000 && end->frames < frames && !end->ended; i++)
		uv_run(&fixture->loop, UV_RUN_NOWAIT);
}

static void
run_a_while(struct fixture *fixture)
{
	for (int i = 0; i < 100; i++)
		uv_run(&fixture->loop, UV_RUN_NOWAIT);
}

static void
expect_log(const struct end *end, const char *expected)
{
	auto_free char *log =
		mem_format("%.*s", (int)end->log.size, end->log.data);

	assert_string_equal(log, expected);
}

static void
frames_come_in_the_order_they_were_put(void **state)
{
	struct fixture *fixture = *state;

	put(&fixture->left, "a", bytes_of("1"));
	put(&fixture->left, "b", bytes_of("2"));
	put(&fixture->left, "c", bytes_of("3"));
	link_flush(&fixture->left.link);
	run_until(fixture, &fixture->right, 3);
	expect_log(&fixture->right, "a b c ");
	assert_int_equal(link_backlog(&fixture->left.link), 0);
	assert_int_equal(fixture->left.drained, 1);
}

static void
nothing_goes_before_it_is_flushed(void **state)
{
	struct fixture *fixture = *state;

	put(&fixture->left, "a", bytes_of("1"));
	run_a_while(fixture);
	assert_int_equal(fixture->right.frames, 0);
	assert_true(link_backlog(&fixture->left.link) > 0);
}

static void
descriptors_go_with_their_frames(void **state)
{
	struct fixture *fixture = *state;
	char text[8] = "";

	put(&fixture->left, "a", bytes_of(""));
	put_file(&fixture->left, "b", "one");
	put_file(&fixture->left, "c", "two");
	put(&fixture->left, "d", bytes_of(""));
	put_file(&fixture->left, "e", "three");
	link_flush(&fixture->left.link);
	run_until(fixture, &fixture->right, 5);
	expect_log(&fixture->right, "a b! c! d e! ");
	assert_int_equal(pread(fixture->right.fd, text, sizeof(text), 0), 5);
	assert_string_equal(text, "three");
}

static void
many_descriptors_among_large_frames_keep_their_order(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *large = mem_alloc(300000);
	struct buffer expected = { 0 };
	char name[16];

	for (int i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "%d", i);
		if (i % 3 == 0)
			put(&fixture->left, name,
			    (struct docket_bytes){ large, 300000 });
		else
			put_file(&fixture->left, name, name);
		buffer_format(&expected, i % 3 == 0 ? "%d " : "%d! ", i);
	}
	link_flush(&fixture->left.link);
	run_until(fixture, &fixture->right, 40);
	buffer_put(&expected, "", 1);
	expect_log(&fixture->right, expected.data);
	buffer_fini(&expected);
}

static void
frame_larger_than_the_socket_arrives_whole(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *large = mem_alloc(4 << 20);

	for (size_t i = 0; i < 4 << 20; i++)
		large[i] = (char)(i * 7 + i / 251);
	put(&fixture->left, "big", (struct docket_bytes){ large, 4 << 20 });
	link_flush(&fixture->left.link);
	assert_true(link_backlog(&fixture->left.link) > 0);
	assert_int_equal(fixture->left.drained, 0);
	run_until(fixture, &fixture->right, 1);
	assert_int_equal(fixture->right.last.size, 4 << 20);
	assert_memory_equal(fixture->right.last.data, large, 4 << 20);
	run_a_while(fixture);
	assert_int_equal(fixture->left.drained, 1);
}

static void
queue_that_is_never_empty_does_not_grow(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *value = mem_alloc(100000);
	size_t most = 0;

	for (int i = 0; i < 200; i++) {
		/* So much is always left that it is never all sent. */
		while (link_backlog(&fixture->left.link) < 1 << 20)
			put(&fixture->left, "x",
			    (struct docket_bytes){ value, 100000 });
		link_flush(&fixture->left.link);
		uv_run(&fixture->loop, UV_RUN_NOWAIT);
		if (fixture->left.link.out.capacity > most)
			most = fixture->left.link.out.capacity;
	}
	assert_true(fixture->right.frames > 100);
	assert_true(most < 8 << 20);
}

static void
peer_that_closes_ends_the_link_once(void **state)
{
	struct fixture *fixture = *state;

	put(&fixture->left, "a", bytes_of("last words"));
	link_flush(&fixture->left.link);
	link_close(&fixture->left.link, on_closed);
	run_a_while(fixture);
	expect_log(&fixture->right, "a ");
	assert_int_equal(fixture->right.ended, 1);
	assert_int_equal(fixture->right.status, 0);
	put(&fixture->right, "b", bytes_of(""));
	link_flush(&fixture->right.link);
	run_a_while(fixture);
	assert_int_equal(fixture->right.ended, 1);
	assert_int_equal(link_backlog(&fixture->right.link), 0);
}

static void
sending_to_a_peer_that_is_gone_ends_the_link(void **state)
{
	struct fixture *fixture = *state;

	link_close(&fixture->right.link, on_closed);
	run_a_while(fixture);
	fixture->left.ended = 0;
	assert_true(fixture->left.link.is_ended);
	put_file(&fixture->left, "a", "closed with the rest");
	link_flush(&fixture->left.link);
	assert_int_equal(fixture->left.ended, 0);
}

static void
garbage_ends_the_link(void **state)
{
	static const struct {
		const char *bytes;
		int status;
	} cases[] = {
		{ "\xff\xff\xff\xff\x01\x00\x00\x00", -EMSGSIZE },
		{ "\x00\x00\x00\x00\x01\x00\x02\x00", -EPROTO },
		{ "\x00\x00\x00\x00\x01\x00\x01\x00", -EPROTO },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *fixture = *state;

		assert_int_equal(write(fixture->ends[0], cases[i].bytes, 8), 8);
		run_until(fixture, &fixture->right, 1);
		assert_int_equal(fixture->right.ended, 1);
		assert_int_equal(fixture->right.status, cases[i].status);
		assert_int_equal(fixture->right.frames, 0);
		free_links(state);
		make_links(state);
	}
}

static void
frame_that_is_cut_off_is_not_handed_out(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(write(fixture->ends[0], "\x09\x00\x00\x00\xc0", 5), 5);
	link_close(&fixture->left.link, on_closed);
	run_a_while(fixture);
	assert_int_equal(fixture->right.frames, 0);
	assert_int_equal(fixture->right.ended, 1);
}

static void
link_that_is_closed_by_its_owner_hands_out_no_more(void **state)
{
	struct fixture *fixture = *state;

	fixture->right.is_closing_early = true;
	put(&fixture->left, "a", bytes_of(""));
	put(&fixture->left, "b", bytes_of(""));
	link_flush(&fixture->left.link);
	run_a_while(fixture);
	expect_log(&fixture->right, "a ");
	assert_true(fixture->right.is_closed);
	assert_int_equal(fixture->right.ended, 0);
}

static void
link_that_is_held_hands_out_nothing_until_it_is_released(void **state)
{
	struct fixture *fixture = *state;

	fixture->right.is_holding = true;
	put(&fixture->left, "a", bytes_of(""));
	put(&fixture->left, "b", bytes_of(""));
	link_flush(&fixture->left.link);
	run_a_while(fixture);
	expect_log(&fixture->right, "a ");
	put(&fixture->left, "c", bytes_of(""));
	link_flush(&fixture->left.link);
	link_close(&fixture->left.link, on_closed);
	run_a_while(fixture);
	link_release(&fixture->right.link);
	expect_log(&fixture->right, "a b ");
	run_a_while(fixture);
	assert_int_equal(fixture->right.ended, 0);
	fixture->right.is_holding = false;
	link_release(&fixture->right.link);
	run_a_while(fixture);
	expect_log(&fixture->right, "a b c ");
	assert_int_equal(fixture->right.ended, 1);
	link_release(&fixture->right.link);
}

static void
descriptors_that_were_not_sent_are_closed(void **state)
{
	struct fixture *fixture = *state;
	struct message_fact fact = { 0 };
	int fd = make_file("x"), copy = dup(fd);

	link_put_fd(&fixture->left.link, MESSAGE_FACT, &fact, fd);
	link_close(&fixture->left.link, on_closed);
	assert_int_equal(fcntl(fd, F_GETFD), -1);
	close(copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		LINK_TEST(frames_come_in_the_order_they_were_put),
		LINK_TEST(nothing_goes_before_it_is_flushed),
		LINK_TEST(descriptors_go_with_their_frames),
		LINK_TEST(many_descriptors_among_large_frames_keep_their_order),
		LINK_TEST(frame_larger_than_the_socket_arrives_whole),
		LINK_TEST(queue_that_is_never_empty_does_not_grow),
		LINK_TEST(peer_that_closes_ends_the_link_once),
		LINK_TEST(sending_to_a_peer_that_is_gone_ends_the_link),
		LINK_TEST(garbage_ends_the_link),
		LINK_TEST(frame_that_is_cut_off_is_not_handed_out),
		LINK_TEST(link_that_is_closed_by_its_owner_hands_out_no_more),
		LINK_TEST(
			link_that_is_held_hands_out_nothing_until_it_is_released),
		LINK_TEST(descriptors_that_were_not_sent_are_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
