/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dispatch.c - who is next, and who rests
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "dispatch.h"

static void
expect_next(struct dispatch *dispatch, uint64_t number)
{
	assert_int_equal(dispatch_first(dispatch)->number, number);
	dispatch_drop_first(dispatch);
}

static void
numbers_come_in_the_order_they_were_put(void **state)
{
	struct dispatch dispatch;

	(void)state;
	dispatch_init(&dispatch);
	assert_null(dispatch_first(&dispatch));
	dispatch_put(&dispatch, 7, false, 0);
	dispatch_put(&dispatch, 5, true, 0);
	assert_int_equal(dispatch.count, 2);
	expect_next(&dispatch, 7);
	assert_true(dispatch_first(&dispatch)->is_alone);
	expect_next(&dispatch, 5);
	assert_null(dispatch_first(&dispatch));
	dispatch_fini(&dispatch);
}

static void
number_says_behind_whom_it_goes_on(void **state)
{
	struct dispatch dispatch;

	(void)state;
	dispatch_init(&dispatch);
	dispatch_put(&dispatch, 1, false, 0);
	dispatch_put_routed(&dispatch, 2, true,
			    (struct route){ .past = "calendar" });
	assert_null(dispatch_first(&dispatch)->route.past);
	expect_next(&dispatch, 1);
	assert_string_equal(dispatch_first(&dispatch)->route.past, "calendar");
	assert_true(dispatch_first(&dispatch)->is_alone);
	dispatch_fini(&dispatch);
}

static void
resting_number_joins_when_its_time_has_come(void **state)
{
	struct dispatch dispatch;

	(void)state;
	dispatch_init(&dispatch);
	dispatch_put(&dispatch, 1, false, 3000);
	dispatch_put(&dispatch, 2, false, 1000);
	dispatch_put(&dispatch, 3, false, 2000);
	assert_int_equal(dispatch.count, 0);
	assert_false(dispatch_wake(&dispatch, 999));
	assert_true(dispatch_wake(&dispatch, 2000));
	assert_int_equal(dispatch.resting_count, 1);
	expect_next(&dispatch, 2);
	expect_next(&dispatch, 3);
	assert_false(dispatch_wake(&dispatch, 2999));
	assert_true(dispatch_wake(&dispatch, 3000));
	expect_next(&dispatch, 1);
	dispatch_fini(&dispatch);
}

static void
what_still_waits_is_freed_at_the_end(void **state)
{
	struct dispatch dispatch;

	(void)state;
	dispatch_init(&dispatch);
	dispatch_put(&dispatch, 1, false, 0);
	dispatch_put(&dispatch, 2, false, 5000);
	dispatch_fini(&dispatch);
	assert_int_equal(dispatch.count + dispatch.resting_count, 0);
}

static void
clock_that_is_set_makes_no_rest_longer(void **state)
{
	const int64_t year_ms = 365LL * 86400 * 1000;
	const int64_t clock_ms = 50 * year_ms;

	(void)state;
	assert_int_equal(dispatch_choose_time(0, clock_ms, 700), 0);
	assert_int_equal(dispatch_choose_time(clock_ms + 1000, clock_ms, 700),
			 1700);
	/* Ten years back, and ten years on. */
	assert_int_equal(dispatch_choose_time(clock_ms + 1000,
					      clock_ms - 10 * year_ms, 700),
			 700 + 5 * 60 * 1000);
	assert_int_equal(dispatch_choose_time(clock_ms + 1000,
					      clock_ms + 10 * year_ms, 700),
			 700);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_come_in_the_order_they_were_put),
		cmocka_unit_test(number_says_behind_whom_it_goes_on),
		cmocka_unit_test(resting_number_joins_when_its_time_has_come),
		cmocka_unit_test(what_still_waits_is_freed_at_the_end),
		cmocka_unit_test(clock_that_is_set_makes_no_rest_longer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
