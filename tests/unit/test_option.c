/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_option.c - typed options from text
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "option.h"

struct target {
	const char *folder;
	int64_t level;
	uint64_t limit_bytes;
	int64_t quiet_ms;
	bool is_on;
	int64_t bounded_ms;
	uint64_t at_least;
	int64_t below_zero;
};

#define ROW(name, type, member) name, type, offsetof(struct target, member)

static const struct docket_option table[] = {
	{ ROW("folder", DOCKET_OPTION_STRING, folder), "/in", "", 0, 0 },
	{ ROW("level", DOCKET_OPTION_INT, level), "-3", "", 0, 0 },
	{ ROW("limit", DOCKET_OPTION_SIZE, limit_bytes), "64K", "", 0, 0 },
	{ ROW("quiet", DOCKET_OPTION_DURATION, quiet_ms), "2s", "", 0, 0 },
	{ ROW("enabled", DOCKET_OPTION_BOOL, is_on), "yes", "", 0, 0 },
	{ ROW("bounded", DOCKET_OPTION_DURATION, bounded_ms), "1m", "", 10000,
	  3600000 },
	{ ROW("many", DOCKET_OPTION_SIZE, at_least), "4K", "", 4096, 0 },
	{ ROW("debt", DOCKET_OPTION_INT, below_zero), "-1", "", -5, 0 },
	{ .name = NULL },
};

static int
fill_target(void **state)
{
	*state = mem_alloc(sizeof(struct target));
	option_set_fallbacks(table, *state);
	return 0;
}

static int
free_target(void **state)
{
	option_fini(table, *state);
	free(*state);
	return 0;
}

static int
set(void **state, const char *name, const char *text, struct fault *fault)
{
	return option_set(option_find(table, name), *state, text, fault);
}

static void
accept(void **state, const char *name, const char *text)
{
	struct fault fault = { "" };

	assert_int_equal(set(state, name, text, &fault), 0);
	assert_string_equal(fault.text, "");
}

/* Refused with this sentence, and the value is what it was. */
static void
refuse(void **state, const char *name, const char *text, const char *sentence)
{
	auto_free struct target *before =
		mem_dup(*state, sizeof(struct target));
	struct fault fault = { "" };

	assert_int_equal(set(state, name, text, &fault), -EINVAL);
	assert_string_equal(fault.text, sentence);
	assert_memory_equal(before, *state, sizeof(*before));
}

static void
rows_are_found_by_name(void **state)
{
	(void)state;
	assert_ptr_equal(option_find(table, "quiet"), &table[3]);
	assert_null(option_find(table, "quite"));
	assert_null(option_find(table, ""));
}

static void
fallbacks_fill_every_member(void **state)
{
	const struct target *target = *state;

	assert_string_equal(target->folder, "/in");
	assert_int_equal(target->level, -3);
	assert_int_equal(target->limit_bytes, 65536);
	assert_int_equal(target->quiet_ms, 2000);
	assert_true(target->is_on);
	assert_int_equal(target->bounded_ms, 60000);
}

static void
sizes_have_binary_units(void **state)
{
	static const struct {
		const char *text;
		uint64_t value;
	} rows[] = {
		{ "0", 0 },
		{ "512", 512 },
		{ "64K", 65536 },
		{ "16M", 16 << 20 },
		{ "2G", UINT64_C(2) << 30 },
		{ "8589934591G", UINT64_C(8589934591) << 30 },
		{ "9223372036854775807", INT64_MAX },
	};
	const struct target *target = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		accept(state, "limit", rows[i].text);
		assert_true(target->limit_bytes == rows[i].value);
	}
}

static void
durations_have_units_of_time(void **state)
{
	static const struct {
		const char *text;
		int64_t value;
	} rows[] = {
		{ "500ms", 500 },  { "2s", 2000 },	{ "5m", 300000 },
		{ "1h", 3600000 }, { "7d", 604800000 }, { "0", 0 },
		{ "0s", 0 },	   { "007s", 7000 },
	};
	const struct target *target = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		accept(state, "quiet", rows[i].text);
		assert_true(target->quiet_ms == rows[i].value);
	}
}

static void
integers_have_a_sign_and_all_64_bits(void **state)
{
	const struct target *target = *state;

	accept(state, "level", "-9223372036854775808");
	assert_true(target->level == INT64_MIN);
	accept(state, "level", "9223372036854775807");
	assert_true(target->level == INT64_MAX);
}

static void
truth_has_eight_words(void **state)
{
	static const char *const words[] = { "yes", "true",  "on",  "1",
					     "no",  "false", "off", "0" };
	const struct target *target = *state;

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		accept(state, "enabled", words[i]);
		assert_int_equal(target->is_on, i < 4);
	}
}

static void
strings_are_taken_as_they_are_and_replaced(void **state)
{
	const struct target *target = *state;
	char text[] = " a=b # c ";

	accept(state, "folder", text);
	text[0] = 'X';
	assert_string_equal(target->folder, " a=b # c ");
	accept(state, "folder", "");
	assert_string_equal(target->folder, "");
}

static void
wrong_values_are_refused_with_what_would_be_right(void **state)
{
	refuse(state, "quiet", "2 parsecs",
	       "quiet: \"2 parsecs\" is not a duration "
	       "(say 500ms, 2s, 5m or 1h)");
	refuse(state, "limit", "64X",
	       "limit: \"64X\" is not a size (say 512, 64K, 16M or 2G)");
	refuse(state, "level", "high",
	       "level: \"high\" is not a whole number (say 0, 7 or -1)");
	refuse(state, "enabled", "maybe",
	       "enabled: \"maybe\" is not a choice (say yes or no)");
	refuse(state, "enabled", "a\nb",
	       "enabled: \"a\\nb\" is not a choice (say yes or no)");
}

static void
refuse_all(void **state, const char *name, const char *const *texts)
{
	for (; *texts; texts++) {
		struct fault fault = { "" };

		assert_int_equal(set(state, name, *texts, &fault), -EINVAL);
	}
}

static void
junk_and_overflow_are_refused(void **state)
{
	static const char *const durations[] = {
		"",	"5",	"-5s",		 "+5s",
		"5 s",	"5sec", "1.5h",		 "s",
		" 5s",	"5s ",	"106751991168d", "5S",
		"0x5s", "1h5m", "5\xc2\xa0s",	 "9223372036854775808ms",
		NULL,
	};
	static const char *const sizes[] = {
		"",	"-1",
		"1k",	"1KB",
		"1.5M", "8589934592G",
		"K",	"1 K",
		"0x10", "9223372036854775808",
		NULL,
	};
	static const char *const integers[] = {
		"",
		"-",
		"--1",
		"+1",
		"1.0",
		"1e3",
		"9223372036854775808",
		"-9223372036854775809",
		"99999999999999999999999",
		"1K",
		NULL,
	};
	static const char *const words[] = { "", "Yes", "yes ", "2", NULL };

	refuse_all(state, "quiet", durations);
	refuse_all(state, "limit", sizes);
	refuse_all(state, "level", integers);
	refuse_all(state, "enabled", words);
}

static void
limits_are_told_in_the_unit_people_write(void **state)
{
	refuse(state, "bounded", "2h",
	       "bounded: 2h is out of range (10s to 1h)");
	refuse(state, "bounded", "9999ms",
	       "bounded: 9999ms is out of range (10s to 1h)");
	refuse(state, "many", "1K", "many: 1K is out of range (4K or more)");
	refuse(state, "debt", "1", "debt: 1 is out of range (-5 to 0)");
	accept(state, "bounded", "10s");
	accept(state, "bounded", "60m");
	accept(state, "many", "1G");
	accept(state, "debt", "0");
}

static void
expect_put(void **state, const char *name, const char *text,
	   const char *expected)
{
	auto_buffer struct buffer out = { 0 };

	accept(state, name, text);
	option_put(&out, option_find(table, name), *state);
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
	accept(state, name, out.data);
}

static void
values_are_put_in_their_shortest_exact_form(void **state)
{
	expect_put(state, "limit", "1048576", "1M");
	expect_put(state, "limit", "1536", "1536");
	expect_put(state, "limit", "1025K", "1025K");
	expect_put(state, "limit", "0", "0");
	expect_put(state, "quiet", "60000ms", "1m");
	expect_put(state, "quiet", "90s", "90s");
	expect_put(state, "quiet", "48h", "2d");
	expect_put(state, "quiet", "1001ms", "1001ms");
	expect_put(state, "quiet", "0s", "0");
	expect_put(state, "level", "-9223372036854775808",
		   "-9223372036854775808");
	expect_put(state, "enabled", "1", "yes");
	expect_put(state, "enabled", "off", "no");
	expect_put(state, "folder", "/a b", "/a b");
}

static void
unknown_type_is_refused(void **state)
{
	struct docket_option odd = { .name = "odd", .type = 99 };
	struct fault fault = { "" };

	assert_int_equal(option_set(&odd, *state, "1", &fault), -EINVAL);
	assert_string_equal(fault.text, "odd: its type (99) is not known");
	assert_string_equal(option_type_name(odd.type), "unknown");
	assert_string_equal(option_type_name(DOCKET_OPTION_SIZE), "size");
}

static void
zeroed_target_can_be_put_and_finished(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct target target = { 0 };

	(void)state;
	option_put(&out, &table[0], &target);
	assert_int_equal(out.size, 0);
	option_fini(table, &target);
}

#define target_test(test) \
	cmocka_unit_test_setup_teardown(test, fill_target, free_target)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_found_by_name),
		target_test(fallbacks_fill_every_member),
		target_test(sizes_have_binary_units),
		target_test(durations_have_units_of_time),
		target_test(integers_have_a_sign_and_all_64_bits),
		target_test(truth_has_eight_words),
		target_test(strings_are_taken_as_they_are_and_replaced),
		target_test(wrong_values_are_refused_with_what_would_be_right),
		target_test(junk_and_overflow_are_refused),
		target_test(limits_are_told_in_the_unit_people_write),
		target_test(values_are_put_in_their_shortest_exact_form),
		target_test(unknown_type_is_refused),
		cmocka_unit_test(zeroed_target_can_be_put_and_finished),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
