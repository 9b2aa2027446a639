/* SPDX-License-Identifier: Apache-2.0 */
/*
 * structure.c - the structure of a document, to be taken in at a glance
 *
 * Owns nothing. Reads records, whose offsets record_open() has checked.
 */
#include "structure.h"

#include "escape.h"
#include "outline.h"
#include "print.h"

#define DEPTH_MAX 32
#define LABEL_LIMIT 256

/* Where the walk stands. */
struct walk {
	struct output *out;
	const struct docket_record *record;
	bool is_whole;
	size_t part; /* the next that was not entered */
	uint32_t part_ends[DEPTH_MAX];
	size_t part_depth;
	uint32_t levels[DEPTH_MAX]; /* of the headings it is under */
	size_t heading_depth;
	uint32_t hidden; /* up to here blocks are part of what was told */
	size_t skipped;	 /* blocks that are not prose */
};

static struct docket_bytes
slice(const struct docket_record *record, uint32_t start, uint32_t end)
{
	struct docket_bytes text = docket_record_text(record);

	return (struct docket_bytes){ text.data + start, end - start };
}

static size_t
get_depth(const struct walk *walk)
{
	return walk->part_depth + walk->heading_depth;
}

/* ---- parts ---- */

/* "annex I" and its title. */
static void
print_part(struct walk *walk, const struct docket_part *part)
{
	auto_buffer struct buffer label = { 0 };

	buffer_put_string(&label, record_part_kind_name(part->kind));
	if (part->number.size > 0) {
		buffer_put_string(&label, " ");
		buffer_put_bytes(&label, part->number);
	}
	if (part->title.size > 0) {
		buffer_put_string(&label, ": ");
		buffer_put_bytes(&label, part->title);
	}
	outline_print_line(walk->out, walk->part_depth, PRINT_BOLD,
			   part->anchor, buffer_bytes(&label));
}

/* Leave the parts that end, enter those that begin, at or before an offset. */
static void
enter_parts(struct walk *walk, uint32_t offset)
{
	while (walk->part_depth > 0 &&
	       walk->part_ends[walk->part_depth - 1] <= offset) {
		walk->part_depth--;
		walk->heading_depth = 0;
	}
	for (; walk->part < docket_record_parts(walk->record); walk->part++) {
		struct docket_part part =
			docket_record_part(walk->record, walk->part);

		if (part.start > offset)
			return;
		while (walk->part_depth > 0 &&
		       walk->part_ends[walk->part_depth - 1] <= part.start)
			walk->part_depth--;
		walk->heading_depth = 0;
		print_part(walk, &part);
		if (walk->part_depth < DEPTH_MAX)
			walk->part_ends[walk->part_depth++] = part.end;
	}
}

/* ---- blocks ---- */

static void
print_heading(struct walk *walk, const struct docket_block *heading)
{
	while (walk->heading_depth > 0 &&
	       walk->levels[walk->heading_depth - 1] >= heading->level)
		walk->heading_depth--;
	outline_print_line(walk->out, get_depth(walk), PRINT_BOLD,
			   heading->anchor,
			   slice(walk->record, heading->start, heading->end));
	if (walk->heading_depth < DEPTH_MAX)
		walk->levels[walk->heading_depth++] = heading->level;
}

/* "21 items: the first of them" */
static void
print_list(struct walk *walk, const struct docket_block *list, size_t index)
{
	auto_buffer struct buffer label = { 0 };
	size_t items = 0;
	struct docket_bytes first = { NULL, 0 };

	for (size_t i = index + 1; i < docket_record_blocks(walk->record);
	     i++) {
		struct docket_block block =
			docket_record_block(walk->record, i);

		if (block.start >= list->end)
			break;
		if (block.kind != DOCKET_BLOCK_ITEM)
			continue;
		if (items++ == 0)
			first = slice(walk->record, block.start, block.end);
	}
	buffer_format(&label, "%zu item%s: ", items, items == 1 ? "" : "s");
	buffer_put_bytes(&label, escape_cut(first, LABEL_LIMIT));
	outline_print_line(walk->out, get_depth(walk), PRINT_DIM, list->anchor,
			   buffer_bytes(&label));
	walk->hidden = list->end;
}

static bool
is_prose(const struct docket_block *block)
{
	return block->kind != DOCKET_BLOCK_LINE &&
	       block->kind != DOCKET_BLOCK_FOOTNOTE;
}

/* What lies in a paragraph or a table is told by its beginning. */
static void
print_block(struct walk *walk, const struct docket_block *block, size_t index)
{
	enter_parts(walk, block->start);
	if (!walk->is_whole && !is_prose(block)) {
		walk->skipped++;
	} else if (block->kind == DOCKET_BLOCK_HEADING) {
		print_heading(walk, block);
	} else if (block->kind == DOCKET_BLOCK_LIST && !walk->is_whole) {
		print_list(walk, block, index);
	} else {
		outline_print_line(
			walk->out, get_depth(walk), PRINT_DIM, block->anchor,
			slice(walk->record, block->start, block->end));
		if (block->kind == DOCKET_BLOCK_TABLE)
			walk->hidden = block->end;
	}
}

static void
print_skipped(const struct walk *walk)
{
	if (walk->skipped == 0)
		return;
	print_style(walk->out, PRINT_DIM);
	buffer_format(&walk->out->text,
		      "%zu running heads and footnotes are left out; "
		      "--all shows them\n",
		      walk->skipped);
	print_style(walk->out, PRINT_PLAIN);
}

int
structure_print(struct output *out, const struct docket_record *record,
		bool is_whole)
{
	struct walk walk = {
		.out = out,
		.record = record,
		.is_whole = is_whole,
	};

	for (size_t i = 0; i < docket_record_blocks(record); i++) {
		struct docket_block block = docket_record_block(record, i);

		if (block.start >= walk.hidden)
			print_block(&walk, &block, i);
		if (output_pass(out))
			return out->failed;
	}
	enter_parts(&walk, UINT32_MAX);
	print_skipped(&walk);
	return output_flush(out);
}

/* ---- actions ---- */

/* The anchor of the innermost block around a mark; "" if there is none. */
static struct docket_bytes
find_anchor(const struct docket_record *record, uint32_t offset, size_t *block)
{
	struct docket_bytes anchor = { "", 0 };

	for (size_t i = *block; i < docket_record_blocks(record); i++) {
		struct docket_block next = docket_record_block(record, i);

		if (next.start > offset)
			break;
		if (offset >= next.end)
			continue;
		if (anchor.size == 0)
			*block = i; /* the outermost: marks come in order */
		anchor = next.anchor;
	}
	return anchor;
}

int
structure_print_actions(struct output *out, const struct docket_record *record)
{
	size_t block = 0;
	uint32_t last = 0;

	for (size_t i = 0; i < docket_record_marks(record); i++) {
		struct docket_mark mark = docket_record_mark(record, i);
		auto_buffer struct buffer label = { 0 };

		if (mark.kind != DOCKET_MARK_ACTION)
			continue;
		if (mark.start < last)
			block = 0;
		last = mark.start;
		buffer_put_bytes(&label, mark.value);
		buffer_put_string(&label, ": ");
		buffer_put_bytes(&label, slice(record, mark.start, mark.end));
		outline_print_line(out, 0, PRINT_DIM,
				   find_anchor(record, mark.start, &block),
				   buffer_bytes(&label));
	}
	return output_flush(out);
}
