/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sink.c - text that runs, into one block of the record after the other
 *
 * Owns the text and the marks of the open block. A block without text is not
 * put, but for a cell, which keeps the others in their columns. Running out of
 * memory ends the process.
 */
#include "sink.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"

#define UNSET UINT32_MAX

static bool
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static void
append(struct sink *sink, const char *data, size_t size)
{
	sink->text = array_reserve(sink->text, sink->size + size,
				   &sink->capacity, 1);
	memcpy(sink->text + sink->size, data, size);
	sink->size += size;
}

static size_t
count_open(const struct sink *sink)
{
	return sink->open_count < SINK_MARKS ? sink->open_count : SINK_MARKS;
}

static bool
is_word(char c)
{
	return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Before the next character: white space, and marks that begin with it. */
static void
put_pending(struct sink *sink, char next)
{
	sink->has_space |= sink->is_parted && is_word(next);
	sink->is_parted = false;
	if (sink->size && sink->has_line)
		append(sink, "\n", 1);
	else if (sink->size && sink->has_space)
		append(sink, " ", 1);
	sink->has_line = sink->has_space = false;
	for (size_t i = 0; i < count_open(sink); i++)
		if (sink->open_marks[i].start == UNSET)
			sink->open_marks[i].start = (uint32_t)sink->size;
}

void
sink_put(struct sink *sink, struct docket_bytes text, bool is_preserved)
{
	for (size_t at = 0; at < text.size;) {
		size_t start = at;

		while (at < text.size && !is_space(text.data[at]))
			at++;
		if (at > start) {
			put_pending(sink, text.data[start]);
			append(sink, text.data + start, at - start);
			continue;
		}
		while (at < text.size && is_space(text.data[at]))
			at++;
		if (is_preserved && sink->size && !sink->has_line)
			append(sink, text.data + start, at - start);
		else
			sink->has_space = true;
	}
}

void
sink_put_note(struct sink *sink, struct docket_bytes label,
	      struct docket_bytes number, bool is_parted)
{
	const struct docket_mark mark = {
		.kind = DOCKET_MARK_NOTE,
		.value = number,
	};

	if (is_parted && sink->size && is_word(sink->text[sink->size - 1]))
		sink->has_space = true;
	sink_begin_mark(sink, &mark);
	sink_put(sink, label, false);
	sink_end_mark(sink);
	sink->is_parted = is_parted;
}

void
sink_break(struct sink *sink)
{
	sink->has_line = true;
}

/* ---- marks ---- */

static void
keep_mark(struct sink *sink, const struct docket_mark *mark)
{
	if (mark->start >= sink->size)
		return;
	sink->marks = array_reserve(sink->marks, sink->mark_count + 1,
				    &sink->mark_capacity, sizeof(*mark));
	sink->marks[sink->mark_count] = *mark;
	sink->marks[sink->mark_count++].end = (uint32_t)sink->size;
}

void
sink_begin_mark(struct sink *sink, const struct docket_mark *mark)
{
	if (sink->open_count < SINK_MARKS) {
		sink->open_marks[sink->open_count] = *mark;
		sink->open_marks[sink->open_count].start = UNSET;
	}
	sink->open_count++;
}

void
sink_end_mark(struct sink *sink)
{
	if (!sink->open_count)
		return;
	sink->open_count--;
	if (sink->open_count < SINK_MARKS && sink->is_open)
		keep_mark(sink, &sink->open_marks[sink->open_count]);
}

/* ---- blocks ---- */

static struct docket_bytes
copy(struct docket_bytes bytes, char out[SINK_STRING])
{
	if (bytes.size > SINK_STRING)
		bytes.size = SINK_STRING;
	if (bytes.size)
		memcpy(out, bytes.data, bytes.size);
	return (struct docket_bytes){ out, bytes.size };
}

void
sink_open(struct sink *sink, const struct docket_block *block)
{
	sink->block = *block;
	sink->block.number = copy(block->number, sink->number);
	sink->block.language = copy(block->language, sink->language);
	sink->is_open = true;
	sink->size = sink->mark_count = 0;
	sink->has_line = sink->has_space = sink->is_parted = false;
}

static void
put_marks(struct sink *sink, uint32_t offset)
{
	for (size_t i = 0; i < sink->mark_count; i++) {
		struct docket_mark mark = sink->marks[i];

		if (mark.end > sink->size)
			mark.end = (uint32_t)sink->size;
		mark.start += offset;
		mark.end += offset;
		if (mark.start < mark.end)
			docket_put_mark(sink->job, &mark);
	}
}

void
sink_close(struct sink *sink)
{
	uint32_t offset;

	if (!sink->is_open)
		return;
	for (size_t i = 0; i < count_open(sink); i++) {
		keep_mark(sink, &sink->open_marks[i]);
		sink->open_marks[i].start = UNSET;
	}
	sink->is_open = false;
	while (sink->size && is_space(sink->text[sink->size - 1]))
		sink->size--;
	if (!sink->size && sink->block.kind != DOCKET_BLOCK_CELL)
		return;
	sink->has_text |= sink->size > 0;
	docket_open_block(sink->job, &sink->block);
	offset = docket_put_text(
		sink->job, (struct docket_bytes){ sink->text, sink->size });
	docket_close_block(sink->job);
	put_marks(sink, offset);
}

void
sink_fini(struct sink *sink)
{
	free(sink->text);
	free(sink->marks);
	*sink = (struct sink){ 0 };
}
