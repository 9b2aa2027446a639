/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_styles.c - what the styles of a Word document say of its paragraphs
 *
 * Owns the table of styles. What a style does not say itself it has from the
 * one that it is based on. Running out of memory ends the process.
 */
#include "word_styles.h"

#include <stdlib.h>

#include "array.h"
#include "heading_names.h"
#include "xml.h"

/* Longer chains are loops, or have nothing to say. */
#define CHAIN_LIMIT 64

static const struct word_style unset = {
	.outline = WORD_UNSET,
	.numbering = WORD_UNSET,
	.level = WORD_UNSET,
	.is_hidden = WORD_UNSET,
	.is_contents = WORD_UNSET,
	.is_title = WORD_UNSET,
	.based_on = WORD_UNSET,
};

struct word_style
word_styles_unset(void)
{
	return unset;
}

static struct word_style *
last_style(struct word_styles *styles)
{
	return styles->is_inside ? &styles->items[styles->count - 1] : NULL;
}

static void
start_style(void *reader, const struct xml_element *element)
{
	struct word_styles *styles = reader;
	uint32_t place = (uint32_t)styles->count;
	struct docket_bytes is_default = xml_get(element, SPACE_W, "default");

	*array_add(&styles->items, &styles->count, &styles->capacity) = unset;
	styles->is_inside = true;
	names_put(&styles->ids, xml_get(element, SPACE_W, "styleId"), place);
	if (xml_is(element, SPACE_W, "type", "paragraph") && is_default.size &&
	    is_default.data[0] != '0' && is_default.data[0] != 'f')
		styles->normal = place;
}

static void
end_style(void *reader)
{
	struct word_styles *styles = reader;

	styles->is_inside = false;
}

static struct docket_bytes
get_value(const struct xml_element *element)
{
	return xml_get(element, SPACE_W, "val");
}

/* Is the name this word, in small letters or not, and a digit? */
static bool
is_numbered(struct docket_bytes name, const char *word)
{
	size_t size = strlen(word);

	return name.size == size + 1 &&
	       strncasecmp(name.data, word, size) == 0 &&
	       name.data[size] >= '1' && name.data[size] <= '9';
}

static bool
is_word(struct docket_bytes name, const char *word)
{
	return name.size == strlen(word) &&
	       strncasecmp(name.data, word, name.size) == 0;
}

/* What a name says counts where the style does not say it otherwise. */
static void
start_name(void *reader, const struct xml_element *element)
{
	struct word_style *style = last_style(reader);
	struct docket_bytes name = get_value(element);
	unsigned level;

	if (!style || !name.data)
		return;
	level = heading_names_level(name);
	if (level && style->outline == WORD_UNSET)
		style->outline = (int32_t)level - 1;
	if (is_numbered(name, "toc ") || is_word(name, "table of figures"))
		style->is_contents = true;
	if (is_word(name, "title"))
		style->is_title = true;
}

static void
start_based_on(void *reader, const struct xml_element *element)
{
	struct word_styles *styles = reader;
	struct word_style *style = last_style(reader);

	if (!style)
		return;
	style->based_on = (int32_t)styles->parents.count;
	names_put(&styles->parents, get_value(element), 0);
}

static void
start_outline(void *reader, const struct xml_element *element)
{
	struct word_style *style = last_style(reader);

	if (style)
		style->outline = bytes_number(get_value(element), WORD_UNSET);
}

static void
start_numbering(void *reader, const struct xml_element *element)
{
	struct word_style *style = last_style(reader);

	if (style)
		style->numbering = bytes_number(get_value(element), WORD_UNSET);
}

static void
start_level(void *reader, const struct xml_element *element)
{
	struct word_style *style = last_style(reader);

	if (style)
		style->level = bytes_number(get_value(element), WORD_UNSET);
}

static void
start_hidden(void *reader, const struct xml_element *element)
{
	struct word_style *style = last_style(reader);

	if (style)
		style->is_hidden = xml_is_on(element, SPACE_W);
}

static const struct xml_rule rules[] = {
	{ SPACE_W, "style", start_style, end_style, false },
	{ SPACE_W, "name", .start = start_name },
	{ SPACE_W, "basedOn", .start = start_based_on },
	{ SPACE_W, "outlineLvl", .start = start_outline },
	{ SPACE_W, "numId", .start = start_numbering },
	{ SPACE_W, "ilvl", .start = start_level },
	{ SPACE_W, "vanish", .start = start_hidden },
	{ SPACE_W, "tblStylePr", .is_skipped = true },
	{ SPACE_W, "pPrChange", .is_skipped = true },
	{ SPACE_W, "rPrChange", .is_skipped = true },
	{ SPACE_W, "docDefaults", .is_skipped = true },
	{ SPACE_W, "latentStyles", .is_skipped = true },
};

static const struct xml_grammar grammar = {
	.tables = { { rules, sizeof(rules) / sizeof(rules[0]) } },
};

/* ---- chains ---- */

#define INHERIT(style, parent, member)                      \
	do {                                                \
		if ((style)->member == WORD_UNSET)          \
			(style)->member = (parent)->member; \
	} while (0)

void
word_styles_inherit(struct word_style *style, const struct word_style *parent)
{
	INHERIT(style, parent, outline);
	INHERIT(style, parent, numbering);
	INHERIT(style, parent, level);
	INHERIT(style, parent, is_hidden);
	INHERIT(style, parent, is_contents);
	INHERIT(style, parent, is_title);
}

/* From a style up to one that is settled, then down again. */
static void
settle(struct word_styles *styles, size_t place)
{
	uint32_t chain[CHAIN_LIMIT];
	size_t length = 0;

	while (length < CHAIN_LIMIT && !styles->items[place].is_settled) {
		int32_t parent = styles->items[place].based_on;

		chain[length++] = (uint32_t)place;
		styles->items[place].is_settled = true;
		if (parent == WORD_UNSET)
			break;
		place = (size_t)parent;
	}
	while (length > 0) {
		struct word_style *style = &styles->items[chain[--length]];

		if (style->based_on != WORD_UNSET)
			word_styles_inherit(style,
					    &styles->items[style->based_on]);
	}
}

/* Ids of parents become places. */
static void
find_parents(struct word_styles *styles)
{
	for (size_t i = 0; i < styles->count; i++) {
		struct word_style *style = &styles->items[i];
		const struct name *parent;
		uint32_t place;

		if (style->based_on == WORD_UNSET)
			continue;
		parent = &styles->parents.items[style->based_on];
		place = names_find(&styles->ids,
				   text_slice(&styles->parents.strings,
					      parent->at, parent->size));
		style->based_on =
			place == NAMES_NONE ? WORD_UNSET : (int32_t)place;
	}
}

bool
word_styles_read(struct word_styles *styles, struct docket_bytes part,
		 struct refusal *refusal)
{
	styles->normal = NAMES_NONE;
	if (!part.data)
		return true;
	if (!xml_read(part, "styles", &grammar, styles, refusal))
		return false;
	find_parents(styles);
	for (size_t i = 0; i < styles->count; i++)
		settle(styles, i);
	return true;
}

void
word_styles_fini(struct word_styles *styles)
{
	free(styles->items);
	names_fini(&styles->ids);
	names_fini(&styles->parents);
}

struct word_style
word_styles_find(struct word_styles *styles, struct docket_bytes id)
{
	uint32_t place = names_find(&styles->ids, id);

	return place == NAMES_NONE ? unset : styles->items[place];
}

struct word_style
word_styles_normal(const struct word_styles *styles)
{
	return styles->normal == NAMES_NONE ? unset
					    : styles->items[styles->normal];
}
