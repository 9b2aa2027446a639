/* SPDX-License-Identifier: Apache-2.0 */
/*
 * split.c - recitals that were run together
 *
 * Text without empty lines may lose where a recital ends. Where recitals begin
 * with capitals, a comma followed by the capital of a word that opens recitals
 * is such a place. Out of memory ends the process.
 */
#include <stdlib.h>
#include <string.h>

#include "glyph.h"
#include "marker.h"
#include "stages.h"

#define WORDS_LIMIT 64 /* bytes that tell whether a recital begins */

/* Does a recital begin there? */
static bool
is_recital(const struct document *document, struct docket_bytes text)
{
	struct folds folds = { 0 };
	struct match match;
	bool is_found;

	if (text.size > WORDS_LIMIT)
		text.size = WORDS_LIMIT;
	fold_add(&document->lexicon->table, &folds, text, 0);
	is_found = lexicon_match(
		document->lexicon, document->languages, LEXEME_PREAMBULAR,
		(struct docket_bytes){ folds.data, folds.size }, 0, &match);
	fold_fini(&folds);
	return is_found;
}

/* Where in the unit the next recital begins, from `at` on; 0: nowhere. */
static size_t
find_recital(const struct document *document, const struct unit *unit,
	     size_t at)
{
	struct docket_bytes text = document_text(document, unit);

	for (; at + 2 < text.size; at++) {
		size_t next = at + 2;

		if (text.data[at] == ',' && text.data[at + 1] == ' ' &&
		    glyph_is_upper(glyph_next(text, &next)) &&
		    is_recital(document,
			       (struct docket_bytes){ text.data + at + 2,
						      text.size - at - 2 }))
			return at + 2;
	}
	return 0;
}

/* The unit ends before `at`, and another one begins there. */
static struct unit
cut(struct document *document, struct unit *unit, size_t at)
{
	struct unit rest = *unit;
	struct docket_bytes text = document_text(document, unit);
	struct docket_bytes tail = { text.data + at, text.size - at };

	rest.start = unit->start + (uint32_t)at;
	rest.is_gapped = false;
	rest.given = (struct docket_bytes){ 0 };
	rest.marker = (struct marker){ 0 };
	if (tail.size > WORDS_LIMIT)
		tail.size = WORDS_LIMIT;
	rest.fold_end = rest.start + (uint32_t)tail.size;
	rest.folded = (struct folded){ 0 };
	rest.first = '\0';
	unit->end = unit->start +
		    (uint32_t)glyph_trim((struct docket_bytes){ text.data, at })
			    .size;
	unit->closing = CLOSING_COMMA;
	return rest;
}

static size_t
count_cuts(const struct document *document, size_t first, size_t last)
{
	size_t count = 0;

	for (size_t i = first; i < last; i++) {
		size_t at = 0;

		while ((at = find_recital(document, &document->units[i], at)))
			count++;
	}
	return count;
}

static size_t
find_first_clause(const struct document *document)
{
	size_t i = document->enacting + 1;

	while (i < document->count && (document->units[i].zone != ZONE_TEXT ||
				       !document->units[i].marker.closer))
		i++;
	return i;
}

void
split_recitals(struct document *document)
{
	size_t first = document->enacting + 1;
	size_t last = find_first_clause(document);
	size_t cuts;
	struct unit *units;
	size_t count;

	if (!class_is_resolution(document->class) || first >= document->count)
		return;
	cuts = count_cuts(document, first, last);
	if (!cuts)
		return;
	units = calloc(document->count + cuts + 1, sizeof(*units));
	if (!units)
		abort();
	memcpy(units, document->units, first * sizeof(*units));
	count = first;
	for (size_t i = first; i < document->count; i++) {
		size_t at;

		units[count++] = document->units[i];
		while (i < last &&
		       (at = find_recital(document, &units[count - 1], 0))) {
			units[count] = cut(document, &units[count - 1], at);
			count++;
		}
	}
	free(document->units);
	document->units = units;
	document->count = count;
}
