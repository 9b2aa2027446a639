/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_text_encoding.c - bytes are read in the encoding they have */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "encoding.h"
#include "mem.h"

#define BYTES(literal) \
	((struct docket_bytes){ "" literal, sizeof("" literal) - 1 })

static void
assert_read(struct docket_bytes bytes, const char *fallback, const char *name,
	    const char *utf8)
{
	struct encoding_text text;

	assert_true(encoding_decode(bytes, fallback, &text));
	assert_string_equal(text.name, name);
	assert_int_equal(text.utf8.size, strlen(utf8));
	assert_memory_equal(text.utf8.data, utf8, strlen(utf8));
	encoding_fini(&text);
}

/* "Совет" and so on, often enough to be sure of. */
static void
repeat(struct buffer *out, struct docket_bytes bytes, int times)
{
	while (times--)
		buffer_put_bytes(out, bytes);
}

static void
ascii_and_utf8_are_lent_as_they_are(void **state)
{
	struct docket_bytes bytes = BYTES("l\xe2\x80\x99"
					  "Assembl\xc3\xa9"
					  "e");
	struct encoding_text text;

	(void)state;
	assert_read(BYTES("A plain letter."), "", "US-ASCII",
		    "A plain letter.");
	assert_true(encoding_decode(bytes, "windows-1251", &text));
	assert_string_equal(text.name, "UTF-8");
	assert_ptr_equal(text.utf8.data, bytes.data);
	encoding_fini(&text);
}

static void
byte_order_marks_decide_and_are_dropped(void **state)
{
	(void)state;
	assert_read(BYTES("\xef\xbb\xbfRapport"), "", "UTF-8", "Rapport");
	assert_read(BYTES("\xff\xfeR\0a\0"), "", "UTF-16LE", "Ra");
	assert_read(BYTES("\xfe\xff\0R\0a"), "", "UTF-16BE", "Ra");
	assert_read(BYTES("\xff\xfe\0\0R\0\0\0"), "", "UTF-32LE", "R");
	assert_read(BYTES("\0\0\xfe\xff\0\0\0R"), "", "UTF-32BE", "R");
}

static void
zero_bytes_on_one_side_are_utf16(void **state)
{
	(void)state;
	assert_read(BYTES("O\0N\0U\0,\0 \0N\0e\0w\0"), "", "UTF-16LE",
		    "ONU, New");
	assert_read(BYTES("\0O\0N\0U\0,\0 \0N\0e\0w"), "", "UTF-16BE",
		    "ONU, New");
	/* Cyrillic with a space and a line end. */
	assert_read(BYTES("\x21\x04\x3e\x04\x32\x04\x35\x04\x42\x04 \0\n\0"),
		    "", "UTF-16LE", "Совет \n");
}

static void
legacy_encodings_are_detected(void **state)
{
	auto_buffer struct buffer bytes = { 0 };
	struct encoding_text text;

	(void)state;
	/* "письмо Генерального секретаря " in windows-1251 */
	repeat(&bytes,
	       BYTES("\xef\xe8\xf1\xfc\xec\xee \xc3\xe5\xed\xe5\xf0\xe0\xeb"
		     "\xfc\xed\xee\xe3\xee \xf1\xe5\xea\xf0\xe5\xf2\xe0\xf0"
		     "\xff "),
	       8);
	assert_true(encoding_decode(buffer_bytes(&bytes), "", &text));
	assert_string_equal(text.name, "windows-1251");
	assert_int_equal(text.replaced, 0);
	assert_true(memmem(text.utf8.data, text.utf8.size, "письмо", 12));
	encoding_fini(&text);
}

static void
line_ends_of_a_macintosh_tell_its_encoding(void **state)
{
	(void)state;
	assert_read(BYTES("Paragraphs 1\xd0"
			  "4\rthe people\xd5s right\r"),
		    "", "macintosh", "Paragraphs 1–4\rthe people’s right\r");
}

static void
fallback_is_taken_for_what_is_not_unicode(void **state)
{
	(void)state;
	assert_read(BYTES("\x8f\xa8\xe1\xec\xac\xae"), "IBM866", "IBM866",
		    "Письмо");
}

static void
what_cannot_be_decoded_is_counted(void **state)
{
	auto_buffer struct buffer bytes = { 0 };
	struct encoding_text text;

	(void)state;
	repeat(&bytes, BYTES("d\xc3\xa9j\xc3\xa0 "), 40);
	buffer_put_string(&bytes, "\xff");
	assert_true(encoding_decode(buffer_bytes(&bytes), "", &text));
	assert_string_equal(text.name, "UTF-8");
	assert_int_equal(text.replaced, 1);
	assert_memory_equal(text.utf8.data + text.utf8.size - 3, "\xef\xbf\xbd",
			    3);
	encoding_fini(&text);
}

static void
binary_is_not_text(void **state)
{
	struct encoding_text text;
	char noise[4096];

	(void)state;
	for (size_t i = 0; i < sizeof(noise); i++)
		noise[i] = (char)(i * i * 31 + (i >> 3));
	assert_false(encoding_decode(
		(struct docket_bytes){ noise, sizeof(noise) }, "", &text));
	assert_false(encoding_decode(BYTES("\0\1\2\3\0\0\0\4"), "", &text));
}

static void
a_guess_says_that_it_is_one(void **state)
{
	struct encoding_text text;

	(void)state;
	assert_true(encoding_decode(BYTES("a\xe9"), "", &text));
	assert_true(text.confidence < 40);
	encoding_fini(&text);
}

static void
nothing_is_text(void **state)
{
	(void)state;
	assert_read(BYTES(""), "", "US-ASCII", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ascii_and_utf8_are_lent_as_they_are),
		cmocka_unit_test(byte_order_marks_decide_and_are_dropped),
		cmocka_unit_test(zero_bytes_on_one_side_are_utf16),
		cmocka_unit_test(legacy_encodings_are_detected),
		cmocka_unit_test(line_ends_of_a_macintosh_tell_its_encoding),
		cmocka_unit_test(fallback_is_taken_for_what_is_not_unicode),
		cmocka_unit_test(what_cannot_be_decoded_is_counted),
		cmocka_unit_test(binary_is_not_text),
		cmocka_unit_test(a_guess_says_that_it_is_one),
		cmocka_unit_test(nothing_is_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
