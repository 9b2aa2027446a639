/* SPDX-License-Identifier: Apache-2.0 */
/*
 * akn_block.c - blocks as hierarchical elements
 *
 * A heading opens a section that holds what follows, up to a heading of its
 * level. A block with others in it becomes an element with an intro, theirs,
 * and what is left. What Akoma Ntoso has no element for is an hcontainer with
 * the name that the record gives it. Reads the record; nesting is bounded there.
 */
#include <string.h>

#include "akn_private.h"

#define SECTION_LIMIT 32

/* How a kind of block is told; NULL: an hcontainer of its name. */
static const char *const elements[DOCKET_BLOCK_KIND_COUNT] = {
	[DOCKET_BLOCK_PARAGRAPH] = "paragraph",
	[DOCKET_BLOCK_LIST] = "list",
	[DOCKET_BLOCK_ITEM] = "point",
};

/* What may stand around a number and behind it. */
static const char *const punctuation[] = {
	".",  ")",  "(",  "]", "[", ":",  "-", "、",
	"．", "）", "（", "º", "–", "\"", "“", "«",
};

static const struct docket_block *
get_block(const struct akn *akn, size_t place)
{
	return &akn->blocks[akn->places.order[place]];
}

/* Behind a block and all that lies in it. */
static size_t
skip_block(const struct akn *akn, size_t place, size_t end)
{
	uint32_t limit = get_block(akn, place)->end;

	for (place++; place < end; place++)
		if (get_block(akn, place)->start >= limit)
			break;
	return place;
}

static bool
is_blank(struct docket_bytes text)
{
	for (size_t i = 0; i < text.size; i++)
		if (!strchr(" \t\n\f", text.data[i]) || !text.data[i])
			return false;
	return true;
}

/* ---- numbers ---- */

static size_t
measure_punctuation(struct docket_bytes text)
{
	for (size_t i = 0; i < ARRAY_SIZE(punctuation); i++) {
		size_t size = strlen(punctuation[i]);

		if (text.size >= size &&
		    memcmp(text.data, punctuation[i], size) == 0)
			return size;
	}
	return 0;
}

static struct docket_bytes
skip(struct docket_bytes text, size_t count)
{
	return (struct docket_bytes){ text.data + count, text.size - count };
}

static struct docket_bytes
skip_punctuation(struct docket_bytes text)
{
	size_t size;

	while ((size = measure_punctuation(text)) > 0)
		text = skip(text, size);
	return text;
}

uint32_t
akn_skip_number(const struct akn *akn, const struct docket_block *block)
{
	struct docket_bytes text = akn_slice(akn, block->start, block->end);
	struct docket_bytes rest = skip_punctuation(text);

	if (!block->number.size || rest.size < block->number.size ||
	    memcmp(rest.data, block->number.data, block->number.size) != 0)
		return block->start;
	rest = skip_punctuation(skip(rest, block->number.size));
	while (rest.size && strchr(" \t\n", rest.data[0]))
		rest = skip(rest, 1);
	return block->end - (uint32_t)rest.size;
}

/* <num>, and where the text goes on behind it. */
static uint32_t
put_number(struct akn *akn, const struct docket_block *block)
{
	uint32_t behind = akn_skip_number(akn, block);
	struct docket_bytes number = akn_slice(akn, block->start, behind);

	while (number.size && strchr(" \t\n", number.data[number.size - 1]))
		number.size--;
	if (!number.size)
		return block->start;
	xml_begin(&akn->xml, "num");
	xml_text(&akn->xml, number);
	xml_end(&akn->xml, "num");
	return behind;
}

/* ---- text ---- */

void
akn_put_p(struct akn *akn, uint32_t start, uint32_t end)
{
	xml_begin(&akn->xml, "p");
	akn_put_inline(akn, start, end);
	xml_end(&akn->xml, "p");
}

static void
put_wrapped(struct akn *akn, const char *element, uint32_t start, uint32_t end)
{
	if (is_blank(akn_slice(akn, start, end)))
		return;
	xml_begin(&akn->xml, element);
	akn_put_p(akn, start, end);
	xml_end(&akn->xml, element);
}

/* Text between the blocks that lie in another. */
static void
put_between(struct akn *akn, uint32_t start, uint32_t end)
{
	if (is_blank(akn_slice(akn, start, end)))
		return;
	xml_begin(&akn->xml, "hcontainer");
	xml_set(&akn->xml, "name", "text");
	put_wrapped(akn, "content", start, end);
	xml_end(&akn->xml, "hcontainer");
}

/* ---- tables ---- */

/* Children of a kind, each as an element around what is in it. */
static void
put_cells(struct akn *akn, size_t row, size_t end)
{
	size_t next;

	xml_begin(&akn->xml, "tr");
	for (size_t at = row + 1; at < end; at = next) {
		const struct docket_block *cell = get_block(akn, at);

		next = skip_block(akn, at, end);
		xml_begin(&akn->xml, "td");
		akn_put_p(akn, cell->start, cell->end);
		xml_end(&akn->xml, "td");
	}
	if (row + 1 == end) {
		xml_begin(&akn->xml, "td");
		akn_put_p(akn, get_block(akn, row)->start,
			  get_block(akn, row)->end);
		xml_end(&akn->xml, "td");
	}
	xml_end(&akn->xml, "tr");
}

static void
put_table(struct akn *akn, size_t table, size_t end)
{
	size_t next;

	xml_begin(&akn->xml, "content");
	xml_begin(&akn->xml, "table");
	for (size_t row = table + 1; row < end; row = next) {
		next = skip_block(akn, row, end);
		put_cells(akn, row, next);
	}
	xml_end(&akn->xml, "table");
	xml_end(&akn->xml, "content");
}

/* ---- blocks ---- */

static void put_block(struct akn *akn, size_t place, size_t end);

/* What stands in a block: its text, or its text around other blocks. */
static void
put_inside(struct akn *akn, size_t place, size_t end, uint32_t from)
{
	const struct docket_block *block = get_block(akn, place);
	const char *wrap = "intro";
	uint32_t at = from;
	size_t next;

	if (place + 1 == end) {
		xml_begin(&akn->xml, "content");
		akn_put_p(akn, from, block->end);
		xml_end(&akn->xml, "content");
		return;
	}
	for (size_t child = place + 1; child < end; child = next) {
		uint32_t start = get_block(akn, child)->start;

		next = skip_block(akn, child, end);
		if (at < start && wrap)
			put_wrapped(akn, wrap, at, start);
		else if (at < start)
			put_between(akn, at, start);
		wrap = NULL;
		put_block(akn, child, next);
		if (at < get_block(akn, child)->end)
			at = get_block(akn, child)->end;
	}
	if (at < block->end)
		put_wrapped(akn, "wrapUp", at, block->end);
}

static const char *
get_element(const struct docket_block *block)
{
	if (block->role == DOCKET_ROLE_PREAMBULAR)
		return NULL;
	return elements[block->kind];
}

static const char *
get_name(const struct docket_block *block)
{
	return block->role == DOCKET_ROLE_PREAMBULAR
		       ? record_block_role_name(block->role)
		       : record_block_kind_name(block->kind);
}

/* A block and all that lies in it: places [place, end). */
static void
put_block(struct akn *akn, size_t place, size_t end)
{
	const struct docket_block *block = get_block(akn, place);
	const char *element = get_element(block);

	if (akn->is_told[akn->places.order[place]])
		return;
	xml_begin(&akn->xml, element ? element : "hcontainer");
	akn_put_id(akn, block->anchor);
	if (!element)
		xml_set(&akn->xml, "name", get_name(block));
	if (block->role == DOCKET_ROLE_OPERATIVE)
		xml_set(&akn->xml, "class",
			record_block_role_name(block->role));
	if (block->kind == DOCKET_BLOCK_TABLE && place + 1 < end)
		put_table(akn, place, end);
	else
		put_inside(akn, place, end, put_number(akn, block));
	xml_end(&akn->xml, element ? element : "hcontainer");
}

/* ---- sections ---- */

struct sections {
	struct akn *akn;
	uint32_t levels[SECTION_LIMIT]; /* of those that are open */
	size_t depth;
};

static const char *
get_section(size_t depth)
{
	static const char *const names[] = { "section", "subsection" };

	return depth < ARRAY_SIZE(names) ? names[depth] : "level";
}

static void
close_sections(struct sections *sections, uint32_t level)
{
	while (sections->depth > 0 &&
	       sections->levels[sections->depth - 1] >= level)
		xml_end(&sections->akn->xml, get_section(--sections->depth));
}

static void
open_section(struct sections *sections, const struct docket_block *heading)
{
	struct akn *akn = sections->akn;
	uint32_t start;

	close_sections(sections, heading->level);
	if (sections->depth == SECTION_LIMIT)
		close_sections(sections, sections->levels[SECTION_LIMIT - 1]);
	xml_begin(&akn->xml, get_section(sections->depth));
	sections->levels[sections->depth++] = heading->level;
	akn_put_id(akn, heading->anchor);
	start = put_number(akn, heading);
	xml_begin(&akn->xml, "heading");
	akn_put_inline(akn, start, heading->end);
	xml_end(&akn->xml, "heading");
}

void
akn_put_blocks(struct akn *akn, size_t first, size_t end)
{
	struct sections sections = { .akn = akn };
	size_t next;

	for (size_t place = first; place < end; place = next) {
		const struct docket_block *block = get_block(akn, place);

		next = skip_block(akn, place, end);
		if (block->kind == DOCKET_BLOCK_HEADING)
			open_section(&sections, block);
		else
			put_block(akn, place, next);
	}
	close_sections(&sections, 0);
}
