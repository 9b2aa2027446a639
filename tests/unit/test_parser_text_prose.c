/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_parser_text_prose.c - ASCII of a line, as far as nothing is special
 */
#include "prose.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The same, byte by byte. */
static struct prose
read_slowly(const char *text, size_t size, bool has_space, bool is_after_space)
{
	struct prose prose = { 0 };

	while (prose.size < size && prose.size < 8) {
		unsigned char c = (unsigned char)text[prose.size];

		if (c < ' ' || c >= 0x7f || c == '.' ||
		    (c == ' ' && (is_after_space || !has_space)))
			break;
		is_after_space = c == ' ';
		prose.letters += isalpha(c) != 0;
		prose.has_lower |= islower(c) != 0;
		prose.has_upper |= isupper(c) != 0;
		prose.has_black |= c != ' ';
		prose.is_space_last = c == ' ';
		prose.size++;
	}
	return prose;
}

static void
check(const char *text, size_t size, bool has_space, bool is_after_space)
{
	struct prose prose = prose_read(text, size, has_space, is_after_space);
	struct prose expected =
		read_slowly(text, size, has_space, is_after_space);

	assert_int_equal(prose.size, expected.size);
	assert_int_equal(prose.letters, expected.letters);
	assert_int_equal(prose.has_lower, expected.has_lower);
	assert_int_equal(prose.has_upper, expected.has_upper);
	assert_int_equal(prose.has_black, expected.has_black);
	assert_int_equal(prose.is_space_last, expected.is_space_last);
}

static void
every_byte_counts_as_what_it_is(void **state)
{
	char text[8];

	(void)state;
	for (int byte = 0; byte < 256; byte++) {
		for (size_t at = 0; at < sizeof(text); at++) {
			memcpy(text, "aZ 9,@[z", sizeof(text));
			text[at] = (char)byte;
			for (size_t size = 1; size <= sizeof(text); size++)
				check(text, size, true, false);
		}
	}
}

static void
any_eight_bytes_are_read_as_one_by_one(void **state)
{
	static const char common[] = "  eeetA.,\x7f\x1f\x80\xff@`[{";
	uint32_t chance = 1;
	char text[8];

	(void)state;
	for (int i = 0; i < 100000; i++) {
		for (size_t at = 0; at < sizeof(text); at++) {
			chance = chance * 1664525 + 1013904223;
			text[at] =
				common[(chance >> 16) % (sizeof(common) - 1)];
		}
		check(text, 1 + (chance >> 8) % 8, chance >> 30 & 1,
		      chance >> 31);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_counts_as_what_it_is),
		cmocka_unit_test(any_eight_bytes_are_read_as_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
