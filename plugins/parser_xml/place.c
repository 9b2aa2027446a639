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

#include "grow.h"

#define LEVEL_LIMIT 32

/* ---- sections, paragraphs and items ---- */

static bool
is_named(const struct walk *walk, const struct place *place, const char *name)
{
	struct docket_bytes given =
		tape_attribute(walk->tape, place->node, "name");

	return given.size == strlen(name) &&
	       memcmp(given.data, name, given.size) == 0;
}

/* What a section has at its beginning. */
struct section {
	size_t num;
	bool has_heading;
	bool has_content; /* text of its own, not only further sections */
};

static struct section
survey_section(const struct walk *walk, size_t node)
{
	static const char *const contents[] = {
		"content", "intro",	"p",
		"list",	   "blockList", "listIntroduction",
	};
	const struct tape *tape = walk->tape;
	struct section section = { .has_content = tape->nodes[node].has_text };

	for (size_t i = node + 1; i < tape->nodes[node].end; i++) {
		const struct tape_node *child = &tape->nodes[i];

		if (child->kind != TAPE_OPEN)
			continue;
		if (!section.num && strcmp(child->name, "num") == 0)
			section.num = i;
		section.has_heading |= strcmp(child->name, "heading") == 0;
		for (size_t k = 0; k < sizeof(contents) / sizeof(contents[0]);
		     k++)
			section.has_content |=
				strcmp(child->name, contents[k]) == 0;
		i = child->end;
	}
	return section;
}

static void
read_label(struct walk *walk, struct place *place, size_t num)
{
	struct docket_bytes label = { 0 };

	place->num = num;
	if (num)
		label = tape_gather(walk->tape, num, "authorialNote",
				    place->label, sizeof(place->label) - 1);
	else if (place->rule->kind == RULE_ITEM)
		label = tape_attribute(walk->tape, place->node, "value");
	if (label.size >= sizeof(place->label))
		label.size = 0;
	if (label.size && label.data != place->label)
		memcpy(place->label, label.data, label.size);
	place->label[label.size] = '\0';
	place->is_label_due = label.size > 0;
	place->label_owner = (uint32_t)walk->depth - 1;
}

static bool
is_operative(const struct walk *walk, const struct place *place)
{
	struct docket_bytes refers =
		tape_attribute(walk->tape, place->node, "refersTo");
	struct docket_bytes class =
		tape_attribute(walk->tape, place->node, "class");

	if (refers.size == 10 && memcmp(refers.data, "#operative", 10) == 0)
		return true;
	if (class.size == 9 && memcmp(class.data, "operative", 9) == 0)
		return true;
	return place->is_resolving && place->is_label_due && !place->items &&
	       place->role == DOCKET_ROLE_NONE &&
	       strcmp(walk->tape->nodes[place->node].name, "paragraph") == 0;
}

/* A paragraph with a number, or an item of one. */
static void
begin_numbered(struct walk *walk, struct place *place, bool is_item)
{
	place->owner = (uint32_t)walk->depth - 1;
	place->is_joined = place->is_label_due || is_item;
	if (is_operative(walk, place))
		place->role = DOCKET_ROLE_OPERATIVE;
	if (is_item) {
		place->leaf = DOCKET_BLOCK_ITEM;
		if (place->role == DOCKET_ROLE_OPERATIVE)
			place->role = DOCKET_ROLE_NONE;
		if (place->items < LEVEL_LIMIT)
			place->items++;
	}
}

/* What docket has no other element for, under the name it has for it. */
static const struct {
	const char *name;
	enum docket_block_kind leaf;
	enum docket_block_role role;
} hcontainers[] = {
	{ "footnote", DOCKET_BLOCK_FOOTNOTE, DOCKET_ROLE_NONE },
	{ "line", DOCKET_BLOCK_LINE, DOCKET_ROLE_NONE },
	{ "preambular", DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_PREAMBULAR },
	{ "signature", DOCKET_BLOCK_SIGNATURE, DOCKET_ROLE_NONE },
};

static void
name_section(const struct walk *walk, struct place *place)
{
	if (strcmp(walk->tape->nodes[place->node].name, "hcontainer") != 0)
		return;
	for (size_t i = 0; i < sizeof(hcontainers) / sizeof(hcontainers[0]);
	     i++)
		if (is_named(walk, place, hcontainers[i].name)) {
			place->leaf = (uint8_t)hcontainers[i].leaf;
			place->role = (uint8_t)hcontainers[i].role;
		}
}

static void
begin_section(struct walk *walk, struct place *place)
{
	struct section section = survey_section(walk, place->node);
	bool is_item = place->rule->kind == RULE_ITEM;
	const struct place *owner = &walk->places[place->owner];
	bool is_in_numbered = place->owner && owner->is_joined;

	if (place->is_in_cell) {
		place_break(walk);
		read_label(walk, place, section.num);
		return;
	}
	place_end_block(walk);
	place->is_in_leaf = false;
	name_section(walk, place);
	read_label(walk, place, section.num);
	if (section.has_heading || !(section.has_content || is_item)) {
		place->level += place->level < LEVEL_LIMIT &&
				(section.has_heading || section.num);
		place->leaf = section.has_heading ? DOCKET_BLOCK_PARAGRAPH
						  : DOCKET_BLOCK_HEADING;
		place->owner = 0;
		place->is_joined = false;
		if (!section.has_heading)
			place_put_label(walk);
		place->leaf = DOCKET_BLOCK_PARAGRAPH;
		return;
	}
	begin_numbered(walk, place, is_item || is_in_numbered);
}

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

/* By the names that docket writes, and others beside. */
static void
begin_container(struct walk *walk, struct place *place)
{
	static const char *const plain[] = {
		"paragraph", "heading", "line", "list", "table", "signature"
	};

	place_break(walk);
	if (is_named(walk, place, "body"))
		part_enter(walk, STAGE_BODY);
	if (is_named(walk, place, "signature"))
		place->leaf = DOCKET_BLOCK_SIGNATURE;
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (is_named(walk, place, plain[i]))
			place->role = DOCKET_ROLE_NONE;
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
	[RULE_OTHER] = begin_other,	  [RULE_INLINE] = begin_inline,
	[RULE_DOCUMENT] = begin_document, [RULE_COVER] = begin_cover,
	[RULE_BODY] = begin_body,	  [RULE_PREAMBLE] = begin_preamble,
	[RULE_ANNEX] = begin_annex,	  [RULE_CONTAINER] = begin_container,
	[RULE_SECTION] = begin_section,	  [RULE_NUM] = begin_other,
	[RULE_HEADING] = begin_heading,	  [RULE_BLOCK] = begin_block,
	[RULE_FORMULA] = begin_formula,	  [RULE_LIST] = begin_list,
	[RULE_ITEM] = begin_section,	  [RULE_TABLE] = begin_table,
	[RULE_ROW] = begin_row,		  [RULE_CELL] = begin_cell,
};

/* ---- what is not entered ---- */

static void
meet_note(struct walk *walk, size_t node)
{
	struct docket_bytes marker = tape_attribute(walk->tape, node, "marker");

	if (walk->sink.is_open && marker.size)
		sink_put_note(&walk->sink, marker, rule_number(marker),
			      !walk->is_ours);
	walk->notes = grow_array(walk->notes, walk->note_count + 1,
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
