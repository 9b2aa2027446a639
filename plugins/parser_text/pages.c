/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pages.c - pages, their running heads and their numbers
 *
 * What stands at the edge of several pages is the same on each, but for one
 * number that grows by one from page to page. So a text is counted several
 * times: as it is, and for each number in it with that number replaced by its
 * distance from the page's. Texts that are alike in any of these ways meet in
 * a table of hashes. Where there are no form feeds, lines by themselves that
 * hold nothing but such a number are the feet of pages.
 *
 * Linear: a line has at most NUMBERS_LIMIT + 1 keys. Running out of memory
 * ends the process.
 */
#include "pages.h"

#include <stdlib.h>

#include "array.h"

/* So many lines at either edge may be furniture. */
#define EDGE_LINES 5
/* A page that is no title or list has more lines. */
#define PAGE_LINES 5
/* The next number is at most so much higher: one may be misread. */
#define LOST_LIMIT 2
/* Repeated on one page in so many. */
#define PAGES_RATIO 4
#define GROUP_LINES 5
#define NUMBERS_LIMIT 6
#define DIGITS_LIMIT 5
/* A head has the document's symbol. */
#define SYMBOL_DIGITS 4
/* No line of a head is as wide; one that is wider still is a paragraph. */
#define PROSE_COLUMNS 40
#define FURNITURE_COLUMNS 120

/* ---- keys: what texts have in common ---- */

struct key {
	uint64_t hash;
	uint32_t value; /* of the number that was left out */
};

/* The keys of a run of lines: the first leaves nothing out. */
struct keys {
	struct key items[NUMBERS_LIMIT + 1];
	size_t count;
	size_t digits;
};

static uint64_t
mix(uint64_t hash, uint64_t value)
{
	hash ^= value + 0x9e3779b97f4a7c15u + (hash << 6) + (hash >> 2);
	return hash * 0xff51afd7ed558ccdu;
}

static bool
is_digit(struct docket_bytes text, size_t at)
{
	return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

static void
add_number(struct keys *keys, uint32_t value, bool is_short)
{
	uint64_t before = keys->items[0].hash;

	for (size_t i = 0; i < keys->count; i++)
		keys->items[i].hash = mix(keys->items[i].hash, value);
	if (!is_short || keys->count > NUMBERS_LIMIT)
		return;
	keys->items[keys->count++] = (struct key){
		.hash = mix(before, UINT64_MAX),
		.value = value,
	};
}

static void
add_text(struct keys *keys, struct docket_bytes text)
{
	for (size_t at = 0; at < text.size;) {
		uint32_t value = 0;
		size_t digits = 0;
		int32_t c;

		for (; is_digit(text, at); at++, digits++)
			value = value * 10 + (uint32_t)(text.data[at] - '0');
		if (digits) {
			keys->digits += digits;
			add_number(keys, value, digits < DIGITS_LIMIT);
			continue;
		}
		c = glyph_next(text, &at);
		for (size_t i = 0; i < keys->count; i++)
			keys->items[i].hash =
				mix(keys->items[i].hash, (uint64_t)c);
	}
}

static struct keys
read_keys(const struct lines *lines, size_t at, size_t count)
{
	struct keys keys = { .count = 1 };

	for (size_t i = at; i < at + count; i++)
		add_text(&keys, line_text(lines, &lines->items[i]));
	return keys;
}

/* ---- a table of keys ---- */

struct entry {
	uint64_t hash; /* 0: empty */
	uint32_t value;
	uint32_t count; /* or a line, plus 1 */
};

struct table {
	struct entry *entries;
	size_t mask;
};

static void
open_table(struct table *table, size_t keys)
{
	size_t size = 64;

	while (size < keys * 2)
		size *= 2;
	table->entries = array_new(size, sizeof(table->entries[0]));
	table->mask = size - 1;
}

static struct entry *
find_entry(const struct table *table, uint64_t hash)
{
	size_t at;

	hash += hash == 0;
	for (at = hash & table->mask; table->entries[at].hash;
	     at = (at + 1) & table->mask)
		if (table->entries[at].hash == hash)
			return &table->entries[at];
	table->entries[at].hash = hash;
	return &table->entries[at];
}

/* ---- pages without form feeds ---- */

/* A page number right above text is a group by itself. */
static size_t
count_group(const struct lines *lines, size_t at)
{
	size_t count = 1;

	while (at + count < lines->count && !lines->items[at + count].blanks)
		count++;
	return count > 1 && lines->items[at].flags & LINE_WORDLESS &&
			       lines->items[at + 1].width >= PROSE_COLUMNS
		       ? 1
		       : count;
}

/* A page number ("10-28866 (E)   3/7") by itself, or lines of a head of which one has it. */
static bool
may_be_furniture(const struct lines *lines, size_t at, size_t count,
		 const struct keys *keys)
{
	const struct line *line = &lines->items[at];

	if (count > 1)
		return keys->digits >= SYMBOL_DIGITS;
	return keys->digits && line->flags & LINE_WORDLESS &&
	       line->marker.kind != MARKER_NUMBER &&
	       line->marker.kind != MARKER_ITEM;
}

static bool
is_group_narrow(const struct lines *lines, size_t at, size_t count)
{
	for (size_t i = at; i < at + count; i++)
		if (lines->items[i].width > FURNITURE_COLUMNS ||
		    lines->items[i].closing == CLOSING_SENTENCE)
			return false;
	return true;
}

/* A foot ends its page, a head begins one. */
static void
mark_group(struct lines *lines, size_t at, size_t count, uint8_t *breaks)
{
	breaks[count > 1 ? at : at + count] = 1;
	for (size_t i = at; i < at + count; i++)
		lines->items[i].flags |= LINE_FURNITURE;
}

/* Does this group count on from one that was seen? Then both are furniture. */
static void
meet_group(struct table *table, struct lines *lines, size_t at, size_t count,
	   uint8_t *breaks)
{
	struct keys keys = read_keys(lines, at, count);

	if (!may_be_furniture(lines, at, count, &keys))
		return;
	for (size_t i = 1; i < keys.count; i++) {
		struct entry *entry =
			find_entry(table, mix(keys.items[i].hash, count));
		size_t before = entry->count - 1;

		if (entry->count && keys.items[i].value > entry->value &&
		    keys.items[i].value <= entry->value + LOST_LIMIT &&
		    at - before >= PAGE_LINES) {
			mark_group(lines, before, count, breaks);
			mark_group(lines, at, count, breaks);
		}
		entry->value = keys.items[i].value;
		entry->count = (uint32_t)at + 1;
	}
}

static void
number_pages(struct lines *lines, const uint8_t *breaks)
{
	unsigned page = 0;

	for (size_t i = 0; i < lines->count; i++) {
		page += i && breaks[i] && page < UINT16_MAX;
		lines->items[i].page = (uint16_t)page;
	}
	lines->has_pages = page > 0;
}

static void
find_pages(struct lines *lines)
{
	uint8_t *breaks = array_new(lines->count + 1, 1);
	struct table table;
	size_t count;

	open_table(&table, lines->count * NUMBERS_LIMIT);
	for (size_t at = 0; at < lines->count; at += count) {
		count = count_group(lines, at);
		if (count <= GROUP_LINES && is_group_narrow(lines, at, count))
			meet_group(&table, lines, at, count, breaks);
	}
	number_pages(lines, breaks);
	free(table.entries);
	free(breaks);
}

/* ---- heads and feet ---- */

/* The lines of a page from one of its edges inwards. */
struct edge {
	size_t at;    /* of the first */
	size_t count; /* of lines on the page */
	bool is_foot;
};

static size_t
edge_line(const struct edge *edge, size_t depth)
{
	return edge->is_foot ? edge->at - depth : edge->at + depth;
}

/* How a line's key looks on this page and at this edge. */
static uint64_t
place_key(const struct key *key, size_t index, unsigned page, bool is_foot)
{
	uint64_t hash = mix(key->hash, is_foot);

	return index ? mix(hash, (uint64_t)key->value - page) : hash;
}

/* A page counts once. */
static void
count_page(struct entry *entry, unsigned page, bool is_marking)
{
	if (is_marking || entry->value == page + 1)
		return;
	entry->value = page + 1;
	entry->count++;
}

/* A paragraph that is the same on several pages is still one. */
static bool
is_prose(const struct lines *lines, size_t at)
{
	const struct line *line = &lines->items[at];

	if (line->width > FURNITURE_COLUMNS ||
	    line->closing == CLOSING_SENTENCE)
		return true;
	if (line->width < PROSE_COLUMNS)
		return false;
	return line->opening == GLYPH_LOWER ||
	       (at + 1 < lines->count && !line[1].blanks &&
		line[1].opening == GLYPH_LOWER);
}

/* Count the lines of an edge, or mark those that were counted often. */
static void
walk_edge(struct table *table, struct lines *lines, const struct edge *edge,
	  size_t needed, bool is_marking)
{
	for (size_t depth = 0; depth < EDGE_LINES && depth < edge->count;
	     depth++) {
		size_t at = edge_line(edge, depth);
		struct line *line = &lines->items[at];
		struct keys keys = read_keys(lines, at, 1);
		bool is_common = false;

		if (is_prose(lines, at))
			return;
		if (line->flags & (LINE_BARE | LINE_FURNITURE))
			continue;
		for (size_t i = 0; i < keys.count; i++) {
			struct entry *entry = find_entry(
				table, place_key(&keys.items[i], i, line->page,
						 edge->is_foot));

			count_page(entry, line->page, is_marking);
			is_common |= entry->count >= needed;
		}
		if (is_marking && !is_common)
			return;
		if (is_marking)
			line->flags |= LINE_FURNITURE;
	}
}

static void
walk_pages(struct table *table, struct lines *lines, size_t needed,
	   bool is_marking)
{
	size_t end;

	for (size_t at = 0; at < lines->count; at = end) {
		struct edge head = { .at = at };
		struct edge foot = { .is_foot = true };

		end = at + 1;
		while (end < lines->count &&
		       lines->items[end].page == lines->items[at].page)
			end++;
		head.count = end - at;
		foot.count = end - at;
		foot.at = end - 1;
		walk_edge(table, lines, &head, needed, is_marking);
		walk_edge(table, lines, &foot, needed, is_marking);
	}
}

void
pages_mark(struct lines *lines)
{
	struct table table;
	size_t needed;
	size_t pages;

	if (!lines->count)
		return;
	if (!lines->has_pages)
		find_pages(lines);
	if (!lines->has_pages)
		return;
	pages = (size_t)lines->items[lines->count - 1].page + 1;
	needed = pages / PAGES_RATIO < 2 ? 2 : pages / PAGES_RATIO;
	open_table(&table, pages * 2 * EDGE_LINES * (NUMBERS_LIMIT + 1));
	walk_pages(&table, lines, needed, false);
	walk_pages(&table, lines, needed, true);
	free(table.entries);
}
