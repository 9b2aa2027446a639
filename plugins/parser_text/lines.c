/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lines.c - text as lines
 *
 * Owns the array of lines; lends the text. Every byte is looked at once.
 * Running out of memory ends the process.
 */
#include "lines.h"

#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "measure.h"

#define TAB_COLUMNS 8
#define INDENT_LIMIT 4096

struct line *
lines_add(struct lines *lines, size_t start, size_t end, unsigned column)
{
	struct line *line;

	lines->items = array_reserve(lines->items, lines->count + 1,
				     &lines->capacity, sizeof(*line));
	line = &lines->items[lines->count++];
	*line = (struct line){
		.start = (uint32_t)start,
		.end = (uint32_t)end,
		.indent = (uint16_t)column,
	};
	measure_line(line_text(lines, line), line);
	return line;
}

/* ---- splitting ---- */

struct splitter {
	struct lines *lines;
	size_t at;
	unsigned blanks; /* since the last line that was not empty */
	unsigned page;
	bool has_feed; /* a form feed since then */
};

static bool
is_space(struct docket_bytes text, size_t at)
{
	return glyph_classify(glyph_next(text, &at)) == GLYPH_SPACE;
}

/* A top bit of each byte that is less than `limit`; those above may be wrong. */
static uint64_t
find_less(uint64_t bytes, unsigned char limit)
{
	const uint64_t each = UINT64_C(0x0101010101010101);

	return (bytes - limit * each) & ~bytes & 0x80 * each;
}

/* May a line end within these eight bytes? 0xc2 and 0xe2 begin its other ends. */
static bool
may_end(uint64_t bytes)
{
	const uint64_t each = UINT64_C(0x0101010101010101);

	return find_less(bytes, '\r' + 1) | find_less(bytes ^ 0xc2 * each, 1) |
	       find_less(bytes ^ 0xe2 * each, 1);
}

static bool
is_end(struct docket_bytes text, size_t at)
{
	const unsigned char *data = (const unsigned char *)text.data + at;
	size_t left = text.size - at;

	if (data[0] <= '\r')
		return data[0] >= '\n';
	/* Next line; line and paragraph separator. */
	if (data[0] == 0xc2)
		return left >= 2 && data[1] == 0x85;
	return data[0] == 0xe2 && left >= 3 && data[1] == 0x80 &&
	       (data[2] & 0xfe) == 0xa8;
}

/*
 * Where the line that begins at `at` ends; form feeds end lines too. Eight
 * bytes at a time, but for those that an end may be in.
 */
static size_t
find_end(struct docket_bytes text, size_t at)
{
	uint64_t bytes;

	while (at < text.size) {
		size_t stop = text.size;

		if (text.size - at >= sizeof(bytes)) {
			memcpy(&bytes, text.data + at, sizeof(bytes));
			stop = at + sizeof(bytes);
			if (!may_end(bytes))
				at = stop;
		}
		for (; at < stop; at++)
			if (is_end(text, at))
				return at;
	}
	return at;
}

/* Past the line end at `at`. */
static size_t
skip_end(struct docket_bytes text, size_t at)
{
	unsigned char c = (unsigned char)text.data[at];

	if (c == 0xc2 || c == 0xe2)
		return at + (c == 0xc2 ? 2 : 3);
	if (c == '\r' && at + 1 < text.size && text.data[at + 1] == '\n')
		return at + 2;
	return at + 1;
}

/* Past the white space a line begins with; what it is wide. */
static unsigned
skip_indent(struct docket_bytes text, size_t *start, size_t end)
{
	unsigned column = 0;

	while (*start < end && is_space(text, *start)) {
		int32_t c = glyph_next(text, start);

		if (column >= INDENT_LIMIT)
			continue;
		if (c == '\t')
			column += TAB_COLUMNS - column % TAB_COLUMNS;
		else
			column += glyph_columns(c);
	}
	return column;
}

static size_t
trim_end(struct docket_bytes text, size_t start, size_t end)
{
	while (end > start) {
		size_t at = end;

		if (glyph_classify(glyph_previous(text, &at)) != GLYPH_SPACE)
			break;
		end = at;
	}
	return end;
}

static void
add_line(struct splitter *splitter, size_t start, size_t end)
{
	struct docket_bytes text = splitter->lines->text;
	unsigned column = skip_indent(text, &start, end);
	struct line *line;

	end = trim_end(text, start, end);
	if (start == end) {
		splitter->blanks += splitter->blanks < UINT16_MAX;
		return;
	}
	line = lines_add(splitter->lines, start, end, column);
	line->blanks = (uint16_t)splitter->blanks;
	line->page = (uint16_t)splitter->page;
	if (splitter->has_feed)
		line->flags |= LINE_NEW_PAGE;
	splitter->blanks = 0;
	splitter->has_feed = false;
}

static void
end_page(struct splitter *splitter)
{
	splitter->has_feed = true;
	splitter->page += splitter->page < UINT16_MAX;
	splitter->lines->has_pages = true;
}

bool
lines_split(struct docket_bytes text, struct lines *out_lines)
{
	struct lines lines = { .text = text };
	struct splitter splitter = { .lines = &lines };

	while (splitter.at < text.size && lines.count < LINES_LIMIT) {
		size_t end = find_end(text, splitter.at);
		bool is_feed = end < text.size && text.data[end] == '\f';

		/* Nothing between a line's end and a feed is no empty line. */
		if (end > splitter.at || !is_feed)
			add_line(&splitter, splitter.at, end);
		if (is_feed)
			end_page(&splitter);
		splitter.at = end < text.size ? skip_end(text, end) : end;
	}
	if (splitter.at < text.size) {
		lines_fini(&lines);
		return false;
	}
	*out_lines = lines;
	return true;
}

void
lines_fini(struct lines *lines)
{
	free(lines->items);
	*lines = (struct lines){ 0 };
}
