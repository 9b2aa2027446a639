/* SPDX-License-Identifier: Apache-2.0 */
/*
 * join.c - does a line go on with the paragraph of the line before it?
 *
 * Pure. Each judge looks at one sign: what the lines are, how the second one
 * begins, how the first one ends, indents, letters, widths. The first judge
 * that has an opinion decides. Then the neighbourhood corrects what was only
 * likely: among short lines of a list a full one is chance; in a title, which
 * is set narrower, lines are full that are not elsewhere.
 */
#include "join.h"

#include "array.h"

/* Further to the right than any first line: another column, a signature. */
#define FAR_COLUMNS 16
/* Lines of a list are looked for so far to either side. */
#define NEIGHBOURHOOD 3
/* A title has no more lines, and no line less than so much of the measure. */
#define TITLE_LINES 6
#define TITLE_PERCENT 40
/* Lines of a title are also made of one length. */
#define BALANCE_PERCENT 80
/* A shorter line is a heading or an item, whatever comes next. */
#define PROSE_MINIMUM 20
/* A line this much wider than others was not broken where it ends. */
#define TOO_WIDE_PERCENT 150
/* A paragraph that goes on with a capital has at least such a line left. */
#define PAGE_TOP_PERCENT 75
/* A line as long as that is a paragraph, not a heading. */
#define LONG_COLUMNS 100
/* Empty lines that a page break may have left. */
#define GAP_LINES 3
/* "of the" goes on where the line is not quite full. */
#define CUT_OFF_PERCENT 75

/* What the judges look at. */
struct pair {
	const struct line *line;
	const struct line *next;
	const struct line *first; /* of the paragraph that line is in */
	const struct layout *layout;
	bool is_full; /* the next word had no place on the line */
	bool is_open; /* the line does not end a sentence or a clause */
};

#define NO_OPINION (-1)

typedef int judge(const struct pair *pair);

static int
judge_place(const struct pair *pair)
{
	unsigned apart = LINE_BARE | LINE_CELL | LINE_FURNITURE;

	if (pair->next->blanks || pair->next->flags & LINE_NEW_PAGE)
		return JOIN_NEVER;
	if ((pair->line->flags | pair->next->flags) & apart)
		return JOIN_NEVER;
	if ((pair->line->flags ^ pair->next->flags) & LINE_NOTE)
		return JOIN_NEVER;
	if (pair->next->flags & LINE_NOTE)
		return pair->next->marker.kind == MARKER_NOTE ? JOIN_NEVER
							      : JOIN_SURELY;
	/* A table. An entry of a table of contents has its gap at its end. */
	if (pair->line->gaps)
		return JOIN_NEVER;
	return pair->next->gaps && (pair->next->opening != GLYPH_LOWER ||
				    !pair->is_open)
		       ? JOIN_NEVER
		       : NO_OPINION;
}

/* "12." on a line of its own has its text on the next. */
static int
judge_lone_marker(const struct pair *pair)
{
	const struct line *line = pair->line;

	return line->marker.kind && line->marker.kind != MARKER_BULLET &&
			       line->marker.size == line->end - line->start &&
			       !pair->next->marker.kind
		       ? JOIN_SURELY
		       : NO_OPINION;
}

/* A broken line may begin with what looks like a marker: "1994.", "I)". */
static int
judge_marker(const struct pair *pair)
{
	const struct line *next = pair->next;

	if (!next->marker.kind)
		return NO_OPINION;
	if (next->indent > pair->line->indent)
		return JOIN_NEVER;
	if (pair->layout->is_wrapped && pair->is_full && pair->is_open &&
	    next->marker.value != pair->first->marker.value + 1)
		return JOIN_LIKELY;
	return JOIN_NEVER;
}

static int
judge_hyphen(const struct pair *pair)
{
	enum glyph opening = pair->next->opening;

	if (pair->line->closing == CLOSING_SOFT)
		return JOIN_SURELY;
	return pair->line->closing == CLOSING_HYPHEN &&
			       (opening == GLYPH_DIGIT ||
				glyph_is_letter(opening))
		       ? JOIN_SURELY
		       : NO_OPINION;
}

static bool
is_hanging(const struct pair *pair)
{
	const struct line *first = pair->first;
	unsigned column = first->indent + first->marker.columns;

	return first->marker.kind && pair->next->indent <= column + 2;
}

static int
judge_indent(const struct pair *pair)
{
	int deeper = pair->next->indent - pair->line->indent;
	bool may_go_on = pair->is_open && pair->is_full;

	if (deeper >= FAR_COLUMNS || -deeper >= FAR_COLUMNS)
		return JOIN_NEVER;
	if (deeper > 0 && !is_hanging(pair)) {
		if (pair->next->opening == GLYPH_LOWER && pair->is_open)
			return NO_OPINION;
		return may_go_on && deeper == 1 ? NO_OPINION : JOIN_NEVER;
	}
	if (deeper < -1 && pair->line != pair->first)
		return may_go_on && pair->next->opening == GLYPH_LOWER
			       ? NO_OPINION
			       : JOIN_NEVER;
	return NO_OPINION;
}

static int
judge_small_letter(const struct pair *pair)
{
	if (pair->next->opening != GLYPH_LOWER)
		return NO_OPINION;
	if (pair->is_full && pair->layout->is_wrapped)
		return JOIN_SURELY;
	if (!pair->is_open)
		return JOIN_NEVER;
	if (pair->line->closing == CLOSING_COMMA)
		return pair->layout->is_wrapped && pair->layout->is_spaced
			       ? JOIN_LIKELY
			       : JOIN_NEVER;
	return pair->line->width - pair->line->indent >= PROSE_MINIMUM
		       ? JOIN_SURELY
		       : JOIN_HARDLY;
}

static int
judge_width(const struct pair *pair)
{
	unsigned full = pair->layout->full;
	unsigned reach = layout_reach(pair->line, pair->next);

	if (!pair->layout->is_wrapped || pair->line->indent >= FAR_COLUMNS)
		return JOIN_HARDLY;
	if (!pair->is_full)
		return pair->line->flags & LINE_SHORT_TAIL &&
				       reach >= full * CUT_OFF_PERCENT / 100
			       ? JOIN_LIKELY
			       : JOIN_HARDLY;
	if (pair->is_open)
		return JOIN_LIKELY;
	return pair->layout->is_spaced && pair->line->width <=
						  full * TOO_WIDE_PERCENT / 100
		       ? JOIN_LIKELY
		       : JOIN_HARDLY;
}

static judge *const judges[] = {
	judge_place,  judge_lone_marker,  judge_marker, judge_hyphen,
	judge_indent, judge_small_letter, judge_width,
};

static uint8_t
judge_pair(const struct pair *pair)
{
	int opinion = NO_OPINION;

	for (size_t i = 0; opinion == NO_OPINION; i++)
		opinion = judges[i](pair);
	return (uint8_t)opinion;
}

/* ---- the neighbourhood ---- */

/* Are most of the pairs around this one breaks? Empty lines end the look. */
static bool
is_in_list(const struct lines *lines, const uint8_t *joins, size_t at)
{
	size_t pairs = 0;
	size_t breaks = 0;

	for (size_t i = at; i-- > 1 && at - i <= NEIGHBOURHOOD; pairs++) {
		if (lines->items[i].blanks)
			break;
		breaks += !join_is_joined(joins[i]);
	}
	for (size_t i = at + 1; i < lines->count && i - at <= NEIGHBOURHOOD;
	     i++, pairs++) {
		if (lines->items[i].blanks)
			break;
		breaks += !join_is_joined(joins[i]);
	}
	return pairs && breaks * 3 > pairs * 2;
}

/* All capitals go on in capitals, and "of the" goes on in any case. */
static bool
is_cut_off(const struct line *line, const struct line *next)
{
	return line->flags & LINE_SHORT_TAIL ||
	       line->flags & next->flags & LINE_CAPITALS;
}

static void
part_lists(const struct lines *lines, const uint8_t *first, uint8_t *joins)
{
	for (size_t i = 1; i < lines->count; i++) {
		const struct line *next = &lines->items[i];

		if (first[i] == JOIN_LIKELY && !is_cut_off(next - 1, next) &&
		    is_in_list(lines, first, i))
			joins[i] = JOIN_HARDLY;
	}
}

/* Lines from `at` to `end` between empty lines: were they broken alike? */
static bool
is_title(const struct lines *lines, const struct layout *layout,
	 const uint8_t *joins, size_t at, size_t end)
{
	const struct line *items = lines->items;
	unsigned least = layout->full * TITLE_PERCENT / 100;
	unsigned widest = 0;
	bool is_sure = false;
	bool is_inset =
		items[end - 1].indent && items[end - 1].indent < FAR_COLUMNS;

	if (end - at < 2 || end - at > TITLE_LINES)
		return false;
	for (size_t i = at; i < end; i++)
		if (items[i].width > widest)
			widest = items[i].width;
	for (size_t i = at + 1; i < end; i++) {
		if (joins[i] == JOIN_NEVER || items[i - 1].width < least ||
		    items[i - 1].closing > CLOSING_COMMA ||
		    layout_reach(&items[i - 1], &items[i]) * 100 <=
			    widest * (is_inset ? BALANCE_PERCENT : 100u))
			return false;
		is_sure |= joins[i] == JOIN_SURELY;
	}
	return is_sure || is_inset;
}

static void
join_titles(const struct lines *lines, const struct layout *layout,
	    uint8_t *joins)
{
	size_t at = 0;

	while (at < lines->count) {
		size_t end = at + 1;

		while (end < lines->count && !lines->items[end].blanks)
			end++;
		if (is_title(lines, layout, joins, at, end))
			for (size_t i = at + 1; i < end; i++)
				joins[i] = JOIN_SURELY;
		at = end;
	}
}

void
join_judge_lines(const struct lines *lines, const struct layout *layout,
		 uint8_t *out_joins)
{
	const struct line *first = lines->items;
	uint8_t *judged = array_new(lines->count, 1);

	for (size_t i = 1; i < lines->count; i++) {
		const struct line *next = &lines->items[i];
		struct pair pair = {
			.line = next - 1,
			.next = next,
			.first = first,
			.layout = layout,
			.is_full = layout_reach(next - 1, next) >= layout->full,
			.is_open = (next - 1)->closing <= CLOSING_COMMA ||
				   (next - 1)->closing >= CLOSING_HYPHEN,
		};

		judged[i] = judge_pair(&pair);
		if (!join_is_joined(judged[i]))
			first = next;
	}
	for (size_t i = 0; i < lines->count; i++)
		out_joins[i] = judged[i];
	part_lists(lines, judged, out_joins);
	join_titles(lines, layout, out_joins);
	free(judged);
}

/* Would only a page break have ended this line here? */
static bool
is_cut(const struct layout *layout, const struct line *line,
       const struct line *next)
{
	if (!layout->is_wrapped)
		return line->width >= LONG_COLUMNS;
	return next->indent <= line->indent &&
	       layout_reach(line, next) >= layout->full;
}

bool
join_over_gap(const struct layout *layout, const struct line *line,
	      const struct line *next)
{
	return next->opening == GLYPH_LOWER && line->closing == CLOSING_OPEN &&
	       next->blanks <= GAP_LINES && is_cut(layout, line, next) &&
	       join_over_page(layout, line, next);
}

bool
join_over_page(const struct layout *layout, const struct line *line,
	       const struct line *next)
{
	bool is_full =
		!layout->is_wrapped || layout_reach(line, next) >= layout->full;

	if ((line->flags | next->flags) & (LINE_CELL | LINE_NOTE) ||
	    line->gaps || next->gaps || next->marker.kind)
		return false;
	if (line->closing >= CLOSING_HYPHEN)
		return true;
	if (line->closing > CLOSING_COMMA || !is_full)
		return false;
	if (next->opening == GLYPH_LOWER)
		return true;
	/* A name, or a script without small letters: between full lines. */
	return layout->is_wrapped && line->closing == CLOSING_OPEN &&
	       next->indent <= line->indent &&
	       next->width * 100u >= layout->full * PAGE_TOP_PERCENT;
}
