/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_print.c - pieces of output for people: styles, widths, sizes, times
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "print.h"

#define ELLIPSIS "\xe2\x80\xa6"
#define COMBINED "e\xcc\x81" /* e and an acute accent */
#define WIDE "联合国"

static void
assert_text(struct buffer *buffer, const char *expected)
{
	buffer_put(buffer, "", 1);
	assert_string_equal(buffer->data, expected);
	buffer->size = 0;
}

static void
wide_characters_take_two_columns_and_combining_ones_none(void **state)
{
	(void)state;
	assert_int_equal(print_measure(bytes_of("letter")), 6);
	assert_int_equal(print_measure(bytes_of(WIDE)), 6);
	assert_int_equal(print_measure(bytes_of(COMBINED)), 1);
	assert_int_equal(print_measure(bytes_of("")), 0);
}

static void
text_that_fits_is_not_cut(void **state)
{
	auto_buffer struct buffer out = { 0 };

	(void)state;
	assert_int_equal(print_cut(&out, bytes_of("letter"), 6), 6);
	assert_text(&out, "letter");
	assert_int_equal(print_cut(&out, bytes_of(WIDE), 6), 6);
	assert_text(&out, WIDE);
	assert_int_equal(print_cut(&out, bytes_of(""), 0), 0);
	assert_text(&out, "");
	assert_int_equal(print_cut(&out, bytes_of("x"), SIZE_MAX), 1);
	assert_text(&out, "x");
}

static void
text_that_is_cut_says_so_and_fits(void **state)
{
	auto_buffer struct buffer out = { 0 };

	(void)state;
	assert_int_equal(print_cut(&out, bytes_of("letters"), 6), 6);
	assert_text(&out, "lette" ELLIPSIS);
	/* Two and a half characters of two columns do not exist. */
	assert_int_equal(print_cut(&out, bytes_of(WIDE), 5), 5);
	assert_text(&out, "联合" ELLIPSIS);
	assert_int_equal(print_cut(&out, bytes_of(WIDE), 4), 3);
	assert_text(&out, "联" ELLIPSIS);
	assert_int_equal(print_cut(&out, bytes_of(COMBINED COMBINED), 1), 1);
	assert_text(&out, ELLIPSIS);
	assert_int_equal(print_cut(&out, bytes_of("x"), 0), 0);
	assert_text(&out, "");
}

static void
sizes_have_the_unit_that_people_would_say(void **state)
{
	static const struct {
		uint64_t bytes;
		const char *text;
	} cases[] = {
		{ 0, "0 B" },
		{ 1023, "1023 B" },
		{ 1024, "1.0 KiB" },
		{ 19036, "18.6 KiB" },
		{ (1u << 20) - 1, "1.0 MiB" },
		{ UINT64_C(3) << 30, "3.0 GiB" },
		{ UINT64_MAX, "16777216.0 TiB" },
	};
	auto_buffer struct buffer out = { 0 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		print_size(&out, cases[i].bytes);
		assert_text(&out, cases[i].text);
	}
}

static void
times_are_local_and_unknown_ones_a_dash(void **state)
{
	auto_buffer struct buffer out = { 0 };

	(void)state;
	print_time(&out, INT64_C(1795514400123));
	assert_text(&out, "2026-11-24 10:00:00");
	print_time(&out, 0);
	assert_text(&out, "-");
	print_time(&out, INT64_MAX);
	print_time(&out, INT64_MIN);
}

static void
prose_cannot_steer_a_terminal(void **state)
{
	auto_buffer struct buffer out = { 0 };

	(void)state;
	print_prose(&out, bytes_of("  a\t\nb\x1b[31mc\xe2\x80\xae"
				   "d \xff\\ \xc2\x9b"
				   "e\r\n"));
	assert_text(&out, "a b[31mcd \\ e");
}

static void
page_keeps_its_lines_and_tabs(void **state)
{
	auto_buffer struct buffer out = { 0 };

	(void)state;
	print_page(&out, bytes_of("a\tb\n\n  c\x1b\x07\n"));
	assert_text(&out, "a\tb\n\n  c\n");
}

static void
field_is_one_line_whatever_is_in_it(void **state)
{
	struct output out = { .fd = -1 };

	(void)state;
	print_field(&out, "name", bytes_of("a\nb\x1b[1m"));
	print_field(&out, "nothing", bytes_of(""));
	assert_text(&out.text, "name          a\\nb\\x1b[1m\n");
	output_fini(&out);
}

static void
styles_are_for_terminals_that_have_them(void **state)
{
	struct output out = { .fd = -1 };

	(void)state;
	print_style(&out, PRINT_BOLD);
	assert_int_equal(out.text.size, 0);
	out.is_styled = true;
	print_style(&out, PRINT_BOLD);
	print_style(&out, PRINT_PLAIN);
	assert_text(&out.text, "\x1b[1m\x1b[0m");
	output_fini(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			wide_characters_take_two_columns_and_combining_ones_none),
		cmocka_unit_test(text_that_fits_is_not_cut),
		cmocka_unit_test(text_that_is_cut_says_so_and_fits),
		cmocka_unit_test(sizes_have_the_unit_that_people_would_say),
		cmocka_unit_test(times_are_local_and_unknown_ones_a_dash),
		cmocka_unit_test(prose_cannot_steer_a_terminal),
		cmocka_unit_test(page_keeps_its_lines_and_tabs),
		cmocka_unit_test(field_is_one_line_whatever_is_in_it),
		cmocka_unit_test(styles_are_for_terminals_that_have_them),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
