/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_command.c - the table of verbs: complete, and the help that it makes
 */
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "command.h"
#include "fault.h"
#include "help.h"
#include "print.h"

/* What a verb's help prints; the caller's. */
static char *
get_help(const struct command *command)
{
	auto_fd int fd = memfd_create("help", MFD_CLOEXEC);
	struct output out = { .fd = fd };
	char *text;
	off_t size;

	assert_int_equal(command ? help_print_command(&out, command)
				 : help_print_all(&out),
			 0);
	output_fini(&out);
	size = lseek(fd, 0, SEEK_END);
	text = mem_alloc((size_t)size + 1);
	assert_int_equal(pread(fd, text, (size_t)size, 0), size);
	return text;
}

static void
assert_narrow(const char *text)
{
	while (*text) {
		size_t size = strcspn(text, "\n");

		assert_true(print_measure(
				    (struct docket_bytes){ text, size }) <= 80);
		text += size + 1;
	}
}

/* The verb that this one word is. */
static const struct command *
find(const char *word)
{
	char *words[] = { (char *)word };
	size_t used;

	return command_find(words, 1, &used);
}

static void
every_verb_is_found_by_its_name(void **state)
{
	const struct command *command;

	(void)state;
	for (size_t i = 0; (command = command_at(i)); i++)
		if (!strchr(command->name, ' '))
			assert_ptr_equal(find(command->name), command);
	assert_null(find(""));
	assert_null(find("lis"));
}

static void
verb_of_two_words_is_found_before_that_of_one(void **state)
{
	char *words[] = { (char *)"plugins", (char *)"describe",
			  (char *)"FILE.so" };
	size_t used;

	(void)state;
	assert_ptr_equal(command_find(words, 3, &used), &cmd_plugins_describe);
	assert_int_equal(used, 2);
	words[1] = (char *)"descr";
	assert_ptr_equal(command_find(words, 3, &used), &cmd_plugins);
	assert_int_equal(used, 1);
	assert_ptr_equal(command_find(words, 1, &used), &cmd_plugins);
	assert_null(command_find(words + 1, 2, &used));
	assert_null(command_find(words, 0, &used));
}

static void
help_of_a_verb_names_its_options_and_codes(void **state)
{
	const struct command *command;

	(void)state;
	for (size_t i = 0; (command = command_at(i)); i++) {
		auto_free char *text = get_help(command);

		assert_non_null(strstr(text, command->summary));
		assert_non_null(strstr(text, command->text));
		for (const struct argument *row = command->arguments;
		     row->option.name; row++) {
			assert_non_null(strstr(text, row->option.name));
			assert_non_null(strstr(text, row->option.summary) ||
					strchr(row->option.summary, '\n'));
			assert_true(!row->value ==
				    (row->option.type == DOCKET_OPTION_BOOL));
		}
		for (const struct command_code *row = command->codes;
		     row->meaning; row++)
			assert_non_null(strstr(text, row->meaning));
	}
}

static void
help_fits_into_eighty_columns(void **state)
{
	auto_free char *all = get_help(NULL);
	const struct command *command;

	(void)state;
	assert_narrow(all);
	for (size_t i = 0; (command = command_at(i)); i++) {
		auto_free char *text = get_help(command);

		assert_non_null(strstr(all, command->summary));
		assert_narrow(text);
	}
}

static int
run(const char *verb, char **words, size_t count)
{
	auto_fd int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	struct output out = { .fd = null };
	int code = command_run(find(verb), "/nonexistent", words, count, &out);

	output_fini(&out);
	return code;
}

static void
wrong_words_are_refused_before_anybody_is_asked(void **state)
{
	char *unknown[] = { (char *)"--unknown" };
	char *two[] = { (char *)"1", (char *)"2" };
	char *not_state[] = { (char *)"--state=done,lost" };
	char *new_state[] = { (char *)"--state=new" };
	char *minus[] = { (char *)"-war" };

	(void)state;
	assert_int_equal(run("list", unknown, 1), FAULT_EXIT_USAGE);
	assert_int_equal(run("list", two, 1), FAULT_EXIT_USAGE);
	assert_int_equal(run("list", not_state, 1), FAULT_EXIT_USAGE);
	assert_int_equal(run("list", new_state, 1), FAULT_EXIT_USAGE);
	assert_int_equal(run("show", two, 0), FAULT_EXIT_USAGE);
	assert_int_equal(run("show", two, 2), FAULT_EXIT_USAGE);
	assert_int_equal(run("get", minus, 1), FAULT_EXIT_USAGE);
	assert_int_equal(run("search", minus, 1), FAULT_EXIT_USAGE);
	assert_int_equal(run("search", two, 0), FAULT_EXIT_USAGE);
}

static void
daemon_that_is_not_there_is_its_own_exit_code(void **state)
{
	char *words[] = { (char *)"1" };

	(void)state;
	assert_int_equal(run("status", words, 0), FAULT_EXIT_UNAVAILABLE);
	assert_int_equal(run("list", words, 0), FAULT_EXIT_UNAVAILABLE);
	assert_int_equal(run("show", words, 1), FAULT_EXIT_UNAVAILABLE);
	assert_int_equal(run("get", words, 1), FAULT_EXIT_UNAVAILABLE);
	assert_int_equal(run("search", words, 1), FAULT_EXIT_UNAVAILABLE);
	assert_int_equal(run("events", words, 0), FAULT_EXIT_UNAVAILABLE);
	assert_int_equal(run("plugins", words, 0), FAULT_EXIT_UNAVAILABLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verb_is_found_by_its_name),
		cmocka_unit_test(verb_of_two_words_is_found_before_that_of_one),
		cmocka_unit_test(help_of_a_verb_names_its_options_and_codes),
		cmocka_unit_test(help_fits_into_eighty_columns),
		cmocka_unit_test(
			wrong_words_are_refused_before_anybody_is_asked),
		cmocka_unit_test(daemon_that_is_not_there_is_its_own_exit_code),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
