/* SPDX-License-Identifier: Apache-2.0 */
/*
 * front.c - the cover: masthead, title, class, from whom and to whom
 *
 * A letter is known by its title, which says who wrote to whom and when; a
 * resolution by its enacting formula; everything else by a line that says what
 * it is, among the lines between masthead and text. Agenda items bring their
 * own titles: as many lines as there are items are passed over, where more are
 * left. Out of memory ends the process.
 */
#include <stdlib.h>
#include <string.h>

#include "front.h"
#include "glyph.h"
#include "sections.h"
#include "stages.h"

#define JOIN_LIMIT 5	  /* blocks that a title may have been torn into */
#define LINE_LIMIT 160	  /* bytes of a line that goes on with one */
#define JOINED_BYTES 1200 /* in all */
#define SPEECH_LIMIT 12	  /* the same of a speech */
#define SUBTITLE_LIMIT 240

/* Units first to first + count - 1 as one piece of text. */
static struct docket_bytes
join_units(const struct document *document, size_t first, size_t count)
{
	const struct unit *units = document->units;

	return (struct docket_bytes){ document->text.data + units[first].start,
				      units[first + count - 1].end -
					      units[first].start };
}

/* What a phrase's slot stands for, in the text of a document. */
static struct docket_bytes
take_slot(struct docket_bytes text, const struct folds *folds,
	  const struct match *match, enum slot slot)
{
	size_t start = match->slots[slot].start;
	size_t end = match->slots[slot].end;

	if (end <= start)
		return (struct docket_bytes){ 0 };
	return glyph_trim((struct docket_bytes){
		text.data + folds->source[start],
		folds->source[end] - folds->source[start] });
}

/* What a title says. A class of none: it is no such title. */
struct said {
	enum class class;
	struct docket_bytes title;
	struct docket_bytes from;
	struct docket_bytes to;
	struct date date;
};

static struct said
read_joined(const struct document *document, size_t first, size_t count)
{
	struct said said = { .title = join_units(document, first, count) };
	struct folds folds = { 0 };
	struct match match;
	const struct entry *entry;

	fold_add(&document->lexicon->table, &folds, said.title,
		 document->units[first].start);
	entry = lexicon_match(
		document->lexicon, document->languages, LEXEME_CLASS,
		(struct docket_bytes){ folds.data, folds.size }, 0, &match);
	if (entry) {
		said.class = class_find(entry->argument);
		said.from =
			take_slot(document->text, &folds, &match, SLOT_FROM);
		said.to = take_slot(document->text, &folds, &match, SLOT_TO);
		said.date = match.date;
	}
	fold_fini(&folds);
	return said;
}

static void
take_over(struct document *document, const struct said *said)
{
	document->class = said->class;
	document->title = said->title;
	document->from = said->from;
	document->to = said->to;
	if (said->date.year && said->date.month)
		document->date = said->date;
}

/* ---- titles ---- */

/* "76/331. " and "2758 (XXVI). " before a title; its size, or 0. */
static size_t
measure_number(struct docket_bytes title)
{
	size_t at = 0;

	while (at < title.size && at < 24 &&
	       (memchr("0123456789/()-", title.data[at], 14) ||
		memchr("XVILCDMS", title.data[at], 8) ||
		(title.data[at] == ' ' && at + 1 < title.size &&
		 title.data[at + 1] == '(')))
		at++;
	if (at < 3 || at >= title.size || title.data[at] != '.')
		return 0;
	return memchr(title.data, '/', at) || memchr(title.data, '(', at) ? at
									  : 0;
}

/* The plain lines behind `from`, as far as they follow each other. */
void
front_take_title(struct front *front, size_t from, size_t end)
{
	struct document *document = front->document;
	size_t first = end;
	size_t last = end;
	size_t number;

	for (size_t i = from; i < end; i++) {
		if (front->kinds[i] != COVER_PLAIN)
			continue;
		if (first == end)
			first = i;
		last = i;
	}
	if (first == end)
		return;
	document->title = join_units(document, first, last - first + 1);
	number = measure_number(document->title);
	if (!number)
		return;
	document->own_number =
		(struct docket_bytes){ document->title.data, number };
	document->title.data += number + 1;
	document->title.size -= number + 1;
	document->title = glyph_trim(document->title);
}

static bool
has_class(const struct front *front, size_t at, size_t end)
{
	while (at < end && front->kinds[at] != COVER_CLASS)
		at++;
	return at < end;
}

/* Titles of agenda items may read like the document's: the last one is. */
static bool
is_item_title(const struct front *front, size_t at, size_t end)
{
	return front->kinds[at] == COVER_PLAIN ||
	       (front->kinds[at] == COVER_CLASS &&
		has_class(front, at + 1, end));
}

/* Behind agenda items, as many titles of theirs as are there. */
size_t
front_skip_items(const struct front *front, size_t end)
{
	size_t items = 0;
	size_t at = 0;

	for (size_t i = 0; i < end && front->kinds[i] != COVER_CLASS; i++)
		if (front->kinds[i] == COVER_AGENDA) {
			items = cover_count_items(front->document,
						  &front->document->units[i]);
			at = i + 1;
		} else if (front->kinds[i] == COVER_SESSION ||
			   front->kinds[i] == COVER_MASTHEAD ||
			   front->kinds[i] == COVER_ORGAN) {
			items = at > 0 && at == i ? items : 0;
			at = i + 1;
		}
	while (items && at < end && is_item_title(front, at, end)) {
		at++;
		items--;
	}
	return at;
}

/* ---- letters ---- */

/* Its first words are enough: the rest may be in the next block. */
static bool
may_begin_letter(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);

	if (unit->zone != ZONE_TEXT || unit->closing == CLOSING_SENTENCE)
		return false;
	for (int class = CLASS_LETTER; class <= CLASS_NOTE_VERBALE; class ++)
		if (lexicon_begins(document->lexicon, document->languages,
				   LEXEME_CLASS, class_name(class), folded))
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

		if (!may_be_title(front->kinds[first + count - 1]) ||
		    last->end - document->units[first].start > JOINED_BYTES ||
		    last->zone != ZONE_TEXT ||
		    (count > 1 && last->closing == CLOSING_SENTENCE))
			break;
		said = read_joined(document, first, count);
		if (!class_is_letter(said.class) || count_said(&said) <= most)
			continue;
		take_over(document, &said);
		most = count_said(&said);
		best = count;
	}
	return best;
}

static size_t
find_text(const struct front *front)
{
	size_t i = 0;

	while (i < front->count && front->kinds[i] != COVER_TEXT)
		i++;
	return i;
}

/* Below a whole title, lines that are no text go on with it. */
static size_t
extend_title(const struct front *front, size_t first, size_t count)
{
	struct document *document = front->document;

	while (count < JOIN_LIMIT && first + count < front->count) {
		const struct unit *unit = &document->units[first + count];
		struct said said;

		if (front->kinds[first + count] != COVER_PLAIN ||
		    unit->is_gapped || unit->closing != CLOSING_OPEN ||
		    unit->end - unit->start > LINE_LIMIT)
			break;
		said = read_joined(document, first, count + 1);
		if (!class_is_letter(said.class))
			break;
		take_over(document, &said);
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
		document->from = take_slot(given, &folds, &match, SLOT_FROM);
		document->to = take_slot(given, &folds, &match, SLOT_TO);
	}
	fold_fini(&folds);
}

static bool
read_letter(struct front *front)
{
	struct document *document = front->document;
	size_t end = find_text(front);

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

/* ---- everything else ---- */

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

/* A title of several blocks: how many, up to JOIN_LIMIT, as far as plain. */
static size_t
count_subtitles(const struct front *front, size_t at, size_t end)
{
	size_t count = 1;
	size_t next = at + 1;

	while (next < end && next - at < JOIN_LIMIT &&
	       (is_plain(front, next) || is_stray(front, next))) {
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
static bool may_have_title_above(enum class class)
{
	return class == CLASS_REPORT || class == CLASS_NOTE;
}

static bool is_record(enum class class)
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
		struct said said = read_joined(document, at, count);

		if (said.class && !class_is_letter(said.class))
			return count;
	}
	return 0;
}

/* Lines above are the title, unless they only name whose it is. */
static void
take_title_above(struct front *front, size_t from, size_t at)
{
	struct document *document = front->document;
	struct docket_bytes title = document->title;
	struct folds above = { 0 };
	struct folds name = { 0 };

	front_take_title(front, from, at);
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

static void
read_speech(struct front *front, size_t at, size_t end)
{
	struct document *document = front->document;
	struct said who =
		read_joined(document, at, count_speech(front, at, end, false));
	struct said all =
		read_joined(document, at, count_speech(front, at, end, true));

	document->title = all.title;
	document->from = cut_figures(
		who.class == CLASS_STATEMENT && who.from.size ? who.from
							      : all.from);
	if (!document->date.year)
		document->date =
			cover_read_dateline(document, front->kinds, end);
	for (size_t i = at; i < end && !document->date.year; i++)
		document->date = cover_find_date(document, &document->units[i]);
}

/* Records say above whose they are, and below when the meeting was held. */
static void
read_record(struct front *front, size_t at, size_t end)
{
	struct document *document = front->document;
	size_t above = at;

	document->title = document_text(document, &document->units[at]);
	while (above > 0 && front->kinds[above - 1] != COVER_PLAIN &&
	       front->kinds[above - 1] != COVER_ORGAN)
		above--;
	if (!document->from.size && above > 0)
		document->from =
			document_text(document, &document->units[above - 1]);
	for (size_t i = at + 1; i < end && !document->date.year; i++)
		if (front->kinds[i] != COVER_SKIPPED)
			document->date =
				cover_find_date(document, &document->units[i]);
}

static void
read_class(struct front *front, size_t from, size_t at, size_t count,
	   size_t end)
{
	struct document *document = front->document;
	size_t all = count_subtitles(front, at + count - 1, end) + count - 1;
	struct said said = read_joined(document, at, count);
	struct match match;

	take_over(document, &said);
	document->title = join_units(document, at, all);
	if (said.class == CLASS_RESOLUTION) {
		document->title = (struct docket_bytes){ 0 };
		formula_read_number(document, &document->units[at]);
	}
	if (said.class == CLASS_STATEMENT)
		read_speech(front, at, end);
	if (may_have_title_above(said.class))
		take_title_above(front, from, at);
	if (is_record(said.class))
		read_record(front, at, end);
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

static void
read_other(struct front *front)
{
	struct document *document = front->document;
	size_t end = find_text(front);
	size_t from = front_skip_items(front, end);
	size_t count = 0;

	document->front_end = end;
	for (size_t at = from; at < end && !count; at++) {
		count = count_class(front, at, end);
		if (count)
			read_class(front, from, at, count, end);
	}
	if (count)
		read_dates(front, end);
	else if (is_speech(front, end))
		document->class = CLASS_STATEMENT;
	else if (from > 0 &&
		 docket_job_field(document->job, DOCKET_FIELD_SYMBOL, 0).size)
		front_take_title(front, from, end_plain(front, from, end));
}

/* ---- all of it ---- */

/* The title's blocks are one, and a heading; so are lines below it. */
static void
mark_cover(const struct front *front)
{
	struct document *document = front->document;
	const char *title = document->title.data;
	bool is_first = true;

	for (size_t i = 0; i < document->front_end; i++) {
		struct unit *unit = &document->units[i];
		const char *start = document->text.data + unit->start;
		bool is_title = title &&
				start + (unit->end - unit->start) > title &&
				start < title + document->title.size;

		if (unit->zone != ZONE_TEXT)
			continue;
		unit->zone = ZONE_COVER;
		if (unit->hint == DOCKET_BLOCK_HEADING ||
		    unit->hint == DOCKET_BLOCK_ITEM)
			unit->kind = DOCKET_BLOCK_PARAGRAPH;
		if (is_title || (title && start > title && i < front->count &&
				 front->kinds[i] == COVER_NOTE)) {
			unit->kind = DOCKET_BLOCK_HEADING;
			unit->level = 1;
		}
		unit->is_joined = is_title && !is_first;
		is_first = is_first && !is_title;
	}
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

void
front_read(struct document *document)
{
	struct front front = { .document = document };
	struct section_label label;

	bool has_contents = false;

	while (front.count < document->count && front.count < COVER_LIMIT &&
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
	}
	cover_read_masthead(document, front.kinds, find_text(&front));
	if (!read_letter(&front) && !formula_read(&front))
		read_other(&front);
	document->front_end = skip_table(document, document->front_end);
	mark_cover(&front);
}
