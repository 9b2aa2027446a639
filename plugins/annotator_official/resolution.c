/* SPDX-License-Identifier: Apache-2.0 */
/*
 * resolution.c - preambular and operative paragraphs, the date of adoption
 *
 * Behind the enacting formula, recitals end in commas until the first clause,
 * which is numbered or says in its first word what is done. A single clause
 * has no number; behind one, nothing else is a clause. Meeting and date of
 * adoption stand below.
 */
#include <string.h>

#include "stages.h"

#define LINE_LIMIT 300	  /* bytes */
#define MEETING_LIMIT 700 /* "Done at Minsk on ... in one original copy ..." */
#define HEAD_LIMIT 48

enum place {
	PLACE_PREAMBLE,
	PLACE_CLAUSES, /* numbered */
	PLACE_LOOSE,   /* not numbered, and not at the last one */
	PLACE_SINGLE,  /* the last clause without a number was there */
};

static bool
has_number(const struct unit *unit)
{
	const struct marker *marker = &unit->marker;

	if (unit->kind == DOCKET_BLOCK_ITEM || marker->is_opened)
		return false;
	if (marker->label.style == LABEL_DIGITS)
		return marker->closer == '.' || marker->closer == '-';
	if (marker->label.style == LABEL_HAN)
		return marker->closer != ')' && marker->closer != 0;
	return unit->given.size && unit->given.data[0] >= '0' &&
	       unit->given.data[0] <= '9';
}

static bool
is_clause(const struct document *document, const struct unit *unit)
{
	struct match match;

	return unit->closing != CLOSING_COMMA &&
	       document_match(document, unit, LEXEME_OPERATIVE, &match);
}

static bool
is_recital(const struct document *document, const struct unit *unit)
{
	struct match match;

	return unit->closing == CLOSING_COMMA ||
	       unit->closing == CLOSING_SEMICOLON ||
	       document_match(document, unit, LEXEME_PREAMBULAR, &match);
}

static void
take_date(struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);
	struct date date;

	for (size_t at = 0; at < folded.size;) {
		size_t end = at;

		if (lexicon_read_date(document->lexicon, document->languages,
				      folded, &end, &date)) {
			if (!document->date.year)
				document->date = date;
			return;
		}
		while (at < folded.size && folded.data[at] != ' ')
			at++;
		at++;
	}
}

static bool
is_date(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);
	struct date date;
	size_t at = 0;

	return lexicon_read_date(document->lexicon, document->languages, folded,
				 &at, &date) &&
	       at + 1 >= folded.size;
}

static bool
is_meeting(const struct document *document, const struct unit *unit)
{
	struct match match;
	const struct entry *entry;

	if (unit->end - unit->start > MEETING_LIMIT)
		return false;
	entry = document_match(document, unit, LEXEME_MEETING, &match);
	/* what only ends so is a line, or it is prose */
	return entry && (unit->end - unit->start <= LINE_LIMIT ||
			 entry->pattern.elements[0].text);
}

/* The meeting, or a date above it. */
static bool
is_end(const struct document *document, const struct unit *unit)
{
	const struct unit *end = document->units + document->count;

	return is_meeting(document, unit) ||
	       (is_date(document, unit) &&
		(unit + 1 == end || is_meeting(document, unit + 1)));
}

/* Lines below the clauses: no prose, and the date of adoption. */
static void
read_end(struct document *document, size_t at, size_t last)
{
	for (int i = 0; i < 4 && at < last; at++) {
		struct unit *unit = &document->units[at];

		if (unit->zone != ZONE_TEXT)
			continue;
		if (i > 0 && unit->end - unit->start > LINE_LIMIT)
			return;
		take_date(document, unit);
		unit->is_settled = true;
		i++;
	}
}

static bool
is_word_alone(const struct document *document, const struct unit *unit)
{
	struct match match;

	return document_match(document, unit, LEXEME_OPERATIVE, &match) &&
	       match.end == document_folded(document, unit).size;
}

/* "Resolves:" alone, or a longer one, above clauses that are numbered. */
static bool
is_clauses_head(const struct document *document, const struct unit *unit)
{
	const struct unit *end = document->units + document->count;

	if (unit + 1 >= end || !has_number(unit + 1))
		return false;
	if (unit->closing == CLOSING_COLON && unit[1].marker.label.value == 1)
		return true;
	return (unit->closing == CLOSING_COLON ||
		is_word_alone(document, unit)) &&
	       unit->end - unit->start <= HEAD_LIMIT;
}

static enum place
mark_paragraph(const struct document *document, struct unit *unit,
	       enum place place)
{
	bool is_numbered = has_number(unit);
	struct match match;

	if (is_numbered && place != PLACE_SINGLE) {
		unit->role = DOCKET_ROLE_OPERATIVE;
		return PLACE_CLAUSES;
	}
	if (is_numbered || place == PLACE_CLAUSES || place == PLACE_SINGLE ||
	    unit->marker.label.style != LABEL_NONE)
		return place;
	if (is_clauses_head(document, unit)) {
		if (document_match(document, unit, LEXEME_PREAMBULAR, &match))
			unit->role = DOCKET_ROLE_PREAMBULAR;
		return PLACE_CLAUSES;
	}
	if (is_clause(document, unit)) {
		unit->role = DOCKET_ROLE_OPERATIVE;
		return unit->closing == CLOSING_SEMICOLON ? PLACE_LOOSE
							  : PLACE_SINGLE;
	}
	if (place == PLACE_LOOSE)
		return place;
	if (is_recital(document, unit))
		unit->role = DOCKET_ROLE_PREAMBULAR;
	return place;
}

void
resolution_mark(struct document *document)
{
	const struct section *body = &document->sections[0];
	enum place place = PLACE_PREAMBLE;

	if (document->enacting >= body->last ||
	    !class_is_resolution(document->class))
		return;
	document->units[document->enacting].is_settled = true;
	for (size_t i = document->enacting + 1; i < body->last; i++) {
		struct unit *unit = &document->units[i];

		if (unit->zone != ZONE_TEXT || unit->is_joined ||
		    unit->is_settled)
			continue;
		if (is_end(document, unit)) {
			read_end(document, i, body->last);
			return;
		}
		if (unit->hint == DOCKET_BLOCK_HEADING) {
			if (place == PLACE_SINGLE)
				return;
			continue;
		}
		place = mark_paragraph(document, unit, place);
	}
}
