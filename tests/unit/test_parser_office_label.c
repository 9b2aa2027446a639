/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_office_label.c - levels of a list count, and print labels */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../plugins/parser_office/label.h"

#define ANY (-1)

static struct label_level
make_level(enum numerals numerals, const char *pattern)
{
	return (struct label_level){
		.numerals = numerals,
		.start = 1,
		.pattern = (char *)(uintptr_t)pattern,
		.is_set = true,
		.restart = ANY,
	};
}

/* The next paragraph at a level has this label, and this number in it. */
static void
assert_next(struct label_counts *counts, const struct label_level *levels,
	    size_t level, const char *expected, const char *number)
{
	struct paragraph_label label = { 0 };

	label_count(counts, levels, level);
	label_make(counts, levels, level, &label);
	assert_int_equal(label.text.size, strlen(expected));
	assert_memory_equal(label.text.data, expected, label.text.size);
	assert_int_equal(label.number_size, strlen(number));
	assert_memory_equal(label.text.data + label.number, number,
			    label.number_size);
	text_fini(&label.text);
}

static void
a_number_above_begins_those_below_anew(void **state)
{
	struct label_counts counts = { 0 };
	struct label_level levels[LABEL_LEVELS] = {
		make_level(NUMERALS_DECIMAL, "%1."),
		make_level(NUMERALS_LOWER_LETTER, "(%2)"),
	};

	(void)state;
	assert_next(&counts, levels, 0, "1.", "1");
	assert_next(&counts, levels, 1, "(a)", "a");
	assert_next(&counts, levels, 1, "(b)", "b");
	assert_next(&counts, levels, 0, "2.", "2");
	assert_next(&counts, levels, 1, "(a)", "a");
}

static void
a_level_may_go_on_over_those_above(void **state)
{
	struct label_counts counts = { 0 };
	struct label_level levels[LABEL_LEVELS] = {
		make_level(NUMERALS_UPPER_ROMAN, "Chapter %1"),
		make_level(NUMERALS_DECIMAL, "%2."),
	};

	(void)state;
	levels[1].restart = 0;
	assert_next(&counts, levels, 0, "Chapter I", "I");
	assert_next(&counts, levels, 1, "1.", "1");
	assert_next(&counts, levels, 0, "Chapter II", "II");
	assert_next(&counts, levels, 1, "2.", "2");
}

static void
levels_show_those_above(void **state)
{
	struct label_counts counts = { 0 };
	struct label_level levels[LABEL_LEVELS] = {
		make_level(NUMERALS_UPPER_ROMAN, "%1"),
		make_level(NUMERALS_LOWER_LETTER, "%1.%2"),
		make_level(NUMERALS_DECIMAL, "%1.%2.%3"),
	};

	(void)state;
	assert_next(&counts, levels, 0, "I", "I");
	assert_next(&counts, levels, 1, "I.a", "I.a");
	levels[2].is_legal = true;
	assert_next(&counts, levels, 2, "1.1.1", "1.1.1");
}

static void
a_level_without_a_number_above_shows_its_start(void **state)
{
	struct label_counts counts = { 0 };
	struct label_level levels[LABEL_LEVELS] = {
		make_level(NUMERALS_DECIMAL, "%1"),
		make_level(NUMERALS_DECIMAL, "%1.%2"),
	};

	(void)state;
	levels[0].start = 5;
	assert_next(&counts, levels, 1, "5.1", "5.1");
	assert_next(&counts, levels, 0, "5", "5");
}

static void
signs_of_bullet_fonts_are_bullets(void **state)
{
	struct label_counts counts = { 0 };
	struct label_level levels[LABEL_LEVELS] = {
		make_level(NUMERALS_BULLET, "\xef\x82\xb7"),
		make_level(NUMERALS_BULLET, "–"),
	};

	(void)state;
	assert_next(&counts, levels, 0, "•", "");
	assert_next(&counts, levels, 1, "–", "");
}

static void
digits_make_paragraphs_and_letters_items(void **state)
{
	const struct label_level digits[] = {
		make_level(NUMERALS_DECIMAL, "%1."),
		make_level(NUMERALS_DECIMAL, "%1.%2"),
		make_level(NUMERALS_DECIMAL, "%3."),
	};
	const struct label_level letters[] = {
		make_level(NUMERALS_LOWER_LETTER, "(%1)"),
		make_level(NUMERALS_BULLET, "•"),
	};
	const struct label_level article[] = {
		make_level(NUMERALS_DECIMAL, "Article %1"),
	};

	(void)state;
	assert_true(label_is_paragraph(digits, 0));
	assert_true(label_is_paragraph(digits, 1));
	assert_false(label_is_paragraph(digits, 2));
	assert_false(label_is_paragraph(letters, 0));
	assert_false(label_is_paragraph(letters, 1));
	assert_false(label_is_paragraph(article, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_above_begins_those_below_anew),
		cmocka_unit_test(a_level_may_go_on_over_those_above),
		cmocka_unit_test(levels_show_those_above),
		cmocka_unit_test(
			a_level_without_a_number_above_shows_its_start),
		cmocka_unit_test(signs_of_bullet_fonts_are_bullets),
		cmocka_unit_test(digits_make_paragraphs_and_letters_items),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
