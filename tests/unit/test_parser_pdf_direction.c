/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_pdf_direction.c - what the eye sees becomes what is read */
#include "parser_pdf_page.h"

#include "direction.h"

#define LETTERS 64

/* Arabic is in capitals here: what is seen, what is read. */
static void
assert_read(const char *seen, bool is_rtl, const char *read)
{
	struct letter letters[LETTERS];
	char text[LETTERS + 1] = "";
	size_t count = strlen(seen);

	for (size_t i = 0; i < count; i++) {
		char c = seen[i];
		bool is_arabic = c >= 'A' && c <= 'Z';

		letters[i] = (struct letter){
			.code = c == ' ' ? 0 : (uint32_t)c,
			.glyph = (uint32_t)i,
			.kind = is_arabic ? LETTER_RTL
					  : letter_classify((uint32_t)c),
		};
	}
	assert_int_equal(direction_is_rtl(letters, count, is_rtl), is_rtl);
	direction_order(letters, count, is_rtl);
	for (size_t i = 0; i < count; i++)
		text[i] = seen[letters[i].glyph];
	assert_string_equal(text, read);
}

static void
a_line_from_the_right_is_turned(void **state)
{
	(void)state;
	assert_read("DCBA", true, "ABCD");
	assert_read("FED CBA", true, "ABC DEF");
}

static void
numbers_in_it_are_turned_back(void **state)
{
	(void)state;
	assert_read("CBA 2014 ZYX", true, "XYZ 2014 ABC");
	assert_read("CBA 68/991 Z", true, "Z 68/991 ABC");
	assert_read("C 10.30 Z", true, "Z 10.30 C");
}

static void
symbols_in_it_are_turned_back_whole(void **state)
{
	(void)state;
	assert_read("CBA a/68/991-s/2014/657 ZYX", true,
		    "XYZ a/68/991-s/2014/657 ABC");
	assert_read("CBA s/res/1373 (2001) ZYX", true,
		    "XYZ s/res/1373 (2001) ABC");
	assert_read("CBA mr. ZYX", true, "XYZ mr. ABC");
}

static void
a_stop_that_belongs_to_the_line_comes_last(void **state)
{
	(void)state;
	assert_read(".s/2014/512 CBA", true, "ABC s/2014/512.");
}

static void
arabic_in_a_line_from_the_left_is_turned(void **state)
{
	(void)state;
	assert_read("the word CBA is here", false, "the word ABC is here");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_from_the_right_is_turned),
		cmocka_unit_test(numbers_in_it_are_turned_back),
		cmocka_unit_test(symbols_in_it_are_turned_back_whole),
		cmocka_unit_test(a_stop_that_belongs_to_the_line_comes_last),
		cmocka_unit_test(arabic_in_a_line_from_the_left_is_turned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
