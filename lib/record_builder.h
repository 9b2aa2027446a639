/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_builder.h - a record being built, for the files record_*.c alone
 *
 * Items are kept as they will stand in the image. Text only grows and blocks
 * begin where it ends, so parts and blocks come in the image's order by
 * themselves: for that, none of them may be empty of text, be it a line feed.
 */
#ifndef LIB_RECORD_BUILDER_H
#define LIB_RECORD_BUILDER_H

#include "record_image.h"

#define RECORD_DEPTH 32 /* of blocks and of parts; deeper ones are flattened */

/* From this offset on, this is the page. */
struct record_turn {
	uint32_t at;
	uint32_t page;
};

struct record_values {
	struct image_string *items;
	size_t count;
	size_t capacity;
};

/* What is open, by index, and how many are open that were flattened. */
struct record_opened {
	size_t items[RECORD_DEPTH];
	size_t depth;
	size_t excess;
};

struct record_builder {
	struct record_limits limits;
	const char *limit; /* the first that was run into */
	bool is_settled;

	struct buffer text;
	bool is_after_return; /* what was put last ended in CR */
	uint32_t loose;	      /* where text begins that has no block yet */
	struct buffer strings;
	uint64_t string_bytes; /* of plugins: counted against the limit */
	struct buffer tokens;

	struct record_values fields[DOCKET_FIELD_COUNT];
	size_t field_count; /* without warnings of the host */
	struct image_part *parts;
	size_t part_count;
	size_t part_capacity;
	struct image_block *blocks;
	size_t block_count;
	size_t block_capacity;
	struct image_mark *marks;
	size_t mark_count;
	size_t mark_capacity;
	struct record_turn *turns;
	size_t turn_count;
	size_t turn_capacity;

	/* of a structure that is put anew */
	struct record_nesting placed_parts;
	struct record_nesting placed_blocks;

	struct record_opened open_parts;
	struct record_opened open_blocks;

	size_t replaced; /* sequences that were not UTF-8 */
	size_t refused;	 /* things put out of range or too late */
};

/* record_build.c */
void record_hit_limit(struct record_builder *builder, const char *name);
void record_add_part(struct record_builder *builder,
		     const struct image_part *part);
/* False where the limit is reached. */
bool record_add_block(struct record_builder *builder,
		      const struct image_block *block);
void record_close_all(struct record_builder *builder);
/* Kinds and roles that do not exist become the plain ones. */
struct image_part record_make_part(struct record_builder *builder,
				   const struct docket_part *part);
struct image_block record_make_block(struct record_builder *builder,
				     const struct docket_block *block);

/* record_finish.c: append the image of what stands there. */
void record_put_image(const struct record_builder *builder, struct buffer *out);

/* record_value.c: a plugin's string, on one line, without spaces around it. */
struct image_string record_put_string(struct record_builder *builder,
				      struct docket_bytes value);
/* The host's own string as it is, without limit. */
struct image_string record_add_string(struct record_builder *builder,
				      struct docket_bytes value);
/* The string, lent until the next one is added. */
struct docket_bytes record_get_string(const struct record_builder *builder,
				      struct image_string string);
void record_add_field(struct record_builder *builder, enum docket_field field,
		      struct image_string value);

/* record_settle.c: make paragraphs of the text since the last block. */
void record_settle_loose(struct record_builder *builder);
/* Tell in a field what was replaced or refused since the last time. */
void record_settle_warnings(struct record_builder *builder);

/* record_anchor.c: name parts and blocks; all lie in parts. */
void record_put_anchors(struct record_builder *builder);

#endif
