/* SPDX-License-Identifier: Apache-2.0 */
/*
 * put.c - the structure into the record
 *
 * Parts and blocks are put in the order of the text, the outer before the
 * inner. Items that follow each other get lists around them, as deep as they
 * lie. Out of memory ends the process.
 */
#include <stdlib.h>
#include <string.h>

#include "stages.h"

#define DEPTH_LIMIT 6

struct blocks {
	struct docket_block *items;
	size_t count;
	size_t capacity;
	size_t lists[DEPTH_LIMIT]; /* that are open, the outermost first */
	size_t depth;
};

static struct docket_block *
add(struct blocks *blocks, enum docket_block_kind kind, uint32_t start,
    uint32_t end)
{
	if (blocks->count == blocks->capacity) {
		blocks->capacity = blocks->capacity * 2 + 64;
		blocks->items =
			realloc(blocks->items,
				blocks->capacity * sizeof(*blocks->items));
		if (!blocks->items)
			abort();
	}
	blocks->items[blocks->count] = (struct docket_block){
		.kind = kind,
		.start = start,
		.end = end,
	};
	return &blocks->items[blocks->count++];
}

/* ---- blocks ---- */

/* Lists open and close until they are as deep as the item. */
static void
settle_lists(struct blocks *blocks, const struct unit *unit)
{
	size_t depth = 0;

	if (unit->kind == DOCKET_BLOCK_ITEM)
		depth = unit->level > DEPTH_LIMIT ? DEPTH_LIMIT : unit->level;
	if (blocks->depth > depth)
		blocks->depth = depth;
	while (blocks->depth < depth) {
		blocks->lists[blocks->depth++] = blocks->count;
		add(blocks, DOCKET_BLOCK_LIST, unit->start, unit->end);
	}
	for (size_t i = 0; i < blocks->depth; i++)
		blocks->items[blocks->lists[i]].end = unit->end;
}

/* Prose between items ends a list, what is no prose does not. */
static bool
is_between(const struct unit *unit)
{
	return unit->zone == ZONE_FURNITURE || unit->zone == ZONE_NOTE;
}

static void
put_unit(struct blocks *blocks, const struct unit *unit)
{
	struct docket_block *block;

	if (!is_between(unit))
		settle_lists(blocks, unit);
	block = add(blocks, (enum docket_block_kind)unit->kind, unit->start,
		    unit->end);
	block->role = (enum docket_block_role)unit->role;
	block->level = unit->level;
	block->number = unit->number;
	if (!unit->number.size && unit->kind != DOCKET_BLOCK_PARAGRAPH)
		block->number = unit->given;
	block->language = unit->language;
}

/* What holds what, where ranges are the same. */
static int
rank(enum docket_block_kind kind)
{
	static const int ranks[DOCKET_BLOCK_KIND_COUNT] = {
		[DOCKET_BLOCK_TABLE] = -4,
		[DOCKET_BLOCK_ROW] = -3,
		[DOCKET_BLOCK_CELL] = -2,
		[DOCKET_BLOCK_LIST] = -1,
	};

	return ranks[kind];
}

/* Of blocks that begin alike, the longer is the outer one. */
static int
compare(const void *a, const void *b)
{
	const struct docket_block *left = a;
	const struct docket_block *right = b;

	if (left->start != right->start)
		return left->start < right->start ? -1 : 1;
	if (left->end != right->end)
		return left->end > right->end ? -1 : 1;
	return rank(left->kind) - rank(right->kind);
}

static void
put_blocks(struct document *document)
{
	struct blocks blocks = { 0 };

	for (size_t s = 0; s < document->section_count; s++) {
		const struct section *section = &document->sections[s];

		blocks.depth = 0;
		for (size_t i = section->first; i < section->last; i++) {
			if (i == document->front_end)
				blocks.depth = 0;
			if (!document->units[i].is_joined)
				put_unit(&blocks, &document->units[i]);
		}
	}
	for (size_t i = 0; i < document->kept_count; i++)
		*add(&blocks, DOCKET_BLOCK_TABLE, 0, 0) = document->kept[i];
	qsort(blocks.items, blocks.count, sizeof(*blocks.items), compare);
	for (size_t i = 0; i < blocks.count; i++)
		docket_put_block(document->job, &blocks.items[i]);
	free(blocks.items);
}

/* ---- parts ---- */

/* Tables reach further than their units, where cells are empty. */
static uint32_t
start_of(const struct document *document, size_t first)
{
	const struct unit *unit = &document->units[first];

	return unit->zone == ZONE_TABLE ? unit->outer_start : unit->start;
}

static uint32_t
end_of(const struct document *document, size_t last)
{
	const struct unit *unit = &document->units[last - 1];

	return unit->zone == ZONE_TABLE && unit->outer_end > unit->end
		       ? unit->outer_end
		       : unit->end;
}

static struct docket_bytes
title_of(const struct document *document, const struct section *section)
{
	const struct unit *first = &document->units[section->title];

	if (!section->titles)
		return section->label_title;
	return (struct docket_bytes){ document->text.data + first->start,
				      end_of(document,
					     section->title + section->titles) -
					      first->start };
}

/* Where a section ends that may have others in it. */
static size_t
last_of(const struct document *document, size_t index)
{
	size_t last = document->sections[index].last;

	if (document->sections[index].kind != DOCKET_PART_ANNEX)
		return last;
	while (++index < document->section_count &&
	       document->sections[index].is_nested)
		last = document->sections[index].last;
	return last;
}

static void
put_range(struct document *document, enum docket_part_kind kind, size_t first,
	  size_t last)
{
	struct docket_part part = { .kind = kind };

	if (first >= last)
		return;
	part.start = start_of(document, first);
	part.end = end_of(document, last);
	docket_put_part(document->job, &part);
}

static void
put_parts(struct document *document)
{
	put_range(document, DOCKET_PART_COVER, 0, document->front_end);
	put_range(document, DOCKET_PART_BODY, document->front_end,
		  document->sections[0].last);
	for (size_t i = 1; i < document->section_count; i++) {
		const struct section *section = &document->sections[i];
		struct docket_part part = {
			.start = start_of(document, section->first),
			.end = end_of(document, last_of(document, i)),
			.kind = section->kind,
			.number = section->number,
			.title = title_of(document, section),
		};

		docket_put_part(document->job, &part);
	}
}

/* A joined block ends where the last of it does. */
static void
join_units(struct document *document)
{
	struct unit *before = NULL;

	for (size_t i = 0; i < document->count; i++) {
		struct unit *unit = &document->units[i];

		if (unit->is_joined && before)
			before->end = unit->end;
		else if (unit->zone != ZONE_FURNITURE &&
			 unit->zone != ZONE_NOTE)
			before = unit;
	}
}

void
put_structure(struct document *document)
{
	if (!document->count)
		return;
	join_units(document);
	docket_clear_structure(document->job);
	put_parts(document);
	put_blocks(document);
}
