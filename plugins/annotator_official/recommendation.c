/* SPDX-License-Identifier: Apache-2.0 */
/*
 * recommendation.c - what recommendations have instead of a masthead
 *
 * Their symbol stands behind the word itself ("Recommendation ITU-T E.164"),
 * and a table of editions says when each was approved; the last one counts.
 */
#include <stdio.h>
#include <string.h>

#include "glyph.h"
#include "stages.h"

#define SYMBOL_LIMIT 32

static bool
has_digit(struct docket_bytes text)
{
	for (size_t i = 0; i < text.size; i++)
		if (glyph_digit((unsigned char)text.data[i]) >= 0)
			return true;
	return false;
}

/* Its letters as their owner writes them, with hyphens that may break. */
static bool
put_symbol(struct document *document, const struct unit *unit, size_t start)
{
	struct docket_bytes folded = document_folded(document, unit);
	struct match match;
	const struct entry *series =
		lexicon_match(document->lexicon, document->languages,
			      LEXEME_SERIES, folded, start, &match);
	struct docket_bytes rest;
	char symbol[SYMBOL_LIMIT + 16];
	int size;

	if (!series)
		return false;
	rest = document_source(document, unit, match.end, folded.size);
	for (size_t i = 0; i < rest.size; i++)
		if (rest.data[i] == ' ')
			rest.size = i;
	if (!has_digit(rest))
		return false;
	size = snprintf(symbol, sizeof(symbol), "%s %.*s", series->argument,
			(int)rest.size, rest.data);
	if (size < (int)sizeof(symbol))
		docket_put_field(document->job, DOCKET_FIELD_SYMBOL,
				 (struct docket_bytes){ symbol, (size_t)size });
	return true;
}

/* The title stands above the symbol, where it is in the text at all. */
static void
take_title(struct document *document, size_t at)
{
	const struct unit *above = &document->units[at - (at > 0)];
	struct match match;

	document->title = (struct docket_bytes){ 0 };
	if (at > 0 && document_is_short(above) &&
	    !document_match(document, above, LEXEME_UNITED, &match))
		document->title = document_text(document, above);
}

static void
read_approval(struct document *document)
{
	bool is_headed = false;
	struct match match;

	for (size_t i = 0; i < document->count; i++) {
		const struct unit *unit = &document->units[i];
		size_t at = 0;

		if (unit->zone != ZONE_TABLE) {
			is_headed = false;
			continue;
		}
		is_headed =
			is_headed ||
			document_match(document, unit, LEXEME_APPROVED, &match);
		if (is_headed)
			lexicon_read_date(document->lexicon, LEXICON_ALL,
					  document_folded(document, unit), &at,
					  &document->date);
	}
}

void
recommendation_read(struct document *document)
{
	struct match match;

	if (document->class != CLASS_RECOMMENDATION)
		return;
	for (size_t i = 0; i < document->front_end; i++) {
		const struct unit *unit = &document->units[i];
		const struct entry *entry =
			document_match(document, unit, LEXEME_CLASS, &match);

		if (!entry ||
		    class_find(entry->argument) != CLASS_RECOMMENDATION)
			continue;
		if (put_symbol(document, unit, match.slots[SLOT_NAME].start))
			take_title(document, i);
		break;
	}
	read_approval(document);
}
