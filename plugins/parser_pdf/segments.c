/* SPDX-License-Identifier: Apache-2.0 */
/*
 * segments.c - glyphs into rows, and rows into what stands close together
 *
 * Owns its arrays. Time goes with the number of glyphs and the sorting of
 * chunks, of which there are a few in a row. Running out of memory ends the
 * process.
 */
#include "segments.h"

#include <math.h>

#include "array.h"
#include "letters.h"

/* All in parts of the size of the font. */
#define SAME_LINE 0.45f /* as far may base lines in a row be apart */
#define SAME_BASE 0.1f	/* and in a chunk */
#define SAME_SIZE 0.2f
#define OVERLAP 0.6f	 /* glyphs drawn onto each other */
#define WIDE_GAP 1.2f	 /* parts segments */
#define NEAR 2.0f	 /* beside a chunk, */
#define MARK_HEIGHT 0.9f /* above or below its base line */
/* A word of a giant does not pull the lines beside it into its row. */
#define GIANT 1.8f
/* With more of them a page is a drawing. */
#define RULES_LIMIT 512u

static void
add_chunk(struct segments *segments, const struct glyph *glyph, uint32_t index)
{
	segments->chunks = array_reserve(
		segments->chunks, segments->chunks_count + 1,
		&segments->chunks_capacity, sizeof(*segments->chunks));
	segments->chunks[segments->chunks_count++] = (struct chunk){
		.x0 = glyph->x0,
		.x1 = glyph->x1,
		.y = glyph->y,
		.size = glyph->size,
		.glyph = index,
		.count = 1,
		.letters = 1,
	};
}

/* Does the glyph stand right beside the one drawn before it? */
static bool
goes_on(const struct chunk *chunk, const struct glyph *before,
	const struct glyph *glyph)
{
	float size = fmaxf(before->size, glyph->size);
	float right = glyph->x0 - before->x1;
	float left = before->x0 - glyph->x1;

	if (fabsf(glyph->y - chunk->y) > SAME_BASE * size ||
	    fabsf(glyph->size - chunk->size) > SAME_SIZE * size)
		return false;
	return (right >= -OVERLAP * size && right <= WIDE_GAP * size) ||
	       (left >= -OVERLAP * size && left <= WIDE_GAP * size);
}

/* Is a space or a mark where the chunk is, so that it may belong to it? */
static bool
is_near(const struct chunk *chunk, const struct glyph *glyph, float height)
{
	float reach = NEAR * chunk->size;

	return fabsf(glyph->y - chunk->y) <= height * chunk->size &&
	       glyph->x1 >= chunk->x0 - reach && glyph->x0 <= chunk->x1 + reach;
}

static bool
is_mark(const struct page *page, const struct glyph *glyph)
{
	uint32_t c = page->text[glyph->text];

	return c >= 0x300 && letter_classify(c) == LETTER_MARK;
}

/* What is drawn now, and what came before it. */
struct drawing {
	struct segments *segments;
	const struct glyph *before; /* NULL: a chunk begins */
	uint32_t marks;		    /* that wait for their letter */
};

static struct chunk *
last_chunk(const struct drawing *drawing)
{
	return &drawing->segments->chunks[drawing->segments->chunks_count - 1];
}

/* Spaces and marks go with their chunk and do not make it larger. */
static void
draw_beside(struct drawing *drawing, const struct glyph *glyph, bool is_space)
{
	float height = is_space ? SAME_BASE : MARK_HEIGHT;

	if (drawing->before && !drawing->marks &&
	    is_near(last_chunk(drawing), glyph, height)) {
		last_chunk(drawing)->count++;
		return;
	}
	drawing->before = NULL;
	drawing->marks = is_space ? 0 : drawing->marks + 1;
}

static void
draw_letter(struct drawing *drawing, const struct glyph *glyph, uint32_t index)
{
	struct chunk *last = drawing->before ? last_chunk(drawing) : NULL;

	if (last && goes_on(last, drawing->before, glyph)) {
		last->x0 = fminf(last->x0, glyph->x0);
		last->x1 = fmaxf(last->x1, glyph->x1);
		last->count++;
		last->letters++;
	} else {
		add_chunk(drawing->segments, glyph, index);
		last_chunk(drawing)->glyph -= drawing->marks;
		last_chunk(drawing)->count += drawing->marks;
	}
	drawing->before = glyph;
	drawing->marks = 0;
}

static void
find_chunks(struct segments *segments, unsigned turns)
{
	const struct page *page = segments->page;
	struct drawing drawing = { .segments = segments };

	segments->chunks_count = 0;
	for (uint32_t i = 0; i < page->glyphs_count; i++) {
		const struct glyph *glyph = &page->glyphs[i];
		bool is_space = glyph->flags & GLYPH_SPACE;

		if (glyph->turns != turns) {
			drawing.before = NULL;
			drawing.marks = 0;
		} else if (is_space || is_mark(page, glyph)) {
			draw_beside(&drawing, glyph, is_space);
		} else {
			draw_letter(&drawing, glyph, i);
		}
	}
}

static int
compare_floats(float a, float b)
{
	return (a > b) - (a < b);
}

static int
compare_y(const void *a, const void *b)
{
	const struct chunk *one = a, *other = b;
	int order = compare_floats(one->y, other->y);

	if (!order)
		order = compare_floats(one->x0, other->x0);
	return order ? order : (one->glyph > other->glyph) * 2 - 1;
}

static int
compare_x(const void *a, const void *b)
{
	const struct chunk *one = a, *other = b;
	int order = compare_floats(one->x0, other->x0);

	return order ? order : (one->glyph > other->glyph) * 2 - 1;
}

/* Most pages are drawn from top to bottom. */
static void
sort_chunks(struct chunk *chunks, size_t count,
	    int (*compare)(const void *, const void *))
{
	for (size_t i = 1; i < count; i++) {
		if (compare(&chunks[i - 1], &chunks[i]) <= 0)
			continue;
		qsort(chunks, count, sizeof(*chunks), compare);
		return;
	}
}

static bool
is_same_line(float y, float size, const struct chunk *chunk)
{
	float large = fmaxf(size, chunk->size);
	float small = fminf(size, chunk->size);

	return fabsf(chunk->y - y) <= SAME_LINE * fminf(large, GIANT * small);
}

static void
add_segment(struct segments *segments, uint32_t chunk)
{
	const struct chunk *first = &segments->chunks[chunk];

	segments->items =
		array_reserve(segments->items, segments->count + 1,
			      &segments->capacity, sizeof(*segments->items));
	segments->items[segments->count++] = (struct segment){
		.x0 = first->x0,
		.x1 = first->x1,
		.y = first->y,
		.size = first->size,
		.chunk = chunk,
		.count = 1,
		.letters = first->letters,
	};
}

static void
extend_segment(struct segment *segment, const struct chunk *chunk)
{
	segment->x1 = fmaxf(segment->x1, chunk->x1);
	if (chunk->size > segment->size) {
		segment->size = chunk->size;
		segment->y = chunk->y;
	}
	segment->count++;
	segment->letters += chunk->letters;
}

/* Does a line drawn from top to bottom part them? */
static bool
is_ruled_off(const struct page *page, const struct segment *segment,
	     const struct chunk *chunk)
{
	float middle = chunk->y - chunk->size / 3;

	if (page->rules_count > RULES_LIMIT)
		return false;
	for (size_t i = 0; i < page->rules_count; i++) {
		const struct rule *rule = &page->rules[i];

		if (rule->y1 - rule->y0 > rule->x1 - rule->x0 &&
		    rule->y0 <= middle && rule->y1 >= middle &&
		    rule->x0 >= segment->x1 - 1 && rule->x1 <= chunk->x0 + 1)
			return true;
	}
	return false;
}

static void
add_row(struct segments *segments, uint32_t first, uint32_t end)
{
	struct chunk *chunks = segments->chunks;
	struct row row = { .segment = (uint32_t)segments->count };

	sort_chunks(chunks + first, end - first, compare_x);
	add_segment(segments, first);
	for (uint32_t i = first + 1; i < end; i++) {
		struct segment *last = &segments->items[segments->count - 1];
		float size = fmaxf(last->size, chunks[i].size);

		if (chunks[i].x0 - last->x1 > WIDE_GAP * size ||
		    (chunks[i].x0 > last->x1 &&
		     is_ruled_off(segments->page, last, &chunks[i])))
			add_segment(segments, i);
		else
			extend_segment(last, &chunks[i]);
	}
	row.count = (uint32_t)segments->count - row.segment;
	for (uint32_t i = 0; i < row.count; i++) {
		const struct segment *segment =
			&segments->items[row.segment + i];

		if (segment->size > row.size) {
			row.size = segment->size;
			row.y = segment->y;
		}
	}
	segments->rows = array_reserve(segments->rows, segments->rows_count + 1,
				       &segments->rows_capacity,
				       sizeof(*segments->rows));
	segments->rows[segments->rows_count++] = row;
}

static void
find_rows(struct segments *segments)
{
	const struct chunk *chunks = segments->chunks;
	uint32_t first = 0;
	float y = 0, size = 0;

	for (uint32_t i = 0; i < segments->chunks_count; i++) {
		if (i > first && is_same_line(y, size, &chunks[i])) {
			if (chunks[i].size > size) {
				size = chunks[i].size;
				y = chunks[i].y;
			}
			continue;
		}
		if (i > first)
			add_row(segments, first, i);
		first = i;
		y = chunks[i].y;
		size = chunks[i].size;
	}
	if (segments->chunks_count)
		add_row(segments, first, (uint32_t)segments->chunks_count);
}

void
segments_find(struct segments *segments, const struct page *page,
	      unsigned turns)
{
	segments->page = page;
	segments->count = 0;
	segments->rows_count = 0;
	find_chunks(segments, turns);
	sort_chunks(segments->chunks, segments->chunks_count, compare_y);
	find_rows(segments);
}

void
segments_fini(struct segments *segments)
{
	free(segments->chunks);
	free(segments->items);
	free(segments->rows);
	*segments = (struct segments){ 0 };
}
