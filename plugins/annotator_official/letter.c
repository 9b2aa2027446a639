/* SPDX-License-Identifier: Apache-2.0 */
/*
 * letter.c - the cover of a letter or note verbale
 *
 * One is known by its title, which says who wrote to whom and when. Out of
 * memory ends the process.
 */
#include <stdlib.h>
#include <string.h>

#include "front.h"

#define PARTY_LIMIT 240	  /* bytes of who writes, and to whom */
#define BELOW_LIMIT 8	  /* lines below a note verbale */
#define JOINED_BYTES 1200 /* of a title in several blocks */
#define LINE_LIMIT 160	  /* bytes of a line that goes on with one */

/* Its first words are enough: the rest may be in the next block. */
static bool
may_begin_letter(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);

	if (unit->zone != ZONE_TEXT || unit->closing == CLOSING_SENTENCE)
		return false;
	for (int letter = CLASS_LETTER; letter <= CLASS_NOTE_VERBALE; letter++)
		if (lexicon_begins(document->lexicon, document->languages,
				   LEXEME_CLASS,
				   class_name((enum document_class)letter),
				   folded))
			return true;
	return false;
}

static size_t
count_said(const struct said *said)
{
	return (said->from.size > 0) + (said->to.size > 0) +
	       (said->date.year > 0);
}

static bool
may_be_title(uint8_t kind)
{
	return kind == COVER_PLAIN || kind == COVER_CLASS || kind == COVER_TEXT;
}

/* "... to the President of the", "Security Council": an organ's name ends it. */
static bool
is_organ_below(const struct front *front, size_t at)
{
	const struct unit *unit = &front->document->units[at];
	struct match match;

	return !unit->is_gapped &&
	       (front->kinds[at] == COVER_ORGAN ||
		(front->kinds[at] == COVER_MASTHEAD &&
		 document_match_any(front->document, unit, LEXEME_UNITED,
				    &match)));
}

/* Units are added as long as the title says more with them. */
static size_t
read_letter_title(const struct front *front, size_t first, size_t end)
{
	struct document *document = front->document;
	size_t best = 0;
	size_t most = 0;

	for (size_t count = 1;
	     count <= JOIN_LIMIT && first + count <= end && most < 3; count++) {
		const struct unit *last = &document->units[first + count - 1];
		struct said said;

		if ((!may_be_title(front->kinds[first + count - 1]) &&
		     (count == 1 ||
		      !is_organ_below(front, first + count - 1))) ||
		    last->end - document->units[first].start > JOINED_BYTES ||
		    last->zone != ZONE_TEXT ||
		    (count > 1 && last->closing == CLOSING_SENTENCE))
			break;
		said = front_read_joined(document, first, count);
		if (!class_is_letter(said.class) || count_said(&said) <= most)
			continue;
		front_take_over(document, &said);
		most = count_said(&said);
		best = count;
	}
	return best;
}

/* Below a whole title, lines that are no text go on with it. */
static size_t
extend_title(const struct front *front, size_t first, size_t count)
{
	struct document *document = front->document;

	while (count < JOIN_LIMIT && first + count < front->count) {
		const struct unit *unit = &document->units[first + count];
		struct said said;

		if ((front->kinds[first + count] != COVER_PLAIN &&
		     !is_organ_below(front, first + count)) ||
		    unit->is_gapped || unit->closing != CLOSING_OPEN ||
		    unit->end - unit->start > LINE_LIMIT)
			break;
		said = front_read_joined(document, first, count + 1);
		if (!class_is_letter(said.class))
			break;
		front_take_over(document, &said);
		count++;
	}
	return count;
}

/*
 * Collections print "Letter", a place and a date; who wrote to whom is in the
 * title that the file gives.
 */
static void
read_given_title(struct document *document)
{
	struct docket_bytes given =
		docket_job_field(document->job, DOCKET_FIELD_TITLE, 0);
	struct folds folds = { 0 };
	struct match match;

	if (!given.size || document->from.size || document->to.size ||
	    given.size > JOINED_BYTES)
		return;
	document->given_title = strndup(given.data, given.size);
	if (!document->given_title)
		abort();
	given.data = document->given_title;
	fold_add(&document->lexicon->table, &folds, given, 0);
	if (lexicon_match(document->lexicon, document->languages,
			  LEXEME_CORRESPONDENCE,
			  (struct docket_bytes){ folds.data, folds.size }, 0,
			  &match)) {
		document->title = given;
		document->from =
			front_take_slot(given, &folds, &match, SLOT_FROM);
		document->to = front_take_slot(given, &folds, &match, SLOT_TO);
	}
	fold_fini(&folds);
}

bool
letter_read(struct front *front)
{
	struct document *document = front->document;
	size_t end = front_find_text(front);

	for (size_t i = 0; i < end; i++) {
		size_t count;

		if (!may_begin_letter(document, &document->units[i]))
			continue;
		count = read_letter_title(front, i, front->count);
		if (!count)
			continue;
		count = extend_title(front, i, count);
		read_given_title(document);
		document->front_end = i + count;
		return true;
	}
	return false;
}

/* Below the text of a note verbale stands where and when it was written. */
static void
read_date_below(struct document *document, size_t at)
{
	for (size_t i = document->count; i > at + 1 && !document->date.year;
	     i--) {
		const struct unit *unit = &document->units[i - 1];
		struct date date;

		if (document->count - i >= BELOW_LIMIT ||
		    unit->end - unit->start > LINE_LIMIT)
			break;
		if (unit->zone == ZONE_TEXT &&
		    cover_is_dateline(document, unit, &date))
			document->date = date;
	}
}

/*
 * A note verbale as it is sent has no title: "The Permanent Mission of Fiji
 * presents its compliments to the Secretariat and has the honour ..."
 */
bool
letter_read_compliments(struct front *front, size_t at)
{
	struct document *document = front->document;
	const struct unit *unit = &document->units[at];
	struct match match;

	if (!document_match(document, unit, LEXEME_COMPLIMENTS, &match) ||
	    match.slots[SLOT_FROM].end - match.slots[SLOT_FROM].start >
		    PARTY_LIMIT ||
	    match.slots[SLOT_TO].end - match.slots[SLOT_TO].start > PARTY_LIMIT)
		return false;
	document->class = CLASS_NOTE_VERBALE;
	document->from =
		document_source(document, unit, match.slots[SLOT_FROM].start,
				match.slots[SLOT_FROM].end);
	document->to =
		document_source(document, unit, match.slots[SLOT_TO].start,
				match.slots[SLOT_TO].end);
	read_date_below(document, at);
	if (!document->date.year)
		document->date =
			cover_read_dateline(document, front->kinds, at);
	return true;
}
