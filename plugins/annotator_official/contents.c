/* SPDX-License-Identifier: Apache-2.0 */
/*
 * contents.c - tables of contents are set apart
 *
 * Below a line that says "Contents", lines are entries as long as they end in
 * a page, or say what a heading further down says as well. Owns the set of
 * lines while it looks. Out of memory ends the process.
 */
#include <stdlib.h>
#include <string.h>

#include "stages.h"

#define ENTRY_LIMIT 400 /* bytes */
#define LEADERS 4	/* dots in a row */

/* How often short lines are there, by what they say. */
struct lines {
	uint64_t *hashes;
	uint16_t *counts;
	size_t mask;
};

static bool
is_filling(char c)
{
	return (c >= '0' && c <= '9') || c == ' ' || c == '.' || c == '-';
}

/* "(A/72/41 and A/72/164)": below, a heading names the documents as well. */
static struct docket_bytes
drop_symbols(struct docket_bytes line)
{
	const char *open;
	size_t before;

	if (!line.size || line.data[line.size - 1] != ')')
		return line;
	open = memrchr(line.data, '(', line.size);
	before = open ? (size_t)(open - line.data) : 0;
	if (before && memchr(open, '/', line.size - before))
		line.size = before;
	return line;
}

/* Without a number before, and symbols or a page behind. */
static struct docket_bytes
strip(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);

	folded.data += unit->marker.rest;
	folded.size -= unit->marker.rest;
	folded = drop_symbols(folded);
	while (folded.size && is_filling(folded.data[folded.size - 1]))
		folded.size--;
	return folded;
}

static uint64_t
hash_line(struct docket_bytes line)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < line.size; i++)
		hash = (hash ^ (unsigned char)line.data[i]) * 1099511628211u;
	return hash ? hash : 1;
}

static uint16_t *
find_line(struct lines *lines, struct docket_bytes line)
{
	uint64_t hash = hash_line(line);
	size_t at = hash & lines->mask;

	while (lines->hashes[at] && lines->hashes[at] != hash)
		at = (at + 1) & lines->mask;
	lines->hashes[at] = hash;
	return &lines->counts[at];
}

static bool
is_line(const struct unit *unit)
{
	return unit->zone == ZONE_TEXT && unit->has_letters &&
	       unit->end - unit->start <= ENTRY_LIMIT;
}

static void
count_lines(const struct document *document, struct lines *lines)
{
	for (size_t i = 0; i < document->count; i++) {
		const struct unit *unit = &document->units[i];
		uint16_t *count;

		if (!is_line(unit) || unit->closing == CLOSING_SENTENCE)
			continue;
		count = find_line(lines, strip(document, unit));
		*count += *count < UINT16_MAX;
	}
}

/* ---- entries ---- */

static bool
has_leaders(struct docket_bytes folded)
{
	size_t dots = 0;

	for (size_t i = 0; i < folded.size && dots < LEADERS; i++)
		dots = folded.data[i] == '.' || (dots && folded.data[i] == ' ')
			       ? dots + (folded.data[i] == '.')
			       : 0;
	return dots >= LEADERS;
}

static bool
has_page(struct docket_bytes folded)
{
	size_t at = folded.size;

	while (at && folded.data[at - 1] >= '0' && folded.data[at - 1] <= '9')
		at--;
	return at && folded.size - at >= 1 && folded.size - at <= 3 &&
	       folded.data[at - 1] == ' ';
}

enum verdict {
	VERDICT_NONE = 0,
	VERDICT_MAYBE, /* a line: a header, or the first of an entry's two */
	VERDICT_TITLE, /* says what another line says */
	VERDICT_PAGED,
};

static enum verdict
judge(const struct document *document, struct lines *lines,
      const struct unit *unit)
{
	struct docket_bytes folded;

	if (!is_line(unit))
		return VERDICT_NONE;
	folded = document_folded(document, unit);
	if (has_leaders(folded) ||
	    (has_page(folded) && unit->closing == CLOSING_OPEN))
		return VERDICT_PAGED;
	if (unit->closing != CLOSING_OPEN)
		return VERDICT_NONE;
	return *find_line(lines, strip(document, unit)) > 1 ? VERDICT_TITLE
							    : VERDICT_MAYBE;
}

static void
mark(struct unit *unit)
{
	unit->zone = ZONE_CONTENTS;
	unit->kind = DOCKET_BLOCK_LINE;
	unit->is_settled = true;
}

/* Units from `at` on are entries; the number of the first that is none. */
static size_t
mark_entries(struct document *document, struct lines *lines, size_t at)
{
	size_t maybe = 0;
	bool is_paged = false;

	for (size_t i = at; i < document->count; i++) {
		struct unit *unit = &document->units[i];
		enum verdict entry = judge(document, lines, unit);

		if (unit->zone == ZONE_FURNITURE)
			continue;
		if (entry == VERDICT_PAGED ||
		    (entry == VERDICT_TITLE && !is_paged)) {
			uint16_t *count =
				find_line(lines, strip(document, unit));

			if (entry == VERDICT_TITLE && *count == UINT16_MAX)
				return at;
			if (entry == VERDICT_TITLE)
				*count = UINT16_MAX;
			is_paged = is_paged || entry == VERDICT_PAGED;
			for (; at <= i; at++)
				if (document->units[at].zone == ZONE_TEXT)
					mark(&document->units[at]);
			maybe = 0;
		} else if (entry == VERDICT_NONE || ++maybe > 2) {
			return at;
		}
	}
	return at;
}

static bool
is_contents(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded;
	struct match match;

	if (!is_line(unit) ||
	    !document_match(document, unit, LEXEME_CONTENTS, &match))
		return false;
	folded = document_folded(document, unit);
	while (match.end < folded.size &&
	       strchr(" .:(", folded.data[match.end]))
		match.end++;
	return match.end == folded.size || folded.data[folded.size - 1] == ')';
}

static void
lines_init(struct lines *lines, const struct document *document)
{
	lines->mask = 15;
	while (lines->mask < 2 * document->count)
		lines->mask = 2 * lines->mask + 1;
	lines->hashes = calloc(lines->mask + 1, sizeof(*lines->hashes));
	lines->counts = calloc(lines->mask + 1, sizeof(*lines->counts));
	if (!lines->hashes || !lines->counts)
		abort();
	count_lines(document, lines);
}

static void
lines_fini(struct lines *lines)
{
	free(lines->hashes);
	free(lines->counts);
}

void
contents_mark(struct document *document)
{
	struct lines lines = { 0 }; /* most documents need none */
	size_t next = 0;

	for (size_t i = 0; i < document->count; i++) {
		if (i < next || !is_contents(document, &document->units[i]))
			continue;
		if (!lines.hashes)
			lines_init(&lines, document);
		next = mark_entries(document, &lines, i + 1);
		if (next == i + 1)
			continue;
		document->units[i].zone = ZONE_CONTENTS;
		document->units[i].kind = DOCKET_BLOCK_HEADING;
		document->units[i].level = 1;
		document->units[i].is_settled = true;
	}
	lines_fini(&lines);
}
