/* SPDX-License-Identifier: Apache-2.0 */
/*
 * odt_lists.c - the lists of an OpenDocument text, and how far they counted
 *
 * Owns the list styles and the outline, which numbers headings. Each level is
 * put into the form in which label.c counts and prints. Running out of memory
 * ends the process.
 */
#include "odt_lists.h"

#include <stdlib.h>

#include "array.h"

#define LISTS_LIMIT 10000

static struct odt_list *
add_list(struct odt_lists *lists)
{
	struct odt_list *list =
		array_add(&lists->items, &lists->count, &lists->capacity);

	for (size_t i = 0; i < LABEL_LEVELS; i++) {
		list->levels[i].start = 1;
		list->levels[i].restart = -1;
	}
	lists->is_inside = true;
	return list;
}

static void
start_list_style(void *reader, const struct xml_element *element)
{
	struct odt_lists *lists = odt_lists_of(reader);

	if (lists->count == LISTS_LIMIT) {
		xml_skip(element);
		return;
	}
	add_list(lists);
	names_put(&lists->ids, xml_get(element, SPACE_STYLE, "name"),
		  (uint32_t)lists->count - 1);
}

static void
start_outline(void *reader, const struct xml_element *element)
{
	struct odt_lists *lists = odt_lists_of(reader);

	if (lists->count == LISTS_LIMIT) {
		xml_skip(element);
		return;
	}
	add_list(lists);
	lists->outline = (uint32_t)lists->count - 1;
}

static void
end_list_style(void *reader)
{
	odt_lists_of(reader)->is_inside = false;
}

/* The level that an element defines, and its list. */
static struct label_level *
find_level(void *reader, const struct xml_element *element, size_t *out_level)
{
	struct odt_lists *lists = odt_lists_of(reader);
	int32_t level = bytes_number(xml_get(element, SPACE_TEXT, "level"), 0);

	if (!lists->is_inside || level < 1 || level > LABEL_LEVELS)
		return NULL;
	*out_level = (size_t)level - 1;
	return lists->items[lists->count - 1].levels;
}

static void
set_pattern(struct label_level *level, struct text *pattern)
{
	text_put(pattern, "", 1);
	free(level->pattern);
	level->pattern = pattern->data;
	level->is_set = true;
}

static void
put_place(struct text *pattern, size_t level)
{
	text_put_string(pattern, "%");
	text_put_number(pattern, (uint32_t)level + 1);
}

/* "%1%.%2%)" as LibreOffice writes it. */
static void
put_format(struct text *pattern, struct docket_bytes format)
{
	bool is_after_place = false;

	for (size_t i = 0; i < format.size; i++) {
		char c = format.data[i];

		if (c != '%' || !is_after_place)
			text_put(pattern, &c, 1);
		if (c == '%')
			is_after_place = !is_after_place;
	}
}

/* A prefix, the numbers of the levels that are shown, a suffix. */
static void
put_levels(struct text *pattern, const struct label_level *levels, size_t level,
	   size_t shown)
{
	size_t first = shown > level ? 0 : level + 1 - shown;
	bool has_begun = false;

	for (size_t i = first; i <= level; i++) {
		if (levels[i].numerals == NUMERALS_NONE)
			continue;
		if (has_begun)
			text_put_string(pattern, ".");
		put_place(pattern, i);
		has_begun = true;
	}
}

static void
start_number(void *reader, const struct xml_element *element)
{
	size_t level = 0;
	struct label_level *levels = find_level(reader, element, &level);
	struct docket_bytes format =
		xml_get(element, SPACE_STYLE, "num-list-format");
	struct text pattern = { 0 };

	if (!levels)
		return;
	if (!format.data)
		format = xml_get(element, SPACE_EXT, "num-list-format");
	levels[level].numerals = numerals_of_odf(
		xml_get(element, SPACE_STYLE, "num-format"),
		xml_is(element, SPACE_STYLE, "num-letter-sync", "true"));
	levels[level].start =
		bytes_number(xml_get(element, SPACE_TEXT, "start-value"), 1);
	if (format.size) {
		put_format(&pattern, format);
	} else if (levels[level].numerals != NUMERALS_NONE) {
		xml_put_value(&pattern,
			      xml_get(element, SPACE_STYLE, "num-prefix"));
		put_levels(&pattern, levels, level,
			   (size_t)bytes_number(xml_get(element, SPACE_TEXT,
							"display-levels"),
						1));
		xml_put_value(&pattern,
			      xml_get(element, SPACE_STYLE, "num-suffix"));
	}
	set_pattern(&levels[level], &pattern);
}

static void
start_bullet(void *reader, const struct xml_element *element)
{
	size_t level = 0;
	struct label_level *levels = find_level(reader, element, &level);
	struct docket_bytes bullet =
		xml_get(element, SPACE_TEXT, "bullet-char");
	struct text pattern = { 0 };

	if (!levels)
		return;
	levels[level].numerals = NUMERALS_BULLET;
	xml_put_value(&pattern, bullet.size ? bullet : bytes_from("•"));
	set_pattern(&levels[level], &pattern);
}

const struct xml_rule odt_list_rules[ODT_LIST_RULES] = {
	{ SPACE_TEXT, "list-style", start_list_style, end_list_style, false },
	{ SPACE_TEXT, "outline-style", start_outline, end_list_style, false },
	{ SPACE_TEXT, "list-level-style-number", .start = start_number },
	{ SPACE_TEXT, "outline-level-style", .start = start_number },
	{ SPACE_TEXT, "list-level-style-bullet", .start = start_bullet },
	{ SPACE_TEXT, "list-level-style-image", .start = start_bullet },
};

void
odt_lists_init(struct odt_lists *lists)
{
	*lists = (struct odt_lists){ .outline = NAMES_NONE };
}

void
odt_lists_fini(struct odt_lists *lists)
{
	for (size_t i = 0; i < lists->count; i++)
		for (size_t k = 0; k < LABEL_LEVELS; k++)
			free(lists->items[i].levels[k].pattern);
	free(lists->items);
	names_fini(&lists->ids);
}

struct odt_list *
odt_lists_find(struct odt_lists *lists, struct docket_bytes name)
{
	uint32_t place = names_find(&lists->ids, name);

	return place == NAMES_NONE ? NULL : &lists->items[place];
}

struct odt_list *
odt_lists_outline(struct odt_lists *lists)
{
	return lists->outline == NAMES_NONE ? NULL
					    : &lists->items[lists->outline];
}
