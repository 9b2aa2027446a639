/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record.h - the record as one flat buffer: opened, built, rendered
 *
 * Layout, all integers little-endian, every section on a multiple of 8 bytes
 * and right behind the one before it, the image a multiple of 8 bytes long:
 *
 *   header   magic "DKTREC\0\1", u32 version, u32 size, 7 x {u32 offset, count}
 *   text     bytes, UTF-8
 *   strings  bytes; whatever is not text: field values, numbers, anchors
 *   fields   {u32 field, string}, ordered by field
 *   parts    {u32 start, end, kind, 3 x string}
 *   blocks   {u32 start, end, kind, role, level, page, 3 x string}
 *   marks    {u32 start, end, kind, 2 x string}
 *   tokens   bytes
 *
 * A string is {u32 at, u32 size} into `strings`. A worker that read strangers'
 * bytes wrote it, so record_open() checks every offset, order and encoding once;
 * afterwards the accessors of docket/record.h read in place without checks.
 */
#ifndef LIB_RECORD_H
#define LIB_RECORD_H

#include <docket/annotator.h>

#include "json.h"

#define RECORD_VERSION 1
/* No text is longer: offsets stay far from 32 bits. */
#define RECORD_TEXT_LIMIT (512u << 20)

struct record_header;

/* An open record; lends from the image, needs no fini. */
struct docket_record {
	const struct record_header *header;
	const char *base;
	struct docket_bytes tokens; /* lent; data NULL: those of the image */
};

/*
 * Check an image and make it readable, wherever in memory it lies. It must
 * outlive the record. 0, or -EBADMSG (then nothing of it may be used).
 */
int record_open(struct docket_bytes image, struct docket_record *out_record);
/*
 * The same for whoever has no use for its tokens: they are not looked at, which
 * is half of the work, and the record has none.
 */
int record_open_without_tokens(struct docket_bytes image,
			       struct docket_record *out_record);

/*
 * Tokens are made of the text, and larger than it: so what is kept for long is
 * the image without them, appended here, of one that opens.
 */
void record_put_bare(struct buffer *out, struct docket_bytes image);
/* Lend a record tokens that were made again. */
void record_lend_tokens(struct docket_record *record,
			struct docket_bytes tokens);

/* ---- building: the host's side of docket_put_...() ---- */

struct record_builder; /* heap */

/*
 * Parts may be as many as blocks; strings (values, numbers, titles) together
 * take as much as the text and 1 MiB.
 */
struct record_limits {
	uint64_t text_bytes;
	uint32_t blocks;
	uint32_t marks;
	uint32_t fields;
};

struct record_builder *record_builder_new(const struct record_limits *limits);
struct record_builder *record_builder_free(struct record_builder *builder);

/*
 * The limit that was run into first: "text", "blocks", "parts", "fields",
 * "marks", "strings", "tokens"; or NULL. Whatever was put past it is missing.
 */
const char *record_builder_limit(const struct record_builder *builder);

uint32_t record_put_text(struct record_builder *builder,
			 struct docket_bytes text);
void record_open_block(struct record_builder *builder,
		       const struct docket_block *block);
void record_close_block(struct record_builder *builder);
void record_open_part(struct record_builder *builder,
		      const struct docket_part *part);
void record_close_part(struct record_builder *builder);
void record_put_page(struct record_builder *builder, uint32_t page);
void record_put_field(struct record_builder *builder, enum docket_field field,
		      struct docket_bytes value);
void record_put_mark(struct record_builder *builder,
		     const struct docket_mark *mark);
void record_set_block_language(struct record_builder *builder, size_t index,
			       const char *language);
/* Append tokens, as word_put_tokens() makes them. */
void record_put_tokens(struct record_builder *builder,
		       struct docket_bytes tokens);

/*
 * The parser is done: close what is open, make blocks of loose text, order
 * blocks and give them anchors. Afterwards no text, block or part may be put.
 */
void record_settle(struct record_builder *builder);

/*
 * The structure anew, over a text that stays: all parts and blocks go, others
 * are placed by their ranges, what is out of order or crosses another is left
 * out, and record_resettle() does what record_settle() does.
 */
void record_clear_structure(struct record_builder *builder);
void record_place_part(struct record_builder *builder,
		       const struct docket_part *part);
void record_place_block(struct record_builder *builder,
			const struct docket_block *block);
void record_resettle(struct record_builder *builder);
void record_clear_field(struct record_builder *builder,
			enum docket_field field);

/* The record as it stands, for annotators; lent until the next change. */
struct docket_bytes record_text(const struct record_builder *builder);
size_t record_blocks(const struct record_builder *builder);
struct docket_block record_block(const struct record_builder *builder,
				 size_t index);
size_t record_parts(const struct record_builder *builder);
struct docket_part record_part(const struct record_builder *builder,
			       size_t index);
size_t record_marks(const struct record_builder *builder);
struct docket_mark record_mark(const struct record_builder *builder,
			       size_t index);
struct docket_bytes record_field(const struct record_builder *builder,
				 enum docket_field field, size_t index);

/* Append the image; the builder is settled and stays usable. */
void record_finish(struct record_builder *builder, struct buffer *out);

/*
 * A builder carried to another process. Appended is its image, and in front of
 * that what an image has no place for; it is settled before.
 */
void record_save(struct record_builder *builder, struct buffer *out);

/*
 * Its partner, of bytes that anybody may have written: a settled builder that
 * goes on as the saved one would have. 0, or -EBADMSG: they are none, or more
 * than the limits allow.
 */
int record_load(struct docket_bytes saved, const struct record_limits *limits,
		struct record_builder **out_builder);

/* ---- rendering ---- */

/* What a record does not know about its document. */
struct record_origin {
	const char *id; /* "sha256:..." or NULL */
	struct docket_bytes name;
	uint64_t size;
};

/*
 * Write the object shown in docs/record.md, in linear time. Single values that
 * are absent are null; what a block does not have is left out.
 */
void record_put_json(struct json *json, const struct docket_record *record,
		     const struct record_origin *origin);

/*
 * The two halves of a DOCKET_FIELD_CHILD, "sha256:HEX NAME": the name of its
 * bytes, as in JSON, and what it was called.
 */
struct docket_bytes record_child_id(struct docket_bytes child);
struct docket_bytes record_child_name(struct docket_bytes child);

/* The names used in JSON; NULL past the end. */
const char *record_part_kind_name(enum docket_part_kind kind);
const char *record_block_kind_name(enum docket_block_kind kind);
const char *record_block_role_name(enum docket_block_role role);
const char *record_mark_kind_name(enum docket_mark_kind kind);

/* Is that field single, that is, replaced when put again? */
bool record_field_is_single(enum docket_field field);

#endif
