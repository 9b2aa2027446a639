/* SPDX-License-Identifier: Apache-2.0 */
/*
 * marker.c - "7." "(a)" "IV." "一、" at the head of a unit
 *
 * Pure. Which bullets, brackets and closing signs there are is all that this
 * file knows; what a marker means is told by what stands around it.
 */
#include "marker.h"

#include <string.h>

#include "glyph.h"

static bool
is_bullet(int32_t c)
{
	static const int32_t bullets[] = { 0xb7,   0x2022, 0x2023, 0x2043,
					   0x25a0, 0x25a1, 0x25aa, 0x25ab,
					   0x25cb, 0x25cf, 0x25e6, 0x30fb,
					   0xf0a7, 0xf0b7, '-' };

	for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++)
		if (bullets[i] == c)
			return true;
	return false;
}

static size_t
skip_spaces(struct docket_bytes text, size_t at)
{
	while (at < text.size && text.data[at] == ' ')
		at++;
	return at;
}

/* The label, which may be a word of the language where a dash closes it. */
static struct label
read_label(const struct document *document, struct docket_bytes text, size_t at)
{
	struct label label = label_read(text, at);
	struct match match;
	const struct entry *entry;
	size_t end;

	if (label.style != LABEL_NONE || !document->languages)
		return label;
	entry = lexicon_match(document->lexicon, document->languages,
			      LEXEME_ORDINAL, text, at, &match);
	if (!entry)
		return label;
	end = skip_spaces(text, match.end);
	if (end >= text.size || text.data[end] != '-')
		return label;
	return (struct label){ LABEL_WORD, (unsigned)entry->argument[0] - '0',
			       match.end };
}

static bool
is_capital(const struct document *document, const struct unit *unit,
	   size_t start)
{
	uint32_t at = unit->folded.source[start];
	size_t next = at;

	return glyph_is_upper(glyph_next(document->text, &next));
}

/* Behind a closing sign stands a space, an ideograph, a letter or nothing. */
static bool
is_closed_well(struct docket_bytes text, size_t at, const struct marker *marker)
{
	if (at >= text.size || text.data[at] == ' ')
		return true;
	if (marker->closer == '/')
		return false;
	return glyph_is_letter(glyph_next(text, &at)) &&
	       (marker->closer == ')' || marker->label.style == LABEL_DIGITS ||
		marker->label.style == LABEL_HAN);
}

static bool
read_closer(struct docket_bytes text, struct marker *marker)
{
	size_t at = skip_spaces(text, marker->label.end);

	marker->rest = marker->label.end;
	if (at >= text.size || !strchr(").-,/", text.data[at]))
		return !marker->is_opened;
	marker->closer = text.data[at];
	if (marker->is_opened && marker->closer != ')')
		return false;
	/* a space before it: only Arabic, and only before a dash */
	if (at > marker->label.end && marker->closer != '-') {
		marker->closer = 0;
		return true;
	}
	if (!is_closed_well(text, at + 1, marker)) {
		marker->closer = 0;
		return !marker->is_opened;
	}
	marker->rest = skip_spaces(text, at + 1);
	/* "(a)." and "1.-" */
	if (marker->rest < text.size && marker->rest == at + 1 &&
	    strchr(".-", text.data[marker->rest]))
		marker->rest = skip_spaces(text, marker->rest + 1);
	return true;
}

static struct marker
read_bullet(struct docket_bytes text)
{
	struct marker marker = { 0 };
	size_t at = 0;

	if (text.size && is_bullet(glyph_next(text, &at)) && at < text.size &&
	    text.data[at] == ' ') {
		marker.is_bullet = true;
		marker.rest = skip_spaces(text, at);
	}
	return marker;
}

/* "M. K. Name": the letter is a person's, not a heading's. */
static bool
is_initial(struct docket_bytes text, const struct marker *marker)
{
	struct label next = label_read(text, marker->rest);

	return (marker->label.style == LABEL_LETTER ||
		marker->label.style == LABEL_ROMAN) &&
	       marker->is_capital && marker->closer == '.' &&
	       (next.style == LABEL_LETTER || next.style == LABEL_ROMAN) &&
	       next.end < text.size && text.data[next.end] == '.';
}

/* Without a closing sign, a number is a label where a space follows it. */
static bool
is_bare_number(const struct document *document, const struct unit *unit,
	       const struct label *label)
{
	uint32_t at = unit->folded.source[label->end];

	if (label->style != LABEL_DOTTED &&
	    (label->style != LABEL_DIGITS || label->value > 99))
		return false;
	return at > unit->start && label->end < unit->folded.text.size &&
	       glyph_is_space((unsigned char)document->text.data[at - 1]);
}

/* Two letters together are a word, unless they are of a Roman number. */
static bool
begins_with_word(const struct document *document, const struct unit *unit)
{
	return unit->first &&
	       !(strchr("ivx", unit->first) && strchr("ivx", unit->second)) &&
	       !lexicon_may_begin(document->lexicon, document->languages,
				  LEXEME_ORDINAL, unit->first, unit->second);
}

struct marker
marker_read(const struct document *document, const struct unit *unit)
{
	struct docket_bytes text;
	struct marker marker;

	if (begins_with_word(document, unit))
		return (struct marker){ 0 };
	text = document_folded(document, unit);
	marker = read_bullet(text);
	if (marker.is_bullet || !text.size)
		return marker;
	marker.is_opened = text.data[0] == '(';
	marker.start = marker.is_opened ? 1 : 0;
	marker.label = read_label(document, text, marker.start);
	if (marker.label.style == LABEL_NONE || !read_closer(text, &marker) ||
	    (!marker.closer && !is_bare_number(document, unit, &marker.label)))
		return (struct marker){ 0 };
	marker.is_capital = is_capital(document, unit, marker.start);
	if (is_initial(text, &marker))
		return (struct marker){ 0 };
	if (!marker.closer)
		marker.rest = skip_spaces(text, marker.label.end);
	return marker;
}

struct docket_bytes
marker_number(const struct document *document, const struct unit *unit)
{
	if (unit->given.size)
		return unit->given;
	if (unit->marker.label.style == LABEL_NONE)
		return (struct docket_bytes){ 0 };
	return document_source(document, unit, unit->marker.start,
			       unit->marker.label.end);
}
