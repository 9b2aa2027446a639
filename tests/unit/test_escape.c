/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_escape.c - UTF-8 checked, and strangers' bytes made fit for a line
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "escape.h"

#define LITERAL(text) ((struct docket_bytes){ text, sizeof(text) - 1 })

static bool
is_character(uint32_t code)
{
	return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

static void
every_character_survives_encoding_and_decoding(void **state)
{
	auto_buffer struct buffer buffer = { 0 };

	(void)state;
	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		uint32_t decoded = ~code;

		if (!is_character(code))
			continue;
		buffer.size = 0;
		escape_encode(&buffer, code);
		assert_int_equal(
			escape_decode(buffer.data, buffer.size, &decoded),
			buffer.size);
		assert_int_equal(decoded, code);
		assert_int_equal(
			escape_decode(buffer.data, buffer.size - 1, NULL), 0);
	}
}

static void
invalid_sequences_are_not_decoded(void **state)
{
	static const char *const invalid[] = {
		"\x80",
		"\xbf",
		"\xc0\xaf",
		"\xc1\xbf",
		"\xc3",
		"\xc3(",
		"\xe0\x9f\xbf",
		"\xe0\x80\x80",
		"\xe2\x82",
		"\xe2(\xac",
		"\xed\xa0\x80",
		"\xed\xbf\xbf",
		"\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xff",
		"\xfe",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(invalid); i++) {
		struct docket_bytes bytes = bytes_of(invalid[i]);

		assert_int_equal(escape_decode(bytes.data, bytes.size, NULL),
				 0);
		assert_false(escape_is_utf8(bytes));
	}
	assert_int_equal(escape_decode(NULL, 0, NULL), 0);
}

/* Whatever is decoded is what encoding it gives: so nothing is overlong. */
static void
expect_same_when_encoded(const char *text, size_t size)
{
	auto_buffer struct buffer buffer = { 0 };
	uint32_t code;
	size_t length = escape_decode(text, size, &code);

	if (length == 0)
		return;
	assert_true(is_character(code));
	escape_encode(&buffer, code);
	assert_int_equal(buffer.size, length);
	assert_memory_equal(buffer.data, text, length);
}

static void
each_character_has_one_form(void **state)
{
	(void)state;
	for (uint32_t bits = 0xc00000; bits <= 0xffffff; bits += 3) {
		const char text[] = { (char)(bits >> 16), (char)(bits >> 8),
				      (char)bits, (char)(0x80 | bits % 64) };

		expect_same_when_encoded(text, sizeof(text));
	}
}

static void
invalid_byte_is_found_at_every_place(void **state)
{
	char text[40];

	(void)state;
	for (size_t size = 0; size <= sizeof(text); size++) {
		memset(text, 'a', sizeof(text));
		assert_true(
			escape_is_utf8((struct docket_bytes){ text, size }));
		for (size_t at = 0; at < size; at++) {
			struct docket_bytes bytes = { text, size };

			text[at] = '\x80';
			assert_false(escape_is_utf8(bytes));
			text[at] = 'a';
		}
	}
	assert_true(escape_is_utf8(bytes_of(NULL)));
}

static void
expect_utf8(struct docket_bytes bytes, const char *expected, size_t replaced)
{
	auto_buffer struct buffer out = { 0 };

	assert_int_equal(escape_put_utf8(&out, bytes), replaced);
	assert_int_equal(out.size, strlen(expected));
	assert_memory_equal(out.data, expected, out.size);
}

static void
each_invalid_sequence_becomes_one_replacement(void **state)
{
	(void)state;
	expect_utf8(LITERAL("plain \xc3\xa9"), "plain \xc3\xa9", 0);
	expect_utf8(LITERAL("a\xff\xfez"), "a\xef\xbf\xbd\xef\xbf\xbdz", 2);
	/* the start of a character, cut off, is one sequence */
	expect_utf8(LITERAL("\xe2\x82"), "\xef\xbf\xbd", 1);
	expect_utf8(LITERAL("\xf0\x9f\x98z"), "\xef\xbf\xbdz", 1);
	/* a surrogate never was the start of one */
	expect_utf8(LITERAL("\xed\xa0\x80"),
		    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", 3);
	/* nor was what would be overlong or too large */
	expect_utf8(LITERAL("\xe0\x9f"), "\xef\xbf\xbd\xef\xbf\xbd", 2);
	expect_utf8(LITERAL("\xf0\x8f"), "\xef\xbf\xbd\xef\xbf\xbd", 2);
	expect_utf8(LITERAL("\xf4\x90"), "\xef\xbf\xbd\xef\xbf\xbd", 2);
	expect_utf8(LITERAL("\xc3\xc3\xa9"), "\xef\xbf\xbd\xc3\xa9", 1);
}

static void
random_bytes_always_become_utf8(void **state)
{
	unsigned seed = 1;

	(void)state;
	for (size_t round = 0; round < 5000; round++) {
		auto_buffer struct buffer out = { 0 };
		char text[24];
		struct docket_bytes bytes = { text, round % sizeof(text) };
		size_t replaced;

		for (size_t i = 0; i < bytes.size; i++) {
			seed = seed * 1103515245u + 12345u;
			text[i] = (char)(0x60 + (seed >> 16) % 0xa0);
		}
		replaced = escape_put_utf8(&out, bytes);
		assert_true(escape_is_utf8(buffer_bytes(&out)));
		assert_int_equal(replaced == 0, escape_is_utf8(bytes));
	}
}

static void
expect_line(struct docket_bytes bytes, const char *expected)
{
	auto_buffer struct buffer out = { 0 };

	escape_put_line(&out, bytes);
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
}

static void
line_keeps_what_is_printable(void **state)
{
	(void)state;
	expect_line(LITERAL(""), "");
	expect_line(LITERAL("lettre \xc3\xa9, \xe2\x80\x9cquoted\xe2\x80\x9d"),
		    "lettre \xc3\xa9, \xe2\x80\x9cquoted\xe2\x80\x9d");
	expect_line(LITERAL("\xe5\xae\x89 \xf0\x9f\x98\x80"),
		    "\xe5\xae\x89 \xf0\x9f\x98\x80");
}

static void
line_escapes_what_moves_the_cursor(void **state)
{
	(void)state;
	expect_line(LITERAL("a\nb\tc\rd"), "a\\nb\\tc\\rd");
	expect_line(LITERAL("\0\x1b]0;x\a\x7f"), "\\x00\\x1b]0;x\\x07\\x7f");
	expect_line(LITERAL("\xc2\x80\xc2\x9b\xc2\xa0"),
		    "\\u{0080}\\u{009b}\xc2\xa0");
	expect_line(LITERAL("\xff\xc3"), "\\xff\\xc3");
	expect_line(LITERAL("C:\\n"), "C:\\\\n");
}

static void
line_escapes_what_reorders_or_hides(void **state)
{
	static const uint32_t unfit[] = { 0x61c,  0x200e, 0x200f, 0x2028,
					  0x2029, 0x202a, 0x202e, 0x2066,
					  0x2069, 0xfeff };
	static const uint32_t fit[] = { 0x61b,	0x200d, 0x2010, 0x2027,
					0x202f, 0x2065, 0x206a, 0xfefe };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(unfit); i++) {
		auto_buffer struct buffer in = { 0 };
		auto_free char *expected = mem_format("\\u{%04x}", unfit[i]);

		escape_encode(&in, unfit[i]);
		expect_line(buffer_bytes(&in), expected);
	}
	for (size_t i = 0; i < ARRAY_SIZE(fit); i++) {
		auto_buffer struct buffer in = { 0 };
		auto_free char *expected = NULL;

		escape_encode(&in, fit[i]);
		expected = mem_format("%.*s", (int)in.size, in.data);
		expect_line(buffer_bytes(&in), expected);
	}
}

static void
base64_is_that_of_the_standard(void **state)
{
	static const char *const pairs[][2] = {
		{ "", "" },
		{ "f", "Zg==" },
		{ "fo", "Zm8=" },
		{ "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" },
		{ "\xff\xfe\xfd", "//79" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		auto_buffer struct buffer out = { 0 };

		buffer_put_string(&out, ">");
		escape_put_base64(&out, bytes_of(pairs[i][0]));
		buffer_put(&out, "", 1);
		assert_string_equal(out.data + 1, pairs[i][1]);
	}
}

static void
cut_is_between_characters(void **state)
{
	struct docket_bytes text = LITERAL("a\xc3\xa9\xf0\x9f\x98\x80z");
	static const size_t expected[] = { 0, 1, 1, 3, 3, 3, 3, 7, 8, 8 };

	(void)state;
	for (size_t limit = 0; limit < ARRAY_SIZE(expected); limit++)
		assert_int_equal(escape_cut(text, limit).size, expected[limit]);
}

static void
cut_of_invalid_text_is_still_within_the_limit(void **state)
{
	struct docket_bytes text = LITERAL("\x80\x80\x80\x80\x80\x80\x80\x80");

	(void)state;
	for (size_t limit = 0; limit < text.size; limit++)
		assert_int_equal(escape_cut(text, limit).size, limit);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_character_survives_encoding_and_decoding),
		cmocka_unit_test(invalid_sequences_are_not_decoded),
		cmocka_unit_test(each_character_has_one_form),
		cmocka_unit_test(invalid_byte_is_found_at_every_place),
		cmocka_unit_test(each_invalid_sequence_becomes_one_replacement),
		cmocka_unit_test(random_bytes_always_become_utf8),
		cmocka_unit_test(line_keeps_what_is_printable),
		cmocka_unit_test(line_escapes_what_moves_the_cursor),
		cmocka_unit_test(line_escapes_what_reorders_or_hides),
		cmocka_unit_test(base64_is_that_of_the_standard),
		cmocka_unit_test(cut_is_between_characters),
		cmocka_unit_test(cut_of_invalid_text_is_still_within_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
