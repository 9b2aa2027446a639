/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lists.c - which paragraphs are the items of lists
 *
 * Pure but for the kinds, levels and numbers it gives. Two labels in a row
 * make a list; how deep an item lies follows from the labels seen so far: one
 * written as an earlier one is on its level, another one is a level below.
 * Short lines without labels are a list only behind prose (before it they are
 * a masthead) and if there are several.
 */
#include "lists.h"

/* Labels in a row, bare lines in a row that make a list. */
#define ITEMS_MINIMUM 2
#define BARE_MINIMUM 5
#define LEVELS_LIMIT 8
/* Text as wide as this is prose. */
#define PROSE_COLUMNS 100
/* Further to the right are signatures. */
#define FAR_COLUMNS 16

/* ---- levels ---- */

struct level {
	struct marker marker; /* the last on it */
	char label;	      /* its first byte */
};

struct levels {
	struct level items[LEVELS_LIMIT];
	size_t count;
};

/* (h) and then (i): the letter, not the number. */
static bool
is_successor(const struct level *level, const struct level *next)
{
	return level->marker.label_size == 1 && next->marker.label_size == 1 &&
	       next->label == level->label + 1;
}

static bool
is_alike(const struct level *level, const struct level *next)
{
	unsigned style = next->marker.style;

	if (level->marker.kind != next->marker.kind ||
	    level->marker.closer != next->marker.closer)
		return false;
	if (style == MARKER_OTHER)
		return level->marker.value == next->marker.value;
	if (level->marker.style == MARKER_LETTER && style == MARKER_ROMAN)
		return is_successor(level, next);
	/* A list that begins with (c) or (d) was taken for a number. */
	if (level->marker.style == MARKER_ROMAN && style == MARKER_LETTER)
		return is_successor(level, next);
	return level->marker.style == style;
}

static unsigned
find_level(struct levels *levels, const struct level *next)
{
	for (size_t i = levels->count; i-- > 0;) {
		struct level *level = &levels->items[i];
		unsigned style = level->marker.style;

		if (!is_alike(level, next))
			continue;
		*level = *next;
		if (next->marker.style == MARKER_ROMAN)
			level->marker.style = (uint8_t)style;
		levels->count = i + 1;
		return (unsigned)i + 1;
	}
	if (levels->count < LEVELS_LIMIT)
		levels->count++;
	levels->items[levels->count - 1] = *next;
	return (unsigned)levels->count;
}

/* ---- labelled lists ---- */

static bool
is_labelled(const struct paragraphs *paragraphs, size_t at)
{
	const struct paragraph *paragraph = &paragraphs->items[at];
	const struct line *line = paragraph_line(paragraphs, paragraph, 0);

	return paragraph->kind == DOCKET_BLOCK_PARAGRAPH && !paragraph->level &&
	       (line->marker.kind == MARKER_ITEM ||
		line->marker.kind == MARKER_BULLET);
}

/* What page breaks put between items. */
static bool
is_between(const struct paragraphs *paragraphs, size_t at)
{
	const struct paragraph *paragraph = &paragraphs->items[at];
	const struct line *line = paragraph_line(paragraphs, paragraph, 0);

	return paragraph->kind == DOCKET_BLOCK_LINE ||
	       paragraph->kind == DOCKET_BLOCK_FOOTNOTE ||
	       (line->flags & LINE_WORDLESS && !line->marker.kind);
}

static void
make_item(const struct paragraphs *paragraphs, struct paragraph *paragraph,
	  struct levels *levels)
{
	const struct line *line = paragraph_line(paragraphs, paragraph, 0);
	struct level next = {
		.marker = line->marker,
		.label = paragraphs->lines->text
				 .data[line->start + line->marker.label],
	};

	paragraph->kind = DOCKET_BLOCK_ITEM;
	paragraph->level = (uint8_t)find_level(levels, &next);
	paragraph->number = line->start + line->marker.label;
	paragraph->number_size = line->marker.label_size;
}

static bool
is_item(const struct paragraphs *paragraphs, size_t at)
{
	return at < paragraphs->count &&
	       paragraphs->items[at].kind == DOCKET_BLOCK_ITEM;
}

/* A list opens and closes around items that are not parted by anything. */
static void
close_lists(struct paragraphs *paragraphs, size_t at, size_t end)
{
	for (size_t i = at; i < end; i++) {
		if (!is_item(paragraphs, i))
			continue;
		paragraphs->items[i].opens_list =
			i == at || !is_item(paragraphs, i - 1);
		paragraphs->items[i].closes_list =
			i + 1 == end || !is_item(paragraphs, i + 1);
	}
}

/* From the label at `at`; returns where the list has ended. */
static size_t
find_labelled(struct paragraphs *paragraphs, size_t at)
{
	struct levels levels = { 0 };
	size_t end = at;
	size_t count = 0;

	for (size_t i = at; i < paragraphs->count; i++) {
		if (is_labelled(paragraphs, i)) {
			count++;
			end = i + 1;
		} else if (!is_between(paragraphs, i)) {
			break;
		}
	}
	if (count < ITEMS_MINIMUM)
		return end;
	for (size_t i = at; i < end; i++)
		if (is_labelled(paragraphs, i))
			make_item(paragraphs, &paragraphs->items[i], &levels);
	close_lists(paragraphs, at, end);
	return end;
}

/* ---- lists without labels ---- */

static bool
may_be_bare(const struct paragraphs *paragraphs, size_t at, unsigned indent)
{
	const struct paragraph *paragraph = &paragraphs->items[at];
	const struct line *line = paragraph_line(paragraphs, paragraph, 0);
	const struct line *last =
		paragraph_line(paragraphs, paragraph, paragraph->count - 1u);
	char first = paragraphs->lines->text.data[line->start];

	return paragraph->kind == DOCKET_BLOCK_PARAGRAPH &&
	       paragraph->count <= 2 && !line->marker.kind && !line->gaps &&
	       line->indent == indent && indent < FAR_COLUMNS &&
	       line->width < PROSE_COLUMNS && first != '(' && first != '[' &&
	       line->opening != GLYPH_LOWER && line->opening != GLYPH_DIGIT &&
	       last->closing != CLOSING_SENTENCE &&
	       last->closing != CLOSING_PAUSE && !(line->flags & LINE_CELL);
}

/* Lines from `at` that may be a list; one of them has to be all there is. */
static size_t
find_bare(const struct paragraphs *paragraphs, size_t at)
{
	const struct line *line =
		paragraph_line(paragraphs, &paragraphs->items[at], 0);
	unsigned indent = line->indent;
	size_t end = at;

	while (end < paragraphs->count &&
	       may_be_bare(paragraphs, end, indent)) {
		if (end > at &&
		    paragraph_line(paragraphs, &paragraphs->items[end], 0)
			    ->blanks)
			break;
		end++;
	}
	if (end == at || end == paragraphs->count)
		return end;
	line = paragraph_line(paragraphs, &paragraphs->items[end], 0);
	return line->blanks || line->indent > indent ||
			       line->flags & LINE_NEW_PAGE
		       ? end
		       : at;
}

static void
make_bare_list(struct paragraphs *paragraphs, size_t at, size_t end)
{
	for (size_t i = at; i < end; i++) {
		paragraphs->items[i].kind = DOCKET_BLOCK_ITEM;
		paragraphs->items[i].level = 1;
	}
	close_lists(paragraphs, at, end);
}

static bool
is_prose(const struct paragraphs *paragraphs, size_t at)
{
	const struct paragraph *paragraph = &paragraphs->items[at];
	const struct line *line = paragraph_line(paragraphs, paragraph, 0);
	const struct line *last =
		paragraph_line(paragraphs, paragraph, paragraph->count - 1u);

	return last->closing == CLOSING_SENTENCE &&
	       (paragraph->count > 1 || line->width >= PROSE_COLUMNS);
}

static bool
begins_group(const struct paragraphs *paragraphs, size_t at)
{
	const struct line *line =
		paragraph_line(paragraphs, &paragraphs->items[at], 0);
	const struct line *before =
		at ? paragraph_line(paragraphs, &paragraphs->items[at - 1], 0)
		   : line;

	return line->blanks || line->flags & LINE_NEW_PAGE ||
	       line->indent != before->indent;
}

void
lists_find(struct paragraphs *paragraphs)
{
	bool has_prose = false;
	size_t at = 0;

	while (at < paragraphs->count) {
		size_t end = at;

		if (is_labelled(paragraphs, at)) {
			end = find_labelled(paragraphs, at);
		} else if (has_prose && begins_group(paragraphs, at)) {
			end = find_bare(paragraphs, at);
			if (end - at >= BARE_MINIMUM)
				make_bare_list(paragraphs, at, end);
		}
		has_prose |= is_prose(paragraphs, at);
		at = end > at ? end : at + 1;
	}
}
