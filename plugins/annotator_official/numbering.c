/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numbering.c - numbered paragraphs, and items of lists
 *
 * Paragraphs count up from 1, over all sections, in their part of the
 * document. What counts from 1 again behind a colon is a list within one; behind
 * a heading it is a new row. (a), iv) and bullets are items; how deep they lie
 * is told by how they are labelled: a style that is new lies in the one before.
 */
#include <string.h>

#include "marker.h"
#include "stages.h"

#define DEPTH_LIMIT 6
#define GAP_LIMIT 8 /* numbers that may be missing in a row */

struct style {
	enum label_style style;
	bool is_opened;
	bool is_capital;
	char closer;
	unsigned value; /* of the last label */
};

struct row {
	struct document *document;
	unsigned next;	   /* number that the paragraphs go on with */
	unsigned sub_next; /* the same of a list in digits; 0: none */
	struct style styles[DEPTH_LIMIT];
	size_t depth;
	const struct unit *before; /* the last unit of text */
};

static struct label
get_label(const struct unit *unit)
{
	struct label label = unit->marker.label;

	if (label.style == LABEL_NONE && unit->given.size)
		label = label_read(unit->given, 0);
	return label;
}

static bool
is_short(const struct unit *unit)
{
	return document_is_short(unit) || unit->hint == DOCKET_BLOCK_HEADING;
}

/* ---- items ---- */

static bool
is_same_style(const struct style *style, const struct style *other)
{
	return style->style == other->style &&
	       style->is_capital == other->is_capital &&
	       style->is_opened == other->is_opened &&
	       style->closer == other->closer;
}

/* "i" behind "h" is a letter. */
static void
settle_roman(const struct row *row, const struct unit *unit,
	     struct style *style)
{
	struct docket_bytes folded = document_folded(row->document, unit);
	const struct style *open;
	unsigned letter;

	if (style->style != LABEL_ROMAN || !row->depth ||
	    unit->marker.label.end - unit->marker.start != 1)
		return;
	letter = (unsigned)(folded.data[unit->marker.start] - 'a' + 1);
	open = &row->styles[row->depth - 1];
	if (open->style == LABEL_LETTER && open->value + 1 == letter) {
		style->style = LABEL_LETTER;
		style->value = letter;
	}
}

static void
put_item(struct row *row, struct unit *unit)
{
	struct style style = {
		.style = unit->marker.label.style,
		.is_opened = unit->marker.is_opened,
		.is_capital = unit->marker.is_capital,
		.closer = unit->marker.closer,
		.value = unit->marker.label.value,
	};
	size_t depth = row->depth;

	settle_roman(row, unit, &style);
	while (depth && !is_same_style(&row->styles[depth - 1], &style))
		depth--;
	if (!depth) {
		depth = row->depth < DEPTH_LIMIT ? row->depth + 1 : DEPTH_LIMIT;
	}
	row->styles[depth - 1] = style;
	row->depth = depth;
	unit->kind = DOCKET_BLOCK_ITEM;
	unit->level = (uint8_t)depth;
	unit->number = marker_number(row->document, unit);
	unit->is_settled = true;
}

static bool
is_item(const struct unit *unit)
{
	const struct marker *marker = &unit->marker;

	if (marker->is_bullet)
		return true;
	switch ((int)marker->label.style) {
	case LABEL_NONE:
	case LABEL_WORD:
		return false;
	case LABEL_DIGITS:
	case LABEL_HAN:
		return marker->closer == ')';
	case LABEL_DOTTED:
		return false;
	}
	return marker->closer == ')' ||
	       (marker->closer == '.' && !marker->is_capital);
}

/* ---- paragraphs ---- */

static void
put_paragraph(struct row *row, struct unit *unit, unsigned value)
{
	row->next = value + 1;
	row->sub_next = 0;
	row->depth = 0;
	unit->kind = DOCKET_BLOCK_PARAGRAPH;
	unit->number = marker_number(row->document, unit);
	unit->is_settled = true;
}

static void
put_digit_item(struct row *row, struct unit *unit, unsigned value)
{
	row->sub_next = value + 1;
	put_item(row, unit);
}

static bool
has_row_number(const struct unit *unit, const struct label *label)
{
	if (label->style == LABEL_DIGITS)
		return unit->given.size || unit->marker.closer == '.' ||
		       unit->marker.closer == '-' || unit->marker.closer == ',';
	return label->style == LABEL_HAN &&
	       (unit->marker.closer == ',' || unit->marker.closer == '.') &&
	       !document_is_short(unit);
}

/* Is the next unit of text the next number? Headings have text below. */
static bool
is_followed(const struct row *row, const struct unit *unit)
{
	const struct unit *end = row->document->units + row->document->count;
	unsigned value = unit->marker.label.value;

	while (++unit < end && unit->zone != ZONE_TEXT)
		;
	return unit < end && unit->marker.label.style == LABEL_DIGITS &&
	       unit->marker.closer == '.' &&
	       unit->marker.label.value == value + 1;
}

/* Does 1 open a row of paragraphs, or a list within one? */
static void
open_row(struct row *row, struct unit *unit)
{
	const struct unit *before = row->before;
	bool is_list = before && before->closing == CLOSING_COLON &&
		       before->kind == DOCKET_BLOCK_PARAGRAPH &&
		       !before->is_capitals && row->next > 1;

	if (is_list ||
	    (row->next > 1 && is_short(unit) && is_followed(row, unit)))
		put_digit_item(row, unit, 1);
	else if (row->next == 1 || !is_short(unit))
		put_paragraph(row, unit, 1);
}

static void
read_number(struct row *row, struct unit *unit, const struct label *label)
{
	unsigned value = label->value;

	if (unit->hint == DOCKET_BLOCK_HEADING && value != row->next)
		return;
	if (value == row->next && !(row->sub_next == value))
		put_paragraph(row, unit, value);
	else if (row->sub_next && value >= row->sub_next &&
		 value <= row->sub_next + GAP_LIMIT)
		put_digit_item(row, unit, value);
	else if (value == 1)
		open_row(row, unit);
	else if (!is_short(unit) && value > row->next &&
		 value <= row->next + GAP_LIMIT)
		put_paragraph(row, unit, value);
}

static void
read_unit(struct row *row, struct unit *unit)
{
	struct label label = get_label(unit);

	if (unit->hint == DOCKET_BLOCK_HEADING && label.style != LABEL_DIGITS)
		return;
	if (is_item(unit))
		put_item(row, unit);
	else if (has_row_number(unit, &label))
		read_number(row, unit, &label);
	else if (unit->hint == DOCKET_BLOCK_ITEM)
		unit->level = unit->hint_level ? unit->hint_level : 1;
	else if (row->depth && label.style == LABEL_NONE)
		row->depth = 0;
}

void
numbering_mark(struct document *document)
{
	for (size_t s = 0; s < document->section_count; s++) {
		const struct section *section = &document->sections[s];
		struct row row = { .document = document, .next = 1 };
		size_t first = s ? section->first : document->front_end;

		for (size_t i = first; i < section->last; i++) {
			struct unit *unit = &document->units[i];

			if (unit->zone != ZONE_TEXT || unit->is_joined)
				continue;
			if (!unit->is_settled)
				read_unit(&row, unit);
			row.before = unit;
		}
	}
}
