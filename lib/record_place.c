/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_place.c - a structure put anew over a text that stays
 *
 * Works on the builder of record_build.c, once it is settled. What annotators
 * place is checked as an image would be, so that one made of it is good; what
 * is not in order is left out and told in a warning. Never ends the process.
 */
#include "record_builder.h"

void
record_clear_structure(struct record_builder *builder)
{
	builder->part_count = 0;
	builder->block_count = 0;
	builder->placed_parts = (struct record_nesting){ 0 };
	builder->placed_blocks = (struct record_nesting){ 0 };
}

/* Something of the text, and next in its place. It is counted if not. */
static bool
may_place(struct record_builder *builder, struct record_nesting *nesting,
	  struct image_range range)
{
	struct docket_bytes text = buffer_bytes(&builder->text);
	bool is_good = range.start < range.end &&
		       image_is_boundary(text, range.start) &&
		       image_is_boundary(text, range.end) &&
		       record_nest(nesting, range);

	if (!is_good)
		builder->refused++;
	return is_good;
}

void
record_place_part(struct record_builder *builder,
		  const struct docket_part *part)
{
	struct image_part made = record_make_part(builder, part);

	if (builder->part_count >= builder->limits.blocks)
		record_hit_limit(builder, "parts");
	else if (may_place(builder, &builder->placed_parts, made.range))
		record_add_part(builder, &made);
}

void
record_place_block(struct record_builder *builder,
		   const struct docket_block *block)
{
	struct image_block made = record_make_block(builder, block);

	if (may_place(builder, &builder->placed_blocks, made.range))
		record_add_block(builder, &made);
}
