/* SPDX-License-Identifier: Apache-2.0 */
/*
 * section.c - sections, numbered paragraphs and items
 *
 * Works on struct walk. Akoma Ntoso has some thirty names for what has a number
 * and a heading; which of them is a heading's section and which a paragraph of
 * its own, what is in it tells.
 */
#include <string.h>

#include "place.h"

#define LEVEL_LIMIT 32

bool
place_is_named(const struct walk *walk, const struct place *place,
	       const char *name)
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
		if (place_is_named(walk, place, hcontainers[i].name)) {
			place->leaf = (uint8_t)hcontainers[i].leaf;
			place->role = (uint8_t)hcontainers[i].role;
		}
}

void
place_begin_section(struct walk *walk, struct place *place)
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
