/* SPDX-License-Identifier: Apache-2.0 */
/*
 * columns.c - the masthead that is set in two columns
 *
 * A masthead has the organ at the left and the symbol, the distribution and
 * the date at the right. Read line by line they make no sense. Only the lines
 * up to the first empty one are looked at: further down, text that stands side
 * by side is a table, which reads by rows. Running out of memory ends the
 * process.
 */
#include "columns.h"

#include <stdlib.h>

/* Nothing left of this is a second column. */
#define COLUMN_MINIMUM 16
#define MASTHEAD_LIMIT 24
/* The right column may have another gap in it: "A   S". */
#define GAPS_LIMIT 2
/* Wide characters at the left push the right a little. */
#define COLUMN_TOLERANCE 6

static size_t
count_masthead(const struct lines *lines)
{
	size_t count = 0;

	while (count < lines->count && count < MASTHEAD_LIMIT &&
	       (count == 0 || lines->items[count].blanks == 0))
		count++;
	return count;
}

static bool
is_near(unsigned column, unsigned other)
{
	return column && column <= other + COLUMN_TOLERANCE &&
	       other <= column + COLUMN_TOLERANCE;
}

/* Where a line's right part begins; 0 if it has none. */
static unsigned
find_column(const struct line *line)
{
	if (line->indent >= COLUMN_MINIMUM && !line->gaps)
		return line->indent;
	return line->gaps <= GAPS_LIMIT && line->right_column >= COLUMN_MINIMUM
		       ? line->right_column
		       : 0;
}

/* The column that most lines have, if some have text on both its sides. */
static unsigned
find_common_column(const struct line *lines, size_t count)
{
	unsigned best = 0;
	size_t most = 1;

	for (size_t i = 0; i < count; i++) {
		unsigned column = find_column(&lines[i]);
		size_t both = 0;
		size_t all = 0;

		for (size_t k = 0; column && k < count; k++) {
			if (!is_near(find_column(&lines[k]), column))
				continue;
			all++;
			both += lines[k].gaps > 0;
		}
		if (both && all > most && all * 2 >= count) {
			best = column;
			most = all;
		}
	}
	return best;
}

static size_t
trim_gap(const struct lines *lines, const struct line *line)
{
	size_t end = line->right;

	while (end > line->start) {
		size_t at = end;
		int32_t c = glyph_previous(lines->text, &at);

		if (glyph_classify(c) != GLYPH_SPACE)
			break;
		end = at;
	}
	return end;
}

/* One side of a line of the masthead, as a line. */
static void
add_side(struct lines *out, const struct line *line, unsigned column,
	 bool is_right)
{
	bool has_column = is_near(find_column(line), column);
	bool has_left = !has_column || line->gaps;
	struct line *side;

	if (is_right ? !has_column : !has_left)
		return;
	if (is_right)
		side = lines_add(out, line->gaps ? line->right : line->start,
				 line->end, 0);
	else
		side = lines_add(out, line->start,
				 has_column ? trim_gap(out, line) : line->end,
				 0);
	side->flags |= LINE_CELL;
	side->flags |= line->flags & LINE_NEW_PAGE;
	side->blanks = line->blanks;
	side->page = line->page;
}

void
columns_split(struct lines *lines)
{
	size_t count = count_masthead(lines);
	unsigned column = find_common_column(lines->items, count);
	struct lines out = { .text = lines->text,
			     .has_pages = lines->has_pages };

	if (!column)
		return;
	for (size_t i = 0; i < count; i++)
		add_side(&out, &lines->items[i], column, false);
	for (size_t i = 0; i < count; i++)
		add_side(&out, &lines->items[i], column, true);
	for (size_t i = count; i < lines->count; i++) {
		const struct line *line = &lines->items[i];

		*lines_add(&out, line->start, line->start, 0) = *line;
	}
	lines_fini(lines);
	*lines = out;
}
