/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_worker_children.c - what is taken out of a document, until it is sent
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "children.h"

struct fixture {
	struct children children;
	struct wire wire;
	struct frame_stream heard;
	int ends[2];
	pid_t sender;
};

static int
make_fixture(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fixture->ends), 0);
	wire_init(&fixture->wire, fixture->ends[0]);
	frame_stream_init(&fixture->heard, fixture->ends[1], 1 << 20);
	*state = fixture;
	return 0;
}

static int
free_fixture(void **state)
{
	struct fixture *fixture = *state;

	children_fini(&fixture->children);
	wire_fini(&fixture->wire);
	frame_stream_fini(&fixture->heard);
	close(fixture->ends[0]);
	close(fixture->ends[1]);
	if (fixture->sender > 0)
		waitpid(fixture->sender, NULL, 0);
	free(fixture);
	return 0;
}

#define CHILDREN_TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_fixture, free_fixture)

static void
put(struct fixture *fixture, const char *name, const char *content)
{
	children_put(&fixture->children, bytes_of(name), bytes_of(content));
}

/* Send, as a process of its own: a large child waits to be taken. */
static void
send_all(struct fixture *fixture)
{
	fixture->sender = fork();
	if (fixture->sender == 0) {
		children_send(&fixture->children, &fixture->wire, 7);
		_exit(0);
	}
}

static struct message_child
hear_child(struct fixture *fixture)
{
	struct message_child child = { 0 };
	struct frame frame;

	assert_int_equal(frame_receive(&fixture->heard, 5000, &frame), 1);
	assert_int_equal(frame.type, MESSAGE_CHILD);
	assert_int_equal(message_decode(&frame, &child), 0);
	return child;
}

static void
expect_name(struct fixture *fixture, const char *expected)
{
	struct message_child child = hear_child(fixture);

	assert_true(bytes_equal(child.name, bytes_of(expected)));
}

static void
names_are_such_as_a_string_can_be_made_of(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *wide = mem_alloc(MESSAGE_CHILD_NAME_LIMIT + 3);

	memset(wide, 'w', MESSAGE_CHILD_NAME_LIMIT + 2);
	put(fixture, "dir/one.txt", "1");
	put(fixture, "", "2");
	put(fixture, wide, "3");
	children_put(&fixture->children, (struct docket_bytes){ "a\0b", 3 },
		     bytes_of("4"));
	send_all(fixture);
	expect_name(fixture, "dir/one.txt");
	expect_name(fixture, "member-2");
	assert_int_equal(hear_child(fixture).name.size,
			 MESSAGE_CHILD_NAME_LIMIT);
	expect_name(fixture, "a_b");
}

static void
large_child_comes_in_pieces(void **state)
{
	struct fixture *fixture = *state;
	size_t size = 2 * MESSAGE_INLINE_LIMIT + 5;
	auto_free char *bytes = mem_alloc(size);
	struct message_child_bytes more;
	struct message_child child;
	struct frame frame;

	memset(bytes, 'x', size);
	children_put(&fixture->children, bytes_of("large"),
		     (struct docket_bytes){ bytes, size });
	send_all(fixture);
	child = hear_child(fixture);
	assert_int_equal(child.size, size);
	assert_int_equal(child.content.size, MESSAGE_INLINE_LIMIT);
	for (size_t left = size - child.content.size; left > 0;
	     left -= more.content.size) {
		assert_int_equal(frame_receive(&fixture->heard, 5000, &frame),
				 1);
		assert_int_equal(frame.type, MESSAGE_CHILD_BYTES);
		assert_int_equal(message_decode(&frame, &more), 0);
		assert_int_equal(more.lease, 7);
		assert_in_range(more.content.size, 1, MESSAGE_INLINE_LIMIT);
	}
}

static void
expect_reason(struct fixture *fixture, const char *reason)
{
	struct outcome outcome = { .stage = "read" };

	assert_true(children_pass_limit(&fixture->children, &outcome));
	assert_int_equal(outcome.status, DOCKET_REJECT);
	assert_string_equal(outcome.reason, reason);
	assert_non_null(strstr(outcome.detail.text, "drop"));
}

static void
more_than_are_taken_are_not_kept(void **state)
{
	struct fixture *fixture = *state;
	struct outcome outcome;

	for (unsigned i = 0; i < MESSAGE_CHILDREN_LIMIT; i++)
		put(fixture, "", "x");
	assert_false(children_pass_limit(&fixture->children, &outcome));
	put(fixture, "", "x");
	assert_int_equal(fixture->children.count, MESSAGE_CHILDREN_LIMIT);
	expect_reason(fixture, "entries");
}

static void
larger_than_is_taken_is_not_kept(void **state)
{
	struct fixture *fixture = *state;
	struct outcome outcome;

	fixture->children.bytes = MESSAGE_CHILDREN_BYTES_LIMIT - 5;
	put(fixture, "", "12345");
	assert_false(children_pass_limit(&fixture->children, &outcome));
	put(fixture, "", "6");
	assert_int_equal(fixture->children.count, 1);
	expect_reason(fixture, "expansion");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHILDREN_TEST(names_are_such_as_a_string_can_be_made_of),
		CHILDREN_TEST(large_child_comes_in_pieces),
		CHILDREN_TEST(more_than_are_taken_are_not_kept),
		CHILDREN_TEST(larger_than_is_taken_is_not_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
