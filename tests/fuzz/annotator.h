/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator.h - an annotator on strangers' text, with docket's own data
 *
 * The text is put as paragraphs with roles by turns, with running heads within
 * them, and with some of its words marked as names, so that an annotator meets
 * what the ones before it leave. Whatever comes, a mark lies in the text, on
 * whole characters, and has a value.
 */
#ifndef TESTS_FUZZ_ANNOTATOR_H
#define TESTS_FUZZ_ANNOTATOR_H

#include <docket/annotator.h>

#include <assert.h>
#include <string.h>

#include "../../daemon/worker/host.h"
#include "../../daemon/worker/job.h"
#include "escape.h"
#include "fuzz.h"
#include "mem.h"

extern const struct docket_plugin docket_plugin;

static inline void *
annotator_open(const char *data_folder)
{
	static void *self;

	if (self)
		return self;
	self = mem_alloc(docket_plugin.self_size);
	host_open(data_folder, "");
	assert(docket_plugin.prepare(self) == DOCKET_OK);
	return self;
}

static inline void
annotator_put(struct docket_job *job, const uint8_t *data, size_t size)
{
	static const char *const codes[] = { "ar", "en", "es", "fr",
					     "ru", "zh", "xx", "" };
	struct docket_block block = { .kind = DOCKET_BLOCK_PARAGRAPH };

	docket_put_field(job, DOCKET_FIELD_LANGUAGE,
			 bytes_of(codes[size % ARRAY_SIZE(codes)]));
	for (size_t at = 0; at < size;) {
		const uint8_t *end = memchr(data + at, '\n', size - at);
		size_t count = end ? (size_t)(end - data) + 1 - at : size - at;

		block.role = (enum docket_block_role)(at % DOCKET_ROLE_COUNT);
		block.kind = at % 5 == 4 ? DOCKET_BLOCK_LINE
					 : DOCKET_BLOCK_PARAGRAPH;
		docket_open_block(job, &block);
		docket_put_text(job, (struct docket_bytes){
					     (const char *)data + at, count });
		if (at % 3)
			docket_close_block(job);
		at += count;
	}
}

/* Some words, as names. */
static inline void
annotator_mark(struct docket_job *job)
{
	size_t size = docket_job_text(job).size;

	for (size_t at = 7; at + 9 < size; at += 31) {
		const struct docket_mark mark = {
			.start = (uint32_t)at,
			.end = (uint32_t)at + 9,
			.kind = DOCKET_MARK_ORGANISATION,
			.value = bytes_of("x"),
			.uri = bytes_of("/akn/ontology/organization/x"),
		};

		docket_put_mark(job, &mark);
	}
}

static inline void
annotator_check(const struct docket_job *job, size_t first)
{
	struct docket_bytes text = docket_job_text(job);

	for (size_t i = first; i < docket_job_marks(job); i++) {
		struct docket_mark mark = docket_job_mark(job, i);

		assert(mark.start < mark.end && mark.end <= text.size);
		assert(escape_is_utf8((struct docket_bytes){
			text.data + mark.start, mark.end - mark.start }));
		assert(mark.value.size > 0 && escape_is_utf8(mark.value));
	}
}

static inline void
annotator_run(const char *data_folder, const uint8_t *data, size_t size)
{
	void *self = annotator_open(data_folder);
	struct docket_job job = {
		.name = bytes_of("text"),
		.media_type = bytes_of("text/plain"),
	};
	size_t first;

	job_begin(&job, 0);
	job_enter(&job, docket_plugin.name);
	annotator_put(&job, data, size);
	job_settle(&job, "fuzz", "1");
	annotator_mark(&job);
	first = docket_job_marks(&job);
	assert(docket_plugin.annotator->annotate(self, &job) == DOCKET_OK);
	annotator_check(&job, first);
	job_leave(&job);
	assert(!job.stray);
	job_end(&job);
}

#endif
