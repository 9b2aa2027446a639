/* SPDX-License-Identifier: Apache-2.0 */
/*
 * put.c - paragraphs into the record
 *
 * Writes blocks and their text to the host. A paragraph becomes one line:
 * white space in it becomes single spaces, soft hyphens go, and between its
 * lines a space is put unless the script or a hyphen says otherwise. Running
 * out of memory ends the process.
 */
#include "put.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"

/* ASCII that stands for itself, whatever is beside it. */
static bool
is_plain(char c)
{
	return c > ' ' && c < 0x7f;
}

static void
append(struct put_text *out, const char *data, size_t size)
{
	out->data =
		array_reserve(out->data, out->size + size, &out->capacity, 1);
	memcpy(out->data + out->size, data, size);
	out->size += size;
}

/* Past the white space at *at. One sign of it is kept as it is. */
static void
append_space(struct put_text *out, struct docket_bytes text, size_t *at)
{
	size_t start = *at;
	size_t count = 0;

	while (*at < text.size) {
		size_t next = *at;

		if (glyph_classify(glyph_next(text, &next)) != GLYPH_SPACE)
			break;
		*at = next;
		count++;
	}
	if (count == 1 && (unsigned char)text.data[start] >= 0x80)
		append(out, text.data + start, *at - start);
	else
		append(out, " ", 1);
}

static void
append_line(struct put_text *out, struct docket_bytes text)
{
	for (size_t at = 0; at < text.size;) {
		size_t start = at;
		int32_t c;

		while (at < text.size && is_plain(text.data[at]))
			at++;
		if (at > start) {
			append(out, text.data + start, at - start);
			continue;
		}
		c = glyph_next(text, &at);
		if (glyph_is_dropped(c))
			continue;
		if (glyph_classify(c) == GLYPH_SPACE) {
			at = start;
			append_space(out, text, &at);
		} else {
			append(out, text.data + start, at - start);
		}
	}
}

static bool
is_wide_at(struct docket_bytes text, bool is_end)
{
	size_t at = is_end ? text.size : 0;

	if (!text.size)
		return false;
	return glyph_is_wide(is_end ? glyph_previous(text, &at)
				    : glyph_next(text, &at));
}

/* Does a line break stand for a space? */
static bool
needs_space(const struct lines *lines, const struct line *line,
	    const struct line *next)
{
	if (line->closing == CLOSING_SOFT)
		return false;
	if (line->closing == CLOSING_HYPHEN &&
	    (next->opening == GLYPH_DIGIT || glyph_is_letter(next->opening)))
		return false;
	return !is_wide_at(line_text(lines, line), true) &&
	       !is_wide_at(line_text(lines, next), false);
}

void
put_paragraph_text(const struct paragraphs *paragraphs,
		   const struct paragraph *paragraph, struct put_text *out)
{
	const struct lines *lines = paragraphs->lines;
	const struct line *before = NULL;

	for (size_t i = 0; i < paragraph->count; i++) {
		const struct line *line =
			paragraph_line(paragraphs, paragraph, i);
		struct docket_bytes text = line_text(lines, line);

		if (before && needs_space(lines, before, line))
			append(out, " ", 1);
		if (!before) {
			text.data += paragraph->skipped;
			text.size -= paragraph->skipped;
		}
		if (line->flags & LINE_TIDY)
			append(out, text.data, text.size);
		else
			append_line(out, text);
		before = line;
	}
}

/*
 * Empty lines tell headings from lists, and one list from the next: where there
 * were some, one stays.
 */
static bool
is_behind_gap(const struct paragraphs *paragraphs,
	      const struct paragraph *paragraph)
{
	return paragraph != paragraphs->items &&
	       paragraph_line(paragraphs, paragraph, 0)->blanks > 0;
}

static void
put_block(struct docket_job *job, const struct paragraphs *paragraphs,
	  const struct paragraph *paragraph, struct put_text *text)
{
	const struct docket_block list = { .kind = DOCKET_BLOCK_LIST };
	struct docket_block block = {
		.kind = (enum docket_block_kind)paragraph->kind,
		.level = paragraph->level,
		.number = { paragraphs->lines->text.data + paragraph->number,
			    paragraph->number_size },
	};

	text->size = 0;
	put_paragraph_text(paragraphs, paragraph, text);
	if (paragraph->opens_list)
		docket_open_block(job, &list);
	docket_open_block(job, &block);
	docket_put_text(job, (struct docket_bytes){ text->data, text->size });
	docket_close_block(job);
	if (paragraph->closes_list)
		docket_close_block(job);
}

void
put_paragraphs(struct docket_job *job, const struct paragraphs *paragraphs)
{
	struct put_text text = { 0 };
	bool is_in_list = false;
	unsigned page = 0;

	for (size_t i = 0; i < paragraphs->count; i++) {
		const struct paragraph *paragraph = &paragraphs->items[i];

		if (!is_in_list && is_behind_gap(paragraphs, paragraph))
			docket_put_text(job, (struct docket_bytes){ "\n", 1 });

		if (paragraphs->lines->has_pages &&
		    paragraph->page + 1u != page) {
			page = paragraph->page + 1u;
			docket_put_page(job, page);
		}
		put_block(job, paragraphs, paragraph, &text);
		is_in_list = (is_in_list || paragraph->opens_list) &&
			     !paragraph->closes_list;
	}
	free(text.data);
}
