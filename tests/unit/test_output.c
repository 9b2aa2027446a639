/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_output.c - standard output: gathered, written, and checked
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fault.h"
#include "output.h"

static void
little_text_waits_and_much_is_written(void **state)
{
	struct output out;
	auto_fd int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	(void)state;
	output_init(&out, null);
	buffer_put_string(&out.text, "little");
	assert_int_equal(output_pass(&out), 0);
	assert_int_equal(out.text.size, 6);
	for (int i = 0; i < 20000; i++)
		buffer_put_string(&out.text, "much");
	assert_int_equal(output_pass(&out), 0);
	assert_int_equal(out.text.size, 0);
	output_fini(&out);
}

static void
full_disk_is_an_error_that_stays(void **state)
{
	struct output out;
	auto_fd int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	output_init(&out, full);
	assert_int_equal(output_write(&out, bytes_of("x")), FAULT_EXIT_IO);
	assert_int_equal(output_pass(&out), FAULT_EXIT_IO);
	assert_int_equal(output_flush(&out), FAULT_EXIT_IO);
	output_fini(&out);
}

static void
what_waits_is_written_before_what_follows(void **state)
{
	struct output out;
	char read_back[16] = "";
	int ends[2];

	(void)state;
	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	output_init(&out, ends[1]);
	buffer_put_string(&out.text, "one ");
	assert_int_equal(output_write(&out, bytes_of("two")), 0);
	assert_int_equal(read(ends[0], read_back, sizeof(read_back) - 1), 7);
	assert_string_equal(read_back, "one two");
	close(ends[0]);
	close(ends[1]);
	output_fini(&out);
}

static void
pipe_is_no_terminal_and_has_no_styles(void **state)
{
	struct output out;
	auto_fd int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	(void)state;
	output_init(&out, null);
	assert_false(out.is_terminal);
	assert_false(out.is_styled);
	assert_int_equal(out.columns, 0);
	output_fini(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(little_text_waits_and_much_is_written),
		cmocka_unit_test(full_disk_is_an_error_that_stays),
		cmocka_unit_test(what_waits_is_written_before_what_follows),
		cmocka_unit_test(pipe_is_no_terminal_and_has_no_styles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
