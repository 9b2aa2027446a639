/* SPDX-License-Identifier: Apache-2.0 */
/*
 * markdown.c - the little of Markdown that shows in a document's structure
 *
 * Pure but for what it marks. Headings by number signs, lists, front matter,
 * and that lines without an empty one between them are one paragraph;
 * everything else of Markdown reads well enough as text. Running out of memory
 * ends the process.
 */
#include "markdown.h"

#include <string.h>

#include "array.h"
#include "join.h"

#define LEVELS_LIMIT 6

static bool
is_escape(struct docket_bytes text, size_t at)
{
	char next = at + 1 < text.size ? text.data[at + 1] : '\0';

	return text.data[at] == '\\' && next > ' ' && next < 0x7f &&
	       strchr(".-()[]*_+!`{}<>|\\", next);
}

char *
markdown_unescape(struct docket_bytes text, size_t *out_size)
{
	char *out = array_new(text.size, 1);
	size_t size = 0;

	for (size_t at = 0; at < text.size; at++) {
		at += is_escape(text, at);
		out[size++] = text.data[at];
	}
	*out_size = size;
	return out;
}

static bool
is_fence(const struct lines *lines, const struct line *line)
{
	struct docket_bytes text = line_text(lines, line);

	return text.size == 3 && memcmp(text.data, "---", 3) == 0;
}

void
markdown_mark(struct lines *lines)
{
	size_t end = 1;

	if (!lines->count || lines->items[0].start != 0 ||
	    !is_fence(lines, &lines->items[0]))
		return;
	while (end < lines->count && !is_fence(lines, &lines->items[end]))
		end++;
	for (size_t i = 0; end < lines->count && i <= end; i++)
		lines->items[i].flags |= LINE_FURNITURE;
}

static struct docket_bytes
unquote(struct docket_bytes text)
{
	while (text.size && text.data[0] == ' ') {
		text.data++;
		text.size--;
	}
	if (text.size < 2 || text.data[0] != text.data[text.size - 1] ||
	    !strchr("'\"", text.data[0]))
		return text;
	return (struct docket_bytes){ text.data + 1, text.size - 2 };
}

struct docket_bytes
markdown_find_title(const struct lines *lines)
{
	static const char key[] = "title:";
	size_t size = sizeof(key) - 1;

	for (size_t i = 1;
	     i < lines->count && lines->items[i].flags & LINE_FURNITURE &&
	     !is_fence(lines, &lines->items[i]);
	     i++) {
		struct docket_bytes text = line_text(lines, &lines->items[i]);

		if (lines->items[i].indent || text.size <= size ||
		    memcmp(text.data, key, size) != 0)
			continue;
		/* what is indented goes on with it */
		while (i + 1 < lines->count && lines->items[i + 1].indent)
			i++;
		text.size = lines->items[i].end -
			    (size_t)(text.data - lines->text.data);
		text.data += size;
		text.size -= size;
		return unquote(text);
	}
	return (struct docket_bytes){ 0 };
}

/* "## Title": 2; 0 if it is no heading. */
static unsigned
read_heading(struct docket_bytes line)
{
	unsigned level = 0;

	while (level < line.size && line.data[level] == '#')
		level++;
	return level <= LEVELS_LIMIT && level < line.size &&
			       line.data[level] == ' '
		       ? level
		       : 0;
}

static bool
goes_on(const struct lines *lines, const struct line *line,
	const struct line *next)
{
	unsigned apart = LINE_FURNITURE | LINE_BARE;

	return !next->blanks && !((line->flags | next->flags) & apart) &&
	       !next->marker.kind && !read_heading(line_text(lines, line)) &&
	       !read_heading(line_text(lines, next));
}

void
markdown_judge_lines(const struct lines *lines, uint8_t *out_joins)
{
	for (size_t i = 0; i < lines->count; i++) {
		const struct line *next = &lines->items[i];

		out_joins[i] = i && goes_on(lines, next - 1, next) ? JOIN_SURELY
								   : JOIN_NEVER;
	}
}

void
markdown_find_headings(struct paragraphs *paragraphs)
{
	for (size_t i = 0; i < paragraphs->count; i++) {
		struct paragraph *paragraph = &paragraphs->items[i];
		const struct line *line =
			paragraph_line(paragraphs, paragraph, 0);
		unsigned level =
			read_heading(line_text(paragraphs->lines, line));

		if (paragraph->kind == DOCKET_BLOCK_PARAGRAPH && level) {
			paragraph->kind = DOCKET_BLOCK_HEADING;
			paragraph->level = (uint8_t)level;
			paragraph->skipped = (uint8_t)(level + 1);
		} else if (paragraph->kind == DOCKET_BLOCK_ITEM &&
			   line->marker.kind == MARKER_BULLET) {
			paragraph->skipped = line->marker.size;
		}
	}
}
