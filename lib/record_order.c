/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_order.c - blocks by the part that they lie in
 *
 * For the renderings, which go from part to part: a counting sort, linear. Owns
 * nothing but what it hands out.
 */
#include <stdlib.h>

#include "record_image.h"

/* The part of each block; how many a part has is left in first[part + 1]. */
static void
find_owners(const struct docket_record *record, size_t *first,
	    uint32_t *out_owners)
{
	struct record_walk walk;

	record_walk_start(&walk, record);
	for (size_t i = 0; i < docket_record_blocks(record); i++) {
		struct docket_block block = docket_record_block(record, i);
		int64_t owner = record_walk_part(
			&walk, (struct image_range){ block.start, block.end });

		assert(owner >= 0);
		out_owners[i] = (uint32_t)owner;
		first[owner + 1]++;
	}
}

void
record_order_init(struct record_order *order,
		  const struct docket_record *record)
{
	size_t parts = docket_record_parts(record);
	size_t blocks = docket_record_blocks(record);
	auto_free uint32_t *owners = mem_alloc_array(blocks, sizeof(*owners));
	auto_free size_t *places = NULL;

	order->first = mem_alloc_array(parts + 1, sizeof(size_t));
	order->order = mem_alloc_array(blocks, sizeof(uint32_t));
	find_owners(record, order->first, owners);
	for (size_t part = 0; part < parts; part++)
		order->first[part + 1] += order->first[part];
	places = mem_dup(order->first, (parts + 1) * sizeof(size_t));
	for (size_t i = 0; i < blocks; i++)
		order->order[places[owners[i]]++] = (uint32_t)i;
}

void
record_order_fini(struct record_order *order)
{
	free(order->first);
	free(order->order);
	*order = (struct record_order){ 0 };
}
