/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_fresh.c - records that were just committed, for the index that is next
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "fresh.h"

static void
put(struct fresh *fresh, uint64_t number, size_t size)
{
	struct buffer image = { 0 };

	memset(buffer_reserve(&image, size), (int)number, size);
	image.size = size;
	fresh_put(fresh, number, &image);
	assert_null(image.data);
}

static void
record_is_given_once(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct fresh fresh = { .bytes = 0 };

	(void)state;
	put(&fresh, 7, 100);
	assert_false(fresh_take(&fresh, 8, &out));
	assert_true(fresh_take(&fresh, 7, &out));
	assert_int_equal(out.size, 100);
	assert_false(fresh_take(&fresh, 7, &out));
	assert_int_equal(fresh.bytes, 0);
	fresh_fini(&fresh);
}

static void
later_one_takes_the_slot(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct fresh fresh = { .bytes = 0 };

	(void)state;
	put(&fresh, 1, 10);
	put(&fresh, 1 + FRESH_SLOTS, 20);
	assert_int_equal(fresh.bytes, 20);
	assert_false(fresh_take(&fresh, 1, &out));
	assert_true(fresh_take(&fresh, 1 + FRESH_SLOTS, &out));
	fresh_fini(&fresh);
}

static void
what_is_too_much_is_not_kept(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct fresh fresh = { .bytes = 0 };

	(void)state;
	put(&fresh, 1, FRESH_LIMIT_BYTES);
	put(&fresh, 2, 1);
	assert_false(fresh_take(&fresh, 2, &out));
	assert_false(fresh_take(&fresh, 0, &out));
	assert_int_equal(fresh.bytes, FRESH_LIMIT_BYTES);
	fresh_fini(&fresh);
	assert_int_equal(fresh.bytes, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(record_is_given_once),
		cmocka_unit_test(later_one_takes_the_slot),
		cmocka_unit_test(what_is_too_much_is_not_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
