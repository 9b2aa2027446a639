/* SPDX-License-Identifier: Apache-2.0 */
/*
 * columns.h - rows that stand beside a gap that goes through all of them
 */
#ifndef PARSER_PDF_COLUMNS_H
#define PARSER_PDF_COLUMNS_H

#include "segments.h"

#define GUTTERS_LIMIT 8u

/* Segments of one row that are read together. */
struct strip {
	float y, size;
	uint32_t segment, count;
};

enum columns_kind {
	COLUMNS_NONE,  /* a row is read as one */
	COLUMNS_PROSE, /* each is read to its end */
	COLUMNS_TABLE, /* row by row, cells apart */
};

/* Strips from first to end, and what parts their columns. */
struct columns {
	size_t first, end;
	enum columns_kind kind;
	uint32_t gutters;
	float gutter[GUTTERS_LIMIT]; /* x in the middle of each */
};

/*
 * The group of strips that begins at first: those that share a gutter, or one
 * strip that shares none. is_head: what stands here is a masthead, if it is
 * columns at all.
 */
void columns_find(const struct segments *segments, const struct strip *strips,
		  size_t first, size_t count, bool is_head, bool is_rtl,
		  struct columns *out_columns);

/* The part of a strip that is in a column, counted from the left. */
struct strip columns_cut(const struct segments *segments,
			 const struct columns *columns,
			 const struct strip *strip, uint32_t column);

#endif
