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

#define JOIN_LIMIT 5	    /* blocks that a title may have been torn into */
#define JOINED_BYTES 1200   /* in all */
#define SUBTITLE_LIMIT 160

/* Units first to first + count - 1 as one piece of text. */
static struct docket_bytes
join_units(const struct document *document, size_t first, size_t count)
{
	const struct unit *units = document->units;

	return (struct docket_bytes){
		document->text.data + units[first].start,
		units[first + count - 1].end - units[first].start
	};
}

/* What a phrase's slot stands for, in the text of a document. */
static struct docket_bytes
take_slot(const struct document *document, const struct folds *folds,
	  const struct match *match, enum slot slot)
{
	size_t start = match->slots[slot].start;
	size_t end = match->slots[slot].end;

	if (end <= start)
		return (struct docket_bytes){ 0 };
	return glyph_trim((struct docket_bytes){
		document->text.data + folds->source[start],
		folds->source[end] - folds->source[start] });
}

/* Does the joined text match? If so, what it says is taken over. */
static bool
match_joined(struct document *document, size_t first, size_t count,
	     bool (*is_wanted)(enum class class))
{
	struct folds folds = { 0 };
	struct docket_bytes text = join_units(document, first, count);
	struct match match;
	const struct entry *entry;
	enum class class = CLASS_NONE;

	fold_add(&document->lexicon->table, &folds, text,
		 document->units[first].start);
	entry = lexicon_match(document->lexicon, document->languages,
			      LEXEME_CLASS,
			      (struct docket_bytes){ folds.data, folds.size },
			      0, &match);
	if (entry)
		class = class_find(entry->argument);
	if (is_wanted(class)) {
		document->class = class;
		document->title = text;
		document->from = take_slot(document, &folds, &match, SLOT_FROM);
		document->to = take_slot(document, &folds, &match, SLOT_TO);
		if (match.date.year)
			document->date = match.date;
	}
	fold_fini(&folds);
	return is_wanted(class);
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

/* Behind agenda items, as many titles of theirs as are there. */
size_t
front_skip_items(const struct front *front, size_t end)
{
	size_t items = 0;
	size_t at = 0;

	for (size_t i = 0; i < end; i++)
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
	while (items && at < end && front->kinds[at] == COVER_PLAIN) {
		at++;
		items--;
	}
	return at;
}

/* ---- letters ---- */

static bool
may_begin_letter(const struct document *document, const struct unit *unit)
{
	struct match match;
	const struct entry *entry;

	if (unit->zone != ZONE_TEXT || unit->closing == CLOSING_SENTENCE)
		return false;
	entry = document_match(document, unit, LEXEME_CLASS, &match);
	return entry && class_is_letter(class_find(entry->argument));
}

/* The title ends where it says all that it can, or the next unit is no line. */
static size_t
count_letter_title(struct document *document, size_t first, size_t end)
{
	size_t best = 0;
	bool is_full = false;

	for (size_t count = 1; count <= JOIN_LIMIT && first + count <= end &&
			       !is_full;
	     count++) {
		const struct unit *last = &document->units[first + count - 1];

		if (last->end - document->units[first].start > JOINED_BYTES ||
		    last->zone != ZONE_TEXT ||
		    (count > 1 && last->closing == CLOSING_SENTENCE))
			break;
		if (match_joined(document, first, count, class_is_letter))
			best = count;
		is_full = best && document->from.size && document->to.size &&
			  document->date.year;
	}
	if (best)
		match_joined(document, first, best, class_is_letter);
	return best;
}

static bool
read_letter(struct front *front)
{
	struct document *document = front->document;

	for (size_t i = 0; i < front->count; i++) {
		size_t count;

		if (!may_begin_letter(document, &document->units[i]))
			continue;
		count = count_letter_title(document, i, document->count);
		if (!count)
			continue;
		for (size_t k = 0; k < count; k++)
			document->units[i + k].is_joined = k > 0;
		front->count = i;
		document->front_end = i + count;
		return true;
	}
	return false;
}

/* ---- everything else ---- */

static bool
is_other(enum class class)
{
	return class != CLASS_NONE && !class_is_letter(class);
}

static size_t
find_text(const struct front *front)
{
	size_t i = 0;

	while (i < front->count && front->kinds[i] != COVER_TEXT)
		i++;
	return i;
}

/* Short lines below the one that says what it is: where, what about. */
static size_t
count_subtitles(const struct front *front, size_t at, size_t end)
{
	size_t count = 1;

	while (at + count < end && count < JOIN_LIMIT &&
	       front->kinds[at + count] == COVER_PLAIN &&
	       front->document->units[at + count].end -
			       front->document->units[at + count].start <=
		       SUBTITLE_LIMIT)
		count++;
	return count;
}

static void
read_other(struct front *front)
{
	struct document *document = front->document;
	size_t end = find_text(front);
	size_t from = front_skip_items(front, end);
	size_t at = from;

	document->front_end = end;
	while (at < end && front->kinds[at] != COVER_CLASS)
		at++;
	if (at == end)
		return;
	match_joined(document, at, 1, is_other);
	document->title = (struct docket_bytes){ 0 };
	front_take_title(front, from, at);
	if (!document->title.size)
		match_joined(document, at, count_subtitles(front, at, end),
			     is_other);
}

/* ---- all of it ---- */

void
front_read(struct document *document)
{
	struct front front = { .document = document };
	struct section_label label;

	while (front.count < document->count && front.count < COVER_LIMIT &&
	       !section_read_label(document, &document->units[front.count],
				   &label)) {
		const struct unit *unit = &document->units[front.count];

		front.kinds[front.count++] =
			(uint8_t)cover_classify(document, unit);
	}
	cover_read_masthead(document, front.kinds, find_text(&front));
	if (!read_letter(&front) && !formula_read(&front))
		read_other(&front);
	for (size_t i = 0; i < document->front_end; i++)
		if (document->units[i].zone == ZONE_TEXT)
			document->units[i].zone = ZONE_COVER;
}
