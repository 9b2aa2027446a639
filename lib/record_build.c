/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_build.c - the host's side of docket_put_...(): a record grows
 *
 * Owns the builder. What plugins hand over is cleaned here, so that an image
 * made of it is always good: invalid UTF-8 and control characters are replaced,
 * what lies out of range is left out (both are told in a warning), and past a
 * limit everything is swallowed. Nothing here ends the process.
 *
 * Every block and every part begins and ends at the edge of a line; where the
 * plugin put no line feed, the host does.
 */
#include <stdlib.h>

#include "escape.h"
#include "record_builder.h"

struct record_builder *
record_builder_new(const struct record_limits *limits)
{
	struct record_builder *builder = mem_alloc(sizeof(*builder));

	builder->limits = *limits;
	if (builder->limits.text_bytes > RECORD_TEXT_LIMIT)
		builder->limits.text_bytes = RECORD_TEXT_LIMIT;
	return builder;
}

struct record_builder *
record_builder_free(struct record_builder *builder)
{
	if (!builder)
		return NULL;
	for (int field = 0; field < DOCKET_FIELD_COUNT; field++)
		free(builder->fields[field].items);
	buffer_fini(&builder->text);
	buffer_fini(&builder->strings);
	buffer_fini(&builder->tokens);
	free(builder->parts);
	free(builder->blocks);
	free(builder->marks);
	free(builder->turns);
	free(builder);
	return NULL;
}

const char *
record_builder_limit(const struct record_builder *builder)
{
	return builder->limit;
}

void
record_hit_limit(struct record_builder *builder, const char *name)
{
	if (!builder->limit)
		builder->limit = name;
}

/* May text, blocks and parts still be put? It is counted if not. */
static bool
is_growing(struct record_builder *builder)
{
	if (builder->is_settled)
		builder->refused++;
	return !builder->is_settled;
}

/* ---- text ---- */

static bool
is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\f';
}

static bool
is_control(char byte)
{
	return (unsigned char)byte < 0x20;
}

/*
 * Make CR and CR LF line feeds and other controls spaces, in place. Returns
 * the size that is left.
 */
static size_t
tidy_text(char *text, size_t size, bool *is_after_return)
{
	size_t kept =
		*is_after_return ? 0 : escape_measure_printing(text, size);

	for (size_t i = kept; i < size; i++) {
		char byte = text[i];
		bool is_second = *is_after_return && byte == '\n';

		*is_after_return = byte == '\r';
		if (is_second)
			continue;
		if (byte == '\r')
			byte = '\n';
		else if (is_control(byte) && !is_blank(byte))
			byte = ' ';
		text[kept++] = byte;
	}
	return kept;
}

/* Cut what is over the limit. */
static void
limit_text(struct record_builder *builder)
{
	uint64_t limit = builder->limits.text_bytes;

	if (builder->text.size <= limit)
		return;
	record_hit_limit(builder, "text");
	builder->text.size =
		escape_cut(buffer_bytes(&builder->text), (size_t)limit).size;
}

uint32_t
record_put_text(struct record_builder *builder, struct docket_bytes text)
{
	size_t begin = builder->text.size;
	size_t room = (size_t)builder->limits.text_bytes - begin;

	if (!is_growing(builder))
		return (uint32_t)begin;
	if (text.size > room) {
		record_hit_limit(builder, "text");
		text = escape_cut(text, room);
	}
	builder->replaced += escape_put_utf8(&builder->text, text);
	if (builder->text.size > begin)
		builder->text.size =
			begin + tidy_text(builder->text.data + begin,
					  builder->text.size - begin,
					  &builder->is_after_return);
	limit_text(builder);
	return (uint32_t)begin;
}

/* End the line if it has begun, and in any case where nothing was put. */
static void
end_line(struct record_builder *builder, size_t start)
{
	const struct buffer *text = &builder->text;

	if (text->size > start && text->data[text->size - 1] == '\n')
		return;
	buffer_put(&builder->text, "\n", 1);
	limit_text(builder);
}

/* The same, but at the start of a text a line has not begun. */
static void
begin_line(struct record_builder *builder)
{
	if (builder->text.size > 0)
		end_line(builder, 0);
}

/* ---- blocks and parts ---- */

/* Open one more, unless it would lie too deep or a limit is reached. */
static bool
may_open(struct record_builder *builder, const struct record_opened *opened)
{
	return opened->excess == 0 && opened->depth < RECORD_DEPTH &&
	       builder->text.size < builder->limits.text_bytes;
}

bool
record_add_block(struct record_builder *builder,
		 const struct image_block *block)
{
	if (builder->block_count >= builder->limits.blocks) {
		record_hit_limit(builder, "blocks");
		return false;
	}
	builder->blocks =
		mem_grow_array(builder->blocks, builder->block_count,
			       &builder->block_capacity, sizeof(*block));
	builder->blocks[builder->block_count++] = *block;
	return true;
}

struct image_block
record_make_block(struct record_builder *builder,
		  const struct docket_block *block)
{
	struct image_block made = {
		.range = { block->start, block->end },
		.level = block->level,
		.number = record_put_string(builder, block->number),
		.language = record_put_string(builder, block->language),
	};

	if (block->kind < DOCKET_BLOCK_KIND_COUNT)
		made.kind = block->kind;
	if (block->role < DOCKET_ROLE_COUNT)
		made.role = block->role;
	return made;
}

/* Nothing yet, where the text ends. */
static struct image_range
range_at_end(const struct record_builder *builder)
{
	uint32_t end = (uint32_t)builder->text.size;

	return (struct image_range){ end, end };
}

void
record_open_block(struct record_builder *builder,
		  const struct docket_block *block)
{
	struct record_opened *opened = &builder->open_blocks;
	struct image_block made;

	if (!is_growing(builder))
		return;
	begin_line(builder);
	if (!may_open(builder, opened)) {
		opened->excess++;
		return;
	}
	if (opened->depth == 0)
		record_settle_loose(builder);
	made = record_make_block(builder, block);
	made.range = range_at_end(builder);
	if (record_add_block(builder, &made))
		opened->items[opened->depth++] = builder->block_count - 1;
	else
		opened->excess++;
}

/* Where the range ends without the blanks at its end. */
static uint32_t
trim_end(const struct record_builder *builder, uint32_t start)
{
	size_t end = builder->text.size;

	while (end > start && is_blank(builder->text.data[end - 1]))
		end--;
	return (uint32_t)end;
}

static void
close_block(struct record_builder *builder)
{
	struct record_opened *opened = &builder->open_blocks;
	struct image_range *range;

	if (opened->excess > 0) {
		opened->excess--;
		begin_line(builder);
		return;
	}
	range = &builder->blocks[opened->items[--opened->depth]].range;
	end_line(builder, range->start);
	range->end = trim_end(builder, range->start);
	if (opened->depth == 0)
		builder->loose = (uint32_t)builder->text.size;
}

static bool
is_any_open(const struct record_opened *opened)
{
	return opened->depth > 0 || opened->excess > 0;
}

void
record_close_block(struct record_builder *builder)
{
	if (is_growing(builder) && is_any_open(&builder->open_blocks))
		close_block(builder);
}

/* Close all blocks and make blocks of loose text: a part's edge comes. */
static void
end_blocks(struct record_builder *builder)
{
	while (is_any_open(&builder->open_blocks))
		close_block(builder);
	begin_line(builder);
	record_settle_loose(builder);
}

void
record_add_part(struct record_builder *builder, const struct image_part *part)
{
	builder->parts = mem_grow_array(builder->parts, builder->part_count,
					&builder->part_capacity, sizeof(*part));
	builder->parts[builder->part_count++] = *part;
}

struct image_part
record_make_part(struct record_builder *builder, const struct docket_part *part)
{
	struct image_part made = {
		.range = { part->start, part->end },
		.kind = DOCKET_PART_BODY,
		.number = record_put_string(builder, part->number),
		.title = record_put_string(builder, part->title),
	};

	if (part->kind < DOCKET_PART_KIND_COUNT)
		made.kind = part->kind;
	return made;
}

static void
add_open_part(struct record_builder *builder, const struct docket_part *part)
{
	struct record_opened *opened = &builder->open_parts;
	struct image_part made = record_make_part(builder, part);

	made.range = range_at_end(builder);
	record_add_part(builder, &made);
	opened->items[opened->depth++] = builder->part_count - 1;
}

void
record_open_part(struct record_builder *builder, const struct docket_part *part)
{
	bool is_full = builder->part_count >= builder->limits.blocks;

	if (!is_growing(builder))
		return;
	end_blocks(builder);
	if (is_full)
		record_hit_limit(builder, "parts");
	if (is_full || !may_open(builder, &builder->open_parts))
		builder->open_parts.excess++;
	else
		add_open_part(builder, part);
}

static void
close_part(struct record_builder *builder)
{
	struct record_opened *opened = &builder->open_parts;
	struct image_range *range;

	end_blocks(builder);
	if (opened->excess > 0) {
		opened->excess--;
		return;
	}
	range = &builder->parts[opened->items[--opened->depth]].range;
	end_line(builder, range->start);
	range->end = (uint32_t)builder->text.size;
	builder->loose = range->end;
}

void
record_close_part(struct record_builder *builder)
{
	if (is_growing(builder) && is_any_open(&builder->open_parts))
		close_part(builder);
}

void
record_close_all(struct record_builder *builder)
{
	end_blocks(builder);
	while (is_any_open(&builder->open_parts))
		close_part(builder);
}

void
record_put_page(struct record_builder *builder, uint32_t page)
{
	struct record_turn turn = { (uint32_t)builder->text.size, page };
	size_t count = builder->turn_count;

	if (!is_growing(builder))
		return;
	if (count > 0 && builder->turns[count - 1].at == turn.at) {
		builder->turns[count - 1] = turn;
		return;
	}
	builder->turns = mem_grow_array(builder->turns, count,
					&builder->turn_capacity, sizeof(turn));
	builder->turns[builder->turn_count++] = turn;
}

/* ---- the record as it stands ---- */

struct docket_bytes
record_text(const struct record_builder *builder)
{
	return buffer_bytes(&builder->text);
}

size_t
record_blocks(const struct record_builder *builder)
{
	return builder->block_count;
}

struct docket_block
record_block(const struct record_builder *builder, size_t index)
{
	const struct image_block *block = &builder->blocks[index];

	assert(index < builder->block_count);
	return (struct docket_block){
		.start = block->range.start,
		.end = block->range.end,
		.kind = (enum docket_block_kind)block->kind,
		.role = (enum docket_block_role)block->role,
		.level = block->level,
		.page = block->page,
		.number = record_get_string(builder, block->number),
		.anchor = record_get_string(builder, block->anchor),
		.language = record_get_string(builder, block->language),
	};
}

size_t
record_parts(const struct record_builder *builder)
{
	return builder->part_count;
}

struct docket_part
record_part(const struct record_builder *builder, size_t index)
{
	const struct image_part *part = &builder->parts[index];

	assert(index < builder->part_count);
	return (struct docket_part){
		.start = part->range.start,
		.end = part->range.end,
		.kind = (enum docket_part_kind)part->kind,
		.number = record_get_string(builder, part->number),
		.title = record_get_string(builder, part->title),
		.anchor = record_get_string(builder, part->anchor),
	};
}

size_t
record_marks(const struct record_builder *builder)
{
	return builder->mark_count;
}

struct docket_mark
record_mark(const struct record_builder *builder, size_t index)
{
	const struct image_mark *mark = &builder->marks[index];

	assert(index < builder->mark_count);
	return (struct docket_mark){
		.start = mark->range.start,
		.end = mark->range.end,
		.kind = (enum docket_mark_kind)mark->kind,
		.value = record_get_string(builder, mark->value),
		.uri = record_get_string(builder, mark->uri),
	};
}
