/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_fixture.h - a record built and read, for the tests of record_*.c
 */
#ifndef TESTS_RECORD_FIXTURE_H
#define TESTS_RECORD_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "record.h"

#define RECORD_TEST(name) \
	cmocka_unit_test_setup_teardown(name, start_record, free_record)

static const struct record_limits ample = { 1 << 20, 100000, 1000, 1000 };

/* One record being built, and then read. */
struct fixture {
	struct record_builder *builder;
	struct buffer image;
	struct docket_record record;
};

static inline int
start_record(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));

	fixture->builder = record_builder_new(&ample);
	*state = fixture;
	return 0;
}

static inline int
free_record(void **state)
{
	struct fixture *fixture = *state;

	record_builder_free(fixture->builder);
	buffer_fini(&fixture->image);
	free(fixture);
	return 0;
}

static inline void
limit(struct fixture *fixture, struct record_limits limits)
{
	record_builder_free(fixture->builder);
	fixture->builder = record_builder_new(&limits);
}

static inline void
put(struct fixture *fixture, const char *text)
{
	record_put_text(fixture->builder, bytes_of(text));
}

static inline void
open_block(struct fixture *fixture, enum docket_block_kind kind,
	   const char *number)
{
	record_open_block(fixture->builder,
			  &(struct docket_block){ .kind = kind,
						  .number = bytes_of(number) });
}

static inline void
close_block(struct fixture *fixture)
{
	record_close_block(fixture->builder);
}

static inline void
put_block(struct fixture *fixture, enum docket_block_kind kind,
	  const char *number, const char *text)
{
	open_block(fixture, kind, number);
	put(fixture, text);
	close_block(fixture);
}

static inline void
open_part(struct fixture *fixture, enum docket_part_kind kind,
	  const char *number)
{
	record_open_part(fixture->builder,
			 &(struct docket_part){ .kind = kind,
						.number = bytes_of(number) });
}

static inline void
close_part(struct fixture *fixture)
{
	record_close_part(fixture->builder);
}

/* Finish; every record must open. */
static inline void
finish(struct fixture *fixture)
{
	buffer_fini(&fixture->image);
	record_finish(fixture->builder, &fixture->image);
	assert_int_equal(
		record_open(buffer_bytes(&fixture->image), &fixture->record),
		0);
}

static inline void
expect_bytes(struct docket_bytes bytes, const char *expected)
{
	auto_free char *text = mem_format("%.*s", (int)bytes.size, bytes.data);

	assert_string_equal(text, expected);
}

static inline void
expect_text(struct fixture *fixture, const char *expected)
{
	expect_bytes(docket_record_text(&fixture->record), expected);
}

/* Append "<anchor>[<text>]" and a space for each block. */
static inline void
list_blocks(struct fixture *fixture, struct buffer *out)
{
	const struct docket_record *record = &fixture->record;
	struct docket_bytes text = docket_record_text(record);

	for (size_t i = 0; i < docket_record_blocks(record); i++) {
		struct docket_block block = docket_record_block(record, i);

		buffer_put_bytes(out, block.anchor);
		buffer_format(out, "[%.*s] ", (int)(block.end - block.start),
			      text.data + block.start);
	}
}

static inline void
expect_blocks(struct fixture *fixture, const char *expected)
{
	auto_buffer struct buffer out = { 0 };

	list_blocks(fixture, &out);
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
}

/* "<anchor>:<start>-<end> " of each part. */
static inline void
expect_parts(struct fixture *fixture, const char *expected)
{
	auto_buffer struct buffer out = { 0 };

	for (size_t i = 0; i < docket_record_parts(&fixture->record); i++) {
		struct docket_part part =
			docket_record_part(&fixture->record, i);

		buffer_put_bytes(&out, part.anchor);
		buffer_format(&out, ":%u-%u ", part.start, part.end);
	}
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
}

static inline void
expect_pages(struct fixture *fixture, const char *expected)
{
	auto_buffer struct buffer out = { 0 };

	for (size_t i = 0; i < docket_record_blocks(&fixture->record); i++)
		buffer_format(&out, "%u ",
			      docket_record_block(&fixture->record, i).page);
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
}

static inline void
expect_warning(struct fixture *fixture, size_t index, const char *expected)
{
	expect_bytes(docket_record_field(&fixture->record, DOCKET_FIELD_WARNING,
					 index),
		     expected);
	assert_null(docket_record_field(&fixture->record, DOCKET_FIELD_WARNING,
					index + 1)
			    .data);
}

#endif
