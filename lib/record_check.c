/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_check.c - is this image a record?
 *
 * Reads images that workers wrote, who may have been taken over by what they
 * read. So that the accessors of record.c need no checks, every number of an
 * image is looked at here, each section in one pass. Owns nothing, never ends
 * the process.
 */
#include <errno.h>
#include <string.h>

#include "escape.h"
#include "record_image.h"

/* An image whose header and sections are known to be in place. */
struct image {
	const char *base;
	const struct record_header *header;
	struct docket_bytes text;
	struct docket_bytes strings;
};

static const void *
get_section(const struct image *image, enum image_section_kind kind)
{
	return image->base + image->header->sections[kind].offset;
}

static size_t
count_items(const struct image *image, enum image_section_kind kind)
{
	return image->header->sections[kind].count;
}

static uint64_t
align(uint64_t offset)
{
	return (offset + IMAGE_ALIGN - 1) / IMAGE_ALIGN * IMAGE_ALIGN;
}

/* Sections follow one another without gaps but for their alignment. */
static bool
is_header_good(const struct record_header *header, size_t size)
{
	uint64_t end = sizeof(*header);

	if (memcmp(header->magic, IMAGE_MAGIC, sizeof(header->magic)) ||
	    header->version != RECORD_VERSION || header->size != size)
		return false;
	for (int kind = 0; kind < IMAGE_SECTION_COUNT; kind++) {
		const struct image_section *section = &header->sections[kind];

		if (section->offset != align(end))
			return false;
		end = section->offset +
		      (uint64_t)section->count * record_item_size[kind];
	}
	return align(end) == size &&
	       header->sections[IMAGE_TEXT].count <= RECORD_TEXT_LIMIT;
}

static bool
is_string_good(const struct image *image, struct image_string string)
{
	return string.at <= image->strings.size &&
	       string.size <= image->strings.size - string.at &&
	       image_is_boundary(image->strings, string.at) &&
	       image_is_boundary(image->strings, string.at + string.size);
}

static bool
is_range_good(const struct image *image, struct image_range range)
{
	return range.start <= range.end &&
	       image_is_boundary(image->text, range.start) &&
	       image_is_boundary(image->text, range.end);
}

static bool
are_fields_good(const struct image *image)
{
	const struct image_field *fields = get_section(image, IMAGE_FIELDS);
	size_t count = count_items(image, IMAGE_FIELDS);

	for (size_t i = 0; i < count; i++) {
		uint32_t field = fields[i].field;

		if (field >= DOCKET_FIELD_COUNT ||
		    !is_string_good(image, fields[i].value))
			return false;
		if (i == 0 || fields[i - 1].field < field)
			continue;
		if (fields[i - 1].field > field ||
		    record_field_is_single((enum docket_field)field))
			return false;
	}
	return true;
}

static bool
are_parts_good(const struct image *image)
{
	const struct image_part *parts = get_section(image, IMAGE_PARTS);
	size_t count = count_items(image, IMAGE_PARTS);
	struct record_nesting nesting = { 0 };

	for (size_t i = 0; i < count; i++) {
		const struct image_part *part = &parts[i];

		if (!is_range_good(image, part->range) ||
		    !record_nest(&nesting, part->range) ||
		    part->kind >= DOCKET_PART_KIND_COUNT ||
		    !is_string_good(image, part->number) ||
		    !is_string_good(image, part->title) ||
		    !is_string_good(image, part->anchor))
			return false;
	}
	return true;
}

static bool
is_block_good(const struct image *image, const struct image_block *block)
{
	return block->kind < DOCKET_BLOCK_KIND_COUNT &&
	       block->role < DOCKET_ROLE_COUNT &&
	       is_range_good(image, block->range) &&
	       is_string_good(image, block->number) &&
	       is_string_good(image, block->anchor) &&
	       is_string_good(image, block->language);
}

/* Parts are good: each block must lie in one of them. */
static bool
are_blocks_good(const struct image *image)
{
	const struct image_block *blocks = get_section(image, IMAGE_BLOCKS);
	size_t count = count_items(image, IMAGE_BLOCKS);
	struct record_walk walk = {
		.parts = get_section(image, IMAGE_PARTS),
		.count = count_items(image, IMAGE_PARTS),
	};
	struct record_nesting nesting = { 0 };

	for (size_t i = 0; i < count; i++)
		if (!is_block_good(image, &blocks[i]) ||
		    !record_nest(&nesting, blocks[i].range) ||
		    record_walk_part(&walk, blocks[i].range) < 0)
			return false;
	return true;
}

static bool
are_marks_good(const struct image *image)
{
	const struct image_mark *marks = get_section(image, IMAGE_MARKS);
	size_t count = count_items(image, IMAGE_MARKS);

	for (size_t i = 0; i < count; i++)
		if (marks[i].kind >= DOCKET_MARK_KIND_COUNT ||
		    !is_range_good(image, marks[i].range) ||
		    !is_string_good(image, marks[i].value) ||
		    !is_string_good(image, marks[i].uri))
			return false;
	return true;
}

/* Each token is short and followed by one space; a twin has one before it. */
static bool
are_tokens_good(const struct image *image)
{
	const char *at = get_section(image, IMAGE_TOKENS);
	size_t left = count_items(image, IMAGE_TOKENS);
	bool is_first = true;

	if (!escape_is_utf8((struct docket_bytes){ at, left }))
		return false;
	while (left > 0) {
		const char *space = memchr(at, ' ', left);
		size_t size = space ? (size_t)(space - at) : 0;

		if (size == 0 || size > IMAGE_TOKEN_LIMIT)
			return false;
		if (at[0] == '=' && (is_first || size == 1))
			return false;
		is_first = false;
		at += size + 1;
		left -= size + 1;
	}
	return true;
}

/* The two sections that the offsets of all others point into. */
static bool
is_text_good(struct image *image)
{
	image->text = (struct docket_bytes){ get_section(image, IMAGE_TEXT),
					     count_items(image, IMAGE_TEXT) };
	image->strings =
		(struct docket_bytes){ get_section(image, IMAGE_STRINGS),
				       count_items(image, IMAGE_STRINGS) };
	return escape_is_utf8(image->text) && escape_is_utf8(image->strings);
}

static int
open_image(struct docket_bytes from, bool has_tokens,
	   struct docket_record *out_record)
{
	struct image image = {
		.base = from.data,
		.header = (const struct record_header *)from.data,
	};

	if (from.size < sizeof(*image.header) ||
	    !is_header_good(image.header, from.size) || !is_text_good(&image) ||
	    !are_fields_good(&image) || !are_parts_good(&image) ||
	    !are_blocks_good(&image) || !are_marks_good(&image) ||
	    (has_tokens && !are_tokens_good(&image)))
		return -EBADMSG;
	*out_record = (struct docket_record){ .header = image.header,
					      .base = image.base };
	return 0;
}

int
record_open(struct docket_bytes from, struct docket_record *out_record)
{
	return open_image(from, true, out_record);
}

int
record_open_without_tokens(struct docket_bytes from,
			   struct docket_record *out_record)
{
	int result = open_image(from, false, out_record);

	if (result == 0)
		record_lend_tokens(out_record, bytes_of(""));
	return result;
}
