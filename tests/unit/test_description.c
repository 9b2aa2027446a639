/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_description.c - what a plugin's file declares, in words
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "description.h"

static void
kinds_have_names_and_nothing_else_has(void **state)
{
	(void)state;
	assert_string_equal(description_kind_name(PLUGIN_PARSER), "parser");
	assert_string_equal(description_kind_name(PLUGIN_NOTIFIER), "notifier");
	assert_null(description_kind_name(0));
	assert_null(description_kind_name(PLUGIN_NOTIFIER + 1));
	assert_null(description_kind_name(UINT32_MAX));
}

static void
needs_are_named_in_order_and_unknown_ones_end_the_list(void **state)
{
	uint32_t mask = DOCKET_NEED_NETWORK | DOCKET_NEED_THREADS;

	(void)state;
	assert_string_equal(description_need_name(mask, 0), "network");
	assert_string_equal(description_need_name(mask, 1), "threads");
	assert_null(description_need_name(mask, 2));
	assert_null(description_need_name(0, 0));
	assert_null(description_need_name(1u << 31, 0));
	assert_string_equal(description_want_name(1, 0), "tokens");
	assert_null(description_want_name(1, 1));
}

static void
lines_are_taken_one_by_one_with_or_without_an_end(void **state)
{
	struct docket_bytes lines = bytes_of("text/plain\n\ntext/*");
	struct docket_bytes line;

	(void)state;
	assert_true(description_next_line(&lines, &line));
	assert_true(bytes_equal(line, bytes_of("text/plain")));
	assert_true(description_next_line(&lines, &line));
	assert_int_equal(line.size, 0);
	assert_true(description_next_line(&lines, &line));
	assert_true(bytes_equal(line, bytes_of("text/*")));
	assert_false(description_next_line(&lines, &line));
}

static void
file_that_is_not_there_is_refused_by_name(void **state)
{
	struct description description;
	struct fault fault = { "" };

	(void)state;
	assert_int_equal(
		description_read("/nonexistent.so", &description, &fault),
		EXIT_FAILURE);
	assert_string_equal(fault.text,
			    "/nonexistent.so: No such file or directory");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_have_names_and_nothing_else_has),
		cmocka_unit_test(
			needs_are_named_in_order_and_unknown_ones_end_the_list),
		cmocka_unit_test(
			lines_are_taken_one_by_one_with_or_without_an_end),
		cmocka_unit_test(file_that_is_not_there_is_refused_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
