/* SPDX-License-Identifier: Apache-2.0 */
/*
 * columns.c - rows that stand beside a gap that goes through all of them
 *
 * A group grows row by row while a gutter is left that no row crosses. Then
 * what stands on both sides of it says what it is: running text is read column
 * by column, short things row by row; a column of labels is no column. Pure;
 * time goes with the number of segments.
 */
#include "columns.h"

#include <math.h>

/* In parts of the size of the font. */
#define GUTTER 1.1f
#define NEXT_ROW 3.2f /* farther down begins something else */

#define LABEL_GLYPHS 6u
#define LABEL_WIDTH 4.0f
/* Running text: so many rows, letters in each, and most reach the edge. */
#define PROSE_ROWS 3u
#define PROSE_GLYPHS 14u
#define PROSE_FILL 0.7f
#define PROSE_PERCENT 45u

struct gap {
	float x0, x1;
};

struct gaps {
	struct gap items[GUTTERS_LIMIT];
	uint32_t count;
};

static const struct segment *
segments_of(const struct segments *segments, const struct strip *strip)
{
	return &segments->items[strip->segment];
}

static struct gaps
find_gaps(const struct segments *segments, const struct strip *strip)
{
	const struct segment *items = segments_of(segments, strip);
	struct gaps gaps = { .count = 0 };

	for (uint32_t i = 1; i < strip->count; i++) {
		struct gap gap = { items[i - 1].x1, items[i].x0 };

		if (gap.x1 - gap.x0 >= GUTTER * strip->size &&
		    gaps.count < GUTTERS_LIMIT)
			gaps.items[gaps.count++] = gap;
	}
	return gaps;
}

/* What is left of a gap beside the segments of a strip; may be nothing. */
static bool
narrow(const struct segments *segments, const struct strip *strip,
       struct gap *gap)
{
	const struct segment *items = segments_of(segments, strip);

	for (uint32_t i = 0; i < strip->count; i++) {
		float middle = (gap->x0 + gap->x1) / 2;

		if (items[i].x1 <= gap->x0 || items[i].x0 >= gap->x1)
			continue;
		if (items[i].x0 < middle && items[i].x1 > middle)
			return false;
		if (items[i].x1 <= middle)
			gap->x0 = items[i].x1;
		else
			gap->x1 = items[i].x0;
	}
	return gap->x1 - gap->x0 >= GUTTER * strip->size;
}

/* Gaps that the strip leaves free; in place. Returns how many are left. */
static uint32_t
meet(const struct segments *segments, const struct strip *strip,
     struct gaps *gaps)
{
	struct gaps left = { .count = 0 };

	for (uint32_t i = 0; i < gaps->count; i++) {
		struct gap gap = gaps->items[i];

		if (narrow(segments, strip, &gap))
			left.items[left.count++] = gap;
	}
	if (left.count)
		*gaps = left;
	return left.count;
}

struct strip
columns_cut(const struct segments *segments, const struct columns *columns,
	    const struct strip *strip, uint32_t column)
{
	const struct segment *items = segments_of(segments, strip);
	float left = column ? columns->gutter[column - 1] : -HUGE_VALF;
	float right =
		column < columns->gutters ? columns->gutter[column] : HUGE_VALF;
	struct strip cut = *strip;

	cut.count = 0;
	for (uint32_t i = 0; i < strip->count; i++) {
		float middle = (items[i].x0 + items[i].x1) / 2;

		if (middle < left || middle >= right)
			continue;
		if (!cut.count++)
			cut.segment = strip->segment + i;
	}
	return cut;
}

/* What stands in one column. */
struct column {
	uint32_t strips, full, labels;
	uint32_t glyphs;
	float x0, x1;
};

static struct column
measure_column(const struct segments *segments, const struct strip *strips,
	       const struct columns *columns, uint32_t index)
{
	struct column column = { .x0 = HUGE_VALF, .x1 = -HUGE_VALF };

	for (size_t i = columns->first; i < columns->end; i++) {
		struct strip cut =
			columns_cut(segments, columns, &strips[i], index);
		const struct segment *items = segments_of(segments, &cut);

		for (uint32_t j = 0; j < cut.count; j++) {
			column.x0 = fminf(column.x0, items[j].x0);
			column.x1 = fmaxf(column.x1, items[j].x1);
			column.glyphs += items[j].letters;
		}
		if (!cut.count)
			continue;
		column.strips++;
		column.labels +=
			cut.count == 1 && items->letters <= LABEL_GLYPHS &&
			items->x1 - items->x0 < LABEL_WIDTH * items->size;
	}
	return column;
}

static uint32_t
count_full(const struct segments *segments, const struct strip *strips,
	   const struct columns *columns, uint32_t index,
	   const struct column *column)
{
	float width = column->x1 - column->x0;
	uint32_t full = 0;

	for (size_t i = columns->first; i < columns->end; i++) {
		struct strip cut =
			columns_cut(segments, columns, &strips[i], index);
		const struct segment *items = segments_of(segments, &cut);

		if (cut.count &&
		    items[cut.count - 1].x1 - items[0].x0 >= PROSE_FILL * width)
			full++;
	}
	return full;
}

static bool
is_prose(const struct segments *segments, const struct strip *strips,
	 const struct columns *columns)
{
	for (uint32_t i = 0; i <= columns->gutters; i++) {
		struct column column =
			measure_column(segments, strips, columns, i);

		if (column.strips < PROSE_ROWS ||
		    column.glyphs < PROSE_GLYPHS * column.strips)
			return false;
		if (count_full(segments, strips, columns, i, &column) * 100 <
		    PROSE_PERCENT * column.strips)
			return false;
	}
	return true;
}

static void
drop_gutter(struct columns *columns, uint32_t index)
{
	columns->gutters--;
	for (uint32_t i = index; i < columns->gutters; i++)
		columns->gutter[i] = columns->gutter[i + 1];
}

/* "1.", "(a)": the column before the first gutter, seen from the start. */
static void
drop_labels(const struct segments *segments, const struct strip *strips,
	    struct columns *columns, bool is_rtl)
{
	struct column column;

	if (!columns->gutters)
		return;
	column = measure_column(segments, strips, columns,
				is_rtl ? columns->gutters : 0);
	if (column.labels == column.strips)
		drop_gutter(columns, is_rtl ? columns->gutters - 1 : 0);
}

static void
judge(const struct segments *segments, const struct strip *strips, bool is_head,
      bool is_rtl, struct columns *columns)
{
	drop_labels(segments, strips, columns, is_rtl);
	if (!columns->gutters)
		columns->kind = COLUMNS_NONE;
	else if (is_head || is_prose(segments, strips, columns))
		columns->kind = COLUMNS_PROSE;
	else
		columns->kind = COLUMNS_TABLE;
}

/*
 * Rows at the end that have one side only belong to what follows; but in a
 * masthead what stands at the far side still belongs to that.
 */
static void
trim(const struct segments *segments, const struct strip *strips, bool is_head,
     bool is_rtl, struct columns *columns)
{
	while (columns->end > columns->first + 1) {
		const struct strip *last = &strips[columns->end - 1];
		const struct segment *items = segments_of(segments, last);

		if (last->count > 1)
			return;
		if (is_head && columns->gutters &&
		    (is_rtl ? items->x1 < columns->gutter[0]
			    : items->x0 >
				      columns->gutter[columns->gutters - 1]))
			return;
		columns->end--;
	}
}

void
columns_find(const struct segments *segments, const struct strip *strips,
	     size_t first, size_t count, bool is_head, bool is_rtl,
	     struct columns *out_columns)
{
	struct columns columns = { .first = first, .end = first + 1 };
	struct gaps gaps = find_gaps(segments, &strips[first]);

	while (gaps.count && columns.end < count) {
		const struct strip *before = &strips[columns.end - 1];
		const struct strip *next = &strips[columns.end];

		if (next->y - before->y >
			    NEXT_ROW * fmaxf(before->size, next->size) ||
		    !meet(segments, next, &gaps))
			break;
		columns.end++;
	}
	columns.gutters = gaps.count;
	for (uint32_t i = 0; i < gaps.count; i++)
		columns.gutter[i] = (gaps.items[i].x0 + gaps.items[i].x1) / 2;
	judge(segments, strips, is_head, is_rtl, &columns);
	if (columns.kind != COLUMNS_PROSE || is_head)
		trim(segments, strips, is_head, is_rtl, &columns);
	*out_columns = columns;
}
