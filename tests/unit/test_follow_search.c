/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_follow_search.c - questions to an indexer that does not answer
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "follow.h"

struct asker {
	size_t answers;
	uint32_t status;
};

static void
on_found(void *owner, uint32_t status, struct docket_bytes detail,
	 const struct message_hit *hits, size_t count)
{
	struct asker *asker = owner;

	(void)detail, (void)hits;
	assert_int_equal(count, 0);
	asker->answers++;
	asker->status = status;
}

/* As if it had been asked at that time. */
static void
ask_at(struct follower *follower, struct asker *asker, uint64_t now_ms)
{
	struct follow_search *search = mem_alloc(sizeof(*search));

	*search = (struct follow_search){
		.next = follower->searches,
		.request = ++follower->follow->last_request,
		.owner = asker,
		.done = on_found,
		.asked_ms = now_ms,
	};
	follower->searches = search;
}

/* An answer of the indexer; is it one that makes sense? */
static bool
take_answer(struct follower *follower, uint64_t request)
{
	struct message_found found = { .request = request };
	auto_buffer struct buffer bytes = { 0 };
	struct frame_stream stream;
	struct frame frame;
	bool is_good;
	int ends[2];

	message_encode(&bytes, MESSAGE_FOUND, &found);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	assert_int_equal(write(ends[1], bytes.data, bytes.size), bytes.size);
	frame_stream_init(&stream, ends[0], 1 << 20);
	assert_int_equal(frame_stream_fill(&stream), 1);
	assert_int_equal(frame_stream_next(&stream, &frame), 1);
	is_good = follow_search_take_found(follower, &frame);
	frame_stream_fini(&stream);
	close(ends[0]);
	close(ends[1]);
	return is_good;
}

static void
question_that_is_not_answered_ends_after_half_a_minute(void **state)
{
	struct follow follow = { 0 };
	struct follower follower = { .follow = &follow };
	struct asker early = { 0 }, late = { 0 };

	(void)state;
	ask_at(&follower, &early, 1000);
	ask_at(&follower, &late, 20000);
	follow_search_expire(&follower, 31000);
	assert_int_equal(early.answers, 0);
	follow_search_expire(&follower, 31001);
	assert_int_equal(early.answers, 1);
	assert_int_equal(early.status, DOCKET_BROKEN);
	assert_int_equal(late.answers, 0);
	follow_search_end_all(&follower);
	assert_int_equal(late.answers, 1);
}

static void
answer_that_comes_too_late_is_no_nonsense(void **state)
{
	struct follow follow = { 0 };
	struct follower follower = { .follow = &follow };
	struct asker asker = { 0 };

	(void)state;
	ask_at(&follower, &asker, 0);
	follow_search_expire(&follower, 40000);
	assert_true(take_answer(&follower, 1));
	assert_false(take_answer(&follower, 2));
	assert_false(take_answer(&follower, 0));
	assert_int_equal(asker.answers, 1);
}

static void
more_questions_than_it_may_have_are_not_asked(void **state)
{
	struct catalog_plugin plugin = { .about.kind = PLUGIN_INDEXER };
	struct follower follower = { .plugin = &plugin };
	struct follow follow = { .followers = &follower, .count = 1 };
	struct asker asker = { 0 };

	(void)state;
	follower.follow = &follow;
	follower.child.state = CHILD_READY;
	for (int i = 0; i < 32; i++)
		ask_at(&follower, &asker, 0);
	assert_int_equal(
		follow_search(&follow, bytes_of("word"), 0, &asker, on_found),
		-EBUSY);
	follower.child.state = CHILD_DOWN;
	assert_int_equal(
		follow_search(&follow, bytes_of("word"), 0, &asker, on_found),
		-ENOENT);
	follow_search_end_all(&follower);
	assert_int_equal(asker.answers, 32);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			question_that_is_not_answered_ends_after_half_a_minute),
		cmocka_unit_test(answer_that_comes_too_late_is_no_nonsense),
		cmocka_unit_test(more_questions_than_it_may_have_are_not_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
