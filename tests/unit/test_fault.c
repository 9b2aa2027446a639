/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_fault.c - sentences about errors
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "escape.h"
#include "fault.h"

static void
code_is_handed_back(void **state)
{
	struct fault fault = { "" };

	(void)state;
	assert_int_equal(fault_set(&fault, -EINVAL, "no %s", "good"), -EINVAL);
	assert_string_equal(fault.text, "no good");
}

static void
errno_is_spelled_out_behind_the_sentence(void **state)
{
	struct fault fault = { "" };
	int rc;

	(void)state;
	errno = EPERM; /* of no interest */
	rc = fault_set_errno(&fault, -ENOENT, "%s", "/etc/nothing");
	assert_int_equal(rc, -ENOENT);
	assert_string_equal(fault.text,
			    "/etc/nothing: No such file or directory");
}

static void
prefix_goes_before_what_is_there(void **state)
{
	struct fault fault = { "" };
	int rc;

	(void)state;
	fault_set(&fault, 0, "bad \\ value");
	rc = fault_prefix(&fault, FAULT_EXIT_CONFIG, "a.conf:%d", 7);
	assert_int_equal(rc, FAULT_EXIT_CONFIG);
	assert_string_equal(fault.text, "a.conf:7: bad \\\\ value");
}

static void
stranger_cannot_forge_a_second_line(void **state)
{
	struct fault fault = { "" };

	(void)state;
	fault_set(&fault, -EINVAL, "name %s", "a\nb\x1b[2J\xff");
	assert_string_equal(fault.text, "name a\\nb\\x1b[2J\\xff");
	fault_prefix(&fault, 0, "x\ny");
	assert_string_equal(fault.text, "x\\ny: name a\\nb\\x1b[2J\\xff");
}

static void
fault_may_quote_itself(void **state)
{
	struct fault fault = { "" };

	(void)state;
	fault_set(&fault, 0, "inner");
	fault_set(&fault, 0, "outer (%s)", fault.text);
	assert_string_equal(fault.text, "outer (inner)");
}

static void
long_sentence_is_cut_between_characters(void **state)
{
	struct fault fault = { "" };
	char text[2001];

	(void)state;
	for (size_t i = 0; i < 2000; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[2000] = '\0';
	fault_set(&fault, 0, "%s", text);
	assert_int_equal(strlen(fault.text), 510);
	fault_set(&fault, 0, "a%s", text);
	assert_int_equal(strlen(fault.text), 511);
	assert_true(escape_is_utf8(bytes_of(fault.text)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(code_is_handed_back),
		cmocka_unit_test(errno_is_spelled_out_behind_the_sentence),
		cmocka_unit_test(prefix_goes_before_what_is_there),
		cmocka_unit_test(stranger_cannot_forge_a_second_line),
		cmocka_unit_test(fault_may_quote_itself),
		cmocka_unit_test(long_sentence_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
