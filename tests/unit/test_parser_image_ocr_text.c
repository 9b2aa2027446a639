/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_image_ocr_text.c - recognised lines become paragraphs */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mem.h"
#include "ocr_text.h"

static void
assert_joined(const char *text, const char *expected, int lines)
{
	auto_free char *copy = mem_dup(text, strlen(text) + 1);
	int got_lines;
	size_t size = ocr_text_join(copy, strlen(text), &got_lines);

	assert_int_equal(size, strlen(expected));
	assert_memory_equal(copy, expected, size);
	assert_int_equal(got_lines, lines);
}

static void
lines_are_joined_by_a_space(void **state)
{
	(void)state;
	assert_joined("one two\nthree\n", "one two three", 2);
	assert_joined("  one  two \n\n", "one two", 1);
	assert_joined("", "", 0);
	assert_joined(" \n", "", 0);
	assert_joined("الأمين\nالعام\n", "الأمين العام", 2);
}

static void
divided_words_are_whole_again(void **state)
{
	(void)state;
	assert_joined("negotia-\ntions\n", "negotiations", 2);
	assert_joined("пере-\nговоры\n", "переговоры", 2);
	/* What is no letter, or a capital, was not divided. */
	assert_joined("Under-\nSecretary\n", "Under- Secretary", 2);
	assert_joined("1990-\n1991\n", "1990- 1991", 2);
	assert_joined("a - b\n", "a - b", 1);
}

static void
chinese_has_no_spaces(void **state)
{
	(void)state;
	assert_joined("安 全 理\n事会\n", "安全理事会", 2);
	assert_joined("第 1373 号 , 决议\n", "第 1373 号 , 决议", 1);
	assert_joined("。 ）\n", "。）", 1);
}

static void
symbols_are_in_latin_letters(void **state)
{
	static const struct {
		const char *text;
		const char *mended;
	} texts[] = {
		{ "А/47/208 и А/С.3/58", "A/47/208 и A/C.3/58" },
		{ "и/или 1/2", "и/или 1/2" },
		{ "А/ и 12", "А/ и 12" },
		{ "СССР/1", "CCCP/1" },
		{ "Пункт/1", "Пункт/1" },
		{ " ", " " },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		size_t size = strlen(texts[i].text);
		auto_free char *copy = mem_dup(texts[i].text, size);

		size = ocr_text_mend_symbols(copy, size);
		assert_int_equal(size, strlen(texts[i].mended));
		assert_memory_equal(copy, texts[i].mended, size);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_joined_by_a_space),
		cmocka_unit_test(divided_words_are_whole_again),
		cmocka_unit_test(chinese_has_no_spaces),
		cmocka_unit_test(symbols_are_in_latin_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
