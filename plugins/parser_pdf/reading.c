/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reading.c - a page's rows into the document's lines, in reading order
 *
 * Tables that are drawn come out cell by cell; between them rows go from top
 * to bottom, and columns one after the other, within columns again. Text that
 * runs in another direction than most comes last. Owns the room that pages use
 * one after the other. Running out of memory ends the process.
 */
#include "reading.h"

#include <math.h>

#include "array.h"
#include "columns.h"
#include "grid.h"
#include "notes.h"

#define DEPTH_LIMIT 4
/* In parts of the page: what stands above is the masthead of page 1. */
#define HEAD 0.36f
/* In parts of the size of the font: what is so far apart is no sentence. */
#define TABULAR_GAP 3.0f
#define LABEL_LETTERS 6u
#define EVEN 1.4f /* how much wider a gap of words may be than another */

struct desk {
	struct reading *reading;
	const struct page *page;
	struct document *document;
};

static void
begin_flow(struct desk *desk)
{
	desk->reading->flow = desk->document->flows++;
}

/* Are all gaps alike, as between the words of a line set to both margins? */
static bool
is_justified(const struct segment *items, uint32_t count)
{
	float narrow = HUGE_VALF, wide = 0;

	for (uint32_t i = 1; i < count; i++) {
		narrow = fminf(narrow, items[i].x0 - items[i - 1].x1);
		wide = fmaxf(wide, items[i].x0 - items[i - 1].x1);
	}
	return count > 2 && wide < EVEN * narrow;
}

static bool
is_tabular(const struct segment *items, uint32_t count)
{
	if (is_justified(items, count))
		return false;
	for (uint32_t i = 1; i < count; i++)
		if (items[i].x0 - items[i - 1].x1 >
			    TABULAR_GAP * items[i].size &&
		    items[i - 1].letters > LABEL_LETTERS &&
		    items[i].letters > LABEL_LETTERS / 2)
			return true;
	return false;
}

static struct line *
add_line(struct desk *desk, const struct strip *strip)
{
	struct reading *reading = desk->reading;
	struct line *line =
		spell_line(&reading->speller, &reading->segments,
			   strip->segment, strip->count, desk->document);

	if (!line)
		return NULL;
	line->flow = reading->flow;
	if (reading->is_column)
		line->flags |= LINE_IN_COLUMN;
	if (is_tabular(&reading->segments.items[strip->segment], strip->count))
		line->flags |= LINE_TABULAR;
	return line;
}

static void read_strips(struct desk *desk, const struct strip *strips,
			size_t count, unsigned depth);

static void
read_column(struct desk *desk, const struct strip *strips,
	    const struct columns *columns, uint32_t column, unsigned depth)
{
	struct strip *cuts =
		array_new(columns->end - columns->first, sizeof(*cuts));
	size_t count = 0;

	for (size_t i = columns->first; i < columns->end; i++) {
		cuts[count] = columns_cut(&desk->reading->segments, columns,
					  &strips[i], column);
		count += cuts[count].count > 0;
	}
	begin_flow(desk);
	read_strips(desk, cuts, count, depth);
	free(cuts);
}

static void
read_columns(struct desk *desk, const struct strip *strips,
	     const struct columns *columns, unsigned depth)
{
	bool is_rtl = desk->reading->speller.is_rtl;
	bool was_column = desk->reading->is_column;

	desk->reading->is_column = true;
	for (uint32_t i = 0; i <= columns->gutters; i++)
		read_column(desk, strips, columns,
			    is_rtl ? columns->gutters - i : i, depth + 1);
	desk->reading->is_column = was_column;
	begin_flow(desk);
}

static bool
is_head(const struct desk *desk, const struct strip *strip)
{
	return desk->page->number == 1 && strip->y < HEAD * desk->page->height;
}

static void
read_strips(struct desk *desk, const struct strip *strips, size_t count,
	    unsigned depth)
{
	struct columns columns;

	for (size_t i = 0; i < count; i = columns.end) {
		columns_find(&desk->reading->segments, strips, i, count,
			     is_head(desk, &strips[i]),
			     desk->reading->speller.is_rtl, &columns);
		if (columns.kind == COLUMNS_PROSE && depth < DEPTH_LIMIT) {
			read_columns(desk, strips, &columns, depth);
			continue;
		}
		for (size_t j = i; j < columns.end; j++) {
			struct line *line = add_line(desk, &strips[j]);

			if (line && columns.kind == COLUMNS_TABLE &&
			    strips[j].count > 1 && columns.end > i + 1)
				line->flags |= LINE_TABULAR;
		}
	}
}

/* One segment of a table, and which cell it is in. */
struct placed {
	uint32_t row, column;
	uint32_t segment;
	float y;
};

static int
compare_placed(const void *a, const void *b)
{
	const struct placed *one = a, *other = b;

	if (one->row != other->row)
		return one->row < other->row ? -1 : 1;
	if (one->column != other->column)
		return one->column < other->column ? -1 : 1;
	return (one->segment > other->segment) -
	       (one->segment < other->segment);
}

static size_t
place_segments(const struct desk *desk, const struct grid *grid,
	       const bool *taken, struct placed **out_placed)
{
	const struct segments *segments = &desk->reading->segments;
	struct placed *placed = NULL;
	size_t count = 0, capacity = 0;

	for (uint32_t i = 0; i < segments->count; i++) {
		const struct segment *item = &segments->items[i];
		struct placed one = { .segment = i, .y = item->y };

		if (taken[i] || !grid_find_cell(grid, (item->x0 + item->x1) / 2,
						item->y - item->size / 3,
						&one.row, &one.column))
			continue;
		if (desk->reading->speller.is_rtl)
			one.column = grid->xs_count - 2 - one.column;
		placed = array_reserve(placed, count + 1, &capacity,
				       sizeof(*placed));
		placed[count++] = one;
	}
	if (count)
		qsort(placed, count, sizeof(*placed), compare_placed);
	*out_placed = placed;
	return count;
}

/* Two rows and two columns with something in them, and three cells. */
static bool
is_table(const struct placed *placed, size_t count)
{
	size_t cells = 0;
	bool has_rows = false, has_columns = false;

	for (size_t i = 0; i < count; i++) {
		cells += !i || placed[i].row != placed[i - 1].row ||
			 placed[i].column != placed[i - 1].column;
		has_rows |= placed[i].row != placed[0].row;
		has_columns |= placed[i].column != placed[0].column;
	}
	return cells >= 3 && has_rows && has_columns;
}

static void
read_cells(struct desk *desk, const struct placed *placed, size_t count)
{
	struct document *document = desk->document;
	uint32_t cell = 0, table = document->tables++;

	for (size_t i = 0, end; i < count; i = end) {
		struct strip strip = { .segment = placed[i].segment,
				       .count = 1 };
		struct line *line;

		if (!i || placed[i].row != placed[i - 1].row ||
		    placed[i].column != placed[i - 1].column)
			cell = document_add_cell(
				document, (struct cell){ table, placed[i].row,
							 placed[i].column });
		for (end = i + 1;
		     end < count && placed[end].y == placed[i].y &&
		     placed[end].row == placed[i].row &&
		     placed[end].column == placed[i].column &&
		     placed[end].segment == placed[end - 1].segment + 1;
		     end++)
			strip.count++;
		line = add_line(desk, &strip);
		if (!line)
			continue;
		line->kind = LINE_CELL;
		line->cell = cell;
	}
}

/* Rows above limit that no table took, from *row on, as strips. */
static size_t
take_strips(struct desk *desk, const bool *taken, size_t *row, float limit)
{
	struct reading *reading = desk->reading;
	const struct segments *segments = &reading->segments;
	size_t count = 0;

	for (; *row < segments->rows_count && segments->rows[*row].y < limit;
	     ++*row) {
		const struct row *from = &segments->rows[*row];
		bool is_open = false;

		for (uint32_t i = from->segment;
		     i < from->segment + from->count; i++) {
			if (taken[i]) {
				is_open = false;
				continue;
			}
			reading->strips =
				array_reserve(reading->strips, count + 1,
					      &reading->strips_capacity,
					      sizeof(*reading->strips));
			if (is_open)
				reading->strips[count - 1].count++;
			else
				reading->strips[count++] =
					(struct strip){ from->y, from->size, i,
							1 };
			is_open = true;
		}
	}
	return count;
}

static void
read_text_above(struct desk *desk, const bool *taken, size_t *row, float limit)
{
	size_t count = take_strips(desk, taken, row, limit);

	begin_flow(desk);
	read_strips(desk, desk->reading->strips, count, 0);
}

static void
read_grid(struct desk *desk, const struct grid *grid, bool *taken, size_t *row)
{
	struct placed *placed;
	size_t count = place_segments(desk, grid, taken, &placed);

	if (is_table(placed, count)) {
		for (size_t i = 0; i < count; i++)
			taken[placed[i].segment] = true;
		read_text_above(desk, taken, row, grid->ys[0]);
		begin_flow(desk);
		read_cells(desk, placed, count);
	}
	free(placed);
}

static void
read_turned(struct desk *desk, unsigned turns, const struct grids *grids)
{
	struct reading *reading = desk->reading;
	size_t row = 0;
	bool *taken;

	segments_find(&reading->segments, desk->page, turns);
	if (!reading->segments.count)
		return;
	taken = array_new(reading->segments.count, sizeof(*taken));
	for (uint32_t i = 0; grids && i < grids->count; i++)
		read_grid(desk, &grids->items[i], taken, &row);
	read_text_above(desk, taken, &row, HUGE_VALF);
	free(taken);
}

/* Which way most glyphs run. */
static unsigned
find_main_turns(const struct page *page)
{
	size_t counts[4] = { 0 };
	unsigned best = 0;

	for (size_t i = 0; i < page->glyphs_count; i++)
		counts[page->glyphs[i].turns]++;
	for (unsigned i = 1; i < 4; i++)
		if (counts[i] > counts[best])
			best = i;
	return best;
}

void
reading_add_page(struct reading *reading, const struct page *page,
		 struct document *document)
{
	struct desk desk = { reading, page, document };
	uint32_t first = (uint32_t)document->count;
	unsigned turns = find_main_turns(page);
	struct sheet *sheet = document_add_sheet(document);
	struct grids grids;

	sheet->width = turns & 1 ? page->height : page->width;
	sheet->height = turns & 1 ? page->width : page->height;
	sheet->line = first;
	sheet->note_rule = turns ? 0 : notes_find_rule(page);
	speller_begin_page(&reading->speller, page);
	grids_find(page, &grids);
	for (unsigned i = 0; i < 4; i++)
		read_turned(&desk, (turns + i) & 3, turns || i ? NULL : &grids);
	sheet = &document->sheets[document->sheets_count - 1];
	sheet->count = (uint32_t)document->count - first;
}

void
reading_fini(struct reading *reading)
{
	segments_fini(&reading->segments);
	speller_fini(&reading->speller);
	free(reading->strips);
	*reading = (struct reading){ 0 };
}
