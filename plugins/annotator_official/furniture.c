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
#include "glyph.h"
#include "stages.h"
#include "symbol.h"

#define LINE_LIMIT 120 /* bytes */
#define TITLE_LEAST 16 /* of its piece in a running head */
#define HEAD_LINES 4

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

/* "12/03/2020": the day, as running heads have it. */
static bool
is_day(struct docket_bytes word)
{
	size_t slashes = 0;

	for (size_t i = 0; i < word.size; i++) {
		if (word.data[i] != '/' &&
		    (word.data[i] < '0' || word.data[i] > '9'))
			return false;
		slashes += word.data[i] == '/';
	}
	return slashes == 2 && word.size >= 8 && word.size <= 10;
}

static struct docket_bytes
first_word(struct docket_bytes text)
{
	const char *space = memchr(text.data, ' ', text.size);

	if (space)
		text.size = (size_t)(space - text.data);
	return text;
}

static struct docket_bytes
last_word(struct docket_bytes text)
{
	const char *space = memrchr(text.data, ' ', text.size);
	size_t at = space ? (size_t)(space - text.data) + 1 : 0;

	return (struct docket_bytes){ text.data + at, text.size - at };
}

/* Cut one of the document's own symbols off either end; false: none is. */
static bool
cut_own(const struct document *document, struct docket_bytes *text)
{
	struct docket_bytes own;

	for (size_t i = 0;
	     (own = docket_job_field(document->job, DOCKET_FIELD_SYMBOL, i))
		     .data;
	     i++) {
		size_t rest;
		bool is_first;

		if (own.size >= text->size)
			continue;
		rest = text->size - own.size;
		is_first = memcmp(text->data, own.data, own.size) == 0;
		if (!is_first &&
		    memcmp(text->data + rest, own.data, own.size) != 0)
			continue;
		text->data += is_first ? own.size : 0;
		text->size = rest;
		*text = glyph_trim(*text);
		return true;
	}
	return false;
}

/* Is it a piece of the document's title? */
static bool
is_of_title(const struct document *document, struct docket_bytes text)
{
	struct folds title = { 0 };
	struct folds piece = { 0 };
	bool is_of;

	if (text.size < TITLE_LEAST || text.size > document->title.size)
		return false;
	fold_add(&document->lexicon->table, &title, document->title, 0);
	fold_add(&document->lexicon->table, &piece, text, 0);
	is_of = piece.size &&
		memmem(title.data, title.size, piece.data, piece.size);
	fold_fini(&title);
	fold_fini(&piece);
	return is_of;
}

/* "S/PV.8745  The situation  12/03/2020", or the other way round; a title. */
static bool
is_titled_head(const struct document *document, struct docket_bytes text)
{
	return cut_own(document, &text) &&
	       (is_day(first_word(text)) || is_day(last_word(text)) ||
		is_of_title(document, text));
}

/* "2/5  19-12345": a page and the job, at the foot of even ones. */
static bool
is_paged_job(struct docket_bytes text)
{
	struct docket_bytes page = first_word(text);
	struct docket_bytes job = last_word(text);
	size_t digits = 0;

	for (size_t i = 0; i < page.size; i++) {
		if (page.data[i] != '/' &&
		    (page.data[i] < '0' || page.data[i] > '9'))
			return false;
		digits += page.data[i] != '/';
	}
	return digits && digits + 1 >= page.size && page.size < text.size &&
	       symbol_read_job(job) == job.size;
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

	return symbol_is_barcode(text) || is_paged_job(text) ||
	       (job && text.size <= job + 24) ||
	       (!unit->has_letters && unit->opening != OPENING_DIGIT) ||
	       is_page(document, unit);
}

/* The title may go on below a running head. */
static void
mark_head(struct document *document, size_t index)
{
	mark(&document->units[index]);
	for (size_t i = index + 1;
	     i < document->count && i < index + HEAD_LINES; i++) {
		struct unit *unit = &document->units[i];

		if (unit->zone != ZONE_TEXT || unit->is_gapped ||
		    !is_of_title(document, document_text(document, unit)))
			return;
		mark(unit);
	}
}

/* What repeats the masthead on later pages. */
static bool
is_running_head(const struct document *document, size_t index)
{
	const struct unit *unit = &document->units[index];
	struct docket_bytes text = document_text(document, unit);

	if ((symbol_is_all(text) && text.data[text.size - 1] != '.') ||
	    is_titled_head(document, text))
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
		if (is_everywhere(document, unit))
			mark(unit);
		else if (is_running_head(document, i))
			mark_head(document, i);
	}
}
