/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_mail_flowed.c - plain text of mails, in runs */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "flowed.h"
#include "mem.h"

static const struct flowed_format fixed = { .is_flowed = false };
static const struct flowed_format flowed = { .is_flowed = true };

static void
assert_run(const struct runs *runs, size_t index, unsigned depth,
	   const char *text)
{
	const struct run *run = &runs->items[index];

	assert_true(index < runs->count);
	assert_int_equal(run->depth, depth);
	assert_int_equal(run->end - run->start, strlen(text));
	assert_memory_equal(runs->data + run->start, text, strlen(text));
}

static void
quotes_are_counted_and_parted(void **state)
{
	struct runs runs;

	(void)state;
	flowed_read(bytes_of("one\r\n> two\n>three\n> > four\n>> five\nsix"),
		    fixed, &runs);
	assert_int_equal(runs.count, 4);
	assert_run(&runs, 0, 0, "one\n");
	assert_run(&runs, 1, 1, "two\nthree\n");
	assert_run(&runs, 2, 2, "four\nfive\n");
	assert_run(&runs, 3, 0, "six\n");
	runs_fini(&runs);
}

static void
flowed_lines_are_joined_at_their_depth(void **state)
{
	struct runs runs;

	(void)state;
	flowed_read(bytes_of("one \ntwo\n three\n>four \n>five\n>six \nseven"),
		    flowed, &runs);
	assert_int_equal(runs.count, 3);
	assert_run(&runs, 0, 0, "\none two\n\nthree\n");
	assert_run(&runs, 1, 1, "\nfour five\n\nsix ");
	assert_run(&runs, 2, 0, "\nseven\n");
	runs_fini(&runs);
}

static void
delsp_deletes_the_space_that_was_put_in(void **state)
{
	const struct flowed_format format = { true, true };
	struct runs runs;

	(void)state;
	flowed_read(bytes_of("文 \n书"), format, &runs);
	assert_run(&runs, 0, 0, "\n文书\n");
	runs_fini(&runs);
}

static void
a_signature_ends_with_its_lines(void **state)
{
	struct runs runs;

	(void)state;
	flowed_read(bytes_of("one\n-- \nName\nOffice\n> quoted\ntwo"), fixed,
		    &runs);
	assert_int_equal(runs.count, 4);
	assert_int_equal(runs.items[1].kind, RUN_SIGNATURE);
	assert_run(&runs, 1, 0, "Name\nOffice\n");
	assert_int_equal(runs.items[2].kind, RUN_TEXT);
	assert_int_equal(runs.items[3].kind, RUN_TEXT);
	runs_fini(&runs);
	flowed_read(bytes_of("--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"), fixed, &runs);
	assert_int_equal(runs.count, 2);
	assert_run(&runs, 1, 0, "9\n");
	runs_fini(&runs);
}

static void
what_a_mailbox_escaped_is_no_quote(void **state)
{
	struct runs runs;

	(void)state;
	flowed_read(bytes_of(">From here on\n> From here on"), fixed, &runs);
	assert_run(&runs, 0, 0, "From here on\n");
	assert_run(&runs, 1, 1, "From here on\n");
	runs_fini(&runs);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_are_counted_and_parted),
		cmocka_unit_test(flowed_lines_are_joined_at_their_depth),
		cmocka_unit_test(delsp_deletes_the_space_that_was_put_in),
		cmocka_unit_test(a_signature_ends_with_its_lines),
		cmocka_unit_test(what_a_mailbox_escaped_is_no_quote),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
