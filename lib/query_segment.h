/* SPDX-License-Identifier: Apache-2.0 */
/*
 * query_segment.h - the text of a record, block by block (private to query*)
 *
 * Blocks nest, so the text of one may be interrupted by that of another. A
 * segment is a piece of text between two borders of blocks; it belongs to the
 * innermost block around it.
 */
#ifndef LIB_QUERY_SEGMENT_H
#define LIB_QUERY_SEGMENT_H

#include "record.h"
#include "word.h"

struct query_segment {
	size_t block; /* SIZE_MAX: text outside of blocks */
	uint32_t start;
	uint32_t end; /* more than start */
	enum word_language language;
};

struct query_segments {
	const struct docket_record *record;
	uint32_t at;
	size_t next;  /* the first block that is not open yet */
	size_t *open; /* blocks around this place, innermost last */
	size_t open_count;
	size_t open_capacity;
};

/* The record is lent until the fini. */
void query_segments_init(struct query_segments *segments,
			 const struct docket_record *record);
void query_segments_fini(struct query_segments *segments);

/* In the order of the text; false at its end. Linear over all calls. */
bool query_segments_next(struct query_segments *segments,
			 struct query_segment *out_segment);

#endif
