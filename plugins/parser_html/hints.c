/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hints.c - what the attributes of a tag say about how its content is read
 *
 * Pure: a table of attributes, each with what reads it. Of styles only those
 * count that hide, number or label; Word writes its own among them.
 */
#include "hints.h"

#include <strings.h>

#include "attribute.h"

#define HEADING_LIMIT 6

typedef void hint_reader(struct hints *hints, struct docket_bytes value);

static void
read_class(struct hints *hints, struct docket_bytes value)
{
	static const char word[] = "heading";
	size_t size = sizeof(word) - 1;

	if (attribute_is(value, "MsoTitle"))
		hints->heading = 1;
	for (size_t at = 0; at + size < value.size; at++) {
		unsigned digit;

		if ((value.data[at] | 0x20) != 'h' ||
		    strncasecmp(value.data + at, word, size) != 0)
			continue;
		digit = (unsigned char)value.data[at + size] - '0';
		if (digit >= 1 && digit <= HEADING_LIMIT)
			hints->heading = digit;
	}
}

static void
read_hidden(struct hints *hints, struct docket_bytes value)
{
	hints->is_hidden |= !attribute_is(value, "until-found");
}

static void
read_href(struct hints *hints, struct docket_bytes value)
{
	hints->href = value;
}

static void
read_language(struct hints *hints, struct docket_bytes value)
{
	hints->language = value;
}

static void
read_heading_level(struct hints *hints, struct docket_bytes value)
{
	int level = attribute_number(value, 0);

	if (level > 0)
		hints->heading =
			level < HEADING_LIMIT ? (unsigned)level : HEADING_LIMIT;
}

static void
read_open(struct hints *hints, struct docket_bytes value)
{
	(void)value;
	hints->is_open = true;
}

static void
read_reversed(struct hints *hints, struct docket_bytes value)
{
	(void)value;
	hints->is_reversed = true;
}

/* aria-level may stand before it or behind it. */
static void
read_role(struct hints *hints, struct docket_bytes value)
{
	static const char *const beside[] = {
		"navigation",	 "banner", "contentinfo",
		"complementary", "search",
	};

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++)
		hints->is_aside |= attribute_is(value, beside[i]);
	hints->is_main |= attribute_is(value, "main");
	if (attribute_is(value, "heading") && !hints->heading)
		hints->heading = 2;
}

static void
read_start(struct hints *hints, struct docket_bytes value)
{
	hints->start = attribute_number(value, 1);
	hints->has_start = true;
}

/* "mso-list:l0 level2 lfo1" */
static void
read_list_style(struct hints *hints, struct docket_bytes style)
{
	static const char word[] = " level";
	size_t size = sizeof(word) - 1;

	for (size_t at = 0; at + size < style.size; at++) {
		unsigned digit;

		if (strncasecmp(style.data + at, word, size) != 0)
			continue;
		digit = (unsigned char)style.data[at + size] - '0';
		if (digit >= 1 && digit <= 9)
			hints->level = digit;
		return;
	}
}

static void
read_style(struct hints *hints, struct docket_bytes value)
{
	if (attribute_has(value, "display:none") ||
	    attribute_has(value, "display: none") ||
	    attribute_has(value, "mso-hide:all"))
		hints->is_hidden = true;
	if (attribute_has(value, "mso-list:ignore"))
		hints->is_label = true;
	else if (attribute_has(value, "mso-list:"))
		read_list_style(hints, value);
	if (attribute_has(value, "list-style"))
		hints->style = ordinal_style_of_css(value);
}

static void
read_type(struct hints *hints, struct docket_bytes value)
{
	hints->style = ordinal_style_of_type(value);
}

static void
read_value(struct hints *hints, struct docket_bytes value)
{
	hints->value = attribute_number(value, 1);
	hints->has_value = true;
}

static const struct {
	const char *name;
	hint_reader *read;
} readers[] = {
	{ "aria-level", read_heading_level },
	{ "class", read_class },
	{ "hidden", read_hidden },
	{ "href", read_href },
	{ "lang", read_language },
	{ "open", read_open },
	{ "reversed", read_reversed },
	{ "role", read_role },
	{ "start", read_start },
	{ "style", read_style },
	{ "type", read_type },
	{ "value", read_value },
	{ "xml:lang", read_language },
};

void
hints_read(const struct tokens *tokens, const struct token *token,
	   struct hints *out_hints)
{
	struct docket_bytes tag = token_bytes(tokens, token);
	struct attribute attribute;
	size_t at = 0;

	*out_hints = (struct hints){ 0 };
	while (attribute_next(tag, &at, &attribute)) {
		char first = (char)(attribute.name.data[0] | 0x20);

		for (size_t i = 0; i < sizeof(readers) / sizeof(readers[0]);
		     i++)
			if (first == readers[i].name[0] &&
			    attribute_is(attribute.name, readers[i].name))
				readers[i].read(out_hints, attribute.value);
	}
}
