/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record_settle.c - what a parser left open or loose is put in order
 *
 * Works on the builder of record_build.c. Afterwards every piece of text that
 * is not blank lies in a block, every block in a part, and each has its page
 * and its anchor. Never ends the process.
 */
#include <stdlib.h>
#include <string.h>

#include "record_builder.h"

/* ---- loose text becomes paragraphs ---- */

/* A line, and what of it is not blank: nothing where start is end. */
struct line {
	struct image_range range;
	bool ends_page;
	uint32_t next; /* where the line after it begins */
};

static bool
is_space(char byte)
{
	return byte == ' ' || byte == '\t';
}

static struct line
read_line(const struct buffer *text, uint32_t at)
{
	const char *data = text->data;
	uint32_t end = at;
	struct line line = { 0 };

	while (end < text->size && data[end] != '\n' && data[end] != '\f')
		end++;
	line.ends_page = end < text->size && data[end] == '\f';
	line.next = end + 1;
	while (at < end && is_space(data[at]))
		at++;
	while (end > at && is_space(data[end - 1]))
		end--;
	line.range = (struct image_range){ at, end };
	return line;
}

static void
add_paragraph(struct record_builder *builder, struct image_range *range)
{
	struct image_block block = {
		.range = *range,
		.kind = DOCKET_BLOCK_PARAGRAPH,
	};

	if (range->start < range->end)
		record_add_block(builder, &block);
	*range = (struct image_range){ 0 };
}

void
record_settle_loose(struct record_builder *builder)
{
	struct image_range paragraph = { 0 };
	uint32_t at = builder->loose;

	while (at < builder->text.size) {
		struct line line = read_line(&builder->text, at);
		bool is_blank = line.range.start == line.range.end;

		if (is_blank)
			add_paragraph(builder, &paragraph);
		else if (paragraph.start == paragraph.end)
			paragraph = line.range;
		else
			paragraph.end = line.range.end;
		if (line.ends_page)
			add_paragraph(builder, &paragraph);
		at = line.next;
	}
	add_paragraph(builder, &paragraph);
	builder->loose = (uint32_t)builder->text.size;
}

/* ---- blocks outside of parts get some ---- */

/* A block lies in a part or outside of all: those that do neither go. */
static void
drop_crossing(struct record_builder *builder)
{
	struct record_walk walk = { .parts = builder->parts,
				    .count = builder->part_count };
	size_t kept = 0;

	for (size_t i = 0; i < builder->block_count; i++) {
		struct image_range range = builder->blocks[i].range;

		if (record_walk_part(&walk, range) == RECORD_WALK_CROSSING)
			builder->refused++;
		else
			builder->blocks[kept++] = builder->blocks[i];
	}
	builder->block_count = kept;
}

static void
add_body(struct record_builder *builder, struct image_range range)
{
	struct image_part part = { .range = range, .kind = DOCKET_PART_BODY };

	record_add_part(builder, &part);
}

/* Bodies around the runs of blocks that lie between the parser's parts. */
static void
add_bodies(struct record_builder *builder)
{
	auto_free struct image_part *parts = take(builder->parts);
	struct record_walk walk = { .parts = parts,
				    .count = builder->part_count };
	size_t next = 0;
	bool is_run = false;

	builder->part_count = 0;
	builder->part_capacity = 0;
	for (size_t i = 0; i < builder->block_count; i++) {
		struct image_range range = builder->blocks[i].range;
		struct image_range *last;

		while (next < walk.count &&
		       parts[next].range.start <= range.start) {
			record_add_part(builder, &parts[next++]);
			is_run = false;
		}
		if (record_walk_part(&walk, range) >= 0)
			continue;
		if (!is_run)
			add_body(builder, range);
		is_run = true;
		last = &builder->parts[builder->part_count - 1].range;
		if (last->end < range.end)
			last->end = range.end;
	}
	while (next < walk.count)
		record_add_part(builder, &parts[next++]);
}

static void
settle_parts(struct record_builder *builder)
{
	if (builder->part_count > 0)
		add_bodies(builder);
	else
		add_body(builder, (struct image_range){
					  0, (uint32_t)builder->text.size });
}

/* ---- pages ---- */

/* The page at a moving place in the text. */
struct pager {
	const struct record_builder *builder;
	const char *feed; /* the next form feed, or NULL */
	size_t turn;	  /* the next of docket_put_page() */
	uint32_t page;
};

static const char *
find_feed(const struct buffer *text, const char *from)
{
	size_t left = (size_t)(text->data + text->size - from);

	return left > 0 ? memchr(from, '\f', left) : NULL;
}

/* Where the next form feed takes effect, where the next turn does. */
static uint64_t
get_feed(const struct pager *pager)
{
	if (!pager->feed)
		return UINT64_MAX;
	return (uint64_t)(pager->feed - pager->builder->text.data) + 1;
}

static uint64_t
get_turn(const struct pager *pager)
{
	if (pager->turn == pager->builder->turn_count)
		return UINT64_MAX;
	return pager->builder->turns[pager->turn].at;
}

/* A text whose first break is a form feed begins on page 1. */
static void
start_pager(struct pager *pager, const struct record_builder *builder)
{
	*pager = (struct pager){ .builder = builder };
	if (builder->text.size > 0)
		pager->feed = find_feed(&builder->text, builder->text.data);
	if (pager->feed && get_feed(pager) <= get_turn(pager))
		pager->page = 1;
}

static uint32_t
turn_pages(struct pager *pager, uint32_t until)
{
	for (;;) {
		uint64_t feed = get_feed(pager);
		uint64_t turn = get_turn(pager);

		if (feed > until && turn > until)
			return pager->page;
		if (feed <= turn) {
			pager->page++;
			pager->feed = find_feed(&pager->builder->text,
						pager->feed + 1);
		} else {
			pager->page = pager->builder->turns[pager->turn++].page;
		}
	}
}

static void
settle_pages(struct record_builder *builder)
{
	struct pager pager;

	start_pager(&pager, builder);
	for (size_t i = 0; i < builder->block_count; i++)
		builder->blocks[i].page =
			turn_pages(&pager, builder->blocks[i].range.start);
}

/* ---- all of it ---- */

static void
warn(struct record_builder *builder, size_t *count, const char *what)
{
	auto_buffer struct buffer text = { 0 };

	if (*count == 0)
		return;
	buffer_format(&text, "%zu %s", *count, what);
	record_add_field(builder, DOCKET_FIELD_WARNING,
			 record_add_string(builder, buffer_bytes(&text)));
	*count = 0;
}

void
record_settle_warnings(struct record_builder *builder)
{
	warn(builder, &builder->replaced,
	     "sequences were not UTF-8 and were replaced");
	warn(builder, &builder->refused,
	     "things put by plugins were out of place and were left out");
}

void
record_resettle(struct record_builder *builder)
{
	drop_crossing(builder);
	settle_parts(builder);
	settle_pages(builder);
	record_put_anchors(builder);
	record_settle_warnings(builder);
}

void
record_settle(struct record_builder *builder)
{
	if (builder->is_settled)
		return;
	record_close_all(builder);
	record_resettle(builder);
	builder->is_settled = true;
}
