/* SPDX-License-Identifier: Apache-2.0 */
/* test_kept.c - what annotators keep of a document */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "job.h"
#include "mem.h"

struct value {
	int *released;
	int order; /* of its release; 0: not yet */
};

static void
release(void *data)
{
	struct value *value = data;

	value->order = ++*value->released;
}

static void
begin(struct docket_job *job)
{
	*job = (struct docket_job){ .media_type = bytes_of("text/plain") };
	job_begin(job, 0);
	job_settle(job, "text", "1");
}

static void
value_is_lent_by_its_name_until_the_document_is_done_with(void **state)
{
	int released = 0;
	struct value first = { &released, 0 }, second = { &released, 0 };
	struct docket_job job;

	(void)state;
	begin(&job);
	assert_null(docket_job_kept(&job, "first"));
	assert_ptr_equal(docket_job_keep(&job, "first", &first, release),
			 &first);
	assert_ptr_equal(docket_job_keep(&job, "second", &second, release),
			 &second);
	assert_ptr_equal(docket_job_kept(&job, "first"), &first);
	assert_ptr_equal(docket_job_kept(&job, "second"), &second);
	docket_clear_structure(&job);
	assert_ptr_equal(docket_job_kept(&job, "first"), &first);
	assert_int_equal(released, 0);
	job_end(&job);
	assert_int_equal(second.order, 1);
	assert_int_equal(first.order, 2);
}

static void
next_document_begins_without(void **state)
{
	int released = 0;
	struct value value = { &released, 0 };
	struct docket_job job;

	(void)state;
	begin(&job);
	docket_job_keep(&job, "value", &value, release);
	job_begin(&job, 0);
	assert_int_equal(released, 1);
	assert_null(docket_job_kept(&job, "value"));
	job_end(&job);
	assert_int_equal(released, 1);
}

static void
what_cannot_be_kept_stays_the_callers(void **state)
{
	int released = 0;
	struct value value = { &released, 0 };
	char name[KEPT_NAME + 1] = "";
	struct docket_job job;

	(void)state;
	begin(&job);
	memset(name, 'x', KEPT_NAME);
	assert_null(docket_job_keep(&job, name, &value, release));
	for (int i = 0; i < KEPT_MAX; i++) {
		snprintf(name, sizeof(name), "%d", i);
		assert_non_null(docket_job_keep(&job, name, &value, release));
		assert_null(docket_job_keep(&job, name, &value, release));
	}
	assert_null(docket_job_keep(&job, "more", &value, release));
	job_end(&job);
	assert_int_equal(released, KEPT_MAX);
}

static void
parser_keeps_nothing(void **state)
{
	int released = 0;
	struct value value = { &released, 0 };
	struct docket_job job = { .media_type = bytes_of("text/plain") };

	(void)state;
	job_begin(&job, 0);
	assert_null(docket_job_keep(&job, "value", &value, release));
	assert_non_null(job.stray);
	job_end(&job);
	assert_int_equal(released, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			value_is_lent_by_its_name_until_the_document_is_done_with),
		cmocka_unit_test(next_document_begins_without),
		cmocka_unit_test(what_cannot_be_kept_stays_the_callers),
		cmocka_unit_test(parser_keeps_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
