/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator_fixture.h - an annotator with docket's own data, and what it marks
 */
#ifndef TESTS_ANNOTATOR_FIXTURE_H
#define TESTS_ANNOTATOR_FIXTURE_H

#include "plugin_host.h"

struct fixture {
	void *self;
	struct docket_job job;
};

static inline int
fixture_set_up(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));

	fixture->self = mem_alloc(docket_plugin.self_size);
	host_open(SOURCE_FOLDER "/etc", "");
	assert_int_equal(docket_plugin.prepare(fixture->self), DOCKET_OK);
	*state = fixture;
	return 0;
}

static inline int
fixture_tear_down(void **state)
{
	struct fixture *fixture = *state;

	docket_plugin.close(fixture->self);
	free(fixture->self);
	free(fixture);
	return 0;
}

/* Begin a document in this language; NULL: it has none. */
static inline void
fixture_begin(struct fixture *fixture, const char *language)
{
	plugin_host_begin(&fixture->job, bytes_of(""), "text/plain");
	if (language)
		docket_put_field(&fixture->job, DOCKET_FIELD_LANGUAGE,
				 bytes_of(language));
}

static inline void
fixture_add(struct fixture *fixture, enum docket_block_kind kind,
	    enum docket_block_role role, const char *text)
{
	const struct docket_block block = { .kind = kind, .role = role };

	docket_open_block(&fixture->job, &block);
	docket_put_text(&fixture->job, bytes_of(text));
	docket_close_block(&fixture->job);
}

static inline void
fixture_annotate(struct fixture *fixture)
{
	job_settle(&fixture->job, "test", "1");
	assert_int_equal(
		docket_plugin.annotator->annotate(fixture->self, &fixture->job),
		DOCKET_OK);
	job_leave(&fixture->job);
	assert_null(fixture->job.stray);
}

/* The values of all marks of a kind, by "|"; to be freed. */
static inline char *
fixture_list(struct fixture *fixture, enum docket_mark_kind kind)
{
	struct buffer list = { 0 };

	for (size_t i = 0; i < docket_job_marks(&fixture->job); i++) {
		struct docket_mark mark = docket_job_mark(&fixture->job, i);

		assert_true(mark.start < mark.end);
		assert_true(mark.end <= docket_job_text(&fixture->job).size);
		if (mark.kind != kind)
			continue;
		if (list.size)
			buffer_put_string(&list, "|");
		buffer_put_bytes(&list, mark.value);
	}
	buffer_put(&list, "", 1);
	return list.data;
}

static inline void
fixture_assert(struct fixture *fixture, enum docket_mark_kind kind,
	       const char *expected)
{
	char *list = fixture_list(fixture, kind);

	assert_string_equal(list, expected);
	free(list);
}

/* A document of one paragraph; what of it is marked. */
static inline void
fixture_assert_text(struct fixture *fixture, const char *language,
		    const char *text, enum docket_mark_kind kind,
		    const char *expected)
{
	fixture_begin(fixture, language);
	fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_NONE, text);
	fixture_annotate(fixture);
	fixture_assert(fixture, kind, expected);
	job_end(&fixture->job);
}

#endif
