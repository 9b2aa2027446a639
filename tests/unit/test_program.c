/* SPDX-License-Identifier: Apache-2.0 */
/* test_program.c - what a section may say of a program, and what not */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "program.h"

static void
expect_words(const char *list, size_t count, const char *last)
{
	auto_free char **words = program_split(list);
	size_t found = 0;

	while (words[found])
		found++;
	assert_int_equal(found, count);
	if (count > 0)
		assert_string_equal(words[count - 1], last);
}

static void
list_is_split_at_blanks(void **state)
{
	(void)state;
	expect_words("", 0, NULL);
	expect_words(" \t ", 0, NULL);
	expect_words("a", 1, "a");
	expect_words(" one  two\tthree ", 3, "three");
	expect_words("a b c d e f", 6, "f");
}

static int
check(const struct program *written, const char *option, const char *says)
{
	struct program program = *written;
	const char *at_fault = "nothing";
	struct fault fault = { "" };
	int rc;

	if (!program.exec)
		program.exec = "/bin/sh -c true";
	if (!program.kind)
		program.kind = "parser";
	if (!program.types)
		program.types = "";
	if (!program.names)
		program.names = "";
	if (!program.output)
		program.output = "text";
	if (!program.topics)
		program.topics = "";
	rc = program_check(&program, &at_fault, &fault);
	assert_string_equal(at_fault, option);
	if (!strstr(fault.text, says))
		fail_msg("\"%s\" does not say \"%s\"", fault.text, says);
	return rc;
}

static void
program_with_something_to_do_is_taken(void **state)
{
	static const struct program programs[] = {
		{ .types = "text/calendar image/* application/x-a.b+c" },
		{ .names = "*.ics" },
		{ .names = "*.ics", .output = "json" },
		{ .kind = "notifier" },
		{ .kind = "notifier", .topics = "document.parsed/" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(programs); i++)
		assert_int_equal(check(&programs[i], "nothing", ""), 0);
}

static void
each_fault_names_its_option(void **state)
{
	static const struct {
		struct program program;
		const char *option, *says;
	} cases[] = {
		{ { .exec = "" }, "exec", "absolute path" },
		{ { .exec = "sh" }, "exec", "absolute path" },
		{ { .exec = "/no/such" }, "exec", "put the program there" },
		{ { .exec = "/usr" }, "exec", "regular file" },
		{ { .exec = "/etc/passwd" }, "exec", "chmod a+rx" },
		{ { .kind = "" }, "kind", "kind = parser" },
		{ { .kind = "annotator" }, "kind", "annotator" },
		{ { .types = "" }, "types", "add types" },
		{ { .types = "text/plain pdf" }, "types", "\"pdf\"" },
		{ { .types = "text/" }, "types", "media type" },
		{ { .types = "/x" }, "types", "media type" },
		{ { .types = "a/b/c" }, "types", "media type" },
		{ { .types = "a/b,c/d" }, "types", "media type" },
		{ { .types = "a/b", .output = "" }, "output", "json" },
		{ { .types = "a/b", .topics = "x" }, "topics", "no events" },
		{ { .kind = "notifier", .types = "a/b" }, "types", "topics" },
		{ { .kind = "notifier", .names = "*" }, "names", "remove" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(check(&cases[i].program, cases[i].option,
				       cases[i].says),
				 -EINVAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(list_is_split_at_blanks),
		cmocka_unit_test(program_with_something_to_do_is_taken),
		cmocka_unit_test(each_fault_names_its_option),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
