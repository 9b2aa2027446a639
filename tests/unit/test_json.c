/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_json.c - JSON written straight into a buffer
 */
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "escape.h"
#include "json.h"

#define LITERAL(text) ((struct docket_bytes){ text, sizeof(text) - 1 })

static void
expect(struct buffer *out, const char *expected)
{
	buffer_put(out, "", 1);
	assert_string_equal(out->data, expected);
	buffer_fini(out);
}

static void
commas_are_right_however_deep_it_nests(void **state)
{
	struct buffer out = { 0 };
	struct json json;

	(void)state;
	json_init(&json, &out);
	json_begin_object(&json);
	json_key(&json, "a");
	json_begin_array(&json);
	json_begin_object(&json);
	json_end_object(&json);
	json_begin_array(&json);
	json_int(&json, 1);
	json_int(&json, 2);
	json_end_array(&json);
	json_null(&json);
	json_end_array(&json);
	json_key(&json, "b");
	json_bool(&json, true);
	json_member(&json, "c", bytes_of("x"));
	json_member(&json, "d", bytes_of(NULL));
	json_key(&json, "e");
	json_begin_object(&json);
	json_key(&json, "f");
	json_bool(&json, false);
	json_end_object(&json);
	json_key(&json, "g");
	json_text(&json, NULL);
	json_end_object(&json);
	expect(&out, "{\"a\":[{},[1,2],null],\"b\":true,\"c\":\"x\","
		     "\"d\":null,\"e\":{\"f\":false},\"g\":null}");
}

static void
integers_keep_all_their_digits(void **state)
{
	struct buffer out = { 0 };
	struct json json;

	(void)state;
	json_init(&json, &out);
	json_begin_array(&json);
	json_int(&json, INT64_MIN);
	json_int(&json, INT64_MAX);
	json_uint(&json, UINT64_MAX);
	json_end_array(&json);
	expect(&out, "[-9223372036854775808,9223372036854775807,"
		     "18446744073709551615]");
}

static void
expect_quoted(struct docket_bytes value, const char *expected)
{
	struct buffer out = { 0 };
	struct json json;

	json_init(&json, &out);
	json_string(&json, value);
	expect(&out, expected);
}

static void
strings_are_escaped_as_the_standard_says(void **state)
{
	(void)state;
	expect_quoted(LITERAL(""), "\"\"");
	expect_quoted(LITERAL("say \"hi\" \\ / \x7f"),
		      "\"say \\\"hi\\\" \\\\ / \x7f\"");
	expect_quoted(LITERAL("\b\t\n\f\r\0\x1f"),
		      "\"\\b\\t\\n\\f\\r\\u0000\\u001f\"");
	expect_quoted(LITERAL("\xc3\xa9\xe5\xae\x89\xf0\x9f\x98\x80"),
		      "\"\xc3\xa9\xe5\xae\x89\xf0\x9f\x98\x80\"");
}

static void
special_byte_is_found_at_every_place(void **state)
{
	static const char *const specials[][2] = {
		{ "\"", "\\\"" },
		{ "\\", "\\\\" },
		{ "\x1f", "\\u001f" },
		{ "\x80", "\xef\xbf\xbd" },
	};

	(void)state;
	for (int place = 0; place < 24 * 24; place++) {
		const char *const *special = specials[(place + place / 24) % 4];
		int before = place / 24;
		int behind = place % 24;
		auto_free char *text = mem_format("%*s%s%*s", before, "",
						  special[0], behind, "");
		auto_free char *expected = mem_format(
			"\"%*s%s%*s\"", before, "", special[1], behind, "");

		expect_quoted(bytes_of(text), expected);
	}
}

static void
invalid_bytes_become_replacement_characters(void **state)
{
	(void)state;
	expect_quoted(LITERAL("a\xffz"), "\"a\xef\xbf\xbdz\"");
	expect_quoted(LITERAL("\xe2\x82\"\xc3\xa9"),
		      "\"\xef\xbf\xbd\\\"\xc3\xa9\"");
	expect_quoted(LITERAL("\xe2\x82\xc3\xa9"), "\"\xef\xbf\xbd\xc3\xa9\"");
	expect_quoted(LITERAL("\xc3"), "\"\xef\xbf\xbd\"");
}

static void
any_bytes_make_valid_text_on_one_line(void **state)
{
	unsigned seed = 7;

	(void)state;
	for (size_t round = 0; round < 5000; round++) {
		auto_buffer struct buffer out = { 0 };
		auto_buffer struct buffer repaired = { 0 };
		char text[32];
		struct docket_bytes bytes = { text, round % sizeof(text) };
		struct json json;

		for (size_t i = 0; i < bytes.size; i++) {
			seed = seed * 1103515245u + 12345u;
			text[i] = (char)(seed >> 16);
			if ((unsigned char)text[i] < 0x20)
				text[i] = 'x';
			if (text[i] == '"' || text[i] == '\\')
				text[i] = 'y';
		}
		json_init(&json, &out);
		json_string(&json, bytes);
		escape_put_utf8(&repaired, bytes);
		assert_int_equal(out.size, repaired.size + 2);
		if (repaired.size)
			assert_memory_equal(out.data + 1, repaired.data,
					    repaired.size);
	}
}

static void
expect_double(double value, const char *expected)
{
	struct buffer out = { 0 };
	struct json json;

	json_init(&json, &out);
	json_double(&json, value);
	expect(&out, expected);
}

static void
doubles_have_six_digits_and_are_valid(void **state)
{
	(void)state;
	expect_double(0.0, "0");
	expect_double(0.5, "0.5");
	expect_double(-12.3456789, "-12.3457");
	expect_double(1e6, "1e+06");
	expect_double(1.5e-300, "1.5e-300");
	expect_double((double)NAN, "null");
	expect_double((double)INFINITY, "null");
	expect_double((double)-INFINITY, "null");
}

static void
doubles_do_not_depend_on_the_locale(void **state)
{
	static const char *const names[] = { "de_DE.UTF-8", "fr_FR.UTF-8",
					     "ru_RU.UTF-8" };
	bool is_set = false;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names) && !is_set; i++)
		is_set = setlocale(LC_NUMERIC, names[i]);
	if (!is_set)
		skip();
	expect_double(1234.5, "1234.5");
	expect_double(-1.25e-30, "-1.25e-30");
	setlocale(LC_NUMERIC, "C");
}

static void
expect_time(int64_t time_ms, const char *expected)
{
	struct buffer out = { 0 };

	json_put_time(&out, time_ms);
	expect(&out, expected);
}

static void
times_are_utc_with_milliseconds(void **state)
{
	(void)state;
	expect_time(0, "1970-01-01T00:00:00.000Z");
	expect_time(-1, "1969-12-31T23:59:59.999Z");
	expect_time(INT64_C(1795428000123), "2026-11-23T10:00:00.123Z");
	expect_time(INT64_C(951782400000), "2000-02-29T00:00:00.000Z");
}

static void
times_out_of_range_are_clamped(void **state)
{
	(void)state;
	expect_time(INT64_MAX, "9999-12-31T23:59:59.999Z");
	expect_time(INT64_MIN, "0000-01-01T00:00:00.000Z");
	expect_time(INT64_C(-62167219200001), "0000-01-01T00:00:00.000Z");
	expect_time(INT64_C(253402300800000), "9999-12-31T23:59:59.999Z");
}

static void
times_agree_with_the_calendar_of_the_system(void **state)
{
	(void)state;
	for (int64_t day = -719528; day <= 2932896; day += 13) {
		time_t seconds = (time_t)(day * 86400 + day % 43200 + 43200);
		char expected[40];
		struct tm tm;

		assert_non_null(gmtime_r(&seconds, &tm));
		snprintf(expected, sizeof(expected),
			 "%04d-%02d-%02dT%02d:%02d:%02d.007Z",
			 tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
			 tm.tm_hour, tm.tm_min, tm.tm_sec);
		expect_time((int64_t)seconds * 1000 + 7, expected);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commas_are_right_however_deep_it_nests),
		cmocka_unit_test(integers_keep_all_their_digits),
		cmocka_unit_test(strings_are_escaped_as_the_standard_says),
		cmocka_unit_test(special_byte_is_found_at_every_place),
		cmocka_unit_test(invalid_bytes_become_replacement_characters),
		cmocka_unit_test(any_bytes_make_valid_text_on_one_line),
		cmocka_unit_test(doubles_have_six_digits_and_are_valid),
		cmocka_unit_test(doubles_do_not_depend_on_the_locale),
		cmocka_unit_test(times_are_utc_with_milliseconds),
		cmocka_unit_test(times_out_of_range_are_clamped),
		cmocka_unit_test(times_agree_with_the_calendar_of_the_system),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
