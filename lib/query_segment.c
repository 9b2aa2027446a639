/* SPDX-License-Identifier: Apache-2.0 */
/*
 * query_segment.c - the text of a record, block by block
 *
 * Owns the list of open blocks; reads the record.
 */
#include "query_segment.h"

#include <stdlib.h>

void
query_segments_init(struct query_segments *segments,
		    const struct docket_record *record)
{
	*segments = (struct query_segments){ .record = record };
}

void
query_segments_fini(struct query_segments *segments)
{
	free(segments->open);
	*segments = (struct query_segments){ .record = NULL };
}

static void
open_block(struct query_segments *segments)
{
	segments->open =
		mem_grow_array(segments->open, segments->open_count,
			       &segments->open_capacity, sizeof(size_t));
	segments->open[segments->open_count++] = segments->next++;
}

/* Leave the blocks that end here, enter those that begin. */
static void
cross_border(struct query_segments *segments)
{
	const struct docket_record *record = segments->record;
	size_t count = docket_record_blocks(record);

	while (segments->next < count &&
	       docket_record_block(record, segments->next).start <=
		       segments->at)
		open_block(segments);
	while (segments->open_count > 0) {
		size_t top = segments->open[segments->open_count - 1];

		if (docket_record_block(record, top).end > segments->at)
			break;
		segments->open_count--;
	}
}

/* The segment from here on, inside the innermost open block. */
static struct query_segment
make_segment(const struct query_segments *segments)
{
	const struct docket_record *record = segments->record;
	struct docket_bytes language = { NULL, 0 };
	struct query_segment segment = {
		.block = SIZE_MAX,
		.start = segments->at,
		.end = (uint32_t)docket_record_text(record).size,
	};
	uint32_t next;

	if (segments->open_count > 0) {
		struct docket_block block;

		segment.block = segments->open[segments->open_count - 1];
		block = docket_record_block(record, segment.block);
		language = block.language;
		segment.end = block.end;
	}
	if (segments->next < docket_record_blocks(record)) {
		next = docket_record_block(record, segments->next).start;
		if (next < segment.end)
			segment.end = next;
	}
	if (language.size == 0)
		language =
			docket_record_field(record, DOCKET_FIELD_LANGUAGE, 0);
	segment.language = word_language_of(language);
	return segment;
}

bool
query_segments_next(struct query_segments *segments,
		    struct query_segment *out_segment)
{
	cross_border(segments);
	if (segments->at >= docket_record_text(segments->record).size)
		return false;
	*out_segment = make_segment(segments);
	segments->at = out_segment->end;
	return true;
}
