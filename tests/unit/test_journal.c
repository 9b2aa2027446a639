/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_journal.c - the journal is opened, refused, recovered
 */
#include "journal_fixture.h"

/* ---- opening ---- */

static void
journal_is_made_and_found_again(void **state)
{
	struct fixture *fixture = *state;
	char ids[2][33];

	start_journal(fixture);
	for (int i = 0; i < 2; i++)
		strcpy(ids[i], fixture->journal.streams[i].id);
	assert_int_equal(strlen(ids[0]), 32);
	assert_string_not_equal(ids[0], ids[1]);
	assert_int_equal(take_in(fixture, "letters", "a", "A"), 1);
	restart_journal(fixture);
	for (int i = 0; i < 2; i++)
		assert_string_equal(fixture->journal.streams[i].id, ids[i]);
	assert_int_equal(fixture->journal.last_number, 1);
	assert_int_equal(fixture->journal.last_event, 1);
	assert_int_equal(fixture->journal.streams[0].head, 1);
	assert_int_equal(take_in(fixture, "letters", "b", "B"), 2);
}

static void
run_sql(const struct fixture *fixture, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(fixture->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static struct digest
digest_file(const char *path)
{
	auto_buffer struct buffer content = { 0 };
	auto_fd int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size;

	while ((size = read(fd, buffer_reserve(&content, 4096), 4096)) > 0)
		content.size += (size_t)size;
	return digest_of(buffer_bytes(&content));
}

/* Refused with that part of a sentence, and not a byte changed. */
static void
expect_refused(struct fixture *fixture, const char *part)
{
	struct digest before = digest_file(fixture->path), after;

	assert_true(open_journal(fixture) < 0);
	after = digest_file(fixture->path);
	if (strstr(fixture->fault.text, part) == NULL)
		fail_msg("not \"%s\": %s", part, fixture->fault.text);
	assert_true(digest_equal(&before, &after));
}

static void
later_schema_is_refused_untouched(void **state)
{
	struct fixture *fixture = *state;

	start_journal(fixture);
	stop_journal(fixture);
	run_sql(fixture, "PRAGMA user_version = 4");
	expect_refused(fixture, "has schema 4");
}

static void
foreign_database_is_refused_untouched(void **state)
{
	struct fixture *fixture = *state;

	run_sql(fixture, "CREATE TABLE theirs(a); PRAGMA user_version=1");
	expect_refused(fixture, "schema");
}

static void
file_that_is_no_database_is_refused_untouched(void **state)
{
	struct fixture *fixture = *state;
	int fd = open(fixture->path, O_WRONLY | O_CREAT, 0600);

	for (int i = 0; i < 1000; i++)
		assert_int_equal(write(fd, "letters ", 8), 8);
	close(fd);
	expect_refused(fixture, "journal.db");
}

static void
state_folder_without_store_is_refused_with_a_sentence(void **state)
{
	struct fixture *fixture = *state;
	int fd = openat(fixture->state, "store", O_WRONLY | O_CREAT, 0600);

	close(fd);
	assert_true(open_journal(fixture) < 0);
	assert_true(fixture->fault.text[0] != '\0');
}

static void
second_opener_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct journal second;

	start_journal(fixture);
	take_in(fixture, "letters", "a", "A");
	assert_true(journal_open(&second, &fixture->config, fixture->state,
				 &fixture->fault) < 0);
	assert_non_null(strstr(fixture->fault.text, "locked"));
}

static void
leases_go_back_when_the_journal_is_opened(void **state)
{
	struct fixture *fixture = *state;
	uint64_t leased, fresh, blocked;
	struct fact *fact;

	leased = take_in(fixture, "letters", "a", "A");
	fresh = take_in(fixture, "letters", "b", "B");
	blocked = take_in(fixture, "letters", "c", "C");
	happen(fixture, FACT_LEASED, leased);
	happen(fixture, FACT_FAILED, leased);
	happen(fixture, FACT_LEASED, leased);
	happen(fixture, FACT_LEASED, blocked);
	fact = make_about(FACT_SKIPPED, blocked);
	fact->may_block = true;
	settle(fixture, fact, NULL);
	expect_state(fixture, leased, ARRIVAL_READING);
	expect_state(fixture, blocked, ARRIVAL_BLOCKED);
	assert_int_equal(look_up(fixture, leased).attempts, 2);
	restart_journal(fixture);
	expect_state(fixture, leased, ARRIVAL_QUEUED);
	expect_state(fixture, blocked, ARRIVAL_QUEUED);
	assert_int_equal(look_up(fixture, leased).attempts, 1);
	assert_int_equal(look_up(fixture, fresh).attempts, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(journal_is_made_and_found_again),
		FOLDER_TEST(later_schema_is_refused_untouched),
		FOLDER_TEST(foreign_database_is_refused_untouched),
		FOLDER_TEST(file_that_is_no_database_is_refused_untouched),
		FOLDER_TEST(
			state_folder_without_store_is_refused_with_a_sentence),
		FOLDER_TEST(second_opener_is_refused),
		JOURNAL_TEST(leases_go_back_when_the_journal_is_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
