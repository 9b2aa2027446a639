/* SPDX-License-Identifier: Apache-2.0 */
/*
 * job_outline.h - what a parser put, as lines that a test can compare
 *
 * A line for each part and block, as "heading 2 (IV): Text": kind, level,
 * number, role with "/", language with "@". Blocks in others are indented by a
 * dot each, line feeds in text are "|". Marks follow, as "note (1): text".
 */
#ifndef TESTS_JOB_OUTLINE_H
#define TESTS_JOB_OUTLINE_H

#include "plugin_host.h"
#include "record.h"

static inline void
job_outline_put_text(struct buffer *out, const struct docket_job *job,
		     uint32_t start, uint32_t end)
{
	struct docket_bytes text = docket_job_text(job);

	for (uint32_t i = start; i < end; i++)
		buffer_put(out, text.data[i] == '\n' ? "|" : text.data + i, 1);
}

static inline void
job_outline_put_note(struct buffer *out, const char *before,
		     struct docket_bytes value, const char *after)
{
	if (value.size)
		buffer_format(out, "%s%.*s%s", before, (int)value.size,
			      value.data, after);
}

static inline void
job_outline_put_block(struct buffer *out, const struct docket_job *job,
		      size_t index, size_t depth)
{
	struct docket_block block = docket_job_block(job, index);
	bool is_container = block.kind == DOCKET_BLOCK_LIST ||
			    block.kind == DOCKET_BLOCK_TABLE ||
			    block.kind == DOCKET_BLOCK_ROW;

	for (size_t i = 0; i < depth; i++)
		buffer_put_string(out, ".");
	buffer_put_string(out, record_block_kind_name(block.kind));
	if (block.level)
		buffer_format(out, " %u", block.level);
	job_outline_put_note(out, " (", block.number, ")");
	if (block.role)
		buffer_format(out, "/%s", record_block_role_name(block.role));
	job_outline_put_note(out, "@", block.language, "");
	if (!is_container) {
		buffer_put_string(out, ": ");
		job_outline_put_text(out, job, block.start, block.end);
	}
	buffer_put_string(out, "\n");
}

static inline void
job_outline_put_part(struct buffer *out, const struct docket_job *job,
		     size_t index)
{
	struct docket_part part = docket_job_part(job, index);

	buffer_format(out, "= %s", record_part_kind_name(part.kind));
	job_outline_put_note(out, " (", part.number, ")");
	job_outline_put_note(out, " \"", part.title, "\"");
	buffer_put_string(out, "\n");
}

/* Blocks, and before each the parts that begin with it. */
static inline void
job_outline_put_blocks(struct buffer *out, const struct docket_job *job)
{
	uint32_t ends[64];
	size_t depth = 0;
	size_t part = 0;

	for (size_t i = 0; i < docket_job_blocks(job); i++) {
		struct docket_block block = docket_job_block(job, i);

		while (depth && ends[depth - 1] <= block.start)
			depth--;
		while (part < docket_job_parts(job) &&
		       docket_job_part(job, part).start <= block.start)
			job_outline_put_part(out, job, part++);
		job_outline_put_block(out, job, i, depth);
		ends[depth++] =
			block.end > block.start ? block.end : block.start + 1;
	}
}

static inline void
job_outline_put_marks(struct buffer *out, const struct docket_job *job)
{
	for (size_t i = 0; i < docket_job_marks(job); i++) {
		struct docket_mark mark = docket_job_mark(job, i);

		buffer_put_string(out, record_mark_kind_name(mark.kind));
		job_outline_put_note(out, " (", mark.value, ")");
		job_outline_put_note(out, " <", mark.uri, ">");
		buffer_put_string(out, ": ");
		job_outline_put_text(out, job, mark.start, mark.end);
		buffer_put_string(out, "\n");
	}
}

/* The caller's, to be freed. */
static inline char *
job_outline(const struct docket_job *job)
{
	struct buffer out = { 0 };

	job_outline_put_blocks(&out, job);
	job_outline_put_marks(&out, job);
	buffer_put(&out, "", 1);
	return out.data;
}

#endif
