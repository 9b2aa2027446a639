/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_journal_quarantine.c - what people make of what was set aside
 */
#include "journal_fixture.h"

static uint64_t
set_aside(struct fixture *fixture, const char *name, const char *text)
{
	uint64_t number = take_in(fixture, "letters", name, text);
	struct fact *fact = make_about(FACT_REJECTED, number);

	happen(fixture, FACT_LEASED, number);
	fact_explain(fact, "read", bytes_of("parser_x"), bytes_of("rejected"),
		     bytes_of("it is bad"));
	settle(fixture, fact, NULL);
	return number;
}

static size_t
count_bytes(struct fixture *fixture, uint64_t number)
{
	struct journal_query *query = new_query(fixture, QUERY_ARRIVAL);

	query->number = number;
	query->content = CONTENT_BLOB;
	ask(fixture, query);
	return query->items[0].size;
}

static void
retried_arrival_waits_again_and_why_is_void(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = set_aside(fixture, "a", "A");
	struct arrival arrival;

	happen(fixture, FACT_RETRY_ASKED, number);
	arrival = look_up(fixture, number);
	assert_int_equal(arrival.state, ARRIVAL_QUEUED);
	assert_int_equal(arrival.attempts, 0);
	assert_int_equal(arrival.settled_ms, 0);
	expect_bytes(arrival.reason, "");
	read_it(fixture, number, "T");
	expect_state(fixture, number, ARRIVAL_DONE);
	expect_events(fixture, 1,
		      "document.quarantined document.retried "
		      "document.parsed ");
}

static void
discarded_arrival_keeps_its_row_and_loses_its_bytes(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = set_aside(fixture, "a", "A");
	struct digest digest = digest_of(bytes_of("A"));

	assert_int_equal(count_bytes(fixture, number), 1);
	happen(fixture, FACT_DISCARD_ASKED, number);
	expect_state(fixture, number, ARRIVAL_DISCARDED);
	expect_bytes(look_up(fixture, number).reason, "rejected");
	assert_int_equal(count_bytes(fixture, number), 0);
	stop_journal(fixture);
	start_journal(fixture);
	assert_int_equal(count_bytes(fixture, number), 0);
	assert_false(store_has(&fixture->journal.store, &digest));
	expect_events(fixture, 2, "document.forgotten ");
}

static void
bytes_stay_while_another_arrival_has_them(void **state)
{
	struct fixture *fixture = *state;
	uint64_t first = set_aside(fixture, "a", "A");
	uint64_t second = set_aside(fixture, "b", "A");

	happen(fixture, FACT_DISCARD_ASKED, first);
	assert_int_equal(count_bytes(fixture, second), 1);
	happen(fixture, FACT_DISCARD_ASKED, second);
	assert_int_equal(count_bytes(fixture, second), 0);
}

static struct digest
store_text(struct fixture *fixture, const char *text)
{
	struct store_writer writer;
	struct digest digest;

	assert_int_equal(store_begin(&fixture->journal.store, &writer), 0);
	assert_int_equal(store_write(&writer, text, strlen(text)), 0);
	assert_int_equal(store_finish(&writer, &digest), 0);
	return digest;
}

static void
copy_whose_file_was_discarded_is_asked_for_again(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = store_text(fixture, "large");
	struct fact *fact = make_taken("letters", "a", "large");

	buffer_fini(&fact->content);
	fact->is_stored = true;
	store_remove(&fixture->journal.store, &digest);
	assert_int_equal(settle(fixture, fact, NULL), OUTCOME_LOST);
	expect_events(fixture, 0, "");
}

static void
file_of_the_store_goes_after_the_commit(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = store_text(fixture, "large");
	struct fact *taken = make_taken("letters", "a", "large");
	uint64_t number;

	buffer_fini(&taken->content);
	taken->is_stored = true;
	settle(fixture, taken, &number);
	happen(fixture, FACT_LEASED, number);
	happen(fixture, FACT_REJECTED, number);
	assert_true(store_has(&fixture->journal.store, &digest));
	happen(fixture, FACT_DISCARD_ASKED, number);
	assert_false(store_has(&fixture->journal.store, &digest));
}

static void
what_cannot_be_done_is_answered_with_the_row(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "a", "A");
	struct fact *fact = make_about(FACT_RETRY_ASKED, number);
	struct arrival arrival;

	commit(fixture, fact);
	assert_int_equal(fact->outcome, OUTCOME_REFUSED);
	assert_int_equal(arrival_decode(buffer_bytes(&fact->row), &arrival), 0);
	assert_int_equal(arrival.state, ARRIVAL_QUEUED);
	fact_free(fact);
	fact = make_about(FACT_DISCARD_ASKED, 99);
	commit(fixture, fact);
	assert_int_equal(fact->outcome, OUTCOME_NOTHING);
	assert_int_equal(fact->row.size, 0);
	fact_free(fact);
}

static void
postponed_arrival_rests_also_after_a_restart(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "a", "A");
	struct journal_query *query;
	int64_t not_before;

	happen(fixture, FACT_LEASED, number);
	happen(fixture, FACT_POSTPONED, number);
	not_before = look_up(fixture, number).not_before_ms;
	assert_true(not_before > 0);
	happen(fixture, FACT_CLEARED, number);
	assert_int_equal(look_up(fixture, number).not_before_ms, not_before);
	restart_journal(fixture);
	query = ask(fixture, new_query(fixture, QUERY_QUEUED));
	assert_int_equal(query->count, 1);
	assert_int_equal(query->items[0].key, number);
	assert_int_equal(query->items[0].attempts, 0);
	assert_int_equal(query->items[0].not_before_ms, not_before);
	happen(fixture, FACT_LEASED, number);
	assert_int_equal(look_up(fixture, number).not_before_ms, 0);
	assert_int_equal(look_up(fixture, number).retries, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(retried_arrival_waits_again_and_why_is_void),
		JOURNAL_TEST(
			discarded_arrival_keeps_its_row_and_loses_its_bytes),
		JOURNAL_TEST(bytes_stay_while_another_arrival_has_them),
		JOURNAL_TEST(copy_whose_file_was_discarded_is_asked_for_again),
		JOURNAL_TEST(file_of_the_store_goes_after_the_commit),
		JOURNAL_TEST(what_cannot_be_done_is_answered_with_the_row),
		JOURNAL_TEST(postponed_arrival_rests_also_after_a_restart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
