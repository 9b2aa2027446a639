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

static bool
goes_on(const struct document *document, const struct unit *before,
	const struct unit *unit)
{
	struct match match;

	if (unit->opening != OPENING_LOWER || unit->is_settled ||
	    unit->marker.label.style != LABEL_NONE || unit->marker.is_bullet ||
	    before->is_settled || before->kind != DOCKET_BLOCK_PARAGRAPH ||
	    unit->kind != DOCKET_BLOCK_PARAGRAPH ||
	    before->end - before->start < WIDTH_LEAST ||
	    before->closing == CLOSING_SENTENCE ||
	    before->closing == CLOSING_COLON)
		return false;
	return before->closing == CLOSING_OPEN ||
	       (!document_match(document, unit, LEXEME_PREAMBULAR, &match) &&
		!document_match(document, unit, LEXEME_OPERATIVE, &match));
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
			unit->is_joined = true;
			before->closing = unit->closing;
			before->end = unit->end;
			continue;
		}
		before = unit;
	}
}
