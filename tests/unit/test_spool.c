/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_spool.c - names in a spool, and back
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "spool.h"

static void
expect_name(const char *path, const char *expected)
{
	auto_free char *name = spool_name(path);
	auto_free char *back = spool_path(spool_first_lane(path), name);

	assert_string_equal(name, expected);
	assert_null(strchr(name, '/'));
	assert_string_equal(back, path);
}

static void
name_of_a_file_in_the_inbox_is_its_own(void **state)
{
	(void)state;
	expect_name("a.txt", "a.txt");
	expect_name("100%", "100%");
	expect_name("%2F", "%2F");
	expect_name("caf\xe9\n", "caf\xe9\n");
	assert_int_equal(spool_first_lane("100%"), 0);
}

static void
path_is_one_name_in_lanes_of_its_own(void **state)
{
	(void)state;
	expect_name("a/b.txt", "a%2Fb.txt");
	expect_name("a/b/c", "a%2Fb%2Fc");
	expect_name("50%/100%25", "50%25%2F100%2525");
	expect_name("%2F/%", "%252F%2F%25");
	expect_name("\xff/\n", "\xff%2F\n");
	assert_int_equal(spool_first_lane("a/b"), SPOOL_LANES);
}

static void
different_paths_have_different_names(void **state)
{
	static const char *const paths[] = { "a/b/c", "a/b%2Fc", "a%2Fb/c",
					     "a%252Fb/c", "a%/2Fb/c" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		for (size_t j = 0; j < i; j++) {
			auto_free char *one = spool_name(paths[i]);
			auto_free char *other = spool_name(paths[j]);

			assert_string_not_equal(one, other);
		}
}

static void
odd_name_that_a_stranger_put_there_is_read_as_it_is(void **state)
{
	auto_free char *path = spool_path(SPOOL_LANES, "%2f%%2Fx%2");

	(void)state;
	assert_string_equal(path, "%2f%/x%2");
}

/* "d/d/.../x": so many bytes, and as a name three for each slash. */
static char *
make_path(size_t size, const char *end)
{
	char *path = mem_alloc(size + strlen(end) + 1);

	for (size_t i = 0; i < size; i++)
		path[i] = i % 2 == 0 ? 'd' : '/';
	memcpy(path + size, end, strlen(end) + 1);
	return path;
}

static void
path_that_is_too_long_keeps_its_end(void **state)
{
	(void)state;
	for (size_t size = 120; size < 140; size += 2) {
		auto_free char *path = make_path(size, "é/100%.txt");
		auto_free char *other = make_path(size + 2, "é/100%.txt");
		auto_free char *name = spool_name(path);
		auto_free char *other_name = spool_name(other);
		auto_free char *back = spool_path(SPOOL_LANES, name);
		size_t escaped = size * 2 + strlen("é%2F100%25.txt");
		const char *end = back + strlen(".../");

		assert_true(strlen(name) <= 255);
		assert_string_not_equal(name, other_name);
		assert_int_equal(spool_is_cut(SPOOL_LANES, name),
				 escaped > 255);
		if (escaped <= 255)
			continue;
		assert_memory_equal(back, ".../", 4);
		assert_string_equal(path + strlen(path) - strlen(end), end);
		assert_true(strlen(name) >= 250);
	}
}

static void
end_of_a_long_path_begins_with_a_whole_letter(void **state)
{
	(void)state;
	for (size_t size = 0; size < 4; size++) {
		auto_buffer struct buffer path = { 0 };
		auto_free char *name = NULL, *back = NULL;

		buffer_put(&path, "xxxx", size);
		buffer_put_string(&path, "/");
		for (int i = 0; i < 100; i++)
			buffer_put_string(&path, "€");
		buffer_put(&path, "", 1);
		name = spool_name(path.data);
		back = spool_path(SPOOL_LANES, name);
		assert_memory_equal(back, ".../€", strlen(".../€"));
		assert_int_equal((strlen(back) - 4) % strlen("€"), 0);
	}
}

static void
odd_name_is_not_taken_for_one_that_was_cut(void **state)
{
	auto_free char *path = spool_path(SPOOL_LANES, "%~0123456789abcdef");

	(void)state;
	assert_string_equal(path, "%~0123456789abcdef");
	assert_false(spool_is_cut(0, "%~0123456789abcdefx"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(name_of_a_file_in_the_inbox_is_its_own),
		cmocka_unit_test(path_is_one_name_in_lanes_of_its_own),
		cmocka_unit_test(path_that_is_too_long_keeps_its_end),
		cmocka_unit_test(end_of_a_long_path_begins_with_a_whole_letter),
		cmocka_unit_test(odd_name_is_not_taken_for_one_that_was_cut),
		cmocka_unit_test(different_paths_have_different_names),
		cmocka_unit_test(
			odd_name_that_a_stranger_put_there_is_read_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
