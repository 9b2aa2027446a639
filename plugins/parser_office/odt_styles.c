/* SPDX-License-Identifier: Apache-2.0 */
/*
 * odt_styles.c - what the styles of an OpenDocument text say
 *
 * Owns the table of one file: content.xml has its own, and what these are
 * based on is in styles.xml. Running out of memory ends the process.
 */
#include "odt_styles.h"

#include <stdlib.h>

#include "array.h"

/* Longer chains are loops, or have nothing to say. */
#define CHAIN_LIMIT 32
#define UNSAID (-1)

static struct name
keep(struct odt_styles *styles, struct docket_bytes value)
{
	struct name name = { styles->strings.size, value.size, 0 };

	text_put_bytes(&styles->strings, value);
	return name;
}

static void
start_style(void *reader, const struct xml_element *element)
{
	struct odt_styles *styles = odt_styles_of(reader);
	struct docket_bytes list =
		xml_get(element, SPACE_STYLE, "list-style-name");
	bool is_of_text = xml_is(element, SPACE_STYLE, "family", "text");
	struct odt_style *style;
	struct text id = { 0 };

	if (!is_of_text && !xml_is(element, SPACE_STYLE, "family", "paragraph"))
		return;
	style = array_add(&styles->items, &styles->count, &styles->capacity);
	style->parent = keep(
		styles, xml_get(element, SPACE_STYLE, "parent-style-name"));
	style->list = keep(styles, list);
	style->has_list = list.data != NULL;
	style->is_hidden = UNSAID;
	style->turns_page = UNSAID;
	style->has_page =
		xml_get(element, SPACE_STYLE, "master-page-name").size > 0;
	styles->is_inside = true;
	text_put_string(&id, is_of_text ? "t" : "p");
	text_put_bytes(&id, xml_get(element, SPACE_STYLE, "name"));
	names_put(&styles->ids, text_bytes(&id), (uint32_t)styles->count - 1);
	text_fini(&id);
}

static void
end_style(void *reader)
{
	struct odt_styles *styles = odt_styles_of(reader);

	styles->is_inside = false;
}

static void
start_text_properties(void *reader, const struct xml_element *element)
{
	struct odt_styles *styles = odt_styles_of(reader);
	struct docket_bytes display = xml_get(element, SPACE_TEXT, "display");

	if (styles->is_inside && display.data)
		styles->items[styles->count - 1].is_hidden =
			bytes_are(display, "none");
}

static void
start_paragraph_properties(void *reader, const struct xml_element *element)
{
	struct odt_styles *styles = odt_styles_of(reader);
	struct docket_bytes before = xml_get(element, SPACE_FO, "break-before");

	if (styles->is_inside && before.data)
		styles->items[styles->count - 1].turns_page =
			bytes_are(before, "page");
}

const struct xml_rule odt_style_rules[ODT_STYLE_RULES] = {
	{ SPACE_STYLE, "style", start_style, end_style, false },
	{ SPACE_STYLE, "text-properties", .start = start_text_properties },
	{ SPACE_STYLE, "paragraph-properties",
	  .start = start_paragraph_properties },
};

static const struct odt_style *
find_one(struct odt_styles *styles, struct docket_bytes id)
{
	uint32_t place = styles ? names_find(&styles->ids, id) : NAMES_NONE;

	return place == NAMES_NONE ? NULL : &styles->items[place];
}

/* What the style says that nothing before it has said. */
static void
add_to_look(struct odt_look *look, const struct odt_styles *styles,
	    const struct odt_style *style, int8_t *hidden, int8_t *turns)
{
	if (style->has_list && !look->has_list) {
		look->has_list = true;
		look->list = text_slice(&styles->strings, style->list.at,
					style->list.size);
	}
	if (*hidden == UNSAID)
		*hidden = style->is_hidden;
	if (*turns == UNSAID)
		*turns = style->turns_page;
}

struct odt_look
odt_styles_find(struct odt_styles *own, struct odt_styles *common, char kind,
		struct docket_bytes name)
{
	struct odt_look look = { 0 };
	int8_t hidden = UNSAID;
	int8_t turns = UNSAID;
	struct text id = { 0 };

	for (size_t i = 0; i < CHAIN_LIMIT && name.size; i++) {
		struct odt_styles *table = own;
		const struct odt_style *style;

		look.is_title |= bytes_are(name, "Title");
		id.size = 0;
		text_put(&id, &kind, 1);
		text_put_bytes(&id, name);
		style = find_one(own, text_bytes(&id));
		if (!style) {
			table = common;
			style = find_one(common, text_bytes(&id));
		}
		if (!style)
			break;
		if (i == 0)
			look.turns_page = style->has_page;
		add_to_look(&look, table, style, &hidden, &turns);
		name = text_slice(&table->strings, style->parent.at,
				  style->parent.size);
	}
	text_fini(&id);
	look.is_hidden = hidden == 1;
	look.turns_page |= turns == 1;
	return look;
}

void
odt_styles_fini(struct odt_styles *styles)
{
	free(styles->items);
	names_fini(&styles->ids);
	text_fini(&styles->strings);
}
