/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_json.h - the JSON that a program wrote, checked into flat lists
 *
 * Its shape is what record_put_json() writes. Positions are bytes of the text;
 * parts come in order, each before those within it, and so do blocks.
 */
#ifndef WORKER_PROGRAM_JSON_H
#define WORKER_PROGRAM_JSON_H

#include <docket/record.h>

#include "fault.h"
#include "mem.h"

struct program_block {
	struct docket_block block;
	size_t index; /* in the order in which they were written */
};

struct program_value {
	enum docket_field field;
	struct docket_bytes value;
};

/* Strings are lent from what was read. */
struct program_json {
	struct docket_bytes text;
	struct program_value *values;
	size_t value_count, value_capacity;
	struct docket_part *parts;
	size_t part_count, part_capacity;
	struct program_block *blocks;
	size_t block_count, block_capacity;
	struct docket_mark *marks;
	size_t mark_count, mark_capacity;
};

/*
 * Read it strictly: no other members, nothing said twice, every range within
 * the text and between characters. The output is changed, and is to stay as
 * long as what was read. 0, or -EINVAL with a sentence; program_json_fini() in
 * any case.
 */
int program_json_read(struct buffer *output, struct program_json *out_json,
		      struct fault *fault);
void program_json_fini(struct program_json *json);

#endif
