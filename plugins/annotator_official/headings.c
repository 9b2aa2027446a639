/* SPDX-License-Identifier: Apache-2.0 */
/*
 * headings.c - what is left and short: headings, and lists without labels
 *
 * A line is a heading because the parser says so, or the language's words do,
 * or it carries a number that no paragraph has. Without that, lines above
 * prose are headings and lines that nothing follows are a list, in which empty
 * lines tell the headings of its groups.
 */
#include <string.h>

#include "glyph.h"
#include "marker.h"
#include "stages.h"

#define STYLES_LIMIT 6
#define RUN_HEADINGS 6 /* lines above prose; more are a list */
#define LIST_LEAST 2   /* lines that make a list where nothing else says so */
#define CAPITALS_LEAST 4

/* Styles of numbers, the outermost first, as headings have shown them. */
struct outline {
	struct document *document;
	struct {
		enum label_style style;
		bool is_capital;
	} styles[STYLES_LIMIT];
	size_t count;
	unsigned level; /* of the last numbered heading; 0: none yet */
};

static void
put_heading(const struct document *document, struct unit *unit, unsigned level)
{
	unit->kind = DOCKET_BLOCK_HEADING;
	unit->level = (uint8_t)level;
	unit->is_settled = true;
	unit->number = marker_number(document, unit);
}

static unsigned
find_level(struct outline *outline, const struct unit *unit)
{
	const struct marker *marker = &unit->marker;

	for (size_t i = 0; i < outline->count; i++)
		if (outline->styles[i].style == marker->label.style &&
		    outline->styles[i].is_capital == marker->is_capital)
			return (unsigned)i + 1;
	if (outline->count < STYLES_LIMIT) {
		outline->styles[outline->count].style = marker->label.style;
		outline->styles[outline->count].is_capital = marker->is_capital;
		outline->count++;
	}
	return (unsigned)outline->count;
}

/* ---- headings that say so ---- */

static bool
is_worded(const struct document *document, const struct unit *unit,
	  unsigned *out_level)
{
	struct match match;
	const struct entry *entry;

	if (unit->closing == CLOSING_SENTENCE ||
	    unit->closing == CLOSING_COMMA || unit->end - unit->start > 200)
		return false;
	entry = document_match(document, unit, LEXEME_HEADING, &match);
	if (entry)
		*out_level = (unsigned)entry->argument[0] - '0';
	return entry;
}

/* "M. Courtois" in a list of participants is a person, not section M. */
static bool
is_person(const struct document *document, const struct unit *unit)
{
	return document->class == CLASS_LIST_OF_PARTICIPANTS &&
	       unit->marker.label.style == LABEL_LETTER &&
	       unit->marker.label.value == 'm' - 'a' + 1 &&
	       unit->marker.closer == '.';
}

static bool
is_numbered(const struct document *document, const struct unit *unit)
{
	const struct marker *marker = &unit->marker;

	if (!document_is_short(unit) || marker->is_opened ||
	    is_person(document, unit) || unit->kind == DOCKET_BLOCK_ITEM)
		return false;
	switch ((int)marker->label.style) {
	case LABEL_DIGITS:
		return marker->closer == '.';
	case LABEL_DOTTED:
		return unit->opening != OPENING_LOWER;
	case LABEL_ROMAN:
	case LABEL_LETTER:
		return marker->is_capital && marker->closer &&
		       marker->closer != ')';
	case LABEL_HAN:
		return marker->closer == ',' || marker->closer == '.';
	case LABEL_WORD:
		return true;
	}
	return false;
}

/* A symbol, or where something is in a network; Chinese has no spaces. */
static bool
is_address(const struct document *document, const struct unit *unit)
{
	struct docket_bytes text = document_text(document, unit);

	if (memchr(text.data, ' ', text.size) ||
	    !memchr(text.data, '/', text.size))
		return false;
	for (size_t at = 0; at < text.size;)
		if (glyph_is_wide(glyph_next(text, &at)))
			return false;
	return true;
}

static bool
is_shouted(const struct document *document, const struct unit *unit)
{
	return unit->is_capitals && unit->opening == OPENING_UPPER &&
	       unit->end - unit->start >= CAPITALS_LEAST &&
	       unit->end - unit->start <= 200 &&
	       (unit->closing == CLOSING_OPEN ||
		unit->closing == CLOSING_COLON) &&
	       !strchr("([_", document->text.data[unit->start]) &&
	       !is_address(document, unit);
}

/* True: it is settled. */
static bool
read_heading(struct outline *outline, struct unit *unit)
{
	unsigned level = 1;

	if (is_worded(outline->document, unit, &level)) {
		put_heading(outline->document, unit, level);
	} else if (is_numbered(outline->document, unit)) {
		outline->level = find_level(outline, unit);
		put_heading(outline->document, unit, outline->level);
	} else if (unit->hint == DOCKET_BLOCK_HEADING) {
		put_heading(outline->document, unit,
			    unit->hint_level ? unit->hint_level
					     : outline->level + 1);
	} else if (is_shouted(outline->document, unit)) {
		put_heading(outline->document, unit, 1);
	} else {
		return false;
	}
	return true;
}

/* ---- runs of lines ---- */

/* A row of a table: two numbers or more at its end. */
static bool
is_tabular(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);
	size_t numbers = 0;
	size_t at = folded.size;

	while (at) {
		size_t end = at;

		while (at && folded.data[at - 1] != ' ')
			at--;
		if (folded.data[end - 1] < '0' || folded.data[end - 1] > '9' ||
		    !strchr("0123456789-+", folded.data[at]))
			break;
		numbers++;
		while (at && folded.data[at - 1] == ' ')
			at--;
	}
	return numbers >= 2;
}

/* The row above one. */
static bool
is_table_head(const struct document *document, const struct unit *unit)
{
	return unit + 1 < document->units + document->count &&
	       unit[1].zone == ZONE_TEXT && is_tabular(document, unit + 1);
}

static bool
is_plain_line(const struct document *document, const struct unit *unit)
{
	struct match match;

	return unit->zone == ZONE_TEXT && !unit->is_settled &&
	       !unit->is_joined && !unit->role && document_is_short(unit) &&
	       (unit->marker.label.style == LABEL_NONE ||
		is_person(document, unit)) &&
	       !is_tabular(document, unit) && !is_table_head(document, unit) &&
	       !is_address(document, unit) &&
	       !strchr("([_", document->text.data[unit->start]) &&
	       !document_match(document, unit, LEXEME_SALUTATION, &match) &&
	       !document_match(document, unit, LEXEME_CLOSING, &match) &&
	       !document_match(document, unit, LEXEME_CAPTION, &match) &&
	       !document_match(document, unit, LEXEME_SPONSOR, &match) &&
	       (unit->opening == OPENING_UPPER ||
		!document_match(document, unit, LEXEME_MEETING, &match));
}

struct run {
	size_t first;
	size_t last;
	bool is_last;	/* nothing of the section follows it */
	bool has_gaps;	/* empty lines are known */
	bool has_hints; /* the parser says which are headings, or items */
};

/* Lines that follow each other, but for pages turned between them. */
static struct run
find_run(const struct document *document, const struct section *section,
	 size_t at)
{
	struct run run = { .first = at, .last = at };

	for (; at < section->last; at++) {
		const struct unit *unit = &document->units[at];

		if (unit->zone == ZONE_FURNITURE || unit->zone == ZONE_NOTE)
			continue;
		if (!is_plain_line(document, unit))
			return run;
		run.has_gaps =
			run.has_gaps || (unit->is_gapped && at > run.first);
		run.last = at + 1;
	}
	run.is_last = true;
	return run;
}

/* The next unit of the run behind `at`, or its end. */
static size_t
next_of(const struct document *document, const struct run *run, size_t at)
{
	while (++at < run->last && document->units[at].zone != ZONE_TEXT)
		;
	return at;
}

/*
 * In a list, a line between empty lines is the heading of what follows. Where
 * a page was turned before it, the lines behind it must stand together.
 */
static bool
is_group(const struct document *document, const struct run *run, size_t at,
	 bool is_behind_group)
{
	size_t next = next_of(document, run, at);
	size_t further = next_of(document, run, next);

	if (is_behind_group || !run->has_gaps || next >= run->last ||
	    !document->units[next].is_gapped)
		return false;
	return document->units[at].is_gapped || at == run->first ||
	       (further < run->last && !document->units[further].is_gapped);
}

static void
put_list(struct outline *outline, const struct run *run)
{
	struct document *document = outline->document;
	bool is_behind_group = false;

	for (size_t i = run->first; i < run->last;
	     i = next_of(document, run, i)) {
		struct unit *unit = &document->units[i];

		if (is_group(document, run, i, is_behind_group)) {
			put_heading(document, unit, outline->level + 2);
			is_behind_group = true;
			continue;
		}
		unit->kind = DOCKET_BLOCK_ITEM;
		unit->level = 1;
		unit->is_settled = true;
		is_behind_group = false;
	}
}

static size_t
count_lines(const struct document *document, const struct run *run)
{
	size_t count = 0;

	for (size_t i = run->first; i < run->last;
	     i = next_of(document, run, i))
		count++;
	return count;
}

static bool
has_items(const struct document *document, const struct run *run)
{
	for (size_t i = run->first; i < run->last; i++)
		if (document->units[i].hint == DOCKET_BLOCK_ITEM)
			return true;
	return false;
}

static void
read_run(struct outline *outline, const struct section *section,
	 const struct run *run)
{
	struct document *document = outline->document;
	size_t count = count_lines(document, run);
	bool is_annex = section->kind != DOCKET_PART_BODY ||
			document->class == CLASS_LIST_OF_PARTICIPANTS;

	if (has_items(document, run) || (is_annex && section->is_list) ||
	    (is_annex && run->is_last && count >= LIST_LEAST) ||
	    (is_annex && count > RUN_HEADINGS)) {
		put_list(outline, run);
		return;
	}
	if (document->class == CLASS_STATEMENT && !is_annex)
		return;
	if (run->is_last || (class_is_letter(document->class) && !is_annex) ||
	    count > RUN_HEADINGS)
		return;
	for (size_t i = run->first; i < run->last;
	     i = next_of(document, run, i))
		put_heading(document, &document->units[i], outline->level + 1);
}

static bool
is_list_title(const struct document *document, const struct section *section)
{
	struct match match;

	return section->titles &&
	       document_match(document, &document->units[section->title],
			      LEXEME_LIST, &match);
}

void
headings_mark(struct document *document)
{
	for (size_t s = 0; s < document->section_count; s++) {
		struct section *section = &document->sections[s];
		struct outline outline = { .document = document };
		size_t first = s ? section->first : document->front_end;

		section->is_list =
			is_list_title(document, section) ||
			document->class == CLASS_LIST_OF_PARTICIPANTS;
		for (size_t i = first; i < section->last; i++) {
			struct unit *unit = &document->units[i];

			if (unit->zone == ZONE_TEXT && !unit->is_settled &&
			    !unit->is_joined && !unit->role)
				read_heading(&outline, unit);
		}
		for (size_t i = first; i < section->last; i++) {
			struct run run;

			if (!is_plain_line(document, &document->units[i]))
				continue;
			run = find_run(document, section, i);
			read_run(&outline, section, &run);
			i = run.last - 1;
		}
	}
}
