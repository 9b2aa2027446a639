/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_fact.c - the queue between callbacks and the turn
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fact.h"

struct fixture {
	uv_loop_t loop;
	struct fact_queue queue;
};

static int
make_queue(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));

	uv_loop_init(&fixture->loop);
	fact_queue_init(&fixture->queue, &fixture->loop);
	*state = fixture;
	return 0;
}

static void
free_all(struct fact *facts)
{
	while (facts != NULL) {
		struct fact *next = facts->next;

		fact_free(facts);
		facts = next;
	}
}

static int
free_queue(void **state)
{
	struct fixture *fixture = *state;

	free_all(fact_gather(&fixture->queue, SIZE_MAX));
	uv_close((uv_handle_t *)&fixture->queue.idle, NULL);
	uv_run(&fixture->loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&fixture->loop), 0);
	free(fixture);
	return 0;
}

static void
put_numbered(struct fact_queue *queue, uint64_t from, uint64_t to)
{
	for (uint64_t i = from; i <= to; i++) {
		struct fact *fact = fact_new(FACT_LEASED);

		fact->arrival.number = i;
		fact->is_lazy = i % 2 == 0;
		buffer_put_string(&fact->content, "ten bytes.");
		fact_put(queue, fact);
	}
}

static void
expect_numbers(struct fact *facts, uint64_t from, uint64_t to)
{
	for (; facts != NULL; facts = facts->next)
		assert_int_equal(facts->arrival.number, from++);
	assert_int_equal(from, to + 1);
}

static void
expect_counts(const struct fact_queue *queue, size_t count, size_t urgent)
{
	assert_int_equal(queue->count, count);
	assert_int_equal(queue->urgent, urgent);
	assert_int_equal(queue->bytes, 10 * count);
}

static void
what_was_put_is_gathered_in_order_and_counted(void **state)
{
	struct fact_queue *queue = &((struct fixture *)*state)->queue;
	struct fact *some;

	put_numbered(queue, 1, 5);
	expect_counts(queue, 5, 3);
	some = fact_gather(queue, 2);
	expect_numbers(some, 1, 2);
	expect_counts(queue, 3, 2);
	put_numbered(queue, 6, 6);
	free_all(some);
	some = fact_gather(queue, SIZE_MAX);
	expect_numbers(some, 3, 6);
	expect_counts(queue, 0, 0);
	free_all(some);
	assert_null(fact_gather(queue, SIZE_MAX));
}

static void
what_is_put_back_comes_first_again(void **state)
{
	struct fact_queue *queue = &((struct fixture *)*state)->queue;
	struct fact *some;

	put_numbered(queue, 1, 3);
	some = fact_gather(queue, SIZE_MAX);
	fact_take_wish(queue);
	put_numbered(queue, 4, 4);
	fact_put_back(queue, some);
	expect_counts(queue, 4, 2);
	put_numbered(queue, 5, 5);
	some = fact_gather(queue, SIZE_MAX);
	expect_numbers(some, 1, 5);
	fact_put_back(queue, some);
	assert_true(fact_take_wish(queue)); /* of the fifth */
	fact_put_back(queue, NULL);
	expect_counts(queue, 5, 3);
	put_numbered(queue, 6, 6);
	some = fact_gather(queue, SIZE_MAX);
	expect_numbers(some, 1, 6);
	free_all(some);
}

static void
bytes_of_members_count_with_those_of_their_parent(void **state)
{
	struct fact_queue *queue = &((struct fixture *)*state)->queue;
	struct fact *fact = fact_new(FACT_READ), *some;

	fact->members = fact_new(FACT_TAKEN);
	buffer_put_string(&fact->content, "ten bytes.");
	buffer_put_string(&fact->members->content, "ten bytes.");
	fact_put(queue, fact);
	assert_int_equal(queue->count, 1);
	assert_int_equal(queue->bytes, 20);
	some = fact_gather(queue, 1);
	assert_int_equal(queue->bytes, 0);
	fact_put_back(queue, some);
	assert_int_equal(queue->bytes, 20);
	free_all(fact_gather(queue, 1));
}

static void
long_queue_is_known(void **state)
{
	struct fact_queue *queue = &((struct fixture *)*state)->queue;

	put_numbered(queue, 1, 4095);
	assert_false(fact_queue_is_long(queue));
	put_numbered(queue, 4096, 4096);
	assert_true(fact_queue_is_long(queue));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_queue, free_queue)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_put_is_gathered_in_order_and_counted),
		TEST(what_is_put_back_comes_first_again),
		TEST(bytes_of_members_count_with_those_of_their_parent),
		TEST(long_queue_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
