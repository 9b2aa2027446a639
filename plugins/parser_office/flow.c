/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flow.c - paragraphs, tables and notes in their order, into the record
 *
 * Owns what is held back: the first paragraphs of open cells, and notes.
 * Writes blocks, text and marks to the host. Running out of memory ends the
 * process.
 */
#include "flow.h"

#include <stdlib.h>

#include "array.h"

/* No table is wider than what office programs make. */
#define SPANNED_LIMIT 63

static struct flow_level *
top_level(const struct flow *flow)
{
	return flow->level_count ? &flow->levels[flow->level_count - 1] : NULL;
}

/* The cell that text goes into now, or NULL. */
static struct flow_level *
top_cell(const struct flow *flow)
{
	struct flow_level *level = top_level(flow);

	return level && level->kind == DOCKET_BLOCK_CELL ? level : NULL;
}

static void
open_block(const struct flow *flow, enum docket_block_kind kind)
{
	const struct docket_block block = { .kind = kind };

	docket_open_block(flow->job, &block);
}

static void
put_empty_cells(const struct flow *flow, struct flow_level *row)
{
	for (; row->empty; row->empty--) {
		open_block(flow, DOCKET_BLOCK_CELL);
		docket_close_block(flow->job);
	}
}

/* There is text: the blocks around it are opened. */
static void
open_levels(struct flow *flow)
{
	for (size_t i = 0; i < flow->level_count; i++) {
		struct flow_level *level = &flow->levels[i];

		if (level->is_open)
			continue;
		if (i && flow->levels[i - 1].kind == DOCKET_BLOCK_ROW)
			put_empty_cells(flow, &flow->levels[i - 1]);
		open_block(flow, level->kind);
		level->is_open = true;
	}
}

/* ---- text ---- */

static void
put_marks(const struct flow *flow, const struct paragraph *paragraph,
	  uint32_t offset)
{
	for (size_t i = 0; i < paragraph->mark_count; i++) {
		const struct paragraph_mark *from = &paragraph->marks[i];
		struct docket_bytes string = text_slice(
			&paragraph->strings, from->string, from->string_size);
		struct docket_mark mark = {
			.start = offset + from->start,
			.end = offset + from->end,
			.kind = from->kind,
		};

		if (from->kind == DOCKET_MARK_LINK)
			mark.uri = string;
		else
			mark.value = string;
		docket_put_mark(flow->job, &mark);
	}
}

static void
put_text(const struct flow *flow, const struct paragraph *paragraph)
{
	const struct paragraph_label *label = &paragraph->label;
	uint32_t offset;

	if (label->text.size) {
		docket_put_text(flow->job, text_bytes(&label->text));
		if (!label->is_joined && paragraph->text.size)
			docket_put_text(flow->job, bytes_from(" "));
	}
	offset = docket_put_text(flow->job, text_bytes(&paragraph->text));
	put_marks(flow, paragraph, offset);
}

static void
capture_text(const struct flow *flow, const struct paragraph *paragraph)
{
	const struct paragraph_label *label = &paragraph->label;

	text_put_bytes(flow->captured, text_bytes(&label->text));
	if (label->text.size && !label->is_joined)
		text_put_string(flow->captured, " ");
	text_put_bytes(flow->captured, text_bytes(&paragraph->text));
	text_put_string(flow->captured, "\n");
}

/* ---- notes and lists ---- */

static void
put_note(const struct flow *flow, const struct flow_note *note)
{
	const struct docket_block block = {
		.kind = DOCKET_BLOCK_FOOTNOTE,
		.number = text_bytes(&note->number),
	};

	docket_open_block(flow->job, &block);
	if (!note->has_mark) {
		docket_put_text(flow->job, bytes_from("["));
		docket_put_text(flow->job, text_bytes(&note->number));
		docket_put_text(flow->job, bytes_from("] "));
	}
	docket_put_text(flow->job, text_bytes(&note->body));
	docket_close_block(flow->job);
}

/* The first ones, so many. */
static void
drop_notes(struct flow *flow, size_t count)
{
	if (!count)
		return;
	for (size_t i = 0; i < count; i++) {
		text_fini(&flow->notes[i].number);
		text_fini(&flow->notes[i].body);
	}
	flow->note_count -= count;
	memmove(flow->notes, flow->notes + count,
		flow->note_count * sizeof(*flow->notes));
	flow->ready_notes = 0;
}

static void
close_list(struct flow *flow)
{
	if (flow->has_list)
		docket_close_block(flow->job);
	flow->has_list = false;
}

void
flow_settle(struct flow *flow)
{
	if (flow->captured)
		return;
	close_list(flow);
	if (flow->level_count)
		return;
	for (size_t i = 0; i < flow->ready_notes; i++)
		put_note(flow, &flow->notes[i]);
	drop_notes(flow, flow->ready_notes);
}

void
flow_put_note(struct flow *flow, struct docket_bytes number, struct text *body,
	      bool has_mark)
{
	struct flow_note *note;

	if (flow->captured || !body->size)
		return;
	note = array_add(&flow->notes, &flow->note_count, &flow->note_capacity);
	text_put_bytes(&note->number, number);
	note->has_mark = has_mark;
	note->body = *body;
	*body = (struct text){ 0 };
}

/* ---- blocks ---- */

/* An item begins a list, or goes on with one. */
static uint32_t
place_item(struct flow *flow, uint32_t level)
{
	if (!flow->has_list) {
		open_block(flow, DOCKET_BLOCK_LIST);
		flow->has_list = true;
		flow->list_level = level;
	}
	return level > flow->list_level ? level - flow->list_level + 1 : 1;
}

static void
turn_page(struct flow *flow, const struct paragraph *paragraph)
{
	if (!paragraph->page || paragraph->page == flow->page)
		return;
	flow->page = paragraph->page;
	docket_put_page(flow->job, flow->page);
}

static void
put_block(struct flow *flow, const struct paragraph *paragraph)
{
	const struct paragraph_label *label = &paragraph->label;
	bool is_item = paragraph->kind == DOCKET_BLOCK_ITEM;
	struct docket_block block = {
		.kind = paragraph->kind,
		.level = paragraph->level,
	};

	if (label->number_size)
		block.number = text_slice(&label->text, label->number,
					  label->number_size);
	if (!is_item || !flow->has_list)
		flow_settle(flow);
	turn_page(flow, paragraph);
	open_levels(flow);
	if (is_item)
		block.level = place_item(flow, paragraph->level);
	docket_open_block(flow->job, &block);
	put_text(flow, paragraph);
	docket_close_block(flow->job);
	flow->ready_notes = flow->note_count;
}

static bool
is_plain(const struct paragraph *paragraph)
{
	return paragraph->kind == DOCKET_BLOCK_PARAGRAPH &&
	       !paragraph->label.text.size;
}

/* The first paragraph of a cell may be its only one. */
static bool
hold(struct flow_level *cell, struct paragraph *paragraph)
{
	struct paragraph empty = cell->held;

	if (cell->has_held || cell->is_divided || !is_plain(paragraph))
		return false;
	cell->held = *paragraph;
	cell->has_held = true;
	*paragraph = empty;
	return true;
}

/* The cell has more than one paragraph: each is a block. */
static void
divide(struct flow *flow, struct flow_level *cell)
{
	cell->is_divided = true;
	if (!cell->has_held)
		return;
	cell->has_held = false;
	put_block(flow, &cell->held);
	paragraph_clear(&cell->held);
}

void
flow_put(struct flow *flow, struct paragraph *paragraph)
{
	struct flow_level *cell = top_cell(flow);
	struct text *text = &paragraph->text;

	while (text->size && (text->data[text->size - 1] == ' ' ||
			      text->data[text->size - 1] == '\n'))
		text->size--;
	if (paragraph_is_empty(paragraph)) {
		paragraph_clear(paragraph);
		return;
	}
	if (flow->captured) {
		capture_text(flow, paragraph);
	} else if (!cell || !hold(cell, paragraph)) {
		if (cell)
			divide(flow, cell);
		put_block(flow, paragraph);
	}
	paragraph_clear(paragraph);
}

/* ---- tables ---- */

void
flow_open(struct flow *flow, enum docket_block_kind kind)
{
	struct flow_level *cell = top_cell(flow);

	if (flow->captured)
		return;
	if (cell)
		divide(flow, cell);
	flow_settle(flow);
	array_add(&flow->levels, &flow->level_count, &flow->level_capacity)
		->kind = kind;
}

/* Cells that were left empty are put when one with text follows in the row. */
static void
count_cells(struct flow *flow, const struct flow_level *cell, uint32_t spanned)
{
	struct flow_level *row = top_level(flow);

	if (row && row->kind == DOCKET_BLOCK_ROW && row->empty < SPANNED_LIMIT)
		row->empty += spanned + !cell->is_open;
}

void
flow_close(struct flow *flow, uint32_t spanned)
{
	struct flow_level level;

	if (flow->captured || !flow->level_count)
		return;
	close_list(flow);
	if (top_level(flow)->has_held) {
		turn_page(flow, &top_level(flow)->held);
		open_levels(flow);
		put_text(flow, &top_level(flow)->held);
	}
	level = flow->levels[--flow->level_count];
	paragraph_fini(&level.held);
	if (level.is_open)
		docket_close_block(flow->job);
	if (level.kind == DOCKET_BLOCK_CELL)
		count_cells(flow, &level,
			    spanned < SPANNED_LIMIT ? spanned : SPANNED_LIMIT);
	if (!flow->level_count)
		flow->ready_notes = flow->note_count;
}

void
flow_fini(struct flow *flow)
{
	while (flow->level_count)
		paragraph_fini(&flow->levels[--flow->level_count].held);
	drop_notes(flow, flow->note_count);
	free(flow->levels);
	free(flow->notes);
}
