/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_log.c - lines on stderr
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "log.h"
#include "mem.h"

/* stderr is a pipe during a test; its ends and the true one. */
static int ends[2];
static int saved;

static int
redirect_stderr(void **state)
{
	(void)state;
	unsetenv("JOURNAL_STREAM");
	saved = dup(STDERR_FILENO);
	if (saved < 0 || pipe2(ends, O_NONBLOCK) < 0)
		return -1;
	return dup2(ends[1], STDERR_FILENO) < 0 ? -1 : 0;
}

static int
restore_stderr(void **state)
{
	(void)state;
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(ends[0]);
	close(ends[1]);
	return 0;
}

static void
expect_output(const char *expected)
{
	char text[1000];
	ssize_t count = read(ends[0], text, sizeof(text) - 1);

	text[count < 0 ? 0 : count] = '\0';
	assert_string_equal(text, expected);
}

static void
line_begins_with_the_program(void **state)
{
	(void)state;
	log_open("docketd", LOG_LEVEL_INFO);
	log_error("%d wrong", 3);
	expect_output("docketd: 3 wrong\n");
}

static void
line_for_the_journal_begins_with_its_level(void **state)
{
	struct stat st;
	auto_free char *stream = NULL;

	(void)state;
	assert_int_equal(fstat(STDERR_FILENO, &st), 0);
	stream = mem_format("%llu:%llu", (unsigned long long)st.st_dev,
			    (unsigned long long)st.st_ino);
	setenv("JOURNAL_STREAM", stream, 1);
	log_open("docketd", LOG_LEVEL_DEBUG);
	log_error("e");
	log_warning("w");
	log_notice("n");
	log_info("i");
	log_debug("d");
	expect_output("<3>e\n<4>w\n<5>n\n<6>i\n<7>d\n");
}

static void
stderr_that_was_redirected_is_not_the_journal(void **state)
{
	(void)state;
	setenv("JOURNAL_STREAM", "0:1", 1);
	log_open("docketd", LOG_LEVEL_INFO);
	log_info("i");
	expect_output("docketd: i\n");
}

static void
lines_above_the_level_are_not_printed(void **state)
{
	(void)state;
	log_open("docketd", LOG_LEVEL_WARNING);
	log_notice("n");
	log_info("i");
	log_debug("d");
	expect_output("");
	log_warning("w");
	expect_output("docketd: w\n");
}

static void
name_cannot_forge_a_line(void **state)
{
	(void)state;
	log_open("docketd", LOG_LEVEL_INFO);
	log_info("%s", "a\n<3>docketd: all is lost\x1b[31m");
	expect_output("docketd: a\\n<3>docketd: all is lost\\x1b[31m\n");
}

#define redirected_test(test) \
	cmocka_unit_test_setup_teardown(test, redirect_stderr, restore_stderr)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		redirected_test(line_begins_with_the_program),
		redirected_test(line_for_the_journal_begins_with_its_level),
		redirected_test(stderr_that_was_redirected_is_not_the_journal),
		redirected_test(lines_above_the_level_are_not_printed),
		redirected_test(name_cannot_forge_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
