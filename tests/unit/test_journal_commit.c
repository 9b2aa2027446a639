/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_journal_commit.c - what becomes of facts, and what is told of it
 */
#include "journal_fixture.h"

/* ---- arrivals ---- */

static void
taken_file_is_a_row_an_event_and_its_bytes(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "\xff name", "Dear Sir");
	struct arrival arrival = look_up(fixture, number);
	struct journal_query *query;

	assert_int_equal(number, 1);
	assert_int_equal(arrival.state, ARRIVAL_QUEUED);
	assert_int_equal(arrival.size, 8);
	assert_true(arrival.received_ms > 0);
	assert_int_equal(arrival.settled_ms, 0);
	expect_bytes(arrival.inbox, "letters");
	expect_bytes(arrival.name, "\xff name");
	expect_events(fixture, 0, "document.received ");
	query = new_query(fixture, QUERY_ARRIVAL);
	query->digest = digest_of(bytes_of("Dear Sir"));
	query->content = CONTENT_BLOB;
	ask(fixture, query);
	assert_int_equal(query->items[0].key, 1);
	expect_bytes(buffer_bytes(&query->items[0].content), "Dear Sir");
	assert_int_equal(query->items[0].size, 8);
}

static void
facts_of_one_commit_see_one_another(void **state)
{
	struct fixture *fixture = *state;
	struct fact *taken = make_taken("letters", "a", "A");
	struct fact *leased = make_about(FACT_LEASED, 1);
	struct fact *read = make_read(1, "T", 5);
	struct fact *twin = make_taken("letters", "b", "A");

	taken->next = leased;
	leased->next = read;
	read->next = twin;
	commit(fixture, taken);
	assert_int_equal(read->outcome, OUTCOME_MOVED);
	expect_state(fixture, 1, ARRIVAL_DONE);
	expect_state(fixture, 2, ARRIVAL_DUPLICATE);
	expect_events(fixture, 0,
		      "document.received document.parsed document.received "
		      "document.duplicate ");
	assert_int_equal(twin->event_number, 4);
	for (struct fact *fact = taken, *next; fact != NULL; fact = next) {
		next = fact->next;
		fact_free(fact);
	}
}

static void
leased_arrival_comes_with_its_bytes(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "a", "words");
	struct fact *fact = make_about(FACT_LEASED, number);

	commit(fixture, fact);
	expect_bytes(buffer_bytes(&fact->content), "words");
	assert_false(fact->is_stored);
	fact_free(fact);
}

static void
record_describes_its_arrival(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "a", "A");
	struct arrival arrival;

	read_it(fixture, number, "Letter to you");
	arrival = look_up(fixture, number);
	assert_int_equal(arrival.state, ARRIVAL_DONE);
	assert_true(arrival.settled_ms >= arrival.received_ms);
	expect_bytes(arrival.title, "Letter to you");
	expect_bytes(arrival.language, "fr");
	expect_bytes(arrival.class, "letter");
	expect_bytes(arrival.symbols, "S/1\nA/1");
}

static void
bytes_that_are_done_in_this_inbox_are_a_duplicate(void **state)
{
	struct fixture *fixture = *state;
	uint64_t first = take_in(fixture, "letters", "a", "A");
	uint64_t second, elsewhere;

	read_it(fixture, first, "T");
	second = take_in(fixture, "letters", "b", "A");
	elsewhere = take_in(fixture, "reports", "a", "A");
	expect_state(fixture, second, ARRIVAL_DUPLICATE);
	assert_int_equal(look_up(fixture, second).original, first);
	expect_state(fixture, elsewhere, ARRIVAL_QUEUED);
}

/* Of its own it keeps none: those of its original are there. */
static void
expect_content(struct fixture *fixture, uint64_t number, const char *text)
{
	struct journal_query *query = new_query(fixture, QUERY_ARRIVAL);

	query->number = number;
	query->content = CONTENT_BLOB;
	ask(fixture, query);
	assert_int_equal(query->count, 1);
	expect_bytes(buffer_bytes(&query->items[0].content), text);
}

static void
duplicate_has_the_bytes_of_its_original(void **state)
{
	struct fixture *fixture = *state;
	uint64_t first = take_in(fixture, "letters", "a", "A");
	uint64_t twin = take_in(fixture, "letters", "b", "A");
	uint64_t late;

	read_it(fixture, first, "T");
	read_it(fixture, twin, "T");
	late = take_in(fixture, "letters", "c", "A");
	happen(fixture, FACT_CLEARED, twin);
	happen(fixture, FACT_CLEARED, late);
	assert_int_equal(look_up(fixture, twin).original, first);
	assert_int_equal(look_up(fixture, late).original, first);
	expect_content(fixture, twin, "A");
	expect_content(fixture, late, "A");
	expect_content(fixture, first, "A");
}

static void
bytes_in_quarantine_are_no_originals(void **state)
{
	struct fixture *fixture = *state;
	uint64_t first = take_in(fixture, "letters", "a", "A");

	happen(fixture, FACT_LEASED, first);
	happen(fixture, FACT_REJECTED, first);
	expect_state(fixture, first, ARRIVAL_QUARANTINED);
	expect_state(fixture, take_in(fixture, "letters", "b", "A"),
		     ARRIVAL_QUEUED);
}

static void
twin_that_finishes_second_is_the_duplicate(void **state)
{
	struct fixture *fixture = *state;
	uint64_t first = take_in(fixture, "letters", "a", "A");
	uint64_t second = take_in(fixture, "letters", "b", "A");

	read_it(fixture, second, "T");
	read_it(fixture, first, "T");
	expect_state(fixture, second, ARRIVAL_DONE);
	expect_state(fixture, first, ARRIVAL_DUPLICATE);
	assert_int_equal(look_up(fixture, first).original, second);
	expect_events(fixture, 2, "document.parsed document.duplicate ");
}

/* The file of a crash: what is known of it, with these bytes or none. */
static struct fact *
make_left(enum fact_kind kind, const char *text)
{
	struct fact *fact = make_taken("letters", "a", text);

	fact->kind = kind;
	fact->arrival.inode = 5;
	fact->arrival.device = 6;
	fact->arrival.mtime_ns = 7;
	if (kind == FACT_REFUSED)
		fact->arrival.digest = (struct digest){ 0 };
	return fact;
}

static void
file_that_a_crash_left_is_known_until_it_is_cleared(void **state)
{
	struct fixture *fixture = *state;
	struct fact *other;
	uint64_t number, again;

	settle(fixture, make_left(FACT_TAKEN, "A"), &number);
	restart_journal(fixture);
	assert_int_equal(settle(fixture, make_left(FACT_TAKEN, "A"), &again),
			 OUTCOME_KNOWN);
	assert_int_equal(again, number);
	expect_events(fixture, 0, "document.received ");
	other = make_left(FACT_TAKEN, "A");
	other->arrival.name = bytes_of("other");
	assert_int_equal(settle(fixture, other, NULL), OUTCOME_MOVED);
	assert_int_equal(settle(fixture, make_left(FACT_TAKEN, "B"), NULL),
			 OUTCOME_MOVED);
	happen(fixture, FACT_CLEARED, number);
	assert_int_equal(settle(fixture, make_left(FACT_TAKEN, "A"), &again),
			 OUTCOME_MOVED);
	assert_int_not_equal(again, number);
}

static void
refused_file_that_stays_is_told_once(void **state)
{
	struct fixture *fixture = *state;
	struct fact *fact = make_left(FACT_REFUSED, "");

	fact_explain(fact, "intake", bytes_of(""), bytes_of("too-large"),
		     bytes_of("it is too large"));
	assert_int_equal(settle(fixture, fact, NULL), OUTCOME_MOVED);
	restart_journal(fixture);
	assert_int_equal(settle(fixture, make_left(FACT_REFUSED, ""), NULL),
			 OUTCOME_KNOWN);
	expect_bytes(look_up(fixture, 1).reason, "too-large");
	expect_events(fixture, 0, "document.quarantined ");
}

static void
third_crash_is_the_last(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "a", "A");

	for (int i = 0; i < 3; i++) {
		struct fact *fact = make_about(FACT_CRASHED, number);

		expect_state(fixture, number, ARRIVAL_QUEUED);
		happen(fixture, FACT_LEASED, number);
		fact_explain(fact, "read", bytes_of("parser_x"),
			     bytes_of("signal-11"), bytes_of("it crashed"));
		settle(fixture, fact, NULL);
	}
	expect_state(fixture, number, ARRIVAL_QUARANTINED);
	expect_bytes(look_up(fixture, number).plugin, "parser_x");
	expect_bytes(look_up(fixture, number).reason, "signal-11");
	expect_events(fixture, 1,
		      "plugin.crashed plugin.crashed plugin.crashed "
		      "document.quarantined ");
}

static void
record_that_is_none_is_a_crash_of_its_reader(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "a", "A");
	struct fact *fact = make_about(FACT_READ, number);

	happen(fixture, FACT_LEASED, number);
	buffer_put_string(&fact->content, "this is no record");
	assert_int_equal(settle(fixture, fact, NULL), OUTCOME_MOVED);
	expect_state(fixture, number, ARRIVAL_QUEUED);
	expect_bytes(look_up(fixture, number).reason, "protocol");
	expect_events(fixture, 1, "plugin.crashed ");
}

static void
late_answer_changes_nothing(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "a", "A");

	happen(fixture, FACT_SUPERSEDED, number);
	assert_int_equal(settle(fixture, make_read(number, "T", 5), NULL),
			 OUTCOME_NOTHING);
	assert_int_equal(settle(fixture, make_about(FACT_LEASED, number), NULL),
			 OUTCOME_NOTHING);
	expect_state(fixture, number, ARRIVAL_SUPERSEDED);
	assert_int_equal(settle(fixture, make_about(FACT_LEASED, 99), NULL),
			 OUTCOME_NOTHING);
}

/* ---- streams and followers ---- */

static void
streams_have_no_gaps_whatever_they_leave_out(void **state)
{
	struct fixture *fixture = *state;
	struct fact *started = fact_new(FACT_HAPPENED);

	started->event.type = EVENT_DAEMON_STARTED;
	settle(fixture, started, NULL);
	read_it(fixture, take_in(fixture, "letters", "a", "A"), "T");
	read_it(fixture, take_in(fixture, "reports", "b", "B"), "T");
	read_it(fixture, take_in(fixture, "letters", "c", "C"), "T");
	assert_int_equal(count_stream(fixture, 0), 7);
	assert_int_equal(count_stream(fixture, 1), 3);
	restart_journal(fixture);
	read_it(fixture, take_in(fixture, "letters", "d", "D"), "T");
	assert_int_equal(count_stream(fixture, 0), 9);
	assert_int_equal(count_stream(fixture, 1), 4);
}

static void
stream_is_read_after_a_sequence(void **state)
{
	struct fixture *fixture = *state;
	struct journal_query *query;
	struct event event;

	take_in(fixture, "letters", "a", "A");
	take_in(fixture, "letters", "b", "B");
	take_in(fixture, "letters", "c", "C");
	query = new_query(fixture, QUERY_STREAM);
	query->after = 1;
	query->limit = 1;
	ask(fixture, query);
	assert_int_equal(query->count, 1);
	assert_int_equal(query->items[0].key, 2);
	event_decode(buffer_bytes(&query->items[0].body), &event);
	expect_bytes(event.name, "b");
}

/* A report about the parsed event of one arrival. */
static void
report(struct fixture *fixture, uint64_t cursor, uint64_t event,
       uint64_t arrival)
{
	struct fact *fact = fact_new(FACT_REPORTED);
	struct fact_subject subject = { event, arrival };

	fact->follower = "indexer_x";
	fact->cursor = cursor;
	fact->report = EVENT_DOCUMENT_INDEXED;
	fact->subjects = mem_dup(&subject, sizeof(subject));
	fact->subject_count = 1;
	settle(fixture, fact, NULL);
}

static uint64_t
ask_cursor(struct fixture *fixture, const char *follower)
{
	struct journal_query *query = new_query(fixture, QUERY_CURSOR);

	query->follower = follower;
	ask(fixture, query);
	return query->count > 0 ? query->items[0].key : UINT64_MAX;
}

static void
report_below_the_high_water_mark_is_not_told_again(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "a", "A");

	read_it(fixture, number, "T"); /* events 1 and 2 */
	report(fixture, 2, 2, number);
	expect_events(fixture, 2, "document.indexed ");
	report(fixture, 0, 2, number); /* it starts again */
	report(fixture, 2, 2, number);
	expect_events(fixture, 2, "document.indexed ");
	assert_int_equal(ask_cursor(fixture, "indexer_x"), 2);
	report(fixture, 9, 9, number);
	expect_events(fixture, 2, "document.indexed document.indexed ");
}

static void
report_about_no_arrival_tells_nothing(void **state)
{
	struct fixture *fixture = *state;

	report(fixture, 5, 5, 0);
	report(fixture, 6, 6, 77);
	expect_events(fixture, 0, "");
	assert_int_equal(ask_cursor(fixture, "indexer_x"), 6);
	assert_int_equal(ask_cursor(fixture, "nobody"), UINT64_MAX);
}

/* ---- a full disk ---- */

static void
full_disk_takes_the_whole_turn_back(void **state)
{
	struct fixture *fixture = *state;
	struct fact *small = make_taken("letters", "small", "small");
	struct arrival arrival;

	limit_pages(fixture, 30);
	small->next = make_bulky("bulky");
	assert_true(is_taken_back(fixture, small));
	assert_int_equal(small->outcome, OUTCOME_NOTHING);
	assert_int_equal(small->row.size, 0);
	assert_int_equal(fixture->journal.last_number, 0);
	expect_events(fixture, 0, "");
	assert_int_equal(count_stream(fixture, 0), 0);

	limit_pages(fixture, 4000);
	assert_false(is_taken_back(fixture, small));
	assert_int_equal(arrival_decode(buffer_bytes(&small->row), &arrival),
			 0);
	assert_int_equal(arrival.number, 1);
	expect_events(fixture, 0, "document.received document.received ");
	assert_int_equal(count_stream(fixture, 0), 2);
	fact_free(small->next);
	fact_free(small);
}

static void
lease_that_was_taken_back_comes_with_its_bytes_once(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "a", "its bytes");
	struct fact *lease = make_about(FACT_LEASED, number);

	limit_pages(fixture, 30);
	lease->next = make_bulky("bulky");
	assert_true(is_taken_back(fixture, lease));
	expect_state(fixture, number, ARRIVAL_QUEUED);
	limit_pages(fixture, 4000);
	assert_false(is_taken_back(fixture, lease));
	expect_bytes(buffer_bytes(&lease->content), "its bytes");
	fact_free(lease->next);
	fact_free(lease);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(taken_file_is_a_row_an_event_and_its_bytes),
		JOURNAL_TEST(facts_of_one_commit_see_one_another),
		JOURNAL_TEST(leased_arrival_comes_with_its_bytes),
		JOURNAL_TEST(record_describes_its_arrival),
		JOURNAL_TEST(bytes_that_are_done_in_this_inbox_are_a_duplicate),
		JOURNAL_TEST(bytes_in_quarantine_are_no_originals),
		JOURNAL_TEST(duplicate_has_the_bytes_of_its_original),
		JOURNAL_TEST(twin_that_finishes_second_is_the_duplicate),
		JOURNAL_TEST(
			file_that_a_crash_left_is_known_until_it_is_cleared),
		JOURNAL_TEST(refused_file_that_stays_is_told_once),
		JOURNAL_TEST(third_crash_is_the_last),
		JOURNAL_TEST(record_that_is_none_is_a_crash_of_its_reader),
		JOURNAL_TEST(late_answer_changes_nothing),
		JOURNAL_TEST(streams_have_no_gaps_whatever_they_leave_out),
		JOURNAL_TEST(stream_is_read_after_a_sequence),
		JOURNAL_TEST(
			report_below_the_high_water_mark_is_not_told_again),
		JOURNAL_TEST(report_about_no_arrival_tells_nothing),
		JOURNAL_TEST(full_disk_takes_the_whole_turn_back),
		JOURNAL_TEST(
			lease_that_was_taken_back_comes_with_its_bytes_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
