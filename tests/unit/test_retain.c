/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_retain.c - old events are deleted, a few at a time
 */
#include "journal_fixture.h"

#include "retain.h"

static void
newest_events_are_kept(void **state)
{
	(void)state;
	assert_int_equal(retain_choose(100, 0, UINT64_MAX), 0);
	assert_int_equal(retain_choose(100, 100, UINT64_MAX), 0);
	assert_int_equal(retain_choose(100, 101, UINT64_MAX), 1);
	assert_int_equal(retain_choose(100, 1000, UINT64_MAX), 900);
}

static void
notifier_holds_back_until_there_are_twice_as_many(void **state)
{
	(void)state;
	assert_int_equal(retain_choose(100, 150, 20), 20);
	assert_int_equal(retain_choose(100, 150, 70), 50);
	assert_int_equal(retain_choose(100, 250, 20), 50);
	assert_int_equal(retain_choose(100, 250, 0), 50);
}

/* ---- in a journal ---- */

static void
delete_old(struct fixture *fixture, int64_t keep)
{
	struct retain retain;

	fixture->config.daemon.events_keep = keep;
	retain_init(&retain, &fixture->journal, &fixture->config);
	retain_wake(&retain, fixture->journal.last_event, UINT64_MAX);
	while (retain.is_running)
		uv_run(&fixture->loop, UV_RUN_ONCE);
}

/* Two events each: received and parsed. */
static void
make_history(struct fixture *fixture, unsigned first, unsigned last)
{
	for (unsigned i = first; i <= last; i++) {
		auto_free char *name = mem_format("letter %u", i);

		read_it(fixture, take_in(fixture, "letters", name, name), "T");
	}
}

static struct journal_query *
ask_stream(struct fixture *fixture, size_t stream, uint64_t after)
{
	struct journal_query *query = new_query(fixture, QUERY_STREAM);

	query->stream = stream;
	query->after = after;
	return ask(fixture, query);
}

static void
oldest_events_go_and_the_newest_stay(void **state)
{
	struct fixture *fixture = *state;
	struct journal_query *query;
	uint64_t last;

	make_history(fixture, 1, 20);
	last = fixture->journal.last_event;
	delete_old(fixture, 10);
	query = ask(fixture, new_query(fixture, QUERY_EVENTS));
	assert_int_equal(query->floor, last - 10);
	assert_int_equal(query->head, last);
	assert_int_equal(query->count, 10);
	assert_int_equal(query->items[0].key, last - 9);
}

static void
more_than_a_batch_goes_batch_by_batch(void **state)
{
	struct fixture *fixture = *state;

	make_history(fixture, 1, 400);
	assert_true(fixture->journal.last_event > 700);
	delete_old(fixture, 1);
	assert_int_equal(fixture->journal.floor,
			 fixture->journal.last_event - 1);
}

static void
floor_of_a_stream_is_below_its_first_event(void **state)
{
	struct fixture *fixture = *state;

	make_history(fixture, 1, 20);
	delete_old(fixture, 10);
	for (size_t i = 0; i < 2; i++) {
		struct journal_query *query = ask_stream(fixture, i, 0);

		assert_true(query->floor > 0);
		assert_true(query->count > 0);
		assert_int_equal(query->items[0].key, query->floor + 1);
		assert_int_equal(query->items[query->count - 1].key,
				 query->head);
		assert_int_equal(query->count, query->head - query->floor);
	}
}

static void
indexer_that_starts_anew_gets_every_parsed_event(void **state)
{
	struct fixture *fixture = *state;
	struct journal_query *query;

	make_history(fixture, 1, 20);
	delete_old(fixture, 1);
	query = ask(fixture, new_query(fixture, QUERY_PARSED));
	assert_int_equal(query->count, 20);
}

static void
numbers_go_on_where_they_were_after_a_restart(void **state)
{
	struct fixture *fixture = *state;
	struct journal_query *query;
	uint64_t heads[2], last;

	make_history(fixture, 1, 20);
	take_in(fixture, "reports", "r", "R"); /* not for the second stream */
	delete_old(fixture, 1);
	for (size_t i = 0; i < 2; i++)
		heads[i] = fixture->journal.streams[i].head;
	last = fixture->journal.last_event;
	assert_int_equal(fixture->journal.streams[1].floor, heads[1]);
	restart_journal(fixture);
	assert_int_equal(fixture->journal.last_event, last);
	assert_int_equal(fixture->journal.floor, last - 1);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(fixture->journal.streams[i].head, heads[i]);
	assert_int_equal(fixture->journal.streams[1].floor, heads[1]);
	make_history(fixture, 21, 21);
	query = ask_stream(fixture, 1, heads[1]);
	assert_int_equal(query->count, 1);
	assert_int_equal(query->items[0].key, heads[1] + 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(newest_events_are_kept),
		cmocka_unit_test(
			notifier_holds_back_until_there_are_twice_as_many),
		JOURNAL_TEST(oldest_events_go_and_the_newest_stay),
		JOURNAL_TEST(more_than_a_batch_goes_batch_by_batch),
		JOURNAL_TEST(floor_of_a_stream_is_below_its_first_event),
		JOURNAL_TEST(indexer_that_starts_anew_gets_every_parsed_event),
		JOURNAL_TEST(numbers_go_on_where_they_were_after_a_restart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
