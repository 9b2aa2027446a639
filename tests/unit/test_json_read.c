/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_json_read.c - JSON is read as RFC 8259 has it, and nothing else is
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "json_read.h"

/* Text that is read, exactly as large as it is: sanitizers see what is behind. */
struct text {
	struct buffer text;
	struct fault fault;
	struct json_read json;
};

static void
text_init(struct text *text, struct docket_bytes bytes)
{
	*text = (struct text){ 0 };
	text->text.data = mem_dup(bytes.data, bytes.size + !bytes.size);
	text->text.size = bytes.size;
	json_read_init(&text->json, &text->text, &text->fault);
}

static void
text_fini(struct text *text)
{
	buffer_fini(&text->text);
}

/* Is it one value, and good? The sentence says why not. */
static bool
is_good(const char *bytes, struct fault *out_fault)
{
	struct text text;
	bool is_good;

	text_init(&text, bytes_of(bytes));
	json_read_skip(&text.json);
	is_good = json_read_end(&text.json);
	*out_fault = text.fault;
	text_fini(&text);
	return is_good;
}

static void
good_values_are_passed_over(void **state)
{
	static const char *const values[] = {
		"null",
		" true ",
		"false",
		"0",
		"-0",
		"-12.5e+10",
		"1E5",
		"\"\"",
		"[]",
		"{}",
		"[1,[2,{\"a\":[]}],\"b\"]",
		"\r\n[\t1 , 2 ]\n",
		"{\"a\":{\"b\":null},\"c\":0.1}",
		"\"\\u00e9\\ud83d\\ude00\\n\xc3\xa9\"",
	};
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(values); i++)
		if (!is_good(values[i], &fault))
			fail_msg("%s: %s", values[i], fault.text);
}

static void
anything_else_is_refused(void **state)
{
	static const char *const values[] = {
		"",
		" ",
		"nul",
		"nullx",
		"tru",
		"True",
		"01",
		"-",
		"1.",
		".5",
		"1e",
		"+1",
		"0x10",
		"NaN",
		"[1,]",
		"[,1]",
		"[1 2]",
		"[1",
		"[",
		"]",
		"{",
		"}",
		"{\"a\"}",
		"{\"a\":}",
		"{\"a\":1,}",
		"{a:1}",
		"{\"a\":1 \"b\":2}",
		"{1:2}",
		"'a'",
		"\"a",
		"\"\\",
		"\"\\x\"",
		"\"\\u12\"",
		"\"\\u12g4\"",
		"\"\\u0000\"",
		"\"\\ud800\"",
		"\"\\udc00\"",
		"\"\\ud800\\u0041\"",
		"\"\t\"",
		"\"\x01\"",
		"\"\xff\"",
		"\"\xc3\"",
		"\"\xed\xa0\x80\"",
		"1 2",
		"[] []",
		"// no\n1",
		"[1,2}",
		"{\"a\":1]",
	};
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
		if (is_good(values[i], &fault))
			fail_msg("%s was taken", values[i]);
		assert_memory_equal(fault.text, "Byte ", 5);
	}
}

static void
depth_has_a_limit(void **state)
{
	struct fault fault;
	char deep[2 * JSON_READ_DEPTH + 3] = "";

	(void)state;
	memset(deep, '[', JSON_READ_DEPTH);
	memset(deep + JSON_READ_DEPTH, ']', JSON_READ_DEPTH);
	assert_true(is_good(deep, &fault));
	memset(deep, '[', JSON_READ_DEPTH + 1);
	memset(deep + JSON_READ_DEPTH + 1, ']', JSON_READ_DEPTH + 1);
	assert_false(is_good(deep, &fault));
	assert_non_null(strstr(fault.text, "deep"));
}

static void
means(const char *written, const char *meant)
{
	struct docket_bytes value = { NULL, 0 };
	struct text text;

	text_init(&text, bytes_of(written));
	assert_true(json_read_string(&text.json, &value));
	assert_true(json_read_end(&text.json));
	if (!bytes_equal(value, bytes_of(meant)))
		fail_msg("%s became %.*s", written, (int)value.size,
			 value.data);
	text_fini(&text);
}

static void
strings_are_decoded_where_they_stand(void **state)
{
	(void)state;
	means("\"\"", "");
	means("\"plain\"", "plain");
	means("\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\"", "a\"b\\c/d\b\f\n\r\t");
	means("\"\\u0041\\u00E9\\u20ac\\uD83D\\uDE00z\"",
	      "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80z");
}

static void
members_and_items_come_one_after_the_other(void **state)
{
	struct docket_bytes key, value;
	struct text text;
	uint32_t number, sum = 0;

	(void)state;
	text_init(&text,
		  bytes_of("{\"list\":[1,2,3],\"none\":null,\"word\":\"x\"}"));
	assert_true(json_read_object(&text.json));
	assert_true(json_read_member(&text.json, &key));
	assert_true(bytes_equal(key, bytes_of("list")));
	assert_true(json_read_array(&text.json));
	while (json_read_item(&text.json)) {
		assert_true(json_read_uint(&text.json, 3, &number));
		sum += number;
	}
	assert_int_equal(sum, 6);
	assert_true(json_read_member(&text.json, &key));
	assert_true(json_read_null(&text.json));
	assert_true(json_read_member(&text.json, &key));
	assert_false(json_read_null(&text.json));
	assert_true(json_read_string(&text.json, &value));
	assert_false(json_read_member(&text.json, &key));
	assert_true(json_read_end(&text.json));
	text_fini(&text);
}

static void
number_must_be_whole_and_within_its_limit(void **state)
{
	static const char *const bad[] = {
		"101", "-1", "1.0", "1e1", "00", "99999999999999999999999", "x"
	};
	uint32_t number = 7;
	struct text text;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		text_init(&text, bytes_of(bad[i]));
		if (json_read_uint(&text.json, 100, &number) &&
		    json_read_end(&text.json))
			fail_msg("%s was taken", bad[i]);
		text_fini(&text);
	}
	assert_int_equal(number, 7);
	text_init(&text, bytes_of("100"));
	assert_true(json_read_uint(&text.json, 100, &number));
	assert_int_equal(number, 100);
	text_fini(&text);
}

static void
nothing_is_read_after_a_fault(void **state)
{
	struct docket_bytes value;
	struct text text;

	(void)state;
	text_init(&text, bytes_of("[1,\"a\"]"));
	assert_true(json_read_array(&text.json));
	assert_true(json_read_item(&text.json));
	assert_false(json_read_fail(&text.json, "it is %s", "wrong"));
	assert_false(json_read_fail(&text.json, "not the first"));
	json_read_skip(&text.json);
	assert_false(json_read_item(&text.json));
	assert_false(json_read_string(&text.json, &value));
	assert_false(json_read_end(&text.json));
	assert_string_equal(text.fault.text, "Byte 1: it is wrong.");
	text_fini(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_values_are_passed_over),
		cmocka_unit_test(anything_else_is_refused),
		cmocka_unit_test(depth_has_a_limit),
		cmocka_unit_test(strings_are_decoded_where_they_stand),
		cmocka_unit_test(members_and_items_come_one_after_the_other),
		cmocka_unit_test(number_must_be_whole_and_within_its_limit),
		cmocka_unit_test(nothing_is_read_after_a_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
