/* SPDX-License-Identifier: Apache-2.0 */
/*
 * formula.c - the cover of a resolution or decision, or of a draft
 *
 * One is known by its enacting formula: the name of the organ, followed by a
 * recital or a clause. What it is called, who proposed it and when it was
 * adopted stands in lines of their own before it; the title is what else is
 * there.
 */
#include <string.h>

#include "front.h"
#include "glyph.h"
#include "symbol.h"

#define FORMULA_LIMIT 320 /* bytes */
#define ADOPTION_LINES 3  /* that it may go over */

static bool
begins_clause(const struct document *document, const struct unit *unit)
{
	struct match match;

	return (unit->marker.label.style != LABEL_NONE &&
		unit->marker.closer) ||
	       document_match(document, unit, LEXEME_PREAMBULAR, &match) ||
	       document_match(document, unit, LEXEME_OPERATIVE, &match);
}

/* The organ, alone or with a comma; what follows is a clause. */
static bool
is_formula(const struct document *document, size_t index)
{
	const struct unit *unit = &document->units[index];
	struct docket_bytes folded;
	struct match match;

	if (!document_match(document, unit, LEXEME_ENACTING, &match))
		return false;
	folded = document_folded(document, unit);
	/* in Chinese, the first recital may stand on the same line */
	if (match.end < folded.size && folded.data[match.end] == ',')
		match.end++;
	while (match.end < folded.size && folded.data[match.end] == ' ')
		match.end++;
	if (match.end < folded.size && unit->closing != CLOSING_COMMA &&
	    lexicon_match(document->lexicon, document->languages,
			  LEXEME_PREAMBULAR, folded, match.end, &match))
		return true;
	if (unit->end - unit->start > FORMULA_LIMIT ||
	    (unit->closing != CLOSING_COMMA && match.end < folded.size))
		return false;
	while (++index < document->count &&
	       document->units[index].zone != ZONE_TEXT)
		;
	return index < document->count &&
	       begins_clause(document, &document->units[index]);
}

/* The organ's series of symbols: the longest name that occurs counts. */
static const char *
find_organ(const struct document *document, const struct unit *unit)
{
	struct docket_bytes folded = document_folded(document, unit);
	const char *organ = NULL;
	size_t longest = 0;

	for (size_t at = 0; at < folded.size && at < FORMULA_LIMIT;) {
		struct match match;
		const struct entry *entry =
			lexicon_match(document->lexicon, document->languages,
				      LEXEME_ORGAN, folded, at, &match);

		if (entry && match.end - at > longest) {
			longest = match.end - at;
			organ = entry->argument;
		}
		glyph_next(folded, &at);
	}
	return organ;
}

bool
formula_has_part(const struct document *document, const char *part)
{
	struct docket_bytes symbol;

	for (size_t i = 0;
	     (symbol = docket_job_field(document->job, DOCKET_FIELD_SYMBOL, i))
		     .data;
	     i++)
		if (symbol_has_part(symbol, part))
			return true;
	return false;
}

static void
read_sponsor(struct document *document, const struct unit *unit)
{
	struct match match;
	const struct entry *entry =
		document_match(document, unit, LEXEME_SPONSOR, &match);
	size_t start = match.slots[SLOT_SPONSORS].start;
	size_t end = match.slots[SLOT_SPONSORS].end;

	if (!entry)
		return;
	document->class = class_find(entry->argument);
	if (end > start)
		document->sponsors =
			document_source(document, unit, start, end);
	else if (match.slots[SLOT_FROM].end > match.slots[SLOT_FROM].start)
		document->from = document_source(document, unit,
						 match.slots[SLOT_FROM].start,
						 match.slots[SLOT_FROM].end);
}

/* What `count` units from `first` on say of the adoption together. */
static const struct entry *
match_adoption(const struct document *document, size_t first, size_t count,
	       struct match *out_match)
{
	struct folds folds = { 0 };
	const struct entry *entry;

	fold_add(&document->lexicon->table, &folds,
		 front_join_units(document, first, count), 0);
	entry = lexicon_match(
		document->lexicon, document->languages, LEXEME_ADOPTION,
		(struct docket_bytes){ folds.data, folds.size }, 0, out_match);
	fold_fini(&folds);
	return entry;
}

/* May the line go on with the one before, whose date it then holds? */
static bool
may_hold_date(const struct front *front, size_t at)
{
	const struct unit *unit = &front->document->units[at];
	uint8_t kind = front->kinds[at];

	return unit->zone == ZONE_TEXT && !unit->is_gapped &&
	       (kind == COVER_PLAIN || kind == COVER_ADOPTION ||
		kind == COVER_DATELINE || kind == COVER_MASTHEAD);
}

/* "Adopted ... at its 8439th meeting, on", and below "21 December 2018". */
static void
read_adoption_below(struct front *front, size_t at, size_t end)
{
	struct document *document = front->document;

	for (size_t count = 2; count <= ADOPTION_LINES && at + count <= end &&
			       may_hold_date(front, at + count - 1);
	     count++) {
		struct match match;

		if (!match_adoption(document, at, count, &match) ||
		    !match.date.year)
			continue;
		document->date = match.date;
		memset(front->kinds + at, COVER_ADOPTION, count);
		return;
	}
}

static void
read_adoption(struct front *front, size_t at, size_t end)
{
	struct document *document = front->document;
	struct match match;
	const struct entry *entry = document_match(
		document, &document->units[at], LEXEME_ADOPTION, &match);

	if (!entry)
		return;
	if (strcmp(entry->argument, "-") != 0 && !document->class)
		document->class = class_find(entry->argument);
	if (document->date.year)
		return;
	document->date = match.date;
	if (!match.date.year)
		read_adoption_below(front, at, end);
}

/* "48/246." before a title, "242 (1967)" in a line of its own. */
void
formula_read_number(struct document *document, const struct unit *unit)
{
	struct match match;
	const struct entry *entry =
		document_match(document, unit, LEXEME_CLASS, &match);
	size_t start = match.slots[SLOT_NUMBER].start;
	size_t end = match.slots[SLOT_YEAR].end;

	if (!entry)
		return;
	if (!document->class &&
	    class_is_resolution(class_find(entry->argument)))
		document->class = class_find(entry->argument);
	if (match.date.year && match.date.month && !document->date.year)
		document->date = match.date;
	if (end > start && !document->own_number.size) {
		struct docket_bytes folded = document_folded(document, unit);

		end += end < folded.size && folded.data[end] == ')';
		document->own_number =
			document_source(document, unit, start, end);
	}
}

static void
settle_resolution(struct document *document)
{
	bool is_draft = formula_has_part(document, "L") ||
			document->class == CLASS_RESOLUTION_DRAFT ||
			document->class == CLASS_DECISION_DRAFT;
	bool is_decision = formula_has_part(document, "DEC") ||
			   formula_has_part(document, "Dec") ||
			   document->class == CLASS_DECISION ||
			   document->class == CLASS_DECISION_DRAFT;

	if (document->class > CLASS_DECISION_DRAFT &&
	    document->class != CLASS_NONE)
		return;
	document->class = is_draft	? is_decision ? CLASS_DECISION_DRAFT
						      : CLASS_RESOLUTION_DRAFT
			  : is_decision ? CLASS_DECISION
					: CLASS_RESOLUTION;
}

static size_t
count_commas(struct docket_bytes text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.size; i++)
		count += text.data[i] == ',';
	return count;
}

/*
 * Long lists of countries go over several lines, full of commas. So may the
 * title of the agenda item above; it ends at an empty line.
 */
static void
extend_sponsors(struct front *front, size_t at)
{
	struct document *document = front->document;
	const char *end;
	size_t least;

	if (!document->sponsors.size)
		return;
	end = document->sponsors.data + document->sponsors.size;
	least = front_skip_items(front, at);
	while (at > least && front->kinds[at - 1] == COVER_PLAIN) {
		bool is_gapped = document->units[at].is_gapped;
		const struct unit *unit = &document->units[--at];
		struct docket_bytes text = document_text(document, unit);

		if (unit->closing != CLOSING_COMMA &&
		    (is_gapped || count_commas(text) < 2))
			return;
		front->kinds[at] = COVER_BRACKET;
		document->sponsors =
			(struct docket_bytes){ text.data,
					       (size_t)(end - text.data) };
	}
}

/* Some print the title above the line of adoption: the plain lines there. */
static void
take_title_above(struct front *front, size_t least, size_t at)
{
	size_t first;

	while (at > least && (front->kinds[at - 1] == COVER_MASTHEAD ||
			      front->kinds[at - 1] == COVER_SKIPPED))
		at--;
	first = at;
	while (first > least && front->kinds[first - 1] == COVER_PLAIN)
		first--;
	front_take_title(front, first, at);
}

/* "Report of the Commission" is the title of a resolution on that report. */
static void
release_titles(struct front *front, size_t end)
{
	const struct document *document = front->document;

	for (size_t i = 0; i < end; i++) {
		struct match match;
		const struct entry *entry =
			front->kinds[i] == COVER_CLASS
				? document_match(document, &document->units[i],
						 LEXEME_CLASS, &match)
				: NULL;

		if (entry && !class_is_resolution(class_find(entry->argument)))
			front->kinds[i] = COVER_PLAIN;
	}
}

/* "DECISION A/DEC.7/12/18 ADOPTING ...": where that title begins, or `from`. */
static size_t
read_named_symbol(const struct front *front, size_t from, size_t end)
{
	struct document *document = front->document;

	for (size_t i = from; i < end; i++) {
		struct docket_bytes text =
			document_text(document, &document->units[i]);
		const char *space = memchr(text.data, ' ', text.size);
		size_t at = space ? (size_t)(space - text.data) + 1 : text.size;
		struct docket_bytes symbol;

		if (front->kinds[i] != COVER_PLAIN ||
		    docket_job_field(document->job, DOCKET_FIELD_SYMBOL, 0)
			    .size ||
		    !symbol_read(text, &at, &symbol))
			continue;
		docket_put_field(document->job, DOCKET_FIELD_SYMBOL, symbol);
		return i;
	}
	return from;
}

static void
read_resolution_lines(struct front *front, size_t end)
{
	struct document *document = front->document;
	size_t first = front_skip_items(front, end);
	size_t from = first;
	size_t adoption = 0;

	release_titles(front, end);
	for (size_t i = 0; i < end; i++) {
		const struct unit *unit = &document->units[i];

		if (front->kinds[i] == COVER_ADOPTION && !adoption)
			adoption = i;

		if (front->kinds[i] == COVER_SPONSOR) {
			read_sponsor(document, unit);
			extend_sponsors(front, i);
		} else if (front->kinds[i] == COVER_ADOPTION)
			read_adoption(front, i, end);
		else if (front->kinds[i] == COVER_CLASS)
			formula_read_number(document, unit);
		if (front->kinds[i] == COVER_SPONSOR ||
		    front->kinds[i] == COVER_ADOPTION ||
		    front->kinds[i] == COVER_BRACKET ||
		    front->kinds[i] == COVER_CLASS)
			from = i + 1;
	}
	front_take_title(front, read_named_symbol(front, from, end), end);
	if (!document->title.size && from > first)
		take_title_above(front, first, adoption);
	else if (!document->title.size)
		take_title_above(front, 0, end);
}

bool
formula_read(struct front *front)
{
	struct document *document = front->document;

	for (size_t i = 0; i < front->count; i++) {
		if (front->kinds[i] == COVER_TEXT && !is_formula(document, i))
			return false;
		if (document->units[i].zone == ZONE_CONTENTS)
			return false;
		if (document->units[i].zone != ZONE_TEXT ||
		    !is_formula(document, i))
			continue;
		read_resolution_lines(front, i);
		settle_resolution(document);
		document->organ = find_organ(document, &document->units[i]);
		document->enacting = i;
		document->front_end = i;
		front->count = i;
		return true;
	}
	return false;
}
