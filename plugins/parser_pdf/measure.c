/* SPDX-License-Identifier: Apache-2.0 */
/*
 * measure.c - how the document is set: its usual size, style and leading
 *
 * Counts letters by size and lines by distance; the most frequent one is
 * usual. Owns nothing. Running out of memory ends the process.
 */
#include "measure.h"

#include <math.h>

#include "array.h"

#define SIZES 200u    /* by half points */
#define LEADINGS 150u /* by 2 percent of the size */
#define LEADING_STEP 0.02f
#define LEADING_LIMIT 2.6f
/* Places on a line, in parts of the page's width. */
#define ENDS 160u
#define WIDE_LINE 0.45f
#define FAR_PERCENT 8u

static float
width_of(const struct document *document, const struct line *line)
{
	return document->sheets[line->page - 1].width;
}

static uint32_t
find_peak(const uint32_t *counts, uint32_t size)
{
	uint32_t best = 0;

	for (uint32_t i = 1; i < size; i++)
		if (counts[i] > counts[best])
			best = i;
	return best;
}

static void
measure_size(struct document *document)
{
	uint32_t sizes[SIZES] = { 0 };
	size_t bold = 0, all = 0;

	for (size_t i = 0; i < document->count; i++) {
		const struct line *line = &document->lines[i];
		float bin = roundf(line->font * 2);

		if (bin > 0 && bin < SIZES)
			sizes[(uint32_t)bin] += line->glyphs;
		bold += line->flags & LINE_BOLD ? line->glyphs : 0;
		all += line->glyphs;
	}
	document->body = (float)find_peak(sizes, SIZES) / 2;
	document->body_style = bold * 2 > all ? LINE_BOLD : 0;
}

static void
measure_leading(struct document *document)
{
	uint32_t leadings[LEADINGS] = { 0 };

	for (size_t i = 1; i < document->count; i++) {
		const struct line *line = &document->lines[i];
		float ratio = (line->y - line[-1].y) / line->font;

		if (line->flow == line[-1].flow &&
		    fabsf(line->font - document->body) < 0.6f && ratio > 0.8f &&
		    ratio < LEADING_LIMIT)
			leadings[(uint32_t)(ratio / LEADING_STEP)]++;
	}
	document->leading =
		((float)find_peak(leadings, LEADINGS) + 0.5f) * LEADING_STEP;
	if (document->leading < 0.8f)
		document->leading = 1.2f;
}

/* Do lines from the right stand flush at the left? Programs do that, too. */
static bool
is_from_left(const struct document *document)
{
	uint32_t left[ENDS] = { 0 }, right[ENDS] = { 0 };

	for (size_t i = 0; i < document->count; i++) {
		const struct line *line = &document->lines[i];
		float width = width_of(document, line);
		float x0 = line->x0 / width * ENDS;
		float x1 = line->x1 / width * ENDS;

		if (!(line->flags & LINE_RTL) || !(x0 >= 0 && x1 < ENDS))
			continue;
		left[(uint32_t)x0]++;
		right[(uint32_t)x1]++;
	}
	return left[find_peak(left, ENDS)] > 2 * right[find_peak(right, ENDS)];
}

void
measure_document(struct document *document)
{
	measure_size(document);
	measure_leading(document);
	document->is_from_left = is_from_left(document);
}

/*
 * How far lines go, in parts of the page's width: farther than most, but for
 * the odd one that sticks out.
 */
static float
find_margin(const struct document *document)
{
	uint32_t ends[ENDS] = { 0 };
	uint32_t lines = 0, beyond = 0, at = ENDS;

	for (size_t i = 0; i < document->count; i++) {
		const struct line *line = &document->lines[i];
		float width = width_of(document, line);
		float end = line_end(document, line) / width * ENDS;

		if (line->kind != LINE_BODY || !(end >= 0 && end < ENDS) ||
		    line->flags & LINE_IN_COLUMN ||
		    line->x1 - line->x0 < WIDE_LINE * width)
			continue;
		ends[(uint32_t)end]++;
		lines++;
	}
	while (at && beyond * 100 < lines * FAR_PERCENT)
		beyond += ends[--at];
	return lines ? (float)at / ENDS : 0;
}

struct extent *
measure_flows(const struct document *document)
{
	struct extent *extents = array_new(document->flows, sizeof(*extents));
	float margin = find_margin(document);

	for (uint32_t i = 0; i < document->flows; i++)
		extents[i] = (struct extent){ HUGE_VALF, -HUGE_VALF };
	for (size_t i = 0; i < document->count; i++) {
		const struct line *line = &document->lines[i];
		struct extent *extent = &extents[line->flow];

		if (line->kind != LINE_BODY)
			continue;
		extent->start =
			fminf(extent->start, line_start(document, line));
		if (margin > 0 && !(line->flags & LINE_IN_COLUMN))
			extent->end = margin * width_of(document, line);
		else
			extent->end =
				fmaxf(extent->end, line_end(document, line));
	}
	return extents;
}
