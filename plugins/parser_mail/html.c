/* SPDX-License-Identifier: Apache-2.0 */
/*
 * html.c - a mail that is HTML, reduced to its text
 *
 * One pass over tags and text. What a tag does is in a table; unknown ones do
 * nothing. This is no browser: whoever wants a page read as a page drops the
 * page. Here the words of a mail are wanted, in their order and with the breaks
 * that a reader would see. Running out of memory ends the process.
 */
#include "html.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "entity.h"

/* A quoted value is closed within so many bytes, or the quote is a slip. */
#define VALUE_LIMIT 4096
#define LISTS_LIMIT 16
#define DEPTH_LIMIT 100
/* How far in a charset is declared, if it is. */
#define CHARSET_LIMIT 2048

enum effect {
	FEED,  /* a line ends; two of them make an empty one */
	BREAK, /* a line ends, if one is begun */
	BLANK, /* and an empty one follows */
	SPACE, /* a cell ends */
	ITEM,  /* a list's item begins */
	LIST,  /* a list with bullets, or with numbers */
	NUMBERED,
	QUOTE,	/* somebody else's words */
	KEEP,	/* lines are as they stand */
	HIDDEN, /* what is in it is no text */
};

static const struct tag {
	const char *name;
	enum effect effect;
} tags[] = {
	{ "br", FEED },		{ "div", BREAK },	{ "tr", BREAK },
	{ "dt", BREAK },	{ "dd", BREAK },	{ "address", BREAK },
	{ "caption", BREAK },	{ "center", BREAK },	{ "p", BLANK },
	{ "h1", BLANK },	{ "h2", BLANK },	{ "h3", BLANK },
	{ "h4", BLANK },	{ "h5", BLANK },	{ "h6", BLANK },
	{ "hr", BLANK },	{ "table", BLANK },	{ "dl", BLANK },
	{ "section", BLANK },	{ "article", BLANK },	{ "header", BLANK },
	{ "footer", BLANK },	{ "figure", BLANK },	{ "body", BLANK },
	{ "td", SPACE },	{ "th", SPACE },	{ "li", ITEM },
	{ "ul", LIST },		{ "ol", NUMBERED },	{ "blockquote", QUOTE },
	{ "pre", KEEP },	{ "script", HIDDEN },	{ "style", HIDDEN },
	{ "title", HIDDEN },	{ "textarea", HIDDEN }, { "svg", HIDDEN },
	{ "template", HIDDEN }, { "select", HIDDEN },	{ "object", HIDDEN },
};

/* What stands between the text so far and the text to come. */
enum gap { GAP_NONE, GAP_SPACE, GAP_LINE, GAP_BLANK };

struct list {
	bool is_numbered;
	unsigned count;
};

struct reading {
	struct docket_bytes rest;
	struct runs *runs;
	enum gap gap;
	unsigned depth; /* of quotes */
	bool keeps_lines;
	struct list lists[LISTS_LIMIT];
	unsigned list_depth; /* may be more than there is room for */
};

static struct docket_bytes
skip(struct docket_bytes bytes, size_t count)
{
	if (count > bytes.size)
		count = bytes.size;
	return (struct docket_bytes){ bytes.data + count, bytes.size - count };
}

/* ---- writing ---- */

static void
write_bytes(struct reading *reading, const char *data, size_t size)
{
	runs_append(reading->runs, RUN_TEXT, reading->depth,
		    (struct docket_bytes){ data, size });
}

static void
widen(struct reading *reading, enum gap gap)
{
	if (gap > reading->gap)
		reading->gap = gap;
}

/* The gap, and then text; at the beginning of a run there is none. */
static void
write_text(struct reading *reading, const char *data, size_t size)
{
	static const char *const gaps[] = {
		[GAP_NONE] = "",
		[GAP_SPACE] = " ",
		[GAP_LINE] = "\n",
		[GAP_BLANK] = "\n\n",
	};
	const struct runs *runs = reading->runs;
	bool is_begun = runs->count &&
			runs->items[runs->count - 1].depth == reading->depth;
	const char *gap = gaps[is_begun ? reading->gap : GAP_NONE];

	write_bytes(reading, gap, strlen(gap));
	write_bytes(reading, data, size);
	reading->gap = GAP_NONE;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Text up to the next tag or entity. */
static void
take_text(struct reading *reading)
{
	const struct docket_bytes text = reading->rest;
	size_t at = 0;

	while (at < text.size && text.data[at] != '<' && text.data[at] != '&') {
		size_t start = at;

		if (is_space(text.data[at])) {
			bool is_line =
				reading->keeps_lines && text.data[at] == '\n';

			widen(reading, is_line ? GAP_LINE : GAP_SPACE);
			at++;
			continue;
		}
		while (at < text.size && text.data[at] != '<' &&
		       text.data[at] != '&' && !is_space(text.data[at]))
			at++;
		write_text(reading, text.data + start, at - start);
	}
	reading->rest = skip(text, at);
}

static void
take_entity(struct reading *reading)
{
	char character[ENTITY_LIMIT];
	size_t size = 0;
	size_t count = entity_decode(reading->rest, character, &size);

	/* U+00A0: what keeps an empty line open in HTML. */
	if (size == 2 && memcmp(character, "\xc2\xa0", 2) == 0)
		widen(reading, GAP_SPACE);
	else if (count)
		write_text(reading, character, size);
	else
		write_text(reading, "&", 1);
	reading->rest = skip(reading->rest, count ? count : 1);
}

/* ---- tags ---- */

static bool
begins_with(struct docket_bytes bytes, const char *word)
{
	size_t size = strlen(word);

	return bytes.size >= size && strncasecmp(bytes.data, word, size) == 0;
}

static bool
is_letter(struct docket_bytes bytes, size_t at)
{
	return at < bytes.size && (bytes.data[at] | 0x20) >= 'a' &&
	       (bytes.data[at] | 0x20) <= 'z';
}

/* Behind what ends with that word; all, where nothing does. */
static struct docket_bytes
skip_past(struct docket_bytes bytes, const char *word)
{
	size_t size = strlen(word);
	const char *end = memmem(bytes.data, bytes.size, word, size);

	return end ? skip(bytes, (size_t)(end - bytes.data) + size)
		   : skip(bytes, bytes.size);
}

/* Behind a value and its quotes, or behind the quote alone. */
static size_t
skip_value(struct docket_bytes tag, size_t at)
{
	size_t limit = tag.size - at - 1;
	const char *end = memchr(tag.data + at + 1, tag.data[at],
				 limit < VALUE_LIMIT ? limit : VALUE_LIMIT);

	return end ? (size_t)(end - tag.data) + 1 : at + 1;
}

/* Behind a tag, past values in quotes that may have a '>' in them. */
static struct docket_bytes
skip_tag(struct docket_bytes tag)
{
	size_t at = 1;

	while (at < tag.size && tag.data[at] != '>') {
		bool is_quote = tag.data[at] == '"' || tag.data[at] == '\'';

		at = is_quote ? skip_value(tag, at) : at + 1;
	}
	return skip(tag, at + 1);
}

static const struct tag *
find_tag(struct docket_bytes bytes, size_t at)
{
	size_t size = 0;

	while (is_letter(bytes, at + size) ||
	       (at + size < bytes.size && bytes.data[at + size] >= '0' &&
		bytes.data[at + size] <= '9'))
		size++;
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (strlen(tags[i].name) == size &&
		    strncasecmp(tags[i].name, bytes.data + at, size) == 0)
			return &tags[i];
	return NULL;
}

/* Behind an element whose content is no text. */
static struct docket_bytes
skip_hidden(struct docket_bytes bytes, const struct tag *tag)
{
	for (;;) {
		bytes = skip_past(bytes, "</");
		if (!bytes.size || find_tag(bytes, 0) == tag)
			return skip_past(bytes, ">");
	}
}

static void
begin_item(struct reading *reading)
{
	unsigned depth = reading->list_depth;
	struct list none = { 0 };
	struct list *list = depth && depth <= LISTS_LIMIT
				    ? &reading->lists[depth - 1]
				    : &none;
	char number[16];
	int size;

	widen(reading, GAP_LINE);
	list->count++;
	if (list->is_numbered)
		size = snprintf(number, sizeof(number), "%u.", list->count);
	else
		size = snprintf(number, sizeof(number), "•");
	write_text(reading, number, (size_t)size);
	reading->gap = GAP_SPACE;
}

static void
change_list(struct reading *reading, bool is_numbered, bool is_end)
{
	if (is_end)
		reading->list_depth -= reading->list_depth > 0;
	widen(reading, reading->list_depth ? GAP_LINE : GAP_BLANK);
	if (is_end)
		return;
	if (reading->list_depth < LISTS_LIMIT)
		reading->lists[reading->list_depth] =
			(struct list){ .is_numbered = is_numbered };
	reading->list_depth++;
}

static void
change_quote(struct reading *reading, bool is_end)
{
	reading->gap = GAP_BLANK;
	if (is_end)
		reading->depth -= reading->depth > 0;
	else
		reading->depth += reading->depth < DEPTH_LIMIT;
}

static void
apply(struct reading *reading, const struct tag *tag, bool is_end)
{
	switch (tag->effect) {
	case FEED:
		widen(reading, reading->gap >= GAP_LINE ? GAP_BLANK : GAP_LINE);
		break;
	case BREAK:
		widen(reading, GAP_LINE);
		break;
	case BLANK:
		widen(reading, GAP_BLANK);
		break;
	case SPACE:
		widen(reading, GAP_SPACE);
		break;
	case ITEM:
		if (!is_end)
			begin_item(reading);
		break;
	case LIST:
	case NUMBERED:
		change_list(reading, tag->effect == NUMBERED, is_end);
		break;
	case QUOTE:
		change_quote(reading, is_end);
		break;
	case KEEP:
		reading->keeps_lines = !is_end;
		widen(reading, GAP_BLANK);
		break;
	case HIDDEN:
		if (!is_end)
			reading->rest = skip_hidden(reading->rest, tag);
		break;
	}
}

static void
take_tag(struct reading *reading)
{
	struct docket_bytes at = reading->rest;
	bool is_end = at.size > 1 && at.data[1] == '/';
	const struct tag *tag;

	if (begins_with(at, "<!--")) {
		reading->rest = skip_past(skip(at, 4), "-->");
	} else if (at.size > 1 && (at.data[1] == '!' || at.data[1] == '?')) {
		reading->rest = skip_past(at, ">");
	} else if (!is_letter(at, is_end ? 2 : 1)) {
		write_text(reading, "<", 1);
		reading->rest = skip(at, 1);
	} else {
		tag = find_tag(at, is_end ? 2 : 1);
		reading->rest = skip_tag(at);
		if (tag)
			apply(reading, tag, is_end);
	}
}

void
html_read(struct docket_bytes html, struct runs *out_runs)
{
	struct runs runs = { 0 };
	struct reading reading = { .rest = html, .runs = &runs };

	while (reading.rest.size) {
		if (reading.rest.data[0] == '<')
			take_tag(&reading);
		else if (reading.rest.data[0] == '&')
			take_entity(&reading);
		else
			take_text(&reading);
	}
	if (runs.count)
		write_bytes(&reading, "\n", 1);
	*out_runs = runs;
}

struct docket_bytes
html_find_charset(struct docket_bytes html)
{
	static const char word[] = "charset=";
	struct docket_bytes found = { "", 0 };

	if (html.size > CHARSET_LIMIT)
		html.size = CHARSET_LIMIT;
	while (html.size && !begins_with(html, word))
		html = skip(html, 1);
	html = skip(html, sizeof(word) - 1);
	while (html.size && (html.data[0] == '"' || html.data[0] == '\''))
		html = skip(html, 1);
	found.data = html.data;
	while (found.size < html.size &&
	       (is_letter(html, found.size) ||
		strchr("0123456789-_", html.data[found.size])) &&
	       html.data[found.size])
		found.size++;
	return found;
}
