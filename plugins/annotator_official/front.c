/* SPDX-License-Identifier: Apache-2.0 */
/*
 * front.c - the cover: masthead, title, class, from whom and to whom
 *
 * A letter is known by its title, a resolution by its enacting formula;
 * everything else by a line that says what it is, among the lines between
 * masthead and text. Out of memory ends the process.
 */
#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "glyph.h"
#include "sections.h"
#include "stages.h"

#define SPEECH_LIMIT 12	   /* blocks of a speech's title */
#define SUBTITLE_LIMIT 360 /* bytes; Cyrillic takes two for a letter */

/* ---- neither letter nor resolution ---- */

static bool
is_plain(const struct front *front, size_t at)
{
	const struct unit *unit = &front->document->units[at];

	return front->kinds[at] == COVER_PLAIN && unit->zone == ZONE_TEXT &&
	       unit->closing == CLOSING_OPEN &&
	       unit->end - unit->start <= SUBTITLE_LIMIT;
}

/* The mark of a footnote on a line of its own. */
static bool
is_stray(const struct front *front, size_t at)
{
	const struct unit *unit = &front->document->units[at];

	return front->kinds[at] == COVER_SKIPPED &&
	       unit->end - unit->start <= 3;
}

/* "Rapporteur: Ms. Okonedo" below a report's title. */
static bool
is_person(const struct front *front, size_t at)
{
	const struct document *document = front->document;
	const struct unit *unit = &document->units[at];
	struct docket_bytes folded = document_folded(document, unit);
	struct match match;

	return memchr(folded.data, ':', folded.size) &&
	       document_match(document, unit, LEXEME_OFFICE, &match);
}

/* A title of several blocks: how many, up to JOIN_LIMIT, as far as plain. */
static size_t
count_subtitles(const struct front *front, size_t at, size_t end)
{
	size_t count = 1;
	size_t next = at + 1;

	while (next < end && next - at < JOIN_LIMIT &&
	       (is_plain(front, next) || is_stray(front, next)) &&
	       !is_person(front, next)) {
		next++;
		if (is_plain(front, next - 1))
			count = next - at;
	}
	return count;
}

/* Speeches have it line by line: who, at which session of what. */
static bool
is_of_speech(const struct front *front, size_t at, bool has_session)
{
	const struct unit *unit = &front->document->units[at];
	uint8_t kind = front->kinds[at];

	return unit->closing <= CLOSING_COMMA &&
	       unit->end - unit->start <= SUBTITLE_LIMIT &&
	       (kind == COVER_PLAIN || (has_session && (kind == COVER_SESSION ||
							kind == COVER_ORGAN)));
}

static size_t
count_speech(const struct front *front, size_t at, size_t end, bool has_session)
{
	size_t next = at + 1;

	while (next < end && next - at < SPEECH_LIMIT &&
	       is_of_speech(front, next, has_session))
		next++;
	return next - at;
}

/* Sessions and dates have figures in them, speakers have not. */
static struct docket_bytes
cut_figures(struct docket_bytes from)
{
	for (size_t i = 1; i < from.size; i++)
		if (from.data[i - 1] == ' ' && from.data[i] >= '0' &&
		    from.data[i] <= '9')
			from.size = i;
	return glyph_trim(from);
}

/* Of those, a line above the one that says so is the title itself. */
static bool may_have_title_above(enum document_class class)
{
	return class == CLASS_REPORT || class == CLASS_NOTE;
}

static bool is_record(enum document_class class)
{
	return class == CLASS_SUMMARY_RECORD || class == CLASS_VERBATIM_RECORD;
}

/* The line that says what it is, be it torn: how many blocks, 0: it is not. */
static size_t
count_class(const struct front *front, size_t at, size_t end)
{
	struct document *document = front->document;
	struct docket_bytes folded =
		document_folded(document, &document->units[at]);

	if (front->kinds[at] == COVER_CLASS)
		return 1;
	if (!is_plain(front, at) ||
	    !lexicon_begins(document->lexicon, document->languages,
			    LEXEME_CLASS, NULL, folded))
		return 0;
	for (size_t count = 2; count <= JOIN_LIMIT && at + count <= end &&
			       (is_plain(front, at + count - 1) ||
				front->kinds[at + count - 1] == COVER_DATELINE);
	     count++) {
		struct said said = front_read_joined(document, at, count);

		if (said.class && !class_is_letter(said.class))
			return count;
	}
	return 0;
}

/* Without a line of its own, the title is the agenda item's. */
static size_t
find_title_above(const struct front *front, size_t from, size_t at,
		 bool has_subtitle)
{
	const struct document *document = front->document;

	for (size_t i = from; i < at; i++)
		if (front->kinds[i] == COVER_PLAIN)
			return i;
	return document->class == CLASS_REPORT && document->from.size &&
			       !has_subtitle && at &&
			       front->kinds[at - 1] == COVER_PLAIN
		       ? at - 1
		       : from;
}

/* Lines above are the title, unless they only name whose it is. */
static void
take_title_above(struct front *front, size_t from, size_t at, bool has_subtitle)
{
	struct document *document = front->document;
	struct docket_bytes title = document->title;
	struct folds above = { 0 };
	struct folds name = { 0 };

	front_take_title(front, find_title_above(front, from, at, has_subtitle),
			 at);
	if (!document->from.size || document->title.data == title.data)
		return;
	fold_add(&document->lexicon->table, &above, document->title, 0);
	fold_add(&document->lexicon->table, &name, document->from, 0);
	if (memmem(name.data, name.size, above.data, above.size) ||
	    memmem(above.data, above.size, name.data, name.size))
		document->title = title;
	fold_fini(&above);
	fold_fini(&name);
}

/* In Chinese, who speaks may stand on the line above where it was. */
static void
read_speaker_above(struct front *front, size_t at)
{
	struct document *document = front->document;
	struct docket_bytes above;
	size_t first = 0;

	if (!at || document->from.size || !is_plain(front, at - 1))
		return;
	above = document_text(document, &document->units[at - 1]);
	if (!glyph_is_wide(glyph_next(above, &first)))
		return;
	document->from = above;
	document->title = front_join_units(document, at - 1, 2);
}

static void
read_speech(struct front *front, size_t at, size_t end)
{
	struct document *document = front->document;
	struct said who = front_read_joined(
		document, at, count_speech(front, at, end, false));
	struct said all = front_read_joined(document, at,
					    count_speech(front, at, end, true));

	document->title = all.title;
	document->from = cut_figures(
		who.class == CLASS_STATEMENT && who.from.size ? who.from
							      : all.from);
	read_speaker_above(front, at);
	if (!document->date.year)
		document->date =
			cover_read_dateline(document, front->kinds, end);
	for (size_t i = at; i < end && !document->date.year; i++)
		document->date = cover_find_date(document, &document->units[i]);
}

static void
read_class(struct front *front, size_t from, size_t at, size_t count,
	   size_t end)
{
	struct document *document = front->document;
	size_t all = count_subtitles(front, at + count - 1, end) + count - 1;
	struct said said = front_read_joined(document, at, count);
	struct match match;

	front_take_over(document, &said);
	if (said.class == CLASS_LIST_OF_PARTICIPANTS)
		all = count;
	document->title = front_join_units(document, at, all);
	if (said.class == CLASS_RESOLUTION) {
		document->title = (struct docket_bytes){ 0 };
		formula_read_number(document, &document->units[at]);
	}
	if (said.class == CLASS_STATEMENT)
		read_speech(front, at, end);
	if (may_have_title_above(said.class))
		take_title_above(front, from, at, all > count);
	if (is_record(said.class))
		record_read(front, at, end);
	if (all > count && !document->from.size &&
	    document_match(document, &document->units[at], LEXEME_BELOW,
			   &match))
		document->from =
			document_text(document, &document->units[at + all - 1]);
}

static void
read_dates(struct front *front, size_t end)
{
	struct document *document = front->document;
	struct match match;

	for (size_t i = 0; i < end; i++) {
		const struct unit *unit = &document->units[i];

		if (document->date.year || front->kinds[i] != COVER_ADOPTION ||
		    !document_match(document, unit, LEXEME_ADOPTION, &match) ||
		    !match.date.year)
			continue;
		document->date = match.date;
	}
}

/* Where the plain lines from `at` on end. */
static size_t
end_plain(const struct front *front, size_t at, size_t end)
{
	while (at < end && is_plain(front, at))
		at++;
	return at;
}

/* Without a masthead, and to the chair: it was spoken. */
static bool
is_speech(const struct front *front, size_t end)
{
	const struct document *document = front->document;
	struct match match;

	return end < front->count &&
	       !docket_job_field(document->job, DOCKET_FIELD_SYMBOL, 0).size &&
	       document_match(document, &document->units[end], LEXEME_ADDRESS,
			      &match);
}

/*
 * Decisions are told as well: "Decision adopted by the Council", and below
 * "At its 35th meeting, on 17 June 2011, the Council decided ...".
 */
static bool
read_told_decision(struct front *front, size_t end)
{
	struct document *document = front->document;

	for (size_t i = 0; i < end && end < front->count; i++) {
		struct match match;
		const struct entry *entry =
			front->kinds[i] == COVER_ADOPTION
				? document_match(document, &document->units[i],
						 LEXEME_ADOPTION, &match)
				: NULL;

		if (!entry || class_find(entry->argument) != CLASS_DECISION)
			continue;
		document->class = CLASS_DECISION;
		document->date = match.date;
		if (!document->date.year)
			document->date = cover_find_date(document,
							 &document->units[end]);
		front_take_title(front, i + 1, end);
		return true;
	}
	return false;
}

/*
 * "Convention on the Rights of the Child", with the masthead beside and below:
 * the committee's documents begin with what it watches over.
 */
static bool
is_covenant(const struct front *front, size_t at, size_t end)
{
	const struct document *document = front->document;
	struct match match;
	const struct entry *entry =
		front->kinds[at] == COVER_CLASS
			? document_match(document, &document->units[at],
					 LEXEME_CLASS, &match)
			: NULL;

	if (!entry || class_find(entry->argument) != CLASS_TREATY)
		return false;
	while (++at < end)
		if (front->kinds[at] == COVER_MASTHEAD)
			return true;
	return false;
}

static void
read_other(struct front *front)
{
	struct document *document = front->document;
	size_t end = front_find_text(front);
	size_t from;
	size_t count = 0;

	for (size_t at = 0; at < end; at++)
		if (is_covenant(front, at, end))
			front->kinds[at] = COVER_MASTHEAD;
	from = front_skip_items(front, end);
	document->front_end = end;
	if (record_read_verbatim(front, end))
		return;
	for (size_t at = from; at < end && !count; at++) {
		count = count_class(front, at, end);
		if (count)
			read_class(front, from, at, count, end);
	}
	if (count)
		read_dates(front, end);
	else if (read_told_decision(front, end) ||
		 (end < front->count && letter_read_compliments(front, end)))
		return;
	else if (is_speech(front, end))
		document->class = CLASS_STATEMENT;
	else if (from > 0 &&
		 docket_job_field(document->job, DOCKET_FIELD_SYMBOL, 0).size)
		front_take_title(front, from, end_plain(front, from, end));
}

/* ---- all of it ---- */

/* Where the title stands in the text; nowhere: it is the file's own. */
static bool
find_title(const struct document *document, uint32_t *out_start,
	   uint32_t *out_end)
{
	struct docket_bytes title = document->title;
	size_t at = (size_t)((uintptr_t)title.data -
			     (uintptr_t)document->text.data);

	if (!title.size || at >= document->text.size)
		return false;
	*out_start = (uint32_t)at;
	*out_end = (uint32_t)(at + title.size);
	return true;
}

/* The title's blocks are one, and a heading; so are notes below it. */
static void
mark_cover(const struct front *front)
{
	struct document *document = front->document;
	uint32_t start = UINT32_MAX;
	uint32_t end = 0;
	bool has_title = find_title(document, &start, &end);
	bool is_first = true;

	for (size_t i = 0; i < document->front_end; i++) {
		struct unit *unit = &document->units[i];
		bool is_title = unit->end > start && unit->start < end;
		bool is_note = has_title && unit->start >= end &&
			       i < front->count &&
			       front->kinds[i] == COVER_NOTE;

		if (unit->zone != ZONE_TEXT)
			continue;
		unit->zone = ZONE_COVER;
		if (unit->hint == DOCKET_BLOCK_HEADING ||
		    unit->hint == DOCKET_BLOCK_ITEM)
			unit->kind = DOCKET_BLOCK_PARAGRAPH;
		if (is_title || is_note) {
			unit->kind = DOCKET_BLOCK_HEADING;
			unit->level = 1;
		}
		unit->is_joined = is_title && !is_first;
		is_first = is_first && !is_title;
	}
}

/* Is there anything that only covers have? Else all of it is the body. */
static bool
is_cover(const struct front *front)
{
	const struct document *document = front->document;
	uint32_t start = UINT32_MAX;
	uint32_t end = 0;

	if (document->class != CLASS_NONE || find_title(document, &start, &end))
		return true;
	for (size_t i = 0; i < document->front_end && i < front->count; i++)
		if (front->kinds[i] >= COVER_MASTHEAD &&
		    front->kinds[i] <= COVER_SPONSOR)
			return true;
	return false;
}

/* A table lies on one side of the end of the cover. */
static size_t
skip_table(const struct document *document, size_t end)
{
	if (end == 0 || document->units[end - 1].zone != ZONE_TABLE)
		return end;
	for (size_t i = 0; i < document->kept_count; i++) {
		const struct docket_block *table = &document->kept[i];

		while (table->kind == DOCKET_BLOCK_TABLE &&
		       end < document->count &&
		       table->start < document->units[end].start &&
		       document->units[end].start < table->end)
			end++;
	}
	return end;
}

/* Without a masthead, a place and a date on the cover say when. */
static void
read_place_and_date(const struct front *front)
{
	struct document *document = front->document;
	bool is_dated = document->date.year || document->issued.year;

	if (!document->class &&
	    !docket_job_field(document->job, DOCKET_FIELD_SYMBOL, 0).size)
		return;
	for (size_t i = 0; i < document->front_end && i < front->count; i++) {
		if (is_dated)
			return;
		if (front->kinds[i] != COVER_DATELINE)
			continue;
		document->date = cover_read_day(document, &document->units[i]);
		is_dated = document->date.year;
	}
}

void
front_read(struct document *document)
{
	struct front front = { .document = document };
	struct section_label label;
	bool has_contents = false;
	size_t texts = 0;

	while (front.count < document->count && front.count < COVER_LIMIT &&
	       texts <= JOIN_LIMIT &&
	       !section_read_label(document, &document->units[front.count],
				   &label)) {
		const struct unit *unit = &document->units[front.count];
		enum cover kind = cover_classify(document, unit);

		has_contents = has_contents || unit->zone == ZONE_CONTENTS;
		if (has_contents && kind != COVER_SKIPPED)
			kind = COVER_TEXT;
		if (kind == COVER_TEXT && unit->zone == ZONE_TABLE)
			kind = COVER_PLAIN;
		front.kinds[front.count++] = (uint8_t)kind;
		texts += texts || kind == COVER_TEXT;
	}
	cover_read_masthead(document, front.kinds, front_find_text(&front));
	if (!letter_read(&front) && !formula_read(&front))
		read_other(&front);
	read_place_and_date(&front);
	if (!is_cover(&front))
		document->front_end = 0;
	document->front_end = skip_table(document, document->front_end);
	mark_cover(&front);
}
