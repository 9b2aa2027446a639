/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_journal_query.c - questions to the journal
 */
#include "journal_fixture.h"

#define LARGE (300u << 10)

/* ---- large ones ---- */

static void
large_record_is_a_file_and_comes_back_as_one(void **state)
{
	struct fixture *fixture = *state;
	uint64_t number = take_in(fixture, "letters", "a", "A");
	struct fact *fact = make_read(number, "T", LARGE);
	struct digest digest = digest_of(buffer_bytes(&fact->content));
	size_t size = fact->content.size;
	struct journal_query *query;
	int fd;

	happen(fixture, FACT_LEASED, number);
	settle(fixture, fact, NULL);
	fd = store_read(&fixture->journal.store, &digest);
	assert_true(fd >= 0);
	close(fd);
	query = new_query(fixture, QUERY_PARSED);
	ask(fixture, query);
	assert_int_equal(query->count, 1);
	assert_int_equal(query->items[0].arrival, number);
	assert_int_equal(query->items[0].size, size);
	assert_int_equal(query->items[0].content.size, 0);
	fd = journal_item_take_fd(&query->items[0]);
	assert_int_equal(query->items[0].fd, -1);
	assert_int_equal(lseek(fd, 0, SEEK_END), size);
	assert_true((fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY);
	close(fd);
}

static void
answer_ends_where_its_limit_of_bytes_is_passed(void **state)
{
	struct fixture *fixture = *state;
	struct journal_query *query;

	for (char name[] = "a"; name[0] <= 'e'; name[0]++)
		read_it(fixture, take_in(fixture, "letters", name, name), "T");
	query = new_query(fixture, QUERY_PARSED);
	query->limit_bytes = 1;
	ask(fixture, query);
	assert_int_equal(query->count, 1);
	query = new_query(fixture, QUERY_PARSED);
	ask(fixture, query);
	assert_int_equal(query->count, 5);
}

/* ---- the other questions ---- */

static size_t
count_list(struct fixture *fixture, uint64_t after, uint32_t states,
	   const char *inbox, uint32_t limit)
{
	struct journal_query *query = new_query(fixture, QUERY_ARRIVALS);

	query->after = after;
	query->states = states;
	query->inbox = inbox != NULL ? mem_dup_string(inbox) : NULL;
	query->limit = limit;
	ask(fixture, query);
	for (size_t i = 1; i < query->count; i++)
		assert_true(query->items[i - 1].key < query->items[i].key);
	return query->count;
}

static void
arrivals_are_listed_by_number_state_and_inbox(void **state)
{
	struct fixture *fixture = *state;

	read_it(fixture, take_in(fixture, "letters", "a", "A"), "T");
	take_in(fixture, "letters", "b", "B");
	take_in(fixture, "reports", "c", "C");
	assert_int_equal(count_list(fixture, 0, 0, NULL, 0), 3);
	assert_int_equal(count_list(fixture, 1, 0, NULL, 0), 2);
	assert_int_equal(count_list(fixture, 0, 0, NULL, 2), 2);
	assert_int_equal(count_list(fixture, 0, 1u << ARRIVAL_QUEUED, NULL, 0),
			 2);
	assert_int_equal(count_list(fixture, 0, 0, "letters", 0), 2);
	assert_int_equal(
		count_list(fixture, 0, 1u << ARRIVAL_DONE, "reports", 0), 0);
}

static void
digest_finds_the_arrival_that_is_done(void **state)
{
	struct fixture *fixture = *state;
	struct journal_query *query;

	take_in(fixture, "letters", "a", "A");
	read_it(fixture, take_in(fixture, "letters", "b", "A"), "T");
	query = new_query(fixture, QUERY_ARRIVAL);
	query->digest = digest_of(bytes_of("A"));
	query->content = CONTENT_RECORD;
	ask(fixture, query);
	assert_int_equal(query->count, 1);
	assert_int_equal(query->items[0].key, 2);
	assert_true(query->items[0].size > 0);
}

static void
numbers_are_answered_in_the_order_they_were_asked(void **state)
{
	struct fixture *fixture = *state;
	static const uint64_t numbers[] = { 3, 99, 1 };
	struct journal_query *query;

	take_in(fixture, "letters", "a", "A");
	take_in(fixture, "letters", "b", "B");
	take_in(fixture, "letters", "c", "C");
	query = new_query(fixture, QUERY_NUMBERS);
	query->numbers = mem_dup(numbers, sizeof(numbers));
	query->number_count = 3;
	query->content = CONTENT_BLOB;
	ask(fixture, query);
	assert_int_equal(query->count, 2);
	assert_int_equal(query->items[0].key, 3);
	expect_bytes(buffer_bytes(&query->items[0].content), "C");
	assert_int_equal(query->items[1].key, 1);
}

static void
queued_arrivals_come_with_their_attempts(void **state)
{
	struct fixture *fixture = *state;
	struct journal_query *query;

	take_in(fixture, "letters", "a", "A");
	take_in(fixture, "letters", "b", "B");
	read_it(fixture, take_in(fixture, "letters", "c", "C"), "T");
	happen(fixture, FACT_LEASED, 2);
	happen(fixture, FACT_FAILED, 2);
	query = ask(fixture, new_query(fixture, QUERY_QUEUED));
	assert_int_equal(query->count, 2);
	assert_int_equal(query->items[0].key, 1);
	assert_int_equal(query->items[0].attempts, 0);
	assert_int_equal(query->items[1].key, 2);
	assert_int_equal(query->items[1].attempts, 1);
}

static void
states_are_counted(void **state)
{
	struct fixture *fixture = *state;
	struct journal_query *query;

	take_in(fixture, "letters", "a", "A");
	take_in(fixture, "letters", "b", "B");
	read_it(fixture, take_in(fixture, "letters", "c", "C"), "T");
	query = ask(fixture, new_query(fixture, QUERY_COUNTS));
	assert_int_equal(query->count, 2);
	assert_int_equal(query->items[0].key, ARRIVAL_QUEUED);
	assert_int_equal(query->items[0].size, 2);
	assert_int_equal(query->items[1].key, ARRIVAL_DONE);
	assert_int_equal(query->items[1].size, 1);
}

static void
answers_come_in_the_order_of_the_questions(void **state)
{
	struct fixture *fixture = *state;
	struct waiting_commit waiting = {
		.commit = { .facts = make_taken("letters", "a", "A"),
			    .done = on_committed },
		.fixture = fixture,
	};
	struct journal_query *query = new_query(fixture, QUERY_COUNTS);

	journal_commit(&fixture->journal, &waiting.commit);
	journal_ask(&fixture->journal, query);
	while (fixture->answer == NULL)
		uv_run(&fixture->loop, UV_RUN_ONCE);
	assert_int_equal(query->count, 1);
	fact_free(waiting.commit.facts);
	fixture->is_done = false;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(large_record_is_a_file_and_comes_back_as_one),
		JOURNAL_TEST(answer_ends_where_its_limit_of_bytes_is_passed),
		JOURNAL_TEST(arrivals_are_listed_by_number_state_and_inbox),
		JOURNAL_TEST(digest_finds_the_arrival_that_is_done),
		JOURNAL_TEST(numbers_are_answered_in_the_order_they_were_asked),
		JOURNAL_TEST(queued_arrivals_come_with_their_attempts),
		JOURNAL_TEST(states_are_counted),
		JOURNAL_TEST(answers_come_in_the_order_of_the_questions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
