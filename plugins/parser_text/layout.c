/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout.c - how the lines of a document are broken, learned from itself
 *
 * Pure. Whoever broke the lines took words onto a line while they fitted, so a
 * line plus the next word reaches beyond the measure. Pairs of lines that
 * certainly belong together (the second goes on in small letters) show how far
 * that is; where a script has no small letters, or few lines go on so, all
 * pairs that may belong together show it.
 */
#include "layout.h"

/* What is wider was not broken for anyone to read. */
#define REACH_LIMIT 160
/* Nobody sets text as narrow. */
#define REACH_MINIMUM 36
/* An indented line that is full. */
#define INDENTED_MINIMUM 60
/* Pairs that tell something, and one in how many there must be. */
#define SURE_MINIMUM 2
#define LIKELY_MINIMUM 3
#define SURE_RATIO 8
#define LIKELY_RATIO 3
/* Proportional type makes lines of as many columns more or less (percent). */
#define TOLERANCE 88
/* One line in so many has empty ones before it, if paragraphs have. */
#define SPACED_RATIO 8

/* Columns, not lines: a page of text outweighs a page of names. */
struct histogram {
	size_t columns[REACH_LIMIT + 1]; /* in pairs of that reach, or beyond */
	size_t total;
	size_t pairs;
};

typedef bool pair_test(const struct line *line, const struct line *next);

unsigned
layout_reach(const struct line *line, const struct line *next)
{
	bool needs_space = next->opening != GLYPH_IDEOGRAPH &&
			   line->closing != CLOSING_HYPHEN;

	return line->width + needs_space + next->first_word;
}

static bool
are_neighbours(const struct line *line, const struct line *next)
{
	unsigned apart = LINE_BARE | LINE_CELL | LINE_FURNITURE;

	return next->blanks == 0 && !((line->flags | next->flags) & apart) &&
	       !line->gaps && !next->gaps && !next->marker.kind;
}

/*
 * An indented first line and one at the margin below: Chinese and Arabic have
 * no small letters, and names may come first. Lines of titles are narrower.
 */
static bool
is_below_indent(const struct line *line, const struct line *next)
{
	return line->indent > next->indent && line->width >= INDENTED_MINIMUM &&
	       glyph_is_letter(next->opening);
}

static bool
goes_on_surely(const struct line *line, const struct line *next)
{
	return are_neighbours(line, next) && line->closing <= CLOSING_COMMA &&
	       (next->opening == GLYPH_LOWER || is_below_indent(line, next));
}

static bool
goes_on_likely(const struct line *line, const struct line *next)
{
	return are_neighbours(line, next) && line->closing <= CLOSING_COMMA;
}

static void
count_pairs(const struct lines *lines, pair_test *test,
	    struct histogram *out_histogram)
{
	*out_histogram = (struct histogram){ 0 };
	for (size_t i = 1; i < lines->count; i++) {
		const struct line *next = &lines->items[i];
		unsigned reach;

		if (!test(next - 1, next))
			continue;
		reach = layout_reach(next - 1, next);
		if (reach > REACH_LIMIT)
			reach = REACH_LIMIT;
		out_histogram->columns[reach] += reach;
		out_histogram->total += reach;
		out_histogram->pairs++;
	}
}

/* The reach that so many percent of the text do not exceed. */
static unsigned
find_quantile(const struct histogram *histogram, unsigned percent)
{
	size_t wanted = histogram->total * percent / 100;
	size_t seen = 0;

	for (unsigned reach = 0; reach <= REACH_LIMIT; reach++) {
		seen += histogram->columns[reach];
		if (seen > wanted)
			return reach;
	}
	return REACH_LIMIT;
}

/* Is half of it about as wide as the widest? Lists are not. */
static bool
is_mostly_full(const struct histogram *histogram, unsigned full)
{
	size_t columns = 0;

	for (unsigned reach = full; reach < REACH_LIMIT; reach++)
		columns += histogram->columns[reach];
	return columns * 2 >= histogram->total;
}

static unsigned
choose_full(const struct histogram *histogram, unsigned percent)
{
	unsigned least = find_quantile(histogram, 0);
	unsigned full = find_quantile(histogram, percent) * TOLERANCE / 100;

	return full < least ? least : full;
}

static bool
is_measure(const struct histogram *histogram, unsigned percent)
{
	unsigned reach = find_quantile(histogram, percent);

	return reach >= REACH_MINIMUM && reach < REACH_LIMIT;
}

/* Is most of the text in lines that nobody broke, or far beyond the measure? */
static bool
is_mostly_unbroken(const struct lines *lines, unsigned full)
{
	unsigned limit =
		full + full / 2 < REACH_LIMIT ? full + full / 2 : REACH_LIMIT;
	size_t total = 0;
	size_t unbroken = 0;

	for (size_t i = 0; i < lines->count; i++) {
		unsigned width = lines->items[i].width;

		total += width;
		unbroken += width > limit ? width : 0;
	}
	return unbroken * 2 > total;
}

struct layout
layout_learn(const struct lines *lines)
{
	struct layout layout = { 0 };
	struct histogram pairs;
	size_t neighbours = 0;
	size_t spaced = 0;

	for (size_t i = 1; i < lines->count; i++) {
		const struct line *line = &lines->items[i];

		spaced += line->blanks > 0;
		neighbours += are_neighbours(line - 1, line);
	}
	layout.is_spaced = spaced * SPACED_RATIO >= lines->count;
	count_pairs(lines, goes_on_surely, &pairs);
	if (pairs.pairs >= SURE_MINIMUM &&
	    pairs.pairs * SURE_RATIO >= neighbours) {
		layout.full = choose_full(&pairs, 50);
		layout.is_wrapped = is_measure(&pairs, 50);
		return layout;
	}
	count_pairs(lines, goes_on_likely, &pairs);
	layout.full = choose_full(&pairs, 90);
	layout.is_wrapped = !is_mostly_unbroken(lines, layout.full) &&
			    pairs.pairs >= LIKELY_MINIMUM &&
			    pairs.pairs * LIKELY_RATIO >= neighbours &&
			    is_measure(&pairs, 90) &&
			    is_mostly_full(&pairs, layout.full);
	return layout;
}
