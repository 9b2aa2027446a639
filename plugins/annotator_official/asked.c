/* SPDX-License-Identifier: Apache-2.0 */
/*
 * asked.c - a unit's text, as it is compared with phrases
 *
 * Folding a text costs more than all that is asked of a paragraph, for which
 * its first two letters are enough: no phrase begins so. They are read at once,
 * the rest when something might be there. Out of memory ends the process.
 */
#include <unicode/utf8.h>

#include "document.h"
#include "glyph.h"

/* A letter, such as words begin with in scripts that have spaces. */
static bool
is_plain_letter(int32_t folded)
{
	return folded > 0 && glyph_is_letter(folded);
}

void
document_read_beginning(const struct document *document, struct unit *unit,
			struct docket_bytes text)
{
	const struct fold_table *table = &document->lexicon->table;
	size_t at = 0;
	int32_t first = fold_look_up(table, glyph_next(text, &at));
	int32_t second =
		at < text.size ? fold_look_up(table, glyph_next(text, &at)) : 0;
	char bytes[8];
	size_t size = 0;

	if (!is_plain_letter(first) || !is_plain_letter(second))
		return;
	U8_APPEND_UNSAFE(bytes, size, first);
	U8_APPEND_UNSAFE(bytes, size, second);
	unit->first = bytes[0];
	unit->second = bytes[1];
}

void
document_fold(struct document *document, struct unit *unit)
{
	if (unit->folded.source)
		return;
	unit->folded = fold_keep(
		&document->lexicon->table, &document->folds,
		(struct docket_bytes){ document->text.data + unit->start,
				       unit->fold_end - unit->start },
		unit->start);
	unit->traits = traits_of_text(unit->folded.text);
}

struct docket_bytes
document_source(const struct document *document, const struct unit *unit,
		size_t start, size_t end)
{
	const uint32_t *source = unit->folded.source;
	uint32_t from = source[start];
	uint32_t to = source[end];

	if (to < from)
		to = from;
	return glyph_trim(
		(struct docket_bytes){ document->text.data + from, to - from });
}

static const struct entry *
match(const struct document *document, const struct unit *unit,
      uint32_t languages, enum lexeme lexeme, struct match *out_match)
{
	const struct lexicon *lexicon = document->lexicon;
	struct docket_bytes folded;

	if (!unit->folded.source && unit->first &&
	    !lexicon_may_begin(lexicon, languages, lexeme, unit->first,
			       unit->second))
		return NULL;
	folded = document_folded(document, unit);
	return lexicon_match_traits(lexicon, languages, lexeme, folded, 0,
				    unit->traits, out_match);
}

const struct entry *
document_match(const struct document *document, const struct unit *unit,
	       enum lexeme lexeme, struct match *out_match)
{
	return match(document, unit, document->languages, lexeme, out_match);
}

const struct entry *
document_match_any(const struct document *document, const struct unit *unit,
		   enum lexeme lexeme, struct match *out_match)
{
	return match(document, unit, LEXICON_ALL, lexeme, out_match);
}
