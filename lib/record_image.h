/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_image.h - a record in bytes, as record.h describes it
 *
 * For the files record*.c alone. Everything is packed and made of 32-bit
 * numbers, so it is read in place wherever an image lies.
 */
#ifndef LIB_RECORD_IMAGE_H
#define LIB_RECORD_IMAGE_H

#include <assert.h>

#include "record.h"

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	      "images are read in place");

#define IMAGE_PACKED __attribute__((packed))
#define IMAGE_MAGIC "DKTREC\0\1" /* 8 bytes, without the NUL behind them */
#define IMAGE_ALIGN 8
#define IMAGE_DEPTH 64	      /* of parts, of blocks */
#define IMAGE_TOKEN_LIMIT 255 /* bytes */

enum image_section_kind {
	IMAGE_TEXT,
	IMAGE_STRINGS,
	IMAGE_FIELDS,
	IMAGE_PARTS,
	IMAGE_BLOCKS,
	IMAGE_MARKS,
	IMAGE_TOKENS,
	IMAGE_SECTION_COUNT
};

struct image_section {
	uint32_t offset; /* from the start of the image */
	uint32_t count;	 /* bytes, or items */
} IMAGE_PACKED;

struct record_header {
	char magic[8];
	uint32_t version;
	uint32_t size; /* of the image */
	struct image_section sections[IMAGE_SECTION_COUNT];
} IMAGE_PACKED;

struct image_string {
	uint32_t at;
	uint32_t size;
} IMAGE_PACKED;

struct image_field {
	uint32_t field;
	struct image_string value;
} IMAGE_PACKED;

/* What parts, blocks and marks begin with. */
struct image_range {
	uint32_t start;
	uint32_t end;
} IMAGE_PACKED;

struct image_part {
	struct image_range range;
	uint32_t kind;
	struct image_string number;
	struct image_string title;
	struct image_string anchor;
} IMAGE_PACKED;

struct image_block {
	struct image_range range;
	uint32_t kind;
	uint32_t role;
	uint32_t level;
	uint32_t page;
	struct image_string number;
	struct image_string anchor;
	struct image_string language;
} IMAGE_PACKED;

struct image_mark {
	struct image_range range;
	uint32_t kind;
	struct image_string value;
	struct image_string uri;
} IMAGE_PACKED;

/* Bytes of one item of a section. */
extern const size_t record_item_size[IMAGE_SECTION_COUNT];

/* Is an offset between two characters of valid UTF-8, or at its end? */
static inline bool
image_is_boundary(struct docket_bytes bytes, uint32_t at)
{
	if (at >= bytes.size)
		return at == bytes.size;
	return ((unsigned char)bytes.data[at] & 0xc0) != 0x80;
}

/* The ends of the ranges around the one that is looked at. */
struct record_nesting {
	struct image_range last;
	size_t depth;
	uint32_t ends[IMAGE_DEPTH];
};

/*
 * May this range come next: ordered by start, then from outer to inner, never
 * crossing, not too deep? It is entered if so.
 */
bool record_nest(struct record_nesting *nesting, struct image_range range);

/* Parts being walked along with ranges that are given in order of start. */
struct record_walk {
	const struct image_part *parts; /* ordered and nested */
	size_t count;
	size_t next;		    /* the first that was not entered */
	size_t depth;		    /* of those that are open */
	uint32_t open[IMAGE_DEPTH]; /* the innermost is the last */
};

/* Walk along the parts of a record. */
void record_walk_start(struct record_walk *walk,
		       const struct docket_record *record);
#define RECORD_WALK_OUTSIDE (-1)  /* of all parts */
#define RECORD_WALK_CROSSING (-2) /* the edge of one */
/* The innermost part in which a range lies whole, or one of those above. */
int64_t record_walk_part(struct record_walk *walk, struct image_range range);

/* Blocks by the part that they lie in; those of one part stay in their order. */
struct record_order {
	size_t *first;	 /* of each part: its first place; one more; heap */
	uint32_t *order; /* which block has that place; heap */
};

void record_order_init(struct record_order *order,
		       const struct docket_record *record);
void record_order_fini(struct record_order *order);

#endif
