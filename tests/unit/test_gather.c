/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_gather.c - when a group should wait for company
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "gather.h"

#define NOW 1000

static const struct gather fresh = { .busy = 10, .enough = 100, .limit_ms = 5 };

static void
first_of_all_goes_at_once(void **state)
{
	struct gather gather = fresh;

	(void)state;
	assert_int_equal(gather_wait(&gather, 1, NOW), 0);
}

static void
after_a_small_group_none_waits(void **state)
{
	struct gather gather = fresh;

	(void)state;
	gather_note(&gather, 9, NOW);
	assert_int_equal(gather_wait(&gather, 1, NOW), 0);
}

static void
under_load_a_few_wait_for_others(void **state)
{
	struct gather gather = fresh;

	(void)state;
	gather_note(&gather, 10, NOW);
	assert_int_equal(gather_wait(&gather, 1, NOW), 5);
	assert_int_equal(gather_wait(&gather, 99, NOW + 3), 2);
}

static void
enough_or_long_enough_goes(void **state)
{
	struct gather gather = fresh;

	(void)state;
	gather_note(&gather, 10, NOW);
	assert_int_equal(gather_wait(&gather, 100, NOW), 0);
	assert_int_equal(gather_wait(&gather, 1, NOW + 5), 0);
	assert_int_equal(gather_wait(&gather, 1, NOW + 5000), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_of_all_goes_at_once),
		cmocka_unit_test(after_a_small_group_none_waits),
		cmocka_unit_test(under_load_a_few_wait_for_others),
		cmocka_unit_test(enough_or_long_enough_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
