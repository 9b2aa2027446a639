/* SPDX-License-Identifier: Apache-2.0 */
/*
 * record.c - the cover of a record of a meeting
 *
 * The line of the meeting is its title; above stands whose meeting it was, and
 * below when it was held. Out of memory ends the process.
 */
#include "front.h"

/* "General Assembly  Official Records": of two cells, the organ's name. */
static struct docket_bytes
read_organ(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);
	struct match organ;
	struct match note;
	size_t at;

	if (!document_match(document, unit, LEXEME_ORGAN, &organ))
		return document_text(document, unit);
	for (at = organ.end; at < folded.size && folded.data[at] == ' ';)
		at++;
	if (!lexicon_match(document->lexicon, document->languages, LEXEME_NOTE,
			   folded, at, &note))
		return document_text(document, unit);
	return document_source(document, unit, 0, organ.end);
}

/* When the meeting was held: on a line, or on one and the next. */
static struct date
find_meeting_date(const struct front *front, size_t at, size_t end)
{
	const struct document *document = front->document;
	struct date date = cover_find_date(document, &document->units[at]);
	struct folds folds = { 0 };

	if (date.year || at + 1 >= end || document->units[at + 1].is_gapped)
		return date;
	fold_add(&document->lexicon->table, &folds,
		 front_join_units(document, at, 2), 0);
	date = cover_find_date_in(
		document, (struct docket_bytes){ folds.data, folds.size });
	fold_fini(&folds);
	return date;
}

/* Records say above whose they are, and below when the meeting was held. */
void
record_read(struct front *front, size_t at, size_t end)
{
	struct document *document = front->document;
	size_t above = at;

	document->title = document_text(document, &document->units[at]);
	while (above > 0 && front->kinds[above - 1] != COVER_PLAIN &&
	       front->kinds[above - 1] != COVER_ORGAN)
		above--;
	if (!document->from.size && above > 0)
		document->from =
			read_organ(document, &document->units[above - 1]);
	for (size_t i = at + 1; i < end && !document->date.year; i++)
		if (front->kinds[i] != COVER_SKIPPED)
			document->date = find_meeting_date(front, i, end);
}

/* S/PV.8745 is a verbatim record, whatever its lines say of it. */
bool
record_read_verbatim(struct front *front, size_t end)
{
	struct document *document = front->document;

	if (!formula_has_part(document, "PV"))
		return false;
	for (size_t at = 0; at < end; at++) {
		const struct unit *unit = &document->units[at];
		struct match match;

		if (front->kinds[at] == COVER_SKIPPED ||
		    !document_match(document, unit, LEXEME_MEETING, &match))
			continue;
		document->class = CLASS_VERBATIM_RECORD;
		record_read(front, at, end);
		return true;
	}
	return false;
}
