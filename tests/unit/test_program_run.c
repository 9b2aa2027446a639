/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_program_run.c - a program is run to its end, or to ours
 *
 * Programs are lines of sh. What is to be seen of hostile ones by docketd is
 * in tests/flow/test_exec.py.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "program_run.h"
#include "program_sweep.h"

#define LONG_MS 20000

static void
run(const char *line, struct program_order *order,
    struct program_result *out_result)
{
	const char *const argv[] = { "/bin/sh", "-c", line, NULL };
	static const char *const environment[] = { "PATH=/usr/bin:/bin",
						   "WORD=x", NULL };

	order->argv = argv;
	order->environment = environment;
	if (!order->deadline_ms)
		order->deadline_ms = LONG_MS;
	if (!order->output_limit_bytes)
		order->output_limit_bytes = 64u << 20;
	if (!order->socket)
		order->socket = -1;
	order->has_output = true;
	program_run(order, out_result);
}

static void
ends_with(const char *line, enum program_end end, int code)
{
	struct program_order order = { 0 };
	struct program_result result;

	run(line, &order, &result);
	assert_int_equal(result.end, end);
	assert_int_equal(result.code, code);
	program_run_fini(&result);
}

static void
more_than_pipes_hold_goes_through(void **state)
{
	size_t size = 8u << 20;
	auto_free char *bytes = mem_alloc(size);
	struct program_order order = { .input = { bytes, size } };
	struct program_result result;

	(void)state;
	memset(bytes, 'x', size);
	run("cat", &order, &result);
	assert_int_equal(result.end, PROGRAM_EXITED);
	assert_int_equal(result.code, 0);
	assert_true(bytes_equal(buffer_bytes(&result.output), order.input));
	program_run_fini(&result);
}

/* Python makes the pipe larger than one read. */
static void
all_that_was_written_before_the_end_is_read(void **state)
{
	struct program_order order = { 0 };
	struct program_result result;

	(void)state;
	run("exec python3 -c 'import fcntl,os; fcntl.fcntl(1, 1031, 1 << 20); "
	    "os.write(1, bytes(1 << 20))'",
	    &order, &result);
	assert_int_equal(result.end, PROGRAM_EXITED);
	assert_int_equal(result.output.size, 1 << 20);
	program_run_fini(&result);
}

static void
end_is_told_as_it_was(void **state)
{
	(void)state;
	ends_with("exit 0", PROGRAM_EXITED, 0);
	ends_with("exit 75", PROGRAM_EXITED, 75);
	ends_with("kill -KILL $$", PROGRAM_SIGNALLED, SIGKILL);
	ends_with("exec <&- >&- 2>&-; exit 3", PROGRAM_EXITED, 3);
}

static void
program_that_is_not_there_says_so(void **state)
{
	const char *const argv[] = { "/no/such", NULL };
	const char *const environment[] = { NULL };
	struct program_order order = { .argv = argv,
				       .environment = environment,
				       .deadline_ms = LONG_MS,
				       .socket = -1 };
	struct program_result result;

	(void)state;
	program_run(&order, &result);
	assert_int_equal(result.end, PROGRAM_EXITED);
	assert_int_equal(result.code, 127);
	assert_string_equal(result.last_words,
			    "/no/such: No such file or directory");
	program_run_fini(&result);
}

static void
last_line_with_anything_on_it_is_kept(void **state)
{
	struct program_order order = { 0 };
	struct program_result result;

	(void)state;
	run("printf 'one\\ntwo words \\n\\n  \\n' >&2", &order, &result);
	assert_string_equal(result.last_words, "two words");
	program_run_fini(&result);
}

static void
deadline_ends_what_ignores_every_signal(void **state)
{
	struct program_order order = { .deadline_ms = 100 };
	struct program_result result;

	(void)state;
	run("trap '' TERM HUP INT QUIT; while :; do :; done", &order, &result);
	assert_int_equal(result.end, PROGRAM_OVERDUE);
	program_run_fini(&result);
}

static void
output_past_its_limit_ends_it(void **state)
{
	struct program_order order = { .output_limit_bytes = 1000 };
	struct program_result result;

	(void)state;
	run("yes", &order, &result);
	assert_int_equal(result.end, PROGRAM_OVERFLOWED);
	program_run_fini(&result);
	run("printf '%01001d' 0", &order, &result);
	assert_int_equal(result.end, PROGRAM_OVERFLOWED);
	program_run_fini(&result);
	run("printf '%01000d' 0", &order, &result);
	assert_int_equal(result.end, PROGRAM_EXITED);
	assert_int_equal(result.output.size, 1000);
	program_run_fini(&result);
}

static void
nobody_who_waits_ends_it(void **state)
{
	struct program_order order = { 0 };
	struct program_result result;
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	close(ends[1]);
	order.socket = ends[0];
	run("sleep 1000", &order, &result);
	assert_int_equal(result.end, PROGRAM_FORSAKEN);
	program_run_fini(&result);
	close(ends[0]);
}

/* The pid that a program printed belongs to nobody any more. */
static void
what_it_left_behind_is_gone(void **state)
{
	struct program_order order = { 0 };
	struct program_result result;
	pid_t pid;

	(void)state;
	run("setsid sleep 1000 >/dev/null & echo $!", &order, &result);
	assert_int_equal(result.end, PROGRAM_EXITED);
	buffer_put(&result.output, "", 1);
	pid = atoi(result.output.data);
	assert_true(pid > 0);
	assert_int_equal(kill(pid, 0), -1);
	program_run_fini(&result);
}

static void
note_alive(void *owner)
{
	++*(int *)owner;
}

static void
whoever_waits_hears_that_it_lives(void **state)
{
	int times = 0;
	struct program_order order = { .on_alive = note_alive,
				       .owner = &times };
	struct program_result result;

	(void)state;
	run("exit 0", &order, &result);
	assert_true(times >= 1);
	program_run_fini(&result);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(more_than_pipes_hold_goes_through),
		cmocka_unit_test(all_that_was_written_before_the_end_is_read),
		cmocka_unit_test(end_is_told_as_it_was),
		cmocka_unit_test(program_that_is_not_there_says_so),
		cmocka_unit_test(last_line_with_anything_on_it_is_kept),
		cmocka_unit_test(deadline_ends_what_ignores_every_signal),
		cmocka_unit_test(output_past_its_limit_ends_it),
		cmocka_unit_test(nobody_who_waits_ends_it),
		cmocka_unit_test(what_it_left_behind_is_gone),
		cmocka_unit_test(whoever_waits_hears_that_it_lives),
	};

	signal(SIGPIPE, SIG_IGN);
	program_sweep_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
