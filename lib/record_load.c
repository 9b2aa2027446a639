/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_load.c - a builder carried from one process to another
 *
 * Saved is an image and in front of it what images have no place for, but a
 * builder that is added to needs: the turns of pages, for a structure that is
 * put anew, and what was counted. Loading trusts nothing of it: whoever saved it
 * had read strangers' bytes. What only counts may be any number; it hastens or
 * puts off a limit, or is told in a warning. Nothing here ends the process.
 */
#include <errno.h>
#include <string.h>

#include "escape.h"
#include "record_builder.h"

struct saved_head {
	uint64_t string_bytes;
	uint64_t replaced;
	uint64_t refused;
	uint64_t turn_count; /* of struct record_turn, behind it */
};

static_assert(sizeof(struct saved_head) % IMAGE_ALIGN == 0 &&
		      sizeof(struct record_turn) % IMAGE_ALIGN == 0,
	      "the image behind them is aligned if they are");

void
record_save(struct record_builder *builder, struct buffer *out)
{
	struct saved_head head;

	record_settle(builder);
	head = (struct saved_head){
		.string_bytes = builder->string_bytes,
		.replaced = builder->replaced,
		.refused = builder->refused,
		.turn_count = builder->turn_count,
	};
	buffer_put(out, &head, sizeof(head));
	buffer_put(out, builder->turns,
		   builder->turn_count * sizeof(*builder->turns));
	record_put_image(builder, out);
}

/* ---- what comes in ---- */

/* The pieces of what was saved, which they lend from. */
struct saved {
	struct saved_head head;
	const char *turns;
	struct docket_bytes image;
};

static struct docket_bytes
cut(struct docket_bytes *rest, size_t size)
{
	struct docket_bytes piece = { rest->data, size };

	rest->data += size;
	rest->size -= size;
	return piece;
}

static bool
split(struct docket_bytes bytes, struct saved *out_saved)
{
	const size_t turn_size = sizeof(struct record_turn);
	struct saved_head *head = &out_saved->head;

	if (bytes.size < sizeof(*head))
		return false;
	memcpy(head, cut(&bytes, sizeof(*head)).data, sizeof(*head));
	if (head->turn_count > bytes.size / turn_size)
		return false;
	out_saved->turns = cut(&bytes, head->turn_count * turn_size).data;
	out_saved->image = bytes;
	return true;
}

static struct docket_bytes
get_section(const struct docket_record *record, enum image_section_kind kind)
{
	const struct image_section *section = &record->header->sections[kind];

	return (struct docket_bytes){ record->base + section->offset,
				      section->count * record_item_size[kind] };
}

/* How many bytes from there on need no look. */
static size_t
measure_printing(struct docket_bytes bytes, size_t at)
{
	return escape_measure_printing(bytes.data + at, bytes.size - at);
}

/* Without controls, but for those that end lines or are spaces in a text. */
static bool
is_clean(struct docket_bytes bytes, const char *controls)
{
	size_t at = measure_printing(bytes, 0);

	for (; at < bytes.size; at += 1 + measure_printing(bytes, at + 1))
		if ((unsigned char)bytes.data[at] < 0x20 &&
		    (!bytes.data[at] || !strchr(controls, bytes.data[at])))
			return false;
	return true;
}

/* Could a builder with those limits have come to have it? */
static bool
is_likely(const struct docket_record *record,
	  const struct record_limits *limits)
{
	const struct image_section *sections = record->header->sections;

	return sections[IMAGE_TEXT].count <= limits->text_bytes &&
	       sections[IMAGE_BLOCKS].count <= limits->blocks &&
	       sections[IMAGE_MARKS].count <= limits->marks &&
	       is_clean(get_section(record, IMAGE_TEXT), "\t\n\f") &&
	       is_clean(get_section(record, IMAGE_STRINGS), "");
}

/* ---- the builder ---- */

static void
load_buffer(const struct docket_record *record, enum image_section_kind kind,
	    struct buffer *out)
{
	buffer_put_bytes(out, get_section(record, kind));
}

/* The items of a section, as many as they have room for. */
static void *
load_items(const struct docket_record *record, enum image_section_kind kind,
	   size_t *out_count, size_t *out_capacity)
{
	struct docket_bytes section = get_section(record, kind);

	*out_count = record->header->sections[kind].count;
	*out_capacity = *out_count;
	return *out_count ? mem_dup(section.data, section.size) : NULL;
}

/* Those that the host put are counted now, too. */
static void
load_fields(struct record_builder *builder, const struct docket_record *record)
{
	struct docket_bytes section = get_section(record, IMAGE_FIELDS);
	struct image_field row;

	for (; section.size > 0; builder->field_count++) {
		memcpy(&row, cut(&section, sizeof(row)).data, sizeof(row));
		record_add_field(builder, (enum docket_field)row.field,
				 row.value);
	}
}

static void
load_turns(struct record_builder *builder, const struct saved *saved)
{
	size_t count = saved->head.turn_count;

	if (count == 0)
		return;
	builder->turns = mem_dup(saved->turns, count * sizeof(*builder->turns));
	builder->turn_count = builder->turn_capacity = count;
}

static void
load(struct record_builder *builder, const struct saved *saved,
     const struct docket_record *record)
{
	builder->is_settled = true;
	builder->string_bytes = saved->head.string_bytes;
	builder->replaced = saved->head.replaced;
	builder->refused = saved->head.refused;
	load_turns(builder, saved);
	load_buffer(record, IMAGE_TEXT, &builder->text);
	load_buffer(record, IMAGE_STRINGS, &builder->strings);
	load_buffer(record, IMAGE_TOKENS, &builder->tokens);
	load_fields(builder, record);
	builder->parts = load_items(record, IMAGE_PARTS, &builder->part_count,
				    &builder->part_capacity);
	builder->blocks =
		load_items(record, IMAGE_BLOCKS, &builder->block_count,
			   &builder->block_capacity);
	builder->marks = load_items(record, IMAGE_MARKS, &builder->mark_count,
				    &builder->mark_capacity);
	builder->loose = (uint32_t)builder->text.size;
}

int
record_load(struct docket_bytes bytes, const struct record_limits *limits,
	    struct record_builder **out_builder)
{
	struct record_builder *builder;
	struct docket_record record;
	struct saved saved;

	if (!split(bytes, &saved) || record_open(saved.image, &record))
		return -EBADMSG;
	builder = record_builder_new(limits);
	if (!is_likely(&record, &builder->limits)) {
		record_builder_free(builder);
		return -EBADMSG;
	}
	load(builder, &saved, &record);
	*out_builder = builder;
	return 0;
}
