/* SPDX-License-Identifier: Apache-2.0 */
/*
 * join.c - paragraphs that were torn apart
 *
 * A unit that begins with a small letter goes on with the one before, if that
 * did not end. Recitals begin so in some languages; they begin with words that
 * the language knows as recitals'.
 */
#include "stages.h"

#define WIDTH_LEAST 40 /* bytes of a line that can have been full */
#define WIDTH_SURE 70

static bool
is_clause(const struct document *document, const struct unit *unit)
{
	struct match match;

	return document_match(document, unit, LEXEME_PREAMBULAR, &match) ||
	       document_match(document, unit, LEXEME_OPERATIVE, &match);
}

/* "... resolution 862 (1993) of", "31 August 1993, in which ..." */
static bool
goes_on_with_number(const struct document *document, const struct unit *before,
		    const struct unit *unit)
{
	return unit->opening == OPENING_DIGIT && !unit->marker.closer &&
	       !unit->given.size && before->closing == CLOSING_OPEN &&
	       before->hint != DOCKET_BLOCK_HEADING &&
	       (before->end - before->start >= WIDTH_SURE ||
		before->marker.closer || is_clause(document, before));
}

static bool
is_prose(const struct unit *unit)
{
	return !unit->is_settled && unit->kind != DOCKET_BLOCK_ITEM &&
	       unit->kind != DOCKET_BLOCK_SIGNATURE;
}

static bool
goes_on(const struct document *document, const struct unit *before,
	const struct unit *unit)
{
	if (!is_prose(before) || !is_prose(unit) || unit->marker.is_bullet ||
	    before->end - before->start < WIDTH_LEAST ||
	    before->closing == CLOSING_SENTENCE ||
	    before->closing == CLOSING_COLON)
		return false;
	if (goes_on_with_number(document, before, unit))
		return true;
	return unit->opening == OPENING_LOWER &&
	       unit->marker.label.style == LABEL_NONE &&
	       (before->closing == CLOSING_OPEN || !is_clause(document, unit));
}

/* What goes on in prose was no heading. */
static void
join(struct unit *before, struct unit *unit)
{
	unit->is_joined = true;
	before->closing = unit->closing;
	before->end = unit->end;
	if (unit->hint == DOCKET_BLOCK_HEADING ||
	    before->hint != DOCKET_BLOCK_HEADING)
		return;
	before->hint = DOCKET_BLOCK_PARAGRAPH;
	before->kind = DOCKET_BLOCK_PARAGRAPH;
}

void
join_mark(struct document *document)
{
	struct unit *before = NULL;

	for (size_t i = document->front_end; i < document->count; i++) {
		struct unit *unit = &document->units[i];

		if (unit->zone != ZONE_TEXT)
			continue;
		if (before && goes_on(document, before, unit)) {
			join(before, unit);
			continue;
		}
		before = unit;
	}
}
