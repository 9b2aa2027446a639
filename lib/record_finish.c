/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_finish.c - a builder's record written as an image
 *
 * The partner of record_check.c: what is written here opens there. Ends the
 * process where the image would be larger than its offsets can say, which the
 * builder's limits rule out.
 */
#include <string.h>

#include "record_builder.h"

/* What goes into a section. */
struct content {
	const void *data;
	size_t count;
};

/* All values, ordered by field. */
static void
gather_fields(const struct record_builder *builder, struct buffer *out)
{
	for (uint32_t field = 0; field < DOCKET_FIELD_COUNT; field++) {
		const struct record_values *values = &builder->fields[field];

		for (size_t i = 0; i < values->count; i++) {
			struct image_field row = { field, values->items[i] };

			buffer_put(out, &row, sizeof(row));
		}
	}
}

static void
put_section(struct buffer *out, size_t begin, enum image_section_kind kind,
	    struct content content)
{
	static const char padding[IMAGE_ALIGN];
	struct image_section section = { (uint32_t)(out->size - begin),
					 (uint32_t)content.count };
	size_t place = begin + offsetof(struct record_header, sections) +
		       (size_t)kind * sizeof(section);

	buffer_put(out, content.data, content.count * record_item_size[kind]);
	buffer_put(out, padding, (begin - out->size) % IMAGE_ALIGN);
	memcpy(out->data + place, &section, sizeof(section));
}

void
record_put_image(const struct record_builder *builder, struct buffer *out)
{
	struct record_header header = { .version = RECORD_VERSION };
	auto_buffer struct buffer fields = { 0 };
	size_t begin = out->size;

	gather_fields(builder, &fields);

	const struct content contents[IMAGE_SECTION_COUNT] = {
		[IMAGE_TEXT] = { builder->text.data, builder->text.size },
		[IMAGE_STRINGS] = { builder->strings.data,
				    builder->strings.size },
		[IMAGE_FIELDS] = { fields.data,
				   fields.size / sizeof(struct image_field) },
		[IMAGE_PARTS] = { builder->parts, builder->part_count },
		[IMAGE_BLOCKS] = { builder->blocks, builder->block_count },
		[IMAGE_MARKS] = { builder->marks, builder->mark_count },
		[IMAGE_TOKENS] = { builder->tokens.data, builder->tokens.size },
	};

	memcpy(header.magic, IMAGE_MAGIC, sizeof(header.magic));
	buffer_put(out, &header, sizeof(header));
	for (int kind = 0; kind < IMAGE_SECTION_COUNT; kind++)
		put_section(out, begin, (enum image_section_kind)kind,
			    contents[kind]);
	assert(out->size - begin <= UINT32_MAX);
	header.size = (uint32_t)(out->size - begin);
	memcpy(out->data + begin + offsetof(struct record_header, size),
	       &header.size, sizeof(header.size));
}

void
record_finish(struct record_builder *builder, struct buffer *out)
{
	record_settle(builder);
	record_settle_warnings(builder);
	record_put_image(builder, out);
}
