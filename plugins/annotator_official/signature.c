/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signature.c - who signed
 *
 * A signature is a line with a word such as "(Signed)", or, at the end of a
 * letter, a name above the office of who bears it. Lines with offices beside
 * it belong to it. Only those of the document itself become its signatories;
 * an annex's are its own.
 */
#include <string.h>

#include "glyph.h"
#include "stages.h"

#define LINE_LIMIT 160 /* bytes */
#define OFFICE_LIMIT 160
#define NAME_LIMIT 64
#define OFFICES_LIMIT 6 /* lines */
#define WORDS_LIMIT 6
#define SIGNATORIES_LIMIT 300

static bool
is_line(const struct unit *unit)
{
	return unit->zone == ZONE_TEXT && !unit->is_settled &&
	       !unit->is_joined && unit->has_letters &&
	       unit->end - unit->start <= LINE_LIMIT &&
	       unit->closing <= CLOSING_COMMA &&
	       unit->marker.label.style == LABEL_NONE;
}

/* "Chargé d'affaires a.i." ends in a period and is a line all the same. */
static bool
is_office(const struct document *document, const struct unit *unit)
{
	struct match match;

	return unit->zone == ZONE_TEXT && !unit->is_settled &&
	       unit->end - unit->start <= OFFICE_LIMIT &&
	       (is_line(unit) || unit->end - unit->start <= LINE_LIMIT / 2) &&
	       document_match(document, unit, LEXEME_OFFICE, &match);
}

static void
mark(struct unit *unit)
{
	unit->kind = DOCKET_BLOCK_SIGNATURE;
	unit->is_settled = true;
}

/* Small words within names: "de la", "bin", "van". */
static bool
may_be_small(struct docket_bytes word)
{
	return word.size <= 3;
}

/* Two words and more, each with a capital, no digits. */
static bool
is_name(const struct document *document, const struct unit *unit)
{
	struct docket_bytes text = document_text(document, unit);
	size_t words = 0;

	if (!is_line(unit) || unit->opening != OPENING_UPPER ||
	    text.size > NAME_LIMIT || unit->closing != CLOSING_OPEN)
		return false;
	for (size_t at = 0; at < text.size;) {
		size_t next = at;
		int32_t first = glyph_next(text, &next);
		const char *space = memchr(text.data + at, ' ', text.size - at);
		size_t end = space ? (size_t)(space - text.data) : text.size;

		if (glyph_digit(first) >= 0 ||
		    (!glyph_is_upper(first) &&
		     !may_be_small((struct docket_bytes){ text.data + at,
							  end - at })))
			return false;
		words++;
		at = end + 1;
	}
	return words >= 2 && words <= WORDS_LIMIT;
}

/* In scripts without spaces an office may stand before the name. */
static struct docket_bytes
cut_office(struct docket_bytes name)
{
	size_t at = name.size;
	size_t next;

	if (!at || !glyph_is_wide(glyph_previous(name, &at)))
		return name;
	for (at = name.size; at > 0;) {
		next = at;
		if (glyph_is_space(glyph_previous(name, &at)))
			return (struct docket_bytes){ name.data + next,
						      name.size - next };
	}
	return name;
}

static void
put_signatory(struct document *document, struct docket_bytes name)
{
	while (name.size && strchr(",;* ", name.data[name.size - 1]))
		name.size--;
	name = cut_office(name);
	if (!name.size || document->has_signatories)
		return;
	if (document->signatories++ < SIGNATORIES_LIMIT)
		docket_put_field(document->job, DOCKET_FIELD_SIGNATORY, name);
}

/* ---- signatures with a word ---- */

static void
mark_offices_below(struct document *document, size_t at, size_t last)
{
	struct match match;

	for (int i = 0; i < OFFICES_LIMIT && at < last; at++) {
		struct unit *unit = &document->units[at];

		if (unit->zone == ZONE_FURNITURE)
			break;
		if (!is_office(document, unit) &&
		    (!is_line(unit) ||
		     document_match(document, unit, LEXEME_SIGNED, &match)))
			break;
		mark(unit);
		i++;
	}
}

static void
mark_offices_above(struct document *document, size_t at, size_t first)
{
	for (int i = 0; i < OFFICES_LIMIT && at > first; i++) {
		struct unit *unit = &document->units[--at];

		if (!is_office(document, unit))
			break;
		mark(unit);
	}
}

static void
read_signed(struct document *document, const struct section *section,
	    size_t index, bool is_own)
{
	struct unit *unit = &document->units[index];
	struct match match;
	size_t start;
	size_t end;

	if (unit->zone != ZONE_TEXT || unit->end - unit->start > LINE_LIMIT ||
	    !document_match(document, unit, LEXEME_SIGNED, &match))
		return;
	start = match.slots[SLOT_NAME].start;
	end = match.slots[SLOT_NAME].end;
	mark_offices_above(document, index, section->first);
	mark(unit);
	if (end <= start && index + 1 < section->last &&
	    is_line(&document->units[index + 1])) {
		unit = &document->units[++index];
		mark(unit);
		if (is_own)
			put_signatory(document, document_text(document, unit));
	} else if (is_own && end > start) {
		put_signatory(document,
			      document_source(document, unit, start, end));
	}
	mark_offices_below(document, index + 1, section->last);
}

/* ---- signatures without one ---- */

/* The lines at the end of a section: the first of them, or its last. */
static size_t
find_last_lines(const struct document *document, const struct section *section)
{
	size_t at = section->last;

	while (at > section->first &&
	       (document->units[at - 1].zone != ZONE_TEXT ||
		is_line(&document->units[at - 1])))
		at--;
	return at;
}

static void
read_unsigned(struct document *document, const struct section *section,
	      bool is_own)
{
	for (size_t i = find_last_lines(document, section);
	     i + 1 < section->last; i++) {
		struct unit *unit = &document->units[i];

		if (!is_name(document, unit) || !is_office(document, unit + 1))
			continue;
		mark(unit);
		if (is_own)
			put_signatory(document, document_text(document, unit));
		mark_offices_below(document, i + 1, section->last);
	}
}

/* Judges sign side by side, and only some of them say what they are. */
static void
read_judges(struct document *document, const struct section *section)
{
	size_t begin = find_last_lines(document, section);
	size_t names = 0;
	size_t offices = 0;

	for (size_t i = begin; i < section->last; i++) {
		names += is_name(document, &document->units[i]);
		offices += is_office(document, &document->units[i]);
	}
	if (names < 3 || !offices)
		return;
	for (size_t i = begin; i < section->last; i++) {
		struct unit *unit = &document->units[i];

		if (is_office(document, unit)) {
			mark(unit);
		} else if (is_name(document, unit)) {
			mark(unit);
			put_signatory(document, document_text(document, unit));
		}
	}
}

void
signature_mark(struct document *document)
{
	for (size_t s = 0; s < document->section_count; s++) {
		const struct section *section = &document->sections[s];
		size_t first = s ? section->first : document->front_end;

		for (size_t i = first; i < section->last; i++)
			read_signed(document, section, i, s == 0);
		if (s > 0 || document->class == CLASS_LETTER ||
		    document->class == CLASS_LETTER_IDENTICAL)
			read_unsigned(document, section, s == 0);
	}
	if (document->class == CLASS_COURT_ORDER)
		read_judges(document, &document->sections[0]);
}
