/* SPDX-License-Identifier: Apache-2.0 */
/*
 * masthead.c - what the masthead's lines say, into fields
 *
 * Symbols, distribution, date of issue, original language, session, agenda
 * items and job number. Lines may hold several of them side by side, as they
 * come out of tables.
 */
#include <string.h>

#include "cover.h"
#include "glyph.h"
#include "symbol.h"

#define ITEM_LIMIT 24
#define SYMBOLS_LIMIT 16

static void
put(struct document *document, enum docket_field field,
    struct docket_bytes value)
{
	docket_put_field(document->job, field, value);
}

/* Or are there as many as no document has? */
static bool
has_symbol(const struct document *document, struct docket_bytes symbol)
{
	for (size_t i = 0; i < SYMBOLS_LIMIT; i++) {
		struct docket_bytes known =
			docket_job_field(document->job, DOCKET_FIELD_SYMBOL, i);

		if (!known.data)
			return false;
		if (known.size == symbol.size &&
		    memcmp(known.data, symbol.data, symbol.size) == 0)
			return true;
	}
	return true;
}

static void
put_symbols(struct document *document, struct docket_bytes text)
{
	for (size_t at = 0; at < text.size;) {
		struct docket_bytes symbol;

		if (symbol_read(text, &at, &symbol)) {
			if (!has_symbol(document, symbol))
				put(document, DOCKET_FIELD_SYMBOL, symbol);
			continue;
		}
		/* to the next word */
		while (at < text.size && glyph_is_word(text.data[at]))
			at++;
		if (at < text.size)
			glyph_next(text, &at);
	}
}

/*
 * One word behind "Distr.:", since the rest of a line may be the next cell of
 * a table; or the word itself, on the line below.
 */
static void
put_distribution(struct document *document, const struct unit *unit, size_t at,
		 size_t start)
{
	struct docket_bytes folded = document_folded(document, unit);
	size_t end;

	if (start == folded.size && glyph_is_word(folded.data[start - 1]))
		start = at;
	while (start < folded.size && strchr(" .:", folded.data[start]))
		start++;
	end = start;
	while (end < folded.size && folded.data[end] != ' ')
		end++;
	if (end > start)
		put(document, DOCKET_FIELD_DISTRIBUTION,
		    document_source(document, unit, start, end));
}

static void
put_original(struct document *document, const struct unit *unit, size_t start)
{
	struct docket_bytes folded = document_folded(document, unit);
	struct match match;
	const struct entry *entry;

	while (start < folded.size && strchr(" .:", folded.data[start]))
		start++;
	entry = lexicon_match(document->lexicon, LEXICON_ALL, LEXEME_LANGUAGE,
			      folded, start, &match);
	if (entry)
		put(document, DOCKET_FIELD_ORIGINAL_LANGUAGE,
		    (struct docket_bytes){ entry->argument,
					   strlen(entry->argument) });
}

static size_t
next_word(struct docket_bytes folded, size_t at)
{
	while (at < folded.size && folded.data[at] != ' ' &&
	       folded.data[at] != '|')
		at++;
	while (at < folded.size &&
	       (folded.data[at] == ' ' || folded.data[at] == '|'))
		at++;
	return at;
}

static void
read_line(struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);
	struct docket_bytes text = document_text(document, unit);
	const struct lexicon *lexicon = document->lexicon;
	struct match match;
	struct date date;

	put_symbols(document, text);
	for (size_t at = 0; at < folded.size; at = next_word(folded, at)) {
		size_t end = at;

		if (lexicon_match(lexicon, LEXICON_ALL, LEXEME_DISTRIBUTION,
				  folded, at, &match))
			put_distribution(document, unit, at, match.end);
		else if (lexicon_match(lexicon, LEXICON_ALL, LEXEME_ORIGINAL,
				       folded, at, &match))
			put_original(document, unit, match.end);
		else if (!document->issued.year &&
			 lexicon_read_date(lexicon, LEXICON_ALL, folded, &end,
					   &date))
			document->issued = date;
	}
}

/* ---- agenda items: 31, 12 (e), 72 b), 11.6 ---- */

/* ".6" behind 11. */
static size_t
read_point(struct docket_bytes folded, size_t at)
{
	size_t end = at + 1;

	if (end >= folded.size || folded.data[at] != '.' ||
	    folded.data[end] < '0' || folded.data[end] > '9')
		return at;
	while (end < folded.size && folded.data[end] >= '0' &&
	       folded.data[end] <= '9')
		end++;
	return end;
}

/* A letter behind a number, and ")": behind them, or where it was. */
static size_t
read_letter(struct docket_bytes folded, size_t at)
{
	size_t end = at;

	while (end < folded.size && folded.data[end] == ' ')
		end++;
	end += end < folded.size && folded.data[end] == '(';
	if (end >= folded.size || !glyph_is_letter(glyph_next(folded, &end)) ||
	    end >= folded.size || folded.data[end] != ')')
		return at;
	return end + 1;
}

/* The date of issue stands in the next cell. */
static bool
begins_date(const struct document *document, struct docket_bytes folded,
	    size_t at)
{
	struct date date;

	return lexicon_read_date(document->lexicon, LEXICON_ALL, folded, &at,
				 &date);
}

/* The item at *at; what stands between items is at most one short word. */
static bool
read_item(const struct document *document, struct docket_bytes folded,
	  size_t *at, size_t *out_start)
{
	unsigned value;
	size_t words = 0;

	for (;;) {
		*out_start = *at;
		if (begins_date(document, folded, *at))
			return false;
		if (label_read_number(folded, at, &value)) {
			*at = read_letter(folded, read_point(folded, *at));
			return value > 0 && value < 1000;
		}
		if (*at >= folded.size || ++words > 12 ||
		    folded.data[*at] == '(')
			return false;
		glyph_next(folded, at);
	}
}

static size_t
read_items(struct document *document, const struct unit *unit, bool is_put)
{
	struct docket_bytes folded = document_folded(document, unit);
	struct match match;
	size_t count = 0;
	size_t start;
	size_t at;

	if (!document_match(document, unit, LEXEME_AGENDA, &match))
		return 0;
	at = match.slots[SLOT_NUMBER].start;
	while (count < ITEM_LIMIT && read_item(document, folded, &at, &start)) {
		if (is_put)
			put(document, DOCKET_FIELD_AGENDA_ITEM,
			    document_source(document, unit, start, at));
		count++;
	}
	return count;
}

/* "Agenda item 11.6  28 May 2019" */
static void
take_issue_date(struct document *document, const struct unit *unit)
{
	struct date date = { 0 };

	if (!document->issued.year && cover_is_dateline(document, unit, &date))
		document->issued = date;
}

size_t
cover_count_items(const struct document *document, const struct unit *unit)
{
	return read_items((struct document *)document, unit, false);
}

void
cover_read_masthead(struct document *document, const uint8_t *kinds, size_t end)
{
	bool is_head = true; /* above session and agenda */
	bool has_session = false;

	for (size_t i = 0; i < end; i++) {
		const struct unit *unit = &document->units[i];
		struct docket_bytes text = document_text(document, unit);

		if (kinds[i] == COVER_AGENDA ||
		    (kinds[i] == COVER_SESSION &&
		     docket_job_field(document->job, DOCKET_FIELD_SYMBOL, 0)
			     .size))
			is_head = false;
		if (kinds[i] == COVER_AGENDA) {
			read_items(document, unit, true);
			take_issue_date(document, unit);
		}
		if (kinds[i] == COVER_SESSION && !has_session)
			put(document, DOCKET_FIELD_SESSION, text);
		else if (kinds[i] == COVER_MASTHEAD && is_head)
			read_line(document, unit);
		else if (kinds[i] == COVER_BRACKET && symbol_is_all(text))
			put_symbols(document, text);
		has_session = has_session || kinds[i] == COVER_SESSION;
	}
}
