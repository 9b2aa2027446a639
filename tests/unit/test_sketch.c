/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_sketch.c - which texts are nearly the same
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "sketch.h"

/* Words that are all different, with something between them. */
static void
put_words(struct buffer *text, unsigned from, unsigned count, const char *gap)
{
	for (unsigned i = from; i < from + count; i++)
		buffer_format(text, "word%u%s", i * 7919u, gap);
}

static struct sketch
make(const struct buffer *text)
{
	struct sketch sketch;

	assert_true(sketch_make(buffer_bytes(text), &sketch));
	return sketch;
}

static void
layout_and_punctuation_do_not_count(void **state)
{
	auto_buffer struct buffer one = { 0 };
	auto_buffer struct buffer two = { 0 };
	struct sketch a, b;

	(void)state;
	put_words(&one, 0, 300, " ");
	put_words(&two, 0, 300, ",\n\xe2\x80\x9c ");
	a = make(&one);
	b = make(&two);
	assert_int_equal(sketch_compare(&a, &b), SKETCH_BINS);
	assert_true(sketch_key(&a) == sketch_key(&b));
}

static void
another_beginning_leaves_texts_alike(void **state)
{
	auto_buffer struct buffer one = { 0 };
	auto_buffer struct buffer two = { 0 };
	struct sketch a, b;

	(void)state;
	put_words(&one, 0, 2000, " ");
	put_words(&two, 9000, 20, " ");
	put_words(&two, 0, 2000, " ");
	a = make(&one);
	b = make(&two);
	assert_true(sketch_compare(&a, &b) >= SKETCH_ALIKE);
}

static void
other_texts_are_not_alike(void **state)
{
	auto_buffer struct buffer one = { 0 };
	auto_buffer struct buffer two = { 0 };
	struct sketch a, b;

	(void)state;
	put_words(&one, 0, 2000, " ");
	put_words(&two, 1000, 2000, " ");
	a = make(&one);
	b = make(&two);
	assert_true(sketch_compare(&a, &b) < SKETCH_ALIKE);
}

static void
characters_are_words_where_there_are_no_spaces(void **state)
{
	auto_buffer struct buffer text = { 0 };
	struct sketch sketch;

	(void)state;
	for (unsigned i = 0; i < 60; i++)
		buffer_format(&text, "\xe4\xb8%c", (char)(0x80 + i));
	assert_true(sketch_make(buffer_bytes(&text), &sketch));
}

static void
short_text_has_no_sketch(void **state)
{
	struct sketch sketch;

	(void)state;
	assert_false(sketch_make(bytes_of("a few words only"), &sketch));
	assert_false(sketch_make(bytes_of(""), &sketch));
	assert_false(sketch_make(bytes_of("\xe2"), &sketch));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout_and_punctuation_do_not_count),
		cmocka_unit_test(another_beginning_leaves_texts_alike),
		cmocka_unit_test(other_texts_are_not_alike),
		cmocka_unit_test(
			characters_are_words_where_there_are_no_spaces),
		cmocka_unit_test(short_text_has_no_sketch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
