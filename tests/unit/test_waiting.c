/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_waiting.c - names in an inbox, until they may be claimed
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "waiting.h"

#define QUIET 2000
#define FOUND_QUIET 30000
#define MANY 5000

static int
start_table(void **state)
{
	struct waiting_table *table = mem_alloc(sizeof(*table));

	waiting_init(table, QUIET, FOUND_QUIET);
	*state = table;
	return 0;
}

static int
free_table(void **state)
{
	waiting_fini(*state);
	free(*state);
	return 0;
}

#define TABLE_TEST(name) \
	cmocka_unit_test_setup_teardown(name, start_table, free_table)

static void
moved_file_is_ready_at_once(void **state)
{
	struct waiting *waiting =
		waiting_note(*state, "a", SIGHTING_MOVED_IN, 100);

	assert_int_equal(waiting->state, WAITING_READY);
	assert_true(waiting->was_moved);
	assert_ptr_equal(waiting_ready(*state), waiting);
	assert_null(waiting_due(*state, UINT64_MAX));
	assert_int_equal(waiting_next_due(*state), UINT64_MAX);
}

static void
closed_file_is_due_when_it_was_quiet(void **state)
{
	struct waiting *waiting =
		waiting_note(*state, "a", SIGHTING_CLOSED, 100);

	assert_null(waiting_ready(*state));
	assert_int_equal(waiting_next_due(*state), 100 + QUIET);
	assert_null(waiting_due(*state, 100 + QUIET - 1));
	assert_ptr_equal(waiting_due(*state, 100 + QUIET), waiting);
	waiting_settle(*state, waiting);
	assert_null(waiting_due(*state, 100 + QUIET));
	assert_ptr_equal(waiting_ready(*state), waiting);
	assert_false(waiting->was_moved);
	assert_false(waiting->was_found);
}

static void
found_file_waits_longer(void **state)
{
	waiting_note(*state, "found", SIGHTING_SCANNED, 1);
	assert_null(waiting_due(*state, FOUND_QUIET));
	assert_string_equal(waiting_due(*state, FOUND_QUIET + 1)->name,
			    "found");
}

static void
open_file_is_looked_at_again_and_again_and_knows_since_when(void **state)
{
	struct waiting *waiting =
		waiting_note(*state, "open", SIGHTING_CREATED, 5);

	assert_ptr_equal(waiting_due(*state, 5 + QUIET), waiting);
	waiting_renew(*state, waiting, 5 + QUIET);
	assert_null(waiting_due(*state, 5 + QUIET));
	assert_int_equal(waiting->since_ms, 5);
	waiting_note(*state, "open", SIGHTING_CLOSED, 7000);
	assert_int_equal(waiting->since_ms, 7000);
	assert_int_equal(waiting->first_seen_ms, 5);
}

static void
renewed_file_must_be_quiet_once_more(void **state)
{
	struct waiting *first = waiting_note(*state, "a", SIGHTING_CLOSED, 0);
	struct waiting *second = waiting_note(*state, "b", SIGHTING_CLOSED, 1);

	waiting_renew(*state, first, 500);
	assert_ptr_equal(waiting_due(*state, QUIET + 1), second);
	waiting_settle(*state, second);
	assert_null(waiting_due(*state, QUIET + 499));
	assert_ptr_equal(waiting_due(*state, QUIET + 500), first);
	assert_int_equal(first->state, WAITING_SETTLING);
}

static void
file_that_is_closed_again_waits_again(void **state)
{
	waiting_note(*state, "a", SIGHTING_CLOSED, 0);
	waiting_note(*state, "a", SIGHTING_CLOSED, 1500);
	assert_null(waiting_due(*state, QUIET));
	assert_non_null(waiting_due(*state, 1500 + QUIET));
}

static void
move_beats_settling(void **state)
{
	struct waiting *waiting =
		waiting_note(*state, "a", SIGHTING_CREATED, 0);

	waiting_note(*state, "a", SIGHTING_CLOSED, 1);
	assert_int_equal(waiting->state, WAITING_SETTLING);
	assert_ptr_equal(waiting_note(*state, "a", SIGHTING_MOVED_IN, 2),
			 waiting);
	assert_ptr_equal(waiting_ready(*state), waiting);
	assert_true(waiting->was_moved);
}

static void
file_that_is_written_again_is_not_ready_any_more(void **state)
{
	struct waiting *waiting =
		waiting_note(*state, "a", SIGHTING_MOVED_IN, 0);

	waiting_note(*state, "a", SIGHTING_CLOSED, 1);
	assert_null(waiting_ready(*state));
	assert_int_equal(waiting->state, WAITING_SETTLING);
	assert_false(waiting->was_moved);
}

static void
scan_renews_nothing(void **state)
{
	waiting_note(*state, "a", SIGHTING_CLOSED, 0);
	waiting_note(*state, "b", SIGHTING_SCANNED, 0);
	waiting_note(*state, "a", SIGHTING_SCANNED, 1000);
	waiting_note(*state, "b", SIGHTING_SCANNED, 1000);
	assert_string_equal(waiting_due(*state, QUIET)->name, "a");
	waiting_drop(*state, waiting_due(*state, QUIET));
	assert_string_equal(waiting_due(*state, FOUND_QUIET)->name, "b");
}

static void
scan_does_not_change_how_a_ready_file_came(void **state)
{
	struct waiting *written =
		waiting_note(*state, "written", SIGHTING_CLOSED, 0);
	struct waiting *found =
		waiting_note(*state, "found", SIGHTING_SCANNED, 0);

	waiting_settle(*state, written);
	waiting_settle(*state, found);
	waiting_note(*state, "written", SIGHTING_SCANNED, 1);
	waiting_note(*state, "found", SIGHTING_SCANNED, 1);
	assert_false(written->was_moved);
	assert_false(written->was_found);
	assert_true(found->was_found);
	assert_false(found->was_moved);
}

static void
ready_files_come_in_the_order_they_came(void **state)
{
	waiting_note(*state, "a", SIGHTING_MOVED_IN, 0);
	waiting_note(*state, "b", SIGHTING_MOVED_IN, 0);
	waiting_settle(*state, waiting_note(*state, "c", SIGHTING_CLOSED, 0));
	for (const char *name = "abc"; *name != '\0'; name++) {
		struct waiting *waiting = waiting_ready(*state);

		assert_int_equal(waiting->name[0], *name);
		waiting_drop(*state, waiting);
	}
	assert_null(waiting_ready(*state));
}

static void
dropped_name_is_new_when_it_comes_again(void **state)
{
	struct waiting_table *table = *state;
	struct waiting *waiting =
		waiting_note(table, "a", SIGHTING_MOVED_IN, 5);

	waiting_drop(table, waiting);
	assert_int_equal(table->count, 0);
	waiting = waiting_note(table, "a", SIGHTING_CREATED, 9);
	assert_int_equal(waiting->first_seen_ms, 9);
	assert_int_equal(waiting->state, WAITING_OPEN);
}

static void
number_name(char out[16], unsigned number)
{
	snprintf(out, 16, "name-%u", number);
}

static void
thousands_of_names_are_each_there_once(void **state)
{
	struct waiting_table *table = *state;
	char name[16];

	for (unsigned round = 0; round < 2; round++)
		for (unsigned i = 0; i < MANY; i++) {
			number_name(name, i);
			waiting_note(table, name, SIGHTING_CLOSED, i);
		}
	assert_int_equal(table->count, MANY);
	assert_true(table->bucket_count >= MANY);
	for (unsigned i = 0; i < MANY; i++) {
		struct waiting *waiting = waiting_due(table, UINT64_MAX);

		number_name(name, i);
		assert_string_equal(waiting->name, name);
		waiting_drop(table, waiting);
	}
	assert_int_equal(table->count, 0);
	assert_null(waiting_due(table, UINT64_MAX));
}

static void
names_are_bytes(void **state)
{
	struct waiting *a =
		waiting_note(*state, "\xff\n", SIGHTING_MOVED_IN, 0);
	struct waiting *b = waiting_note(*state, "\xff", SIGHTING_MOVED_IN, 0);

	assert_ptr_not_equal(a, b);
	assert_ptr_equal(waiting_note(*state, "\xff", SIGHTING_CLOSED, 0), b);
}

static void
shape_is_equal_in_all_or_not_at_all(void **state)
{
	const struct waiting_shape shape = { 1, 2, 3, 4 };
	const struct waiting_shape others[] = {
		{ 9, 2, 3, 4 }, { 1, 9, 3, 4 }, { 1, 2, 9, 4 }, { 1, 2, 3, 9 }
	};

	(void)state;
	assert_true(waiting_shape_equal(&shape, &shape));
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		assert_false(waiting_shape_equal(&shape, &others[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TABLE_TEST(moved_file_is_ready_at_once),
		TABLE_TEST(closed_file_is_due_when_it_was_quiet),
		TABLE_TEST(found_file_waits_longer),
		TABLE_TEST(
			open_file_is_looked_at_again_and_again_and_knows_since_when),
		TABLE_TEST(renewed_file_must_be_quiet_once_more),
		TABLE_TEST(file_that_is_closed_again_waits_again),
		TABLE_TEST(move_beats_settling),
		TABLE_TEST(file_that_is_written_again_is_not_ready_any_more),
		TABLE_TEST(scan_renews_nothing),
		TABLE_TEST(scan_does_not_change_how_a_ready_file_came),
		TABLE_TEST(ready_files_come_in_the_order_they_came),
		TABLE_TEST(dropped_name_is_new_when_it_comes_again),
		TABLE_TEST(thousands_of_names_are_each_there_once),
		TABLE_TEST(names_are_bytes),
		TABLE_TEST(shape_is_equal_in_all_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
