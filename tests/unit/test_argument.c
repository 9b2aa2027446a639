/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_argument.c - words of a command line, taken apart by a table
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "argument.h"

struct options {
	const char *name;
	const char *file;
	int64_t limit;
	bool is_quiet;
	struct argument_list settings;
};

static const struct argument table[] = {
	{ { "name", DOCKET_OPTION_STRING, offsetof(struct options, name), NULL,
	    "", 0, 0 },
	  "NAME" },
	{ { "o", DOCKET_OPTION_STRING, offsetof(struct options, file), NULL, "",
	    0, 0 },
	  "FILE" },
	{ { "limit", DOCKET_OPTION_INT, offsetof(struct options, limit), "50",
	    "", 0, 1000 },
	  "N" },
	{ { "quiet", DOCKET_OPTION_BOOL, offsetof(struct options, is_quiet),
	    NULL, "", 0, 0 },
	  NULL },
	{ { "set", ARGUMENT_LIST, offsetof(struct options, settings), NULL, "",
	    0, 0 },
	  "KEY=VALUE" },
	{ { 0 }, NULL },
};

/* What a line of words came to. */
struct parsed {
	struct options options;
	struct argument_rest rest;
	struct fault fault;
	int result;
};

static void
parse(struct parsed *parsed, enum argument_mode mode, char *line)
{
	char *words[16];
	size_t count = 0;

	for (char *word = strtok(line, " "); word; word = strtok(NULL, " "))
		words[count++] = word;
	*parsed = (struct parsed){ .result = 0 };
	parsed->result =
		argument_parse(table, mode, words, count, &parsed->options,
			       &parsed->rest, &parsed->fault);
}

static void
release(struct parsed *parsed)
{
	argument_fini(table, &parsed->options);
	free(parsed->rest.operands);
}

/* The operands with a bar between them. */
static void
assert_operands(const struct parsed *parsed, const char *expected)
{
	auto_buffer struct buffer joined = { 0 };

	for (size_t i = 0; i < parsed->rest.count; i++)
		buffer_format(&joined, "%s%s", i ? "|" : "",
			      parsed->rest.operands[i]);
	buffer_put(&joined, "", 1);
	assert_string_equal(joined.data, expected);
}

static void
value_follows_its_option_or_an_equals_sign(void **state)
{
	char line[] = "--name letters --limit=7 -o- --quiet";
	struct parsed parsed;

	(void)state;
	parse(&parsed, ARGUMENT_ANYWHERE, line);
	assert_int_equal(parsed.result, 0);
	assert_string_equal(parsed.options.name, "letters");
	assert_string_equal(parsed.options.file, "-");
	assert_int_equal(parsed.options.limit, 7);
	assert_true(parsed.options.is_quiet);
	assert_int_equal(parsed.rest.count, 0);
	release(&parsed);
}

static void
what_is_not_said_has_its_fallback(void **state)
{
	char line[] = "17";
	struct parsed parsed;

	(void)state;
	parse(&parsed, ARGUMENT_ANYWHERE, line);
	assert_int_equal(parsed.options.limit, 50);
	assert_null(parsed.options.name);
	assert_false(parsed.options.is_quiet);
	release(&parsed);
}

static void
option_said_twice_counts_as_said_last(void **state)
{
	char line[] = "--name a --name b";
	struct parsed parsed;

	(void)state;
	parse(&parsed, ARGUMENT_ANYWHERE, line);
	assert_string_equal(parsed.options.name, "b");
	release(&parsed);
}

static void
list_takes_every_value_in_order(void **state)
{
	char line[] = "--set a=1 x --set=b=2 --set c";
	struct parsed parsed;

	(void)state;
	parse(&parsed, ARGUMENT_ANYWHERE, line);
	assert_int_equal(parsed.result, 0);
	assert_int_equal(parsed.options.settings.count, 3);
	assert_string_equal(parsed.options.settings.values[0], "a=1");
	assert_string_equal(parsed.options.settings.values[1], "b=2");
	assert_string_equal(parsed.options.settings.values[2], "c");
	assert_operands(&parsed, "x");
	release(&parsed);
}

static void
options_may_stand_behind_operands(void **state)
{
	char line[] = "one --quiet two -o file three";
	struct parsed parsed;

	(void)state;
	parse(&parsed, ARGUMENT_ANYWHERE, line);
	assert_operands(&parsed, "one|two|three");
	assert_true(parsed.options.is_quiet);
	release(&parsed);
}

static void
first_operand_ends_the_options_where_asked(void **state)
{
	char line[] = "--name x list --limit 3";
	struct parsed parsed;

	(void)state;
	parse(&parsed, ARGUMENT_FIRST, line);
	assert_operands(&parsed, "list|--limit|3");
	assert_int_equal(parsed.options.limit, 50);
	release(&parsed);
}

static void
two_dashes_make_operands_of_what_follows(void **state)
{
	char line[] = "--quiet -- --limit - --";
	struct parsed parsed;

	(void)state;
	parse(&parsed, ARGUMENT_ANYWHERE, line);
	assert_operands(&parsed, "--limit|-|--");
	release(&parsed);
}

static void
one_dash_alone_is_an_operand(void **state)
{
	char line[] = "- --quiet";
	struct parsed parsed;

	(void)state;
	parse(&parsed, ARGUMENT_ANYWHERE, line);
	assert_operands(&parsed, "-");
	release(&parsed);
}

static void
excluded_words_are_operands_of_a_search(void **state)
{
	char line[] = "peace -war -o file";
	struct parsed parsed;

	(void)state;
	parse(&parsed, ARGUMENT_DASH_WORDS, line);
	assert_int_equal(parsed.result, 0);
	assert_operands(&parsed, "peace|-war");
	assert_string_equal(parsed.options.file, "file");
	release(&parsed);
}

static void
help_is_an_option_of_every_table(void **state)
{
	char line[] = "17 --help";
	struct parsed parsed;

	(void)state;
	parse(&parsed, ARGUMENT_ANYWHERE, line);
	assert_int_equal(parsed.result, 0);
	assert_true(parsed.rest.wants_help);
	release(&parsed);
}

static void
assert_refused(const char *words, const char *sentence)
{
	auto_free char *line = mem_dup_string(words);
	struct parsed parsed;

	parse(&parsed, ARGUMENT_ANYWHERE, line);
	assert_true(parsed.result < 0);
	assert_non_null(strstr(parsed.fault.text, sentence));
	release(&parsed);
}

static void
what_is_wrong_is_refused_by_name(void **state)
{
	(void)state;
	assert_refused("--nam x", "no option --nam");
	assert_refused("--names x", "no option --names");
	assert_refused("--names=x", "no option --names");
	assert_refused("-q", "no option -q");
	assert_refused("--o file", "no option --o");
	assert_refused("x --name", "--name needs a value: NAME");
	assert_refused("-o", "-o needs a value: FILE");
	assert_refused("--limit many", "whole number");
	assert_refused("--limit 1001", "0 to 1000");
	assert_refused("--limit=", "whole number");
	assert_refused("--quiet=perhaps", "yes or no");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(value_follows_its_option_or_an_equals_sign),
		cmocka_unit_test(what_is_not_said_has_its_fallback),
		cmocka_unit_test(option_said_twice_counts_as_said_last),
		cmocka_unit_test(list_takes_every_value_in_order),
		cmocka_unit_test(options_may_stand_behind_operands),
		cmocka_unit_test(first_operand_ends_the_options_where_asked),
		cmocka_unit_test(two_dashes_make_operands_of_what_follows),
		cmocka_unit_test(one_dash_alone_is_an_operand),
		cmocka_unit_test(excluded_words_are_operands_of_a_search),
		cmocka_unit_test(help_is_an_option_of_every_table),
		cmocka_unit_test(what_is_wrong_is_refused_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
