/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plugin_host.h - the plugin under test, and a job as docket-worker gives it
 *
 * The host's functions are the real ones. docket_plugin is that of the one
 * plugin that the test is linked with.
 */
#ifndef TESTS_PLUGIN_HOST_H
#define TESTS_PLUGIN_HOST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <docket/parser.h>

#include "../../daemon/worker/host.h"
#include "../../daemon/worker/job.h"
#include "mem.h"

extern const struct docket_plugin docket_plugin;

static inline void
plugin_host_begin(struct docket_job *job, struct docket_bytes content,
		  const char *media_type)
{
	*job = (struct docket_job){
		.content = content,
		.name = bytes_of("document"),
		.media_type = bytes_of(media_type),
	};
	job_begin(job, 0);
	job_enter(job, docket_plugin.name);
}

/* The index-th value of a field is this one; NULL: there is none. */
static inline void
plugin_host_assert_field(const struct docket_job *job, enum docket_field field,
			 size_t index, const char *expected)
{
	struct docket_bytes value = docket_job_field(job, field, index);

	if (!expected) {
		assert_null(value.data);
		return;
	}
	assert_int_equal(value.size, strlen(expected));
	assert_memory_equal(value.data, expected, value.size);
}

static inline void
plugin_host_assert_text(const struct docket_job *job,
			const struct docket_block *block, const char *expected)
{
	struct docket_bytes text = docket_job_text(job);
	size_t size = strlen(expected);

	assert_true(block->end - block->start >= size);
	assert_memory_equal(text.data + block->start, expected, size);
}

#endif
