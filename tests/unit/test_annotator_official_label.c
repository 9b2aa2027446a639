/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotator_official_label.c - numbers of paragraphs in all scripts */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "label.h"
#include "mem.h"

struct row {
	const char *text;
	enum label_style style;
	unsigned value;
	size_t end;
};

static void
assert_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct label label = label_read(bytes_of(rows[i].text), 0);

		assert_int_equal(label.style, rows[i].style);
		if (label.style == LABEL_NONE)
			continue;
		assert_int_equal(label.value, rows[i].value);
		assert_int_equal(label.end, rows[i].end);
	}
}

static void
numbers_of_all_kinds_are_labels(void **state)
{
	static const struct row rows[] = {
		{ "7. text", LABEL_DIGITS, 7, 1 },
		{ "12", LABEL_DIGITS, 12, 2 },
		{ "3.1 scope", LABEL_DOTTED, 1, 3 },
		{ "3.1.2.", LABEL_DOTTED, 2, 5 },
		{ "iv)", LABEL_ROMAN, 4, 2 },
		{ "xxiii.", LABEL_ROMAN, 23, 5 },
		{ "b)", LABEL_LETTER, 2, 1 },
		{ "十二、", LABEL_HAN, 12, 6 },
		{ "二十三.", LABEL_HAN, 23, 9 },
	};

	(void)state;
	assert_rows(rows, ARRAY_SIZE(rows));
}

static void
words_and_long_numbers_are_none(void **state)
{
	static const struct row rows[] = {
		{ "", LABEL_NONE, 0, 0 },    { "the", LABEL_NONE, 0, 0 },
		{ "1st", LABEL_NONE, 0, 0 }, { "123456", LABEL_NONE, 0, 0 },
		{ "(a)", LABEL_NONE, 0, 0 }, { "мы", LABEL_NONE, 0, 0 },
	};

	(void)state;
	assert_rows(rows, ARRAY_SIZE(rows));
}

static void
years_in_ideographs_are_numbers(void **state)
{
	struct docket_bytes text = bytes_of("一九四八年");
	unsigned value = 0;
	size_t at = 0;

	(void)state;
	assert_true(label_read_number(text, &at, &value));
	assert_int_equal(value, 1948);
	assert_int_equal(at, 12);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_all_kinds_are_labels),
		cmocka_unit_test(words_and_long_numbers_are_none),
		cmocka_unit_test(years_in_ideographs_are_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
