/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_journal_members.c - what a document had in it becomes arrivals with it
 */
#include "journal_members.h"

#include "journal_fixture.h"

static struct fact *
make_member(const char *name, const char *text)
{
	struct fact *fact = make_taken(NULL, name, text);

	fact->arrival.origin = ORIGIN_CHILD;
	return fact;
}

/* The reader's fact of a parent that has these in it. */
static struct fact *
make_parent(uint64_t number, struct fact *first, struct fact *second)
{
	struct fact *fact = make_read(number, "Parcel", 10);

	fact->members = first;
	if (first != NULL)
		first->next = second;
	return fact;
}

/* A member of the parent's, leased so that it can be read; its number. */
static uint64_t
go_deeper(struct fixture *fixture, uint64_t parent, const char *text)
{
	happen(fixture, FACT_LEASED, parent);
	settle(fixture, make_parent(parent, make_member(text, text), NULL),
	       NULL);
	expect_state(fixture, parent, ARRIVAL_DONE);
	return parent + 1;
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

static struct fact *
make_stored(const char *name, const char *text)
{
	struct fact *fact = make_member(name, text);

	buffer_fini(&fact->content);
	fact->is_stored = true;
	return fact;
}

static struct event
find_event(struct fixture *fixture, uint64_t number)
{
	struct journal_query *query = new_query(fixture, QUERY_EVENTS);
	struct event event;

	query->after = number - 1;
	query->limit = 1;
	ask(fixture, query);
	assert_int_equal(query->count, 1);
	assert_int_equal(
		event_decode(buffer_bytes(&query->items[0].body), &event), 0);
	return event;
}

static void
members_are_arrivals_in_the_commit_that_makes_their_parent_done(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "parcel", "P");
	struct arrival member;

	happen(fixture, FACT_LEASED, number);
	settle(fixture,
	       make_parent(number, make_member("a", "A"),
			   make_member("b", "B")),
	       NULL);
	expect_state(fixture, number, ARRIVAL_DONE);
	expect_events(fixture, 1,
		      "document.parsed document.received document.received ");
	assert_int_equal(find_event(fixture, 2).children, 2);
	assert_int_equal(find_event(fixture, 3).parent, number);
	member = look_up(fixture, number + 2);
	assert_int_equal(member.state, ARRIVAL_QUEUED);
	assert_int_equal(member.parent, number);
	assert_int_equal(member.origin, ORIGIN_CHILD);
	expect_bytes(member.inbox, "letters");
	expect_bytes(member.name, "b");
}

static void
their_verdicts_are_there_for_the_turn(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "parcel", "P");
	struct fact *fact = make_parent(number, make_member("a", "A"), NULL);
	struct arrival arrival;

	happen(fixture, FACT_LEASED, number);
	commit(fixture, fact);
	assert_int_equal(fact->members->outcome, OUTCOME_MOVED);
	assert_int_equal(fact->members->event_number, 3);
	assert_int_equal(
		arrival_decode(buffer_bytes(&fact->members->row), &arrival), 0);
	assert_int_equal(arrival.number, number + 1);
	fact_free(fact);
}

static void
parent_that_is_a_duplicate_has_none(void **state)
{
	struct fixture *fixture = *state;
	uint64_t first = take_in(fixture, "letters", "parcel", "P");
	uint64_t second = take_in(fixture, "letters", "again", "P");
	struct digest digest = store_text(fixture, "large");

	happen(fixture, FACT_LEASED, second);
	read_it(fixture, first, "T");
	settle(fixture, make_parent(second, make_stored("a", "large"), NULL),
	       NULL);
	expect_state(fixture, second, ARRIVAL_DUPLICATE);
	assert_false(store_has(&fixture->journal.store, &digest));
	assert_int_equal(fixture->journal.last_number, second);
}

static void
crash_of_the_reader_takes_their_files_away(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "parcel", "P");
	struct digest digest = store_text(fixture, "large");
	struct fact *fact = make_about(FACT_CRASHED, number);

	happen(fixture, FACT_LEASED, number);
	fact->members = make_stored("a", "large");
	settle(fixture, fact, NULL);
	expect_state(fixture, number, ARRIVAL_QUEUED);
	assert_false(store_has(&fixture->journal.store, &digest));
}

static void
file_that_somebody_else_has_stays(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = store_text(fixture, "large");
	struct fact *taken = make_taken("letters", "other", "large");
	uint64_t number = take_in(fixture, "letters", "parcel", "P");
	struct fact *fact = make_about(FACT_CRASHED, number);

	buffer_fini(&taken->content);
	taken->is_stored = true;
	settle(fixture, taken, NULL);
	happen(fixture, FACT_LEASED, number);
	fact->members = make_stored("a", "large");
	settle(fixture, fact, NULL);
	assert_true(store_has(&fixture->journal.store, &digest));
}

static void
parent_whose_member_lost_its_file_is_read_again(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "parcel", "P");

	happen(fixture, FACT_LEASED, number);
	settle(fixture, make_parent(number, make_stored("a", "gone"), NULL),
	       NULL);
	expect_state(fixture, number, ARRIVAL_QUEUED);
	assert_int_equal(look_up(fixture, number).attempts, 0);
	assert_int_equal(fixture->journal.last_number, number);
	expect_events(fixture, 1, "");
}

static void
member_that_is_its_own_parent_is_a_duplicate(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "parcel", "P");

	happen(fixture, FACT_LEASED, number);
	settle(fixture, make_parent(number, make_member("again", "P"), NULL),
	       NULL);
	expect_state(fixture, number + 1, ARRIVAL_DUPLICATE);
	assert_int_equal(look_up(fixture, number + 1).original, number);
}

static void
member_of_more_than_three_waits_with_its_bytes(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "0", "0");
	struct arrival arrival;

	for (const char *depth = "123"; *depth != '\0'; depth++) {
		char text[2] = { *depth, '\0' };

		number = go_deeper(fixture, number, text);
		expect_state(fixture, number, ARRIVAL_QUEUED);
	}
	number = go_deeper(fixture, number, "4");
	arrival = look_up(fixture, number);
	assert_int_equal(arrival.state, ARRIVAL_QUARANTINED);
	expect_bytes(arrival.reason, "nesting");
	expect_bytes(arrival.stage, "read");
	assert_true(arrival.settled_ms > 0);
	happen(fixture, FACT_RETRY_ASKED, number);
	number = go_deeper(fixture, number, "5");
	expect_state(fixture, number, ARRIVAL_QUARANTINED);
}

static void
one_drop_does_not_become_arrivals_without_end(void **state)
{
	struct fixture *fixture = *state;
	uint64_t root = take_in(fixture, "letters", "0", "0");
	uint64_t inner = go_deeper(fixture, root, "1");
	struct fact *fact = make_parent(inner, NULL, NULL);

	for (unsigned i = 0; i < JOURNAL_DESCENDANTS_LIMIT; i++) {
		auto_free char *text = mem_format("%u", i);
		struct fact *member = make_member("n", text);

		member->next = fact->members;
		fact->members = member;
	}
	happen(fixture, FACT_LEASED, inner);
	settle(fixture, fact, NULL);
	expect_state(fixture, inner, ARRIVAL_QUARANTINED);
	expect_bytes(look_up(fixture, inner).reason, "entries");
	assert_int_equal(fixture->journal.last_number, inner);
}

static void
family_is_found_by_one_question(void **state)
{
	struct fixture *fixture = *state;
	uint64_t root = take_in(fixture, "letters", "0", "0");
	uint64_t inner = go_deeper(fixture, root, "1");
	struct journal_query *query;
	struct arrival arrival;

	go_deeper(fixture, inner, "2");
	query = new_query(fixture, QUERY_FAMILY);
	query->number = inner;
	ask(fixture, query);
	assert_int_equal(query->count, 2);
	assert_int_equal(query->items[0].key, inner);
	assert_int_equal(
		arrival_decode(buffer_bytes(&query->items[0].parent), &arrival),
		0);
	assert_int_equal(arrival.number, root);
	assert_int_equal(
		arrival_decode(buffer_bytes(&query->items[1].row), &arrival),
		0);
	assert_int_equal(arrival.parent, inner);
}

static void
full_disk_takes_them_back_and_they_are_there_once(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "parcel", "P");
	struct fact *bulky = make_bulky("b");
	struct fact *fact;

	bulky->arrival.origin = ORIGIN_CHILD;
	happen(fixture, FACT_LEASED, number);
	fact = make_parent(number, make_member("a", "A"), bulky);
	limit_pages(fixture, 30);
	assert_true(is_taken_back(fixture, fact));
	expect_state(fixture, number, ARRIVAL_READING);
	assert_int_equal(fixture->journal.last_number, number);
	assert_int_equal(fact->members->outcome, OUTCOME_NOTHING);
	limit_pages(fixture, 4000);
	assert_false(is_taken_back(fixture, fact));
	expect_state(fixture, number, ARRIVAL_DONE);
	expect_state(fixture, number + 2, ARRIVAL_QUEUED);
	assert_int_equal(fixture->journal.last_number, number + 2);
	fact_free(fact);
}

static void
journal_of_before_has_them_too(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number;

	sqlite3_exec(fixture->journal.db, "DROP INDEX arrival_parent", NULL,
		     NULL, NULL);
	restart_journal(fixture);
	number = take_in(fixture, "letters", "0", "0");
	go_deeper(fixture, number, "1");
	assert_int_equal(sqlite3_exec(fixture->journal.db,
				      "SELECT 1 FROM arrival INDEXED BY"
				      " arrival_parent WHERE parent > 0",
				      NULL, NULL, NULL),
			 SQLITE_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(
			members_are_arrivals_in_the_commit_that_makes_their_parent_done),
		JOURNAL_TEST(their_verdicts_are_there_for_the_turn),
		JOURNAL_TEST(parent_that_is_a_duplicate_has_none),
		JOURNAL_TEST(crash_of_the_reader_takes_their_files_away),
		JOURNAL_TEST(file_that_somebody_else_has_stays),
		JOURNAL_TEST(parent_whose_member_lost_its_file_is_read_again),
		JOURNAL_TEST(member_that_is_its_own_parent_is_a_duplicate),
		JOURNAL_TEST(member_of_more_than_three_waits_with_its_bytes),
		JOURNAL_TEST(one_drop_does_not_become_arrivals_without_end),
		JOURNAL_TEST(family_is_found_by_one_question),
		JOURNAL_TEST(full_disk_takes_them_back_and_they_are_there_once),
		JOURNAL_TEST(journal_of_before_has_them_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
