/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_office_numerals.c - numbers as lists print them */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../plugins/parser_office/numerals.h"

static void
assert_numeral(enum numerals numerals, uint32_t value, const char *expected)
{
	struct text text = { 0 };

	numerals_put(&text, numerals, value);
	text_put(&text, "", 1);
	assert_string_equal(text.data, expected);
	text_fini(&text);
}

static enum numerals
of_ooxml(const char *name)
{
	return numerals_of_ooxml(bytes_from(name));
}

static enum numerals
of_odf(const char *example)
{
	return numerals_of_odf(bytes_from(example), false);
}

static void
words_letters_double_and_those_of_odf_pair(void **state)
{
	(void)state;
	assert_numeral(of_ooxml("lowerLetter"), 1, "a");
	assert_numeral(of_ooxml("lowerLetter"), 28, "bb");
	assert_numeral(of_odf("a"), 28, "ab");
	assert_numeral(numerals_of_odf(bytes_from("A"), true), 53, "AAA");
}

static void
roman_numbers_subtract(void **state)
{
	(void)state;
	assert_numeral(of_ooxml("upperRoman"), 1999, "MCMXCIX");
	assert_numeral(of_ooxml("lowerRoman"), 44, "xliv");
	assert_numeral(of_odf("I"), 4, "IV");
}

static void
arabic_has_two_orders_of_letters(void **state)
{
	(void)state;
	assert_numeral(of_ooxml("arabicAlpha"), 3, "ت");
	assert_numeral(of_ooxml("arabicAbjad"), 3, "ج");
	assert_numeral(of_odf("أ, ب, ت, ..."), 3, "ت");
}

static void
hebrew_avoids_a_name(void **state)
{
	(void)state;
	assert_numeral(of_ooxml("hebrew1"), 14, "יד");
	assert_numeral(of_ooxml("hebrew1"), 15, "טו");
	assert_numeral(of_ooxml("hebrew1"), 116, "קטז");
	assert_numeral(of_ooxml("hebrew1"), 445, "תמה");
}

static void
chinese_counts_with_units(void **state)
{
	(void)state;
	assert_numeral(of_ooxml("chineseCounting"), 10, "十");
	assert_numeral(of_ooxml("chineseCounting"), 12, "十二");
	assert_numeral(of_ooxml("chineseCountingThousand"), 112, "一百一十二");
	assert_numeral(of_ooxml("chineseCountingThousand"), 1005, "一千零五");
	assert_numeral(of_ooxml("chineseLegalSimplified"), 12, "壹拾贰");
	assert_numeral(of_ooxml("ideographDigital"), 12, "一二");
	assert_numeral(of_odf("甲, 乙, 丙, ..."), 10, "癸");
}

static void
russian_letters_leave_some_out(void **state)
{
	(void)state;
	assert_numeral(of_ooxml("russianLower"), 10, "к");
	assert_numeral(of_odf("А, Б, .., Аа, Аб, ..."), 1, "А");
}

static void
signs_and_circles_have_an_end(void **state)
{
	(void)state;
	assert_numeral(of_ooxml("decimalEnclosedCircle"), 20, "⑳");
	assert_numeral(of_ooxml("decimalEnclosedCircle"), 21, "21");
	assert_numeral(of_ooxml("chicago"), 5, "**");
	assert_numeral(of_ooxml("numberInDash"), 3, "- 3 -");
	assert_numeral(of_ooxml("decimalZero"), 7, "07");
	assert_numeral(of_ooxml("ordinal"), 112, "112th");
}

static void
what_has_no_numeral_is_in_digits(void **state)
{
	(void)state;
	assert_numeral(of_ooxml("lowerRoman"), 0, "0");
	assert_numeral(of_ooxml("lowerLetter"), 1000000, "1000000");
	assert_numeral(of_ooxml("klingon"), 3, "3");
	assert_numeral(of_ooxml("none"), 0, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_letters_double_and_those_of_odf_pair),
		cmocka_unit_test(roman_numbers_subtract),
		cmocka_unit_test(arabic_has_two_orders_of_letters),
		cmocka_unit_test(hebrew_avoids_a_name),
		cmocka_unit_test(chinese_counts_with_units),
		cmocka_unit_test(russian_letters_leave_some_out),
		cmocka_unit_test(signs_and_circles_have_an_end),
		cmocka_unit_test(what_has_no_numeral_is_in_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
