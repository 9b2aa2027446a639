/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cover.c - what each unit before the text of a document is
 *
 * A table of tests in order: the first that holds decides. Words of mastheads
 * are looked for in every language, the others in the document's.
 */
#include "cover.h"

#include <string.h>

#include "glyph.h"
#include "sections.h"
#include "symbol.h"

#define PROSE_LIMIT 100 /* bytes of a sentence that is no line of a cover */
#define WIDE_LIMIT 60	/* the same in Chinese */
#define LINE_LIMIT 200	/* of one that is */
#define TITLE_LIMIT 700
#define DATELINE_LIMIT 100
#define PLACE_LIMIT 40 /* behind the date */
#define SESSION_LIMIT 120

static bool
is_all(const struct document *document, const struct unit *unit, size_t end)
{
	struct docket_bytes folded = document_folded(document, unit);

	while (end < folded.size && strchr(" ,.:;|()", folded.data[end]))
		end++;
	return end == folded.size;
}

static bool
is_whole(const struct document *document, const struct unit *unit,
	 enum lexeme lexeme)
{
	struct match match;

	return document_match_any(document, unit, lexeme, &match) &&
	       is_all(document, unit, match.end);
}

static bool
is_skipped(const struct document *document, const struct unit *unit)
{
	(void)document;
	return unit->zone == ZONE_FURNITURE || unit->zone == ZONE_NOTE ||
	       unit->zone == ZONE_CONTENTS;
}

static bool
is_date(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);
	struct date date;
	size_t at = 0;

	return lexicon_read_date(document->lexicon, LEXICON_ALL, folded, &at,
				 &date) &&
	       is_all(document, unit, at);
}

/* "A", "S", "A  S": the series, large, at the head of older documents. */
static bool
is_series(const struct document *document, const struct unit *unit)
{
	struct docket_bytes text = document_text(document, unit);

	if (text.size > 5)
		return false;
	for (size_t i = 0; i < text.size; i++)
		if (!strchr("AEST ", text.data[i]))
			return false;
	return true;
}

/* "15 July 2019 Original: English": lines of a masthead in one. */
static bool
is_dated_original(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);
	struct date date;
	struct match match;
	size_t at = 0;

	if (!lexicon_read_date(document->lexicon, LEXICON_ALL, folded, &at,
			       &date))
		return false;
	for (; at < folded.size; at++)
		if (folded.data[at - 1] == ' ' &&
		    lexicon_match(document->lexicon, LEXICON_ALL,
				  LEXEME_ORIGINAL, folded, at, &match))
			return match.end < folded.size &&
			       strchr(" :", folded.data[match.end]);
	return false;
}

/* "SEVENTY-SECOND WORLD HEALTH ASSEMBLY  WHA72.18" */
static bool
ends_in_symbol(struct docket_bytes text)
{
	const char *space = memrchr(text.data, ' ', text.size);
	struct docket_bytes last = text;

	if (!space ||
	    memchr(space, '/', text.size - (size_t)(space - text.data)))
		return false;
	last.data = space + 1;
	last.size = text.size - (size_t)(last.data - text.data);
	return symbol_is_all(last);
}

/* Cells side by side: "United Nations  A/RES/73/3", "A/79/1  Distr.: General" */
static bool
is_row(const struct document *document, const struct unit *unit)
{
	struct docket_bytes text = document_text(document, unit);
	struct docket_bytes symbol;
	struct match match;
	size_t at = 0;

	if (symbol_read(text, &at, &symbol))
		return true;
	if (unit->is_capitals && ends_in_symbol(text))
		return true;
	if (!document_match_any(document, unit, LEXEME_UNITED, &match) &&
	    !document_match_any(document, unit, LEXEME_ORGAN, &match))
		return false;
	for (at = 0; at < text.size; at++)
		if (at > 0 && text.data[at - 1] == ' ' &&
		    (symbol_read(text, &at, &symbol) ||
		     (text.size - at > 6 &&
		      memcmp(text.data + at, "Distr.", 6) == 0)))
			return true;
	return false;
}

static bool
is_masthead(const struct document *document, const struct unit *unit)
{
	struct docket_bytes text = document_text(document, unit);
	struct match match;

	if (text.size > LINE_LIMIT)
		return false;
	return (symbol_is_all(text) && text.data[text.size - 1] != '.') ||
	       is_series(document, unit) || is_date(document, unit) ||
	       document_match_any(document, unit, LEXEME_DISTRIBUTION,
				  &match) ||
	       document_match_any(document, unit, LEXEME_ORIGINAL, &match) ||
	       is_whole(document, unit, LEXEME_UNITED) ||
	       is_whole(document, unit, LEXEME_LANGUAGE) ||
	       text.data[0] == '|' || is_row(document, unit) ||
	       is_dated_original(document, unit);
}

static bool
is_bare(const struct document *document, const struct unit *unit)
{
	struct docket_bytes text = document_text(document, unit);

	return !unit->has_letters || text.data[0] == '*' ||
	       symbol_read_job(text);
}

static bool
is_organ(const struct document *document, const struct unit *unit)
{
	return is_whole(document, unit, LEXEME_ORGAN);
}

static bool
is_session(const struct document *document, const struct unit *unit)
{
	struct match match;

	return unit->end - unit->start <= SESSION_LIMIT &&
	       unit->closing == CLOSING_OPEN &&
	       document_match(document, unit, LEXEME_SESSION, &match);
}

static bool
is_agenda(const struct document *document, const struct unit *unit)
{
	struct match match;

	return unit->end - unit->start <= LINE_LIMIT &&
	       unit->closing != CLOSING_SENTENCE &&
	       document_match(document, unit, LEXEME_AGENDA, &match);
}

/* A speech's title may end in a period; the salutation is below. */
static bool
is_above_salutation(const struct document *document, const struct unit *unit)
{
	struct match match;

	return unit + 1 < document->units + document->count &&
	       document_match(document, unit + 1, LEXEME_SALUTATION, &match);
}

static bool
is_class(const struct document *document, const struct unit *unit)
{
	struct match match;

	return unit->end - unit->start <= TITLE_LIMIT &&
	       (unit->closing != CLOSING_SENTENCE ||
		is_above_salutation(document, unit)) &&
	       document_match(document, unit, LEXEME_CLASS, &match);
}

static bool
is_adoption(const struct document *document, const struct unit *unit)
{
	struct match match;

	return unit->end - unit->start <= TITLE_LIMIT &&
	       document_match(document, unit, LEXEME_ADOPTION, &match);
}

static bool
is_bracket(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded;

	if (unit->first)
		return false;
	folded = document_folded(document, unit);
	return folded.size && folded.data[0] == '[';
}

static bool
is_sponsor(const struct document *document, const struct unit *unit)
{
	struct match match;

	return unit->end - unit->start <= 2 * TITLE_LIMIT &&
	       document_match(document, unit, LEXEME_SPONSOR, &match);
}

/* A line that ends in a date. */
bool
cover_is_dateline(const struct document *document, const struct unit *unit,
		  struct date *out_date)
{
	struct docket_bytes folded;

	if (unit->end - unit->start > DATELINE_LIMIT)
		return false;
	folded = document_folded(document, unit);
	if (!(unit->traits & TRAITS_NUMBER))
		return false;
	for (size_t at = 0; at < folded.size;) {
		size_t end = at;

		if (lexicon_read_date(document->lexicon, document->languages,
				      folded, &end, out_date) &&
		    (is_all(document, unit, end) ||
		     (at == 0 && end < folded.size && folded.data[end] == ',' &&
		      folded.size - end <= PLACE_LIMIT)))
			return true;
		glyph_next(folded, &at);
	}
	return false;
}

static bool
is_dateline(const struct document *document, const struct unit *unit)
{
	struct date date;

	return cover_is_dateline(document, unit, &date);
}

struct date
cover_read_dateline(const struct document *document, const uint8_t *kinds,
		    size_t end)
{
	struct date date = { 0 };

	for (size_t i = 0; i < end; i++)
		if ((kinds[i] == COVER_DATELINE ||
		     kinds[i] == COVER_MASTHEAD) &&
		    cover_is_dateline(document, &document->units[i], &date))
			return date;
	return (struct date){ 0 };
}

struct date
cover_find_date_in(const struct document *document, struct docket_bytes folded)
{
	struct date date = { 0 };

	for (size_t at = 0; at < folded.size; glyph_next(folded, &at)) {
		size_t end = at;

		if ((at == 0 || folded.data[at - 1] == ' ') &&
		    lexicon_read_date(document->lexicon, document->languages,
				      folded, &end, &date))
			return date;
	}
	return (struct date){ 0 };
}

struct date
cover_find_date(const struct document *document, const struct unit *unit)
{
	return cover_find_date_in(document, document_folded(document, unit));
}

static bool
is_same_day(const struct date *date, const struct date *other)
{
	return date->year == other->year && date->month == other->month &&
	       date->day == other->day;
}

struct date
cover_read_day(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);
	struct date date;
	struct date last;

	if (!cover_is_dateline(document, unit, &last))
		return (struct date){ 0 };
	for (size_t at = 0; at < folded.size; glyph_next(folded, &at)) {
		size_t end = at;

		if ((at == 0 || !glyph_is_word(folded.data[at - 1])) &&
		    lexicon_read_date(document->lexicon, document->languages,
				      folded, &end, &date))
			return is_same_day(&date, &last) ? date
							 : (struct date){ 0 };
		if (folded.data[at] >= '0' && folded.data[at] <= '9')
			break;
	}
	return (struct date){ 0 };
}

static bool
is_note(const struct document *document, const struct unit *unit)
{
	struct match match;

	return document_is_short(unit) &&
	       document_match(document, unit, LEXEME_NOTE, &match);
}

/* Chinese says as much in fewer signs, and ends no line of a cover so. */
static bool
is_wide_sentence(const struct document *document, const struct unit *unit)
{
	size_t at = 0;

	return unit->closing == CLOSING_SENTENCE &&
	       unit->end - unit->start >= WIDE_LIMIT &&
	       glyph_is_wide(glyph_next(document_text(document, unit), &at));
}

static bool
is_text(const struct document *document, const struct unit *unit)
{
	struct section_label label;
	struct match match;

	if (section_read_label(document, unit, &label) ||
	    document_match(document, unit, LEXEME_SALUTATION, &match) ||
	    ((document_is_short(unit) || unit->closing == CLOSING_COLON) &&
	     (document_match(document, unit, LEXEME_HEADING, &match) ||
	      document_match(document, unit, LEXEME_CONTENTS, &match))))
		return true;
	if (unit->marker.label.style != LABEL_NONE && unit->marker.closer &&
	    unit->marker.label.value == 1)
		return true;
	if (unit->end - unit->start > TITLE_LIMIT ||
	    is_wide_sentence(document, unit))
		return true;
	return unit->end - unit->start >= PROSE_LIMIT &&
	       unit->closing != CLOSING_OPEN;
}

static const struct {
	enum cover cover;
	bool (*holds)(const struct document *document, const struct unit *unit);
} tests[] = {
	{ COVER_SKIPPED, is_skipped },	 { COVER_MASTHEAD, is_masthead },
	{ COVER_SKIPPED, is_bare },	 { COVER_ORGAN, is_organ },
	{ COVER_AGENDA, is_agenda },	 { COVER_BRACKET, is_bracket },
	{ COVER_ADOPTION, is_adoption }, { COVER_SPONSOR, is_sponsor },
	{ COVER_CLASS, is_class },	 { COVER_SESSION, is_session },
	{ COVER_NOTE, is_note },	 { COVER_DATELINE, is_dateline },
	{ COVER_TEXT, is_text },
};

enum cover
cover_classify(const struct document *document, const struct unit *unit)
{
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		if (tests[i].holds(document, unit))
			return tests[i].cover;
	return COVER_PLAIN;
}
