/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leaf.c - which block text belongs to
 *
 * Works on struct walk. A block is opened when there is text for it; lists,
 * tables and rows are opened in the host with the first block in them. A
 * footnote's text stands where its mark is, and is put behind the block.
 */
#include <string.h>

#include "array.h"
#include "place.h"

static struct docket_bytes
bytes_of(const char *string)
{
	return (struct docket_bytes){ string, strlen(string) };
}

/* ---- what holds blocks ---- */

static void
open_in_host(struct walk *walk, uint32_t index, enum docket_block_kind kind)
{
	const struct docket_block block = { .kind = kind };

	if (!index || walk->places[index].has_block)
		return;
	docket_open_block(walk->job, &block);
	walk->places[index].has_block = true;
	walk->open_blocks++;
}

static uint32_t
find_row(const struct walk *walk)
{
	for (size_t i = walk->depth - 1; i > walk->places[i].table; i--)
		if (walk->places[i].rule->kind == RULE_ROW)
			return (uint32_t)i;
	return 0;
}

void
place_open_cell(struct walk *walk)
{
	const struct docket_block cell = { .kind = DOCKET_BLOCK_CELL };
	struct place *top = place_top(walk);

	place_end_block(walk);
	open_in_host(walk, top->table, DOCKET_BLOCK_TABLE);
	open_in_host(walk, find_row(walk), DOCKET_BLOCK_ROW);
	top->leaf = DOCKET_BLOCK_CELL;
	top->owner = (uint32_t)walk->depth - 1;
	top->label_owner = 0;
	top->is_joined = top->is_in_cell = true;
	walk->sink_owner = top->owner;
	sink_open(&walk->sink, &cell);
}

/* ---- blocks ---- */

static struct docket_block
make_block(struct walk *walk, const struct place *top)
{
	struct docket_block block = {
		.kind = (enum docket_block_kind)top->leaf,
		.role = (enum docket_block_role)top->role,
	};

	if (block.kind == DOCKET_BLOCK_HEADING)
		block.level = top->level ? top->level : 1;
	if (block.kind == DOCKET_BLOCK_ITEM)
		block.level = top->items ? top->items : 1;
	if (strcmp(top->language, walk->places[0].language) != 0)
		block.language = bytes_of(top->language);
	return block;
}

/* The text of an owner that had its block goes into one of nobody. */
static void
choose_block(struct walk *walk, const struct place *top)
{
	struct docket_block block = make_block(walk, top);
	const struct place *owner = &walk->places[top->owner];
	const struct place *labelled = &walk->places[top->label_owner];

	walk->sink_owner = top->owner;
	if (top->owner && owner->is_used) {
		walk->sink_owner = 0;
		if (block.kind != DOCKET_BLOCK_SIGNATURE)
			block.kind = DOCKET_BLOCK_PARAGRAPH;
		block.level = 0;
	}
	if (top->label_owner && labelled->is_label_due)
		block.number = rule_number(bytes_of(labelled->label));
	if (block.kind == DOCKET_BLOCK_ITEM)
		open_in_host(walk, top->list, DOCKET_BLOCK_LIST);
	sink_open(&walk->sink, &block);
	walk->places[top->owner].is_used = top->owner != 0;
}

/* Behind "、" and other full-width signs no space is written. */
static bool
ends_wide(const char *label)
{
	size_t size = strlen(label);
	unsigned char lead = size < 3 ? 0 : (unsigned char)label[size - 3];

	return lead == 0xe3 || lead == 0xef;
}

static void
put_label(struct walk *walk, struct place *labelled)
{
	labelled->is_label_due = false;
	sink_put(&walk->sink, bytes_of(labelled->label), false);
	if (!ends_wide(labelled->label))
		sink_put(&walk->sink, bytes_of(" "), false);
}

static bool
is_blank(struct docket_bytes text)
{
	for (size_t i = 0; i < text.size; i++)
		if (!strchr(" \t\r\n", text.data[i]))
			return false;
	return true;
}

static void
begin_text(struct walk *walk)
{
	const struct place *top = place_top(walk);

	if (!walk->sink.is_open)
		choose_block(walk, top);
	if (top->label_owner && walk->places[top->label_owner].is_label_due)
		put_label(walk, &walk->places[top->label_owner]);
}

void
place_put(struct walk *walk, const struct tape_node *node)
{
	struct docket_bytes text = tape_bytes(walk->tape, node);

	if (is_blank(text)) {
		if (walk->sink.is_open)
			sink_put(&walk->sink, text, false);
		return;
	}
	begin_text(walk);
	sink_put(&walk->sink, text,
		 node->is_preserved ||
			 (walk->is_ours && place_top(walk)->is_in_leaf));
}

void
place_put_label(struct walk *walk)
{
	struct place *top = place_top(walk);

	if (!top->is_label_due)
		return;
	top->label_owner = (uint32_t)walk->depth - 1;
	begin_text(walk);
	if (!top->is_in_cell)
		place_end_block(walk);
}

void
place_break(struct walk *walk)
{
	const struct place *top = place_top(walk);

	if (!walk->sink.is_open)
		return;
	if (top->is_joined && walk->sink_owner)
		sink_break(&walk->sink);
	else
		place_end_block(walk);
}

/* ---- marks ---- */

void
place_begin_mark(struct walk *walk, enum docket_mark_kind kind)
{
	struct place *top = place_top(walk);
	const struct tape *tape = walk->tape;
	const struct term *term = terms_find(
		&walk->terms, tape_attribute(tape, top->node, "refersTo"));
	struct docket_mark mark = {
		.kind = kind,
		.uri = tape_attribute(tape, top->node, "href"),
	};

	if (term) {
		mark.uri = term->uri;
		mark.value = term->name;
	}
	if (kind == DOCKET_MARK_DATE) {
		mark.value = tape_attribute(tape, top->node, "date");
		mark.uri = (struct docket_bytes){ 0 };
	}
	if ((kind == DOCKET_MARK_LINK || kind == DOCKET_MARK_REFERENCE) &&
	    !mark.uri.size)
		return;
	if (kind == DOCKET_MARK_DATE && !mark.value.size)
		return;
	sink_begin_mark(&walk->sink, &mark);
	top->has_mark = true;
}

/* ---- footnotes ---- */

/* Does its beginning or end not end a line? */
static bool
is_within_line(const struct tape_node *node)
{
	enum rule_kind kind = rule_find(node->name, true)->kind;

	return kind == RULE_INLINE || kind == RULE_OTHER || kind == RULE_NUM;
}

static void
put_note(struct walk *walk, size_t note)
{
	const struct tape *tape = walk->tape;
	struct docket_bytes marker = tape_attribute(tape, note, "marker");
	const struct docket_block block = {
		.kind = DOCKET_BLOCK_FOOTNOTE,
		.number = rule_number(marker),
	};
	bool has_text = false;

	sink_open(&walk->sink, &block);
	walk->sink_owner = 0;
	sink_put(&walk->sink, marker, false);
	sink_put(&walk->sink, bytes_of(" "), false);
	for (size_t i = note + 1; i < tape->nodes[note].end; i++) {
		const struct tape_node *node = &tape->nodes[i];

		if (node->kind == TAPE_TEXT) {
			struct docket_bytes text = tape_bytes(tape, node);

			has_text |= !is_blank(text);
			sink_put(&walk->sink, text, walk->is_ours && has_text);
		} else if (has_text && !is_within_line(node)) {
			sink_break(&walk->sink);
		}
	}
	sink_close(&walk->sink);
}

void
place_put_notes(struct walk *walk)
{
	size_t count = walk->note_count;

	walk->note_count = 0;
	for (size_t i = 0; i < count; i++)
		put_note(walk, walk->notes[i]);
}
