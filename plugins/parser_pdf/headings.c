/* SPDX-License-Identifier: Apache-2.0 */
/*
 * headings.c - paragraphs that stand out
 *
 * Short ones that are larger or bolder than the text, or in capitals in the
 * middle, and do not end as a sentence does. Each way of standing out is a
 * level. Running out of memory ends the process.
 */
#include "headings.h"

#include <math.h>

#include "array.h"
#include "letters.h"

/* In parts of the usual size. */
#define LARGE 1.12f
#define GLYPHS_LIMIT 240u
#define LINES_LIMIT 5u
#define LEVELS_LIMIT 6u
#define STYLES_LIMIT 64u

/* The larger the more a heading stands out: size first, then weight ... */
static uint32_t
find_style(const struct paragraph *paragraph, const struct line *line)
{
	uint32_t style = (uint32_t)fminf(roundf(line->font * 2), 1000) << 4;

	style |= line->flags & LINE_BOLD ? 8 : 0;
	style |= line->flags & LINE_CAPS ? 4 : 0;
	style |= paragraph->is_centred ? 2 : 0;
	style |= line->flags & LINE_ITALIC ? 0 : 1;
	return style;
}

static bool
has_letters(const struct document *document, const struct line *line)
{
	const char *text = document->text + line->text;
	size_t letters = 0;

	for (size_t at = line->label; at < line->size;)
		letters += letter_is_alphabetic(
			letter_next(text, line->size, &at));
	return letters > 1;
}

static bool
ends_as_text(uint32_t c)
{
	return c == '.' || c == ';' || c == ',' || c == ':' || c == 0x3002 ||
	       c == 0xff1b || c == 0xff0c || c == 0x61b || c == 0x60c;
}

static bool
stands_out(const struct document *document, const struct paragraph *paragraph,
	   const struct line *line)
{
	bool is_bold = line->flags & LINE_BOLD && !document->body_style;

	return is_bold || line->font >= LARGE * document->body ||
	       (line->flags & LINE_CAPS && paragraph->is_centred);
}

static bool
is_heading(const struct paragraphs *paragraphs,
	   const struct paragraph *paragraph)
{
	const struct document *document = paragraphs->document;
	uint32_t glyphs = 0;
	bool is_any = false;

	if (paragraph->kind != LINE_BODY || paragraph->count > LINES_LIMIT ||
	    ends_as_text(document->lines[paragraph->last].last))
		return false;
	for (uint32_t i = paragraph->first; i != PARAGRAPH_NONE;
	     i = paragraphs->next[i]) {
		const struct line *line = &document->lines[i];

		if (line->flags & LINE_TABULAR ||
		    !stands_out(document, paragraph, line))
			return false;
		is_any |= has_letters(document, line);
		glyphs += line->glyphs;
	}
	return is_any && glyphs <= GLYPHS_LIMIT;
}

static int
compare_styles(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x < y) - (x > y);
}

static uint32_t
add_style(uint32_t *styles, uint32_t count, uint32_t style)
{
	for (uint32_t i = 0; i < count; i++)
		if (styles[i] == style)
			return count;
	if (count < STYLES_LIMIT)
		styles[count++] = style;
	return count;
}

static uint32_t
find_level(const uint32_t *styles, uint32_t count, uint32_t style)
{
	uint32_t level = 1;

	while (level < count && styles[level - 1] > style)
		level++;
	return level < LEVELS_LIMIT ? level : LEVELS_LIMIT;
}

void
headings_find(struct paragraphs *paragraphs)
{
	const struct line *lines = paragraphs->document->lines;
	uint32_t styles[STYLES_LIMIT];
	uint32_t count = 0;

	for (size_t i = 0; i < paragraphs->count; i++) {
		struct paragraph *item = &paragraphs->items[i];

		item->heading = is_heading(paragraphs, item);
		if (item->heading)
			count = add_style(
				styles, count,
				find_style(item, &lines[item->first]));
	}
	qsort(styles, count, sizeof(*styles), compare_styles);
	for (size_t i = 0; i < paragraphs->count; i++) {
		struct paragraph *item = &paragraphs->items[i];

		if (item->heading)
			item->heading = find_level(
				styles, count,
				find_style(item, &lines[item->first]));
	}
}
