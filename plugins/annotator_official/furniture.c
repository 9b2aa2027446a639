/* SPDX-License-Identifier: Apache-2.0 */
/*
 * furniture.c - running heads and page numbers that the parser let pass
 *
 * Job numbers, bar codes and rules are furniture wherever they stand; symbols,
 * pages and names of languages are behind the cover. Some converters put the
 * running head, then the footnotes, at the end of the text: from the name of
 * the organisation on, followed by that of an organ, what is left is such.
 */
#include <string.h>

#include "cover.h"
#include "stages.h"
#include "symbol.h"

#define LINE_LIMIT 120 /* bytes */

static void
mark(struct unit *unit)
{
	unit->zone = ZONE_FURNITURE;
	unit->kind = DOCKET_BLOCK_LINE;
	unit->is_settled = true;
}

/* Such words in any language, and nothing else. */
static bool
is_whole(const struct document *document, const struct unit *unit,
	 enum lexeme lexeme)
{
	struct match match;

	return document_match_any(document, unit, lexeme, &match) &&
	       match.end == document_folded(document, unit).size;
}

static bool
is_page(const struct document *document, const struct unit *unit)
{
	return is_whole(document, unit, LEXEME_PAGE);
}

/* What is furniture on any page. */
static bool
is_everywhere(const struct document *document, const struct unit *unit)
{
	struct docket_bytes text = document_text(document, unit);
	size_t job = symbol_read_job(text);

	return symbol_is_barcode(text) || (job && text.size <= job + 24) ||
	       (!unit->has_letters && unit->opening != OPENING_DIGIT) ||
	       is_page(document, unit);
}

/* What repeats the masthead on later pages. */
static bool
is_running_head(const struct document *document, size_t index)
{
	const struct unit *unit = &document->units[index];
	struct docket_bytes text = document_text(document, unit);

	if (symbol_is_all(text) && text.data[text.size - 1] != '.')
		return true;
	return is_whole(document, unit, LEXEME_LANGUAGE) &&
	       index + 1 < document->count && is_page(document, unit + 1);
}

static void
mark_note(struct unit *unit)
{
	unit->zone = ZONE_NOTE;
	unit->kind = DOCKET_BLOCK_FOOTNOTE;
	unit->is_settled = true;
}

/* "3/ See A/48/803." and "* Reissued for technical reasons." */
static bool
is_note(const struct document *document, const struct unit *unit)
{
	return document->text.data[unit->start] == '*' ||
	       (unit->marker.closer == '/' &&
		unit->marker.label.style == LABEL_DIGITS);
}

static bool
is_tail(const struct document *document, size_t index)
{
	const struct unit *unit = &document->units[index];

	return is_whole(document, unit, LEXEME_UNITED) &&
	       index + 1 < document->count &&
	       cover_classify(document, unit + 1) == COVER_ORGAN;
}

/* A running head is the title; it may stand nowhere else. */
static void
take_title(struct document *document, size_t at)
{
	const struct unit *head = NULL;
	size_t lines = 0;

	for (; at < document->count; at++) {
		const struct unit *unit = &document->units[at];

		if (unit->zone != ZONE_TEXT || unit->closing != CLOSING_OPEN ||
		    symbol_is_all(document_text(document, unit)))
			continue;
		head = unit;
		lines++;
	}
	if (!document->title.size && class_is_resolution(document->class) &&
	    lines == 1)
		document->title = document_text(document, head);
}

static void
mark_tail(struct document *document, size_t at)
{
	mark(&document->units[at++]);
	mark(&document->units[at++]);
	take_title(document, at);
	for (; at < document->count; at++) {
		struct unit *unit = &document->units[at];

		if (unit->zone != ZONE_TEXT)
			continue;
		if (unit->closing == CLOSING_OPEN) {
			mark(unit);
			continue;
		}
		mark_note(unit);
	}
}

void
furniture_mark(struct document *document)
{
	for (size_t i = document->front_end; i < document->count; i++) {
		struct unit *unit = &document->units[i];

		if (unit->zone != ZONE_TEXT)
			continue;
		if (is_note(document, unit) &&
		    !symbol_is_barcode(document_text(document, unit))) {
			mark_note(unit);
			continue;
		}
		if (unit->end - unit->start > LINE_LIMIT)
			continue;
		if (is_tail(document, i)) {
			mark_tail(document, i);
			return;
		}
		if (is_everywhere(document, unit) ||
		    is_running_head(document, i))
			mark(unit);
	}
}
