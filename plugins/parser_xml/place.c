/* SPDX-License-Identifier: Apache-2.0 */
/*
 * place.c - the open elements of a document
 *
 * Works on struct walk. What an element is comes from its rule, and where no
 * rule knows it, from whether it holds text. Running out of memory ends the
 * process.
 */
#include "place.h"

#include <string.h>

#include "array.h"

#define LEVEL_LIMIT 32

/* ---- lists and tables ---- */

static void
begin_list(struct walk *walk, struct place *place)
{
	if (place->is_in_cell) {
		place_break(walk);
		return;
	}
	/* Its introduction belongs to the paragraph it is in. */
	if (!place->list)
		place->list = (uint32_t)walk->depth - 1;
}

/* ---- other elements ---- */

static void
begin_heading(struct walk *walk, struct place *place)
{
	struct docket_bytes refers =
		tape_attribute(walk->tape, place->node, "refersTo");

	place_break(walk);
	place->is_in_leaf = true;
	if (place->is_in_cell)
		return;
	place_end_block(walk);
	place->owner = 0;
	place->is_joined = false;
	place->leaf = DOCKET_BLOCK_HEADING;
	if (refers.size >= 9 && memcmp(refers.data, "#preamble", 9) == 0) {
		place->leaf = DOCKET_BLOCK_PARAGRAPH;
		place->role = DOCKET_ROLE_PREAMBULAR;
	}
}

static void
begin_block(struct walk *walk, struct place *place)
{
	bool was_in_leaf = place->is_in_leaf;

	place_break(walk);
	place->is_in_leaf = true;
	if (was_in_leaf || place->is_in_cell || !walk->is_akoma ||
	    !tape_find(walk->tape, place->node, "signature"))
		return;
	place_end_block(walk);
	place->leaf = DOCKET_BLOCK_SIGNATURE;
	place->owner = (uint32_t)walk->depth - 1;
	place->is_joined = true;
}

static void
begin_table(struct walk *walk, struct place *place)
{
	if (place->is_in_cell) {
		place_break(walk);
		return;
	}
	place_end_block(walk);
	place->table = (uint32_t)walk->depth - 1;
	place->leaf = DOCKET_BLOCK_PARAGRAPH;
	place->owner = place->label_owner = 0;
	place->is_joined = false;
}

static void
begin_document(struct walk *walk, struct place *place)
{
	const struct tape_node *node = &walk->tape->nodes[place->node];
	struct docket_bytes name =
		tape_attribute(walk->tape, place->node, "name");

	place_end_block(walk);
	place->is_resolving = strcmp(node->name, "statement") == 0 &&
			      name.size >= 8 &&
			      (memcmp(name.data, "resoluti", 8) == 0 ||
			       memcmp(name.data, "decision", 8) == 0);
}

/* Where no rule knows the element. */
static void
begin_other(struct walk *walk, struct place *place)
{
	place_break(walk);
	if (walk->tape->nodes[place->node].has_text)
		place->is_in_leaf = true;
	else if (!walk->is_akoma && place->level < LEVEL_LIMIT)
		place->level++;
}

static void
begin_body(struct walk *walk, struct place *place)
{
	(void)place;
	place_break(walk);
	part_enter(walk, STAGE_BODY);
}

static void
begin_preamble(struct walk *walk, struct place *place)
{
	begin_body(walk, place);
	place->role = DOCKET_ROLE_PREAMBULAR;
}

/* By the names that docket writes; whatever has one is no recital. */
static void
begin_container(struct walk *walk, struct place *place)
{
	static const struct {
		const char *name;
		enum docket_block_kind leaf;
	} named[] = {
		{ "footnote", DOCKET_BLOCK_FOOTNOTE },
		{ "heading", DOCKET_BLOCK_HEADING },
		{ "line", DOCKET_BLOCK_LINE },
		{ "list", DOCKET_BLOCK_PARAGRAPH },
		{ "paragraph", DOCKET_BLOCK_PARAGRAPH },
		{ "signature", DOCKET_BLOCK_SIGNATURE },
		{ "table", DOCKET_BLOCK_PARAGRAPH },
	};

	place_break(walk);
	if (place_is_named(walk, place, "body"))
		part_enter(walk, STAGE_BODY);
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		if (!place_is_named(walk, place, named[i].name))
			continue;
		place->leaf = (uint8_t)named[i].leaf;
		place->role = DOCKET_ROLE_NONE;
	}
}

static void
begin_formula(struct walk *walk, struct place *place)
{
	begin_block(walk, place);
	place->role = DOCKET_ROLE_NONE;
	place->is_in_leaf = walk->tape->nodes[place->node].has_text;
}

static void
begin_inline(struct walk *walk, struct place *place)
{
	if (!place->is_in_leaf && walk->tape->nodes[place->node].has_text &&
	    !walk->sink.is_open)
		place->is_in_leaf = true;
	if (place->rule->mark != RULE_NO_MARK)
		place_begin_mark(walk, place->rule->mark);
}

/* Within a line only what breaks lines, or begins a block, is more than text. */
static enum rule_kind
find_kind(const struct place *place)
{
	enum rule_kind kind = place->rule->kind;

	if (place->is_in_leaf && kind == RULE_OTHER)
		return RULE_INLINE;
	return kind;
}

static void
begin_annex(struct walk *walk, struct place *place)
{
	place->has_part = part_open_annex(walk, place->node);
	place->level = 0;
	place->role = DOCKET_ROLE_NONE;
}

static void
begin_cover(struct walk *walk, struct place *place)
{
	place_break(walk);
	part_enter(walk, STAGE_COVER);
	(void)place;
}

static void
begin_row(struct walk *walk, struct place *place)
{
	(void)place;
	place_break(walk);
}

static void
begin_cell(struct walk *walk, struct place *place)
{
	if (place->table && !place->is_in_cell)
		place_open_cell(walk);
	else
		place_break(walk);
}

typedef void beginner(struct walk *walk, struct place *place);

/* What is not here is not entered. */
static beginner *const beginners[] = {
	[RULE_OTHER] = begin_other,
	[RULE_INLINE] = begin_inline,
	[RULE_DOCUMENT] = begin_document,
	[RULE_COVER] = begin_cover,
	[RULE_BODY] = begin_body,
	[RULE_PREAMBLE] = begin_preamble,
	[RULE_ANNEX] = begin_annex,
	[RULE_CONTAINER] = begin_container,
	[RULE_SECTION] = place_begin_section,
	[RULE_NUM] = begin_other,
	[RULE_HEADING] = begin_heading,
	[RULE_BLOCK] = begin_block,
	[RULE_FORMULA] = begin_formula,
	[RULE_LIST] = begin_list,
	[RULE_ITEM] = place_begin_section,
	[RULE_TABLE] = begin_table,
	[RULE_ROW] = begin_row,
	[RULE_CELL] = begin_cell,
};

/* ---- what is not entered ---- */

static void
meet_note(struct walk *walk, size_t node)
{
	struct docket_bytes marker = tape_attribute(walk->tape, node, "marker");

	if (walk->sink.is_open && marker.size)
		sink_put_note(&walk->sink, marker, rule_number(marker),
			      !walk->is_ours);
	walk->notes = array_reserve(walk->notes, walk->note_count + 1,
				    &walk->note_capacity, sizeof(*walk->notes));
	walk->notes[walk->note_count++] = node;
}

static bool
is_left_out(struct walk *walk, const struct rule *rule, size_t node)
{
	if (rule->kind == RULE_SKIP)
		return true;
	/* A number that its section has as its label. */
	if (rule->kind == RULE_NUM)
		return node == place_top(walk)->num;
	if (rule->kind == RULE_NOTE)
		meet_note(walk, node);
	else if (rule->kind == RULE_BREAK && walk->sink.is_open)
		sink_break(&walk->sink);
	return rule->kind == RULE_NOTE || rule->kind == RULE_BREAK;
}

/* ---- all elements ---- */

void
place_end_block(struct walk *walk)
{
	sink_close(&walk->sink);
	walk->sink_owner = 0;
	if (!walk->open_blocks)
		place_put_notes(walk);
}

static void
inherit(struct place *place, const struct rule *rule, size_t node)
{
	place->rule = rule;
	place->node = node;
	place->num = 0;
	place->is_used = false;
	place->is_label_due = false;
	place->has_block = false;
	place->has_part = false;
	place->has_mark = false;
	place->label[0] = '\0';
}

bool
place_open(struct walk *walk, size_t node)
{
	const struct rule *rule =
		rule_find(walk->tape->nodes[node].name, walk->is_akoma);
	struct docket_bytes language;
	struct place *place;
	char code[4];

	if (is_left_out(walk, rule, node))
		return false;
	place = &walk->places[walk->depth];
	*place = *place_top(walk);
	inherit(place, rule, node);
	walk->depth++;
	language = tape_attribute(walk->tape, node, "xml:lang");
	walk_read_language(language, code);
	if (code[0])
		memcpy(place->language, code, sizeof(code));
	beginners[find_kind(place)](walk, place);
	return true;
}

void
place_close(struct walk *walk)
{
	uint32_t index = (uint32_t)walk->depth - 1;
	struct place *place = &walk->places[index];
	enum rule_kind kind = find_kind(place);

	if (place->has_mark)
		sink_end_mark(&walk->sink);
	if (place->is_label_due)
		place_put_label(walk);
	if (walk->sink.is_open && walk->sink_owner == index)
		place_end_block(walk);
	else if (kind != RULE_INLINE)
		place_break(walk);
	if (place->has_block) {
		sink_close(&walk->sink);
		walk->sink_owner = 0;
		docket_close_block(walk->job);
		walk->open_blocks--;
	}
	if (place->has_part) {
		place_end_block(walk);
		place_put_notes(walk);
		docket_close_part(walk->job);
	}
	walk->depth--;
}
