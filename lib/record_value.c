/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_value.c - strings, fields, marks, languages and tokens of a record
 *
 * The part of the builder (record_build.c) that annotators use, too: nothing
 * here needs the text to be unfinished. Never ends the process.
 */
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "record_builder.h"

/* What field values, numbers and the like may take beside the text. */
#define STRINGS_EXTRA (1u << 20)
#define TOKENS_LIMIT (1u << 30)
#define LANGUAGE_LIMIT 35 /* bytes, RFC 5646 */

struct image_string
record_add_string(struct record_builder *builder, struct docket_bytes value)
{
	struct image_string string = { (uint32_t)builder->strings.size,
				       (uint32_t)value.size };

	buffer_put_bytes(&builder->strings, value);
	return string;
}

struct docket_bytes
record_get_string(const struct record_builder *builder,
		  struct image_string string)
{
	if (string.size == 0)
		return (struct docket_bytes){ "", 0 };
	return (struct docket_bytes){ builder->strings.data + string.at,
				      string.size };
}

static struct docket_bytes
trim(struct docket_bytes value)
{
	while (value.size > 0 && value.data[0] == ' ') {
		value.data++;
		value.size--;
	}
	while (value.size > 0 && value.data[value.size - 1] == ' ')
		value.size--;
	return value;
}

/* A plugin's string on one line, without spaces around it. */
struct image_string
record_put_string(struct record_builder *builder, struct docket_bytes value)
{
	uint64_t limit = builder->limits.text_bytes + STRINGS_EXTRA;
	auto_buffer struct buffer clean = { 0 };

	builder->string_bytes += value.size;
	if (builder->string_bytes > limit) {
		record_hit_limit(builder, "strings");
		return (struct image_string){ 0 };
	}
	builder->replaced += escape_put_utf8(&clean, value);
	for (size_t i = 0; i < clean.size; i++)
		if ((unsigned char)clean.data[i] < 0x20)
			clean.data[i] = ' ';
	return record_add_string(builder, trim(buffer_bytes(&clean)));
}

void
record_add_field(struct record_builder *builder, enum docket_field field,
		 struct image_string value)
{
	struct record_values *values = &builder->fields[field];

	if (record_field_is_single(field))
		values->count = 0;
	values->items = mem_grow_array(values->items, values->count,
				       &values->capacity, sizeof(value));
	values->items[values->count++] = value;
}

void
record_put_field(struct record_builder *builder, enum docket_field field,
		 struct docket_bytes value)
{
	struct image_string string;
	bool is_new;

	if (field >= DOCKET_FIELD_COUNT) {
		builder->refused++;
		return;
	}
	is_new = !record_field_is_single(field) ||
		 builder->fields[field].count == 0;
	if (is_new && builder->field_count >= builder->limits.fields) {
		record_hit_limit(builder, "fields");
		return;
	}
	string = record_put_string(builder, value);
	if (string.size == 0)
		return;
	builder->field_count += is_new;
	record_add_field(builder, field, string);
}

void
record_clear_field(struct record_builder *builder, enum docket_field field)
{
	builder->field_count -= builder->fields[field].count;
	builder->fields[field].count = 0;
}

void
record_put_mark(struct record_builder *builder, const struct docket_mark *mark)
{
	struct docket_bytes text = buffer_bytes(&builder->text);

	if (mark->start > mark->end || !image_is_boundary(text, mark->start) ||
	    !image_is_boundary(text, mark->end) ||
	    mark->kind >= DOCKET_MARK_KIND_COUNT) {
		builder->refused++;
		return;
	}
	if (builder->mark_count >= builder->limits.marks) {
		record_hit_limit(builder, "marks");
		return;
	}
	builder->marks = mem_grow_array(builder->marks, builder->mark_count,
					&builder->mark_capacity,
					sizeof(*builder->marks));
	builder->marks[builder->mark_count++] = (struct image_mark){
		.range = { mark->start, mark->end },
		.kind = mark->kind,
		.value = record_put_string(builder, mark->value),
		.uri = record_put_string(builder, mark->uri),
	};
}

static bool
is_language(const char *language)
{
	size_t size = strspn(language, "abcdefghijklmnopqrstuvwxyz"
				       "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "0123456789-");

	return size <= LANGUAGE_LIMIT && language[size] == '\0';
}

void
record_set_block_language(struct record_builder *builder, size_t index,
			  const char *language)
{
	if (index >= builder->block_count || !language ||
	    !is_language(language)) {
		builder->refused++;
		return;
	}
	builder->blocks[index].language =
		record_put_string(builder, bytes_of(language));
}

struct docket_bytes
record_field(const struct record_builder *builder, enum docket_field field,
	     size_t index)
{
	if (field >= DOCKET_FIELD_COUNT ||
	    index >= builder->fields[field].count)
		return (struct docket_bytes){ 0 };
	return record_get_string(builder, builder->fields[field].items[index]);
}

void
record_put_tokens(struct record_builder *builder, struct docket_bytes tokens)
{
	if (tokens.size > TOKENS_LIMIT - builder->tokens.size)
		record_hit_limit(builder, "tokens");
	else
		buffer_put_bytes(&builder->tokens, tokens);
}
