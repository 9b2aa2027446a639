/* SPDX-License-Identifier: Apache-2.0 */
/*
 * segments.h - glyphs into rows, and rows into what stands close together
 *
 * A chunk is what was drawn one glyph beside the other; a row is what stands
 * on one base line; a segment of it has no wide gap inside. Rows go from top
 * to bottom, segments and chunks from left to right.
 */
#ifndef PARSER_PDF_SEGMENTS_H
#define PARSER_PDF_SEGMENTS_H

#include "page.h"

struct chunk {
	float x0, x1, y, size;
	uint32_t glyph, count; /* with the spaces between them */
	uint32_t letters;
};

struct segment {
	float x0, x1, y, size; /* y and size of its largest chunk */
	uint32_t chunk, count;
	uint32_t letters;
};

struct row {
	float y, size;
	uint32_t segment, count;
};

struct segments {
	const struct page *page;
	struct chunk *chunks;
	size_t chunks_count, chunks_capacity;
	struct segment *items;
	size_t count, capacity;
	struct row *rows;
	size_t rows_count, rows_capacity;
};

/*
 * Of the glyphs that are turned so. Replaces what was in there; the page must
 * outlive it.
 */
void segments_find(struct segments *segments, const struct page *page,
		   unsigned turns);
void segments_fini(struct segments *segments);

#endif
