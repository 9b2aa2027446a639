/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_word_fold.c - the table of characters, all 1.1 million of them
 */
#include "word_fold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define CODES 0x110000u

static void
kept_forms_are_words_and_kept_again(void **state)
{
	(void)state;
	for (uint32_t code = 0; code < CODES; code++) {
		const struct word_fold *fold = word_fold_find(code);

		for (size_t i = 0; i < fold->count; i++) {
			const struct word_fold *kept =
				word_fold_find(fold->kept[i]);

			assert_int_equal(kept->count, 0);
			assert_true(kept->class >= WORD_CLASS_LETTER);
		}
	}
}

static void
plain_forms_are_plain_and_not_longer(void **state)
{
	char bytes[4];

	(void)state;
	for (uint32_t code = 0; code < CODES; code++) {
		uint32_t plain = word_fold_find(code)->plain;

		if (plain == WORD_FOLD_SELF || plain == WORD_FOLD_DROP)
			continue;
		assert_int_equal(word_fold_find(plain)->plain, WORD_FOLD_SELF);
		assert_int_equal(word_fold_find(plain)->count, 0);
		assert_true(word_fold_encode(plain, bytes) <=
			    word_fold_encode(code, bytes));
	}
}

static void
what_begins_a_word_has_a_plain_form(void **state)
{
	(void)state;
	for (uint32_t code = 0; code < CODES; code++) {
		const struct word_fold *fold = word_fold_find(code);
		uint32_t first = fold->count ? fold->kept[0] : code;

		if (fold->class == WORD_CLASS_LETTER)
			assert_int_not_equal(word_fold_find(first)->plain,
					     WORD_FOLD_DROP);
	}
}

static void
paired_characters_are_one_character(void **state)
{
	(void)state;
	for (uint32_t code = 0; code < CODES; code++) {
		const struct word_fold *fold = word_fold_find(code);

		if (fold->class != WORD_CLASS_PAIRED)
			continue;
		assert_true(fold->count <= 1);
		assert_false(fold->has_marks);
	}
}

static void
letters_and_marks_compose(void **state)
{
	(void)state;
	assert_int_equal(word_fold_compose('e', 0x301), 0xe9);
	assert_int_equal(word_fold_compose(0x438, 0x306), 0x439);
	assert_int_equal(word_fold_compose(0x627, 0x653), 0x622);
	assert_int_equal(word_fold_compose(0x1100, 0x1161), 0xac00);
	assert_int_equal(word_fold_compose(0xac00, 0x11a8), 0xac01);
	assert_int_equal(word_fold_compose(0xac01, 0x11a8), 0);
	assert_int_equal(word_fold_compose('x', 0x301), 0);
	assert_int_equal(word_fold_compose(0, 0x301), 0);
}

static void
stripping_drops_marks(void **state)
{
	char out[16];
	size_t size = word_fold_strip(bytes_of("éé\xcc\xb1ё"), out);

	(void)state;
	assert_int_equal(size, 4);
	assert_memory_equal(out, "eeе", 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kept_forms_are_words_and_kept_again),
		cmocka_unit_test(plain_forms_are_plain_and_not_longer),
		cmocka_unit_test(what_begins_a_word_has_a_plain_form),
		cmocka_unit_test(paired_characters_are_one_character),
		cmocka_unit_test(letters_and_marks_compose),
		cmocka_unit_test(stripping_drops_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
