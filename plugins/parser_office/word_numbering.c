/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_numbering.c - the numbers that Word prints before paragraphs
 *
 * Owns the lists and how far each has counted. A paragraph names a use
 * (w:num) of a list (w:abstractNum). Uses of one list count on in it, unless
 * a use says that it begins at a number (w:lvlOverride): then its first
 * paragraph does. Running out of memory ends the process.
 */
#include "word_numbering.h"

#include <stdlib.h>

#include "array.h"
#include "xml.h"

/* Bounds memory: a list is some kilobytes. */
#define LISTS_LIMIT 10000

static struct docket_bytes
get_value(const struct xml_element *element)
{
	return xml_get(element, SPACE_W, "val");
}

static int32_t
get_level(const struct xml_element *element)
{
	int32_t level =
		bytes_number(xml_get(element, SPACE_W, "ilvl"), WORD_UNSET);

	return level >= 0 && level < WORD_LEVELS ? level : WORD_UNSET;
}

/* ---- reading ---- */

static void
start_list(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;
	struct word_list *list;

	if (numbering->list_count == LISTS_LIMIT) {
		xml_skip(element);
		return;
	}
	list = array_add(&numbering->lists, &numbering->list_count,
			 &numbering->list_capacity);
	for (size_t i = 0; i < LABEL_LEVELS; i++) {
		list->levels[i].start = 1;
		list->levels[i].restart = -1;
	}
	names_put(&numbering->list_ids,
		  xml_get(element, SPACE_W, "abstractNumId"),
		  (uint32_t)numbering->list_count - 1);
}

static struct word_numbered *
last_use(const struct word_numbering *numbering)
{
	return numbering->use_count ? &numbering->uses[numbering->use_count - 1]
				    : NULL;
}

static void
start_use(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;
	struct word_numbered *use;

	if (numbering->use_count == LISTS_LIMIT) {
		xml_skip(element);
		return;
	}
	use = array_add(&numbering->uses, &numbering->use_count,
			&numbering->use_capacity);
	use->list = WORD_UNSET;
	for (size_t i = 0; i < LABEL_LEVELS; i++)
		use->starts[i] = WORD_UNSET;
	names_put(&numbering->use_ids, xml_get(element, SPACE_W, "numId"),
		  (uint32_t)numbering->use_count - 1);
}

static void
start_use_of(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;
	struct word_numbered *use = last_use(numbering);
	uint32_t place = names_find(&numbering->list_ids, get_value(element));

	if (use && place != NAMES_NONE)
		use->list = (int32_t)place;
}

static void
start_override(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;

	numbering->overridden = get_level(element);
}

static void
end_override(void *reader)
{
	struct word_numbering *numbering = reader;

	numbering->overridden = WORD_UNSET;
}

static void
start_start_override(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;
	struct word_numbered *use = last_use(numbering);

	if (use && numbering->overridden != WORD_UNSET)
		use->starts[numbering->overridden] =
			bytes_number(get_value(element), 1);
}

/* The list that a level belongs to: one, or what a use has of its own. */
static struct word_list *
find_owner(struct word_numbering *numbering, int32_t level)
{
	struct word_numbered *use = last_use(numbering);

	if (numbering->overridden == WORD_UNSET)
		return numbering->list_count && !use
			       ? &numbering->lists[numbering->list_count - 1]
			       : NULL;
	if (!use)
		return NULL;
	if (!use->own)
		use->own = calloc(1, sizeof(*use->own));
	if (!use->own)
		abort();
	use->own_levels |= (uint16_t)(1u << level);
	return use->own;
}

static void
start_level(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;
	int32_t level = get_level(element);
	struct word_list *list =
		level == WORD_UNSET ? NULL : find_owner(numbering, level);

	numbering->level = list ? &list->levels[level] : NULL;
	numbering->level_style = list ? &list->styles[level] : NULL;
	if (!list)
		return;
	numbering->level->start = 1;
	numbering->level->restart = -1;
	numbering->level->is_set = true;
}

static void
end_level(void *reader)
{
	struct word_numbering *numbering = reader;

	numbering->level = NULL;
	numbering->level_style = NULL;
}

static void
start_start(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;

	if (numbering->level)
		numbering->level->start = bytes_number(get_value(element), 1);
}

/* Of newer kinds of numbers an old name is given beside: the first is it. */
static void
start_format(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;

	if (numbering->level)
		numbering->level->numerals =
			numerals_of_ooxml(get_value(element));
}

static void
start_pattern(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;
	struct docket_bytes value = get_value(element);
	struct text pattern = { 0 };

	if (!numbering->level)
		return;
	xml_put_value(&pattern, value);
	text_put(&pattern, "", 1);
	free(numbering->level->pattern);
	numbering->level->pattern = pattern.data;
}

static void
start_suffix(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;

	if (numbering->level)
		numbering->level->is_joined =
			xml_is(element, SPACE_W, "val", "nothing");
}

static void
start_restart(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;

	if (numbering->level)
		numbering->level->restart =
			bytes_number(get_value(element), WORD_UNSET);
}

static void
start_legal(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;

	if (numbering->level)
		numbering->level->is_legal = xml_is_on(element, SPACE_W);
}

static void
start_style(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;

	if (numbering->level_style && !numbering->level_style->size)
		text_put_bytes(numbering->level_style, get_value(element));
}

static void
start_link(void *reader, const struct xml_element *element)
{
	struct word_numbering *numbering = reader;
	struct word_list *list;

	if (!numbering->list_count)
		return;
	list = &numbering->lists[numbering->list_count - 1];
	if (!list->link.size)
		text_put_bytes(&list->link, get_value(element));
}

static const struct xml_rule rules[] = {
	{ SPACE_W, "abstractNum", .start = start_list },
	{ SPACE_W, "num", .start = start_use },
	{ SPACE_W, "abstractNumId", .start = start_use_of },
	{ SPACE_W, "lvlOverride", start_override, end_override, false },
	{ SPACE_W, "startOverride", .start = start_start_override },
	{ SPACE_W, "lvl", start_level, end_level, false },
	{ SPACE_W, "start", .start = start_start },
	{ SPACE_W, "numFmt", .start = start_format },
	{ SPACE_W, "lvlText", .start = start_pattern },
	{ SPACE_W, "suff", .start = start_suffix },
	{ SPACE_W, "lvlRestart", .start = start_restart },
	{ SPACE_W, "isLgl", .start = start_legal },
	{ SPACE_W, "pStyle", .start = start_style },
	{ SPACE_W, "numStyleLink", .start = start_link },
	{ SPACE_W, "rPr", .is_skipped = true },
	{ SPACE_W, "pPr", .is_skipped = true },
	{ SPACE_W, "numPicBullet", .is_skipped = true },
	{ SPACE_MC, "Fallback", .is_skipped = true },
};

static const struct xml_grammar grammar = {
	.tables = { { rules, sizeof(rules) / sizeof(rules[0]) } },
};

/* A list that is a style's is the one that the style uses. */
static void
follow_links(struct word_numbering *numbering, struct word_styles *styles)
{
	for (size_t i = 0; i < numbering->use_count; i++) {
		struct word_numbered *use = &numbering->uses[i];
		struct text id = { 0 };
		struct word_style style;
		uint32_t place;

		if (use->list == WORD_UNSET ||
		    !numbering->lists[use->list].link.size)
			continue;
		style = word_styles_find(
			styles, text_bytes(&numbering->lists[use->list].link));
		if (style.numbering <= 0)
			continue;
		text_put_number(&id, (uint32_t)style.numbering);
		place = names_find(&numbering->use_ids, text_bytes(&id));
		if (place != NAMES_NONE)
			use->list = numbering->uses[place].list;
		text_fini(&id);
	}
}

bool
word_numbering_read(struct word_numbering *numbering,
		    struct word_styles *styles, struct docket_bytes part,
		    struct refusal *refusal)
{
	numbering->overridden = WORD_UNSET;
	if (!part.data)
		return true;
	if (!xml_read(part, "numbering", &grammar, numbering, refusal))
		return false;
	follow_links(numbering, styles);
	return true;
}

static void
clear_list(struct word_list *list)
{
	for (size_t i = 0; i < LABEL_LEVELS; i++) {
		free(list->levels[i].pattern);
		text_fini(&list->styles[i]);
	}
	text_fini(&list->link);
}

void
word_numbering_fini(struct word_numbering *numbering)
{
	for (size_t i = 0; i < numbering->list_count; i++)
		clear_list(&numbering->lists[i]);
	for (size_t i = 0; i < numbering->use_count; i++) {
		if (numbering->uses[i].own)
			clear_list(numbering->uses[i].own);
		free(numbering->uses[i].own);
	}
	free(numbering->lists);
	free(numbering->uses);
	names_fini(&numbering->list_ids);
	names_fini(&numbering->use_ids);
}

/* ---- numbering ---- */

static struct word_numbered *
find_use(struct word_numbering *numbering, int32_t id)
{
	struct text name = { 0 };
	uint32_t place;

	if (id <= 0)
		return NULL;
	text_put_number(&name, (uint32_t)id);
	place = names_find(&numbering->use_ids, text_bytes(&name));
	text_fini(&name);
	if (place == NAMES_NONE || numbering->uses[place].list == WORD_UNSET)
		return NULL;
	return &numbering->uses[place];
}

uint32_t
word_numbering_level(struct word_numbering *numbering, int32_t id,
		     struct docket_bytes style)
{
	const struct word_numbered *use = find_use(numbering, id);
	const struct word_list *list;

	if (!use || !style.size)
		return 0;
	list = &numbering->lists[use->list];
	for (uint32_t i = 0; i < WORD_LEVELS; i++)
		if (bytes_match(text_bytes(&list->styles[i]), style))
			return i;
	return 0;
}

/* The levels as this use has them. */
static void
merge_levels(const struct word_list *list, const struct word_numbered *use,
	     struct label_level *out_levels)
{
	memcpy(out_levels, list->levels, sizeof(list->levels));
	for (size_t i = 0; use->own && i < WORD_LEVELS; i++)
		if (use->own_levels & 1u << i)
			out_levels[i] = use->own->levels[i];
}

const struct label_level *
word_numbering_next(struct word_numbering *numbering, int32_t id,
		    uint32_t level, struct paragraph_label *out_label)
{
	struct word_numbered *use = find_use(numbering, id);
	struct word_list *list;

	if (!use || level >= WORD_LEVELS)
		return NULL;
	list = &numbering->lists[use->list];
	merge_levels(list, use, numbering->merged);
	if (use->starts[level] != WORD_UNSET && !use->has_begun[level]) {
		numbering->merged[level].start = use->starts[level];
		list->counts.is_running[level] = false;
	}
	use->has_begun[level] = true;
	label_count(&list->counts, numbering->merged, level);
	label_make(&list->counts, numbering->merged, level, out_label);
	return numbering->merged;
}
