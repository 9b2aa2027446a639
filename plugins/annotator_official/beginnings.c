/* SPDX-License-Identifier: Apache-2.0 */
/*
 * beginnings.c - which phrases may begin with a byte
 *
 * There are thousands of phrases, and a line is asked for forty kinds of them.
 * So for each kind, language and first byte there is a list of those that may
 * begin so, in the order in which they are tried; the lists end with an empty
 * candidate. Out of memory ends the process.
 */
#include <stdlib.h>
#include <string.h>

#include "lexicon.h"

/* ---- what a phrase begins with ---- */

static bool may_phrase_begin(const struct lexicon *lexicon,
			     const struct entry *entry, unsigned char byte);

static bool
may_any_begin(const struct lexicon *lexicon, enum lexeme lexeme,
	      size_t language, unsigned char byte)
{
	const struct span *span = &lexicon->spans[lexeme][language];

	for (size_t i = span->start; i < span->end; i++)
		if (may_phrase_begin(lexicon, &lexicon->entries[i], byte))
			return true;
	return false;
}

static bool
may_label_begin(unsigned char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	       byte >= 0x80;
}

static bool
may_slot_begin(const struct lexicon *lexicon, size_t language, enum slot slot,
	       unsigned char byte)
{
	switch ((int)slot) {
	case SLOT_DAY:
	case SLOT_YEAR:
	case SLOT_NUMBER:
		return traits_is_numeral(byte);
	case SLOT_MONTH:
		return traits_is_numeral(byte) ||
		       may_any_begin(lexicon, LEXEME_MONTH, language, byte);
	case SLOT_DATE:
		return may_any_begin(lexicon, LEXEME_DATE, language, byte);
	case SLOT_LABEL:
		return may_label_begin(byte) ||
		       may_any_begin(lexicon, LEXEME_ORDINAL, language, byte);
	}
	return true;
}

static bool
may_phrase_begin(const struct lexicon *lexicon, const struct entry *entry,
		 unsigned char byte)
{
	const struct element *first = &entry->pattern.elements[0];

	return first->text ? (unsigned char)first->text[0] == byte
			   : may_slot_begin(lexicon, entry->language,
					    first->slot, byte);
}

static char
second_of(const struct entry *entry)
{
	const struct element *first = &entry->pattern.elements[0];

	return first->text && first->size > 1 && first->text[1] != ' '
		       ? first->text[1]
		       : '\0';
}

/* ---- what a text has that such a phrase is in ---- */

static uint64_t traits_of_entry(const struct lexicon *lexicon,
				const struct entry *entry);

/* What all ways to write a date in that language have in common. */
static uint64_t
traits_of_date(const struct lexicon *lexicon, size_t language)
{
	const struct span *span = &lexicon->spans[LEXEME_DATE][language];
	uint64_t traits = TRAITS_ALL;

	for (size_t i = span->start; i < span->end; i++)
		traits &= traits_of_entry(lexicon, &lexicon->entries[i]);
	return traits | TRAITS_NUMBER;
}

static uint64_t
traits_of_entry(const struct lexicon *lexicon, const struct entry *entry)
{
	uint64_t traits = 0;

	for (size_t i = 0; i < entry->pattern.count; i++) {
		const struct element *element = &entry->pattern.elements[i];

		if (element->text)
			traits |= traits_of_words((struct docket_bytes){
				element->text, element->size });
		else if (element->slot == SLOT_DATE)
			traits |= traits_of_date(lexicon, entry->language);
		else if (element->slot == SLOT_DAY ||
			 element->slot == SLOT_YEAR ||
			 element->slot == SLOT_NUMBER)
			traits |= TRAITS_NUMBER;
	}
	return traits;
}

/* ---- lists ---- */

static void
add(struct lexicon *lexicon, const struct candidate *candidate)
{
	if (lexicon->candidate_count == lexicon->candidate_capacity) {
		lexicon->candidate_capacity =
			lexicon->candidate_capacity * 2 + 1024;
		lexicon->candidates = realloc(lexicon->candidates,
					      lexicon->candidate_capacity *
						      sizeof(*candidate));
		if (!lexicon->candidates)
			abort();
	}
	lexicon->candidates[lexicon->candidate_count++] = *candidate;
}

static void
add_list(struct lexicon *lexicon, const struct candidate *all, size_t count,
	 unsigned char byte)
{
	for (size_t i = 0; i < count; i++)
		if (may_phrase_begin(lexicon, all[i].entry, byte))
			add(lexicon, &all[i]);
	add(lexicon, &(struct candidate){ 0 });
}

/* Most bytes begin no phrase of their own: those share a list. */
static bool
is_same_list(const struct lexicon *lexicon, uint32_t one, uint32_t other)
{
	const struct candidate *a = &lexicon->candidates[one];
	const struct candidate *b = &lexicon->candidates[other];

	while (a->entry && a->entry == b->entry) {
		a++;
		b++;
	}
	return a->entry == b->entry;
}

/* The lists of a lexeme in languages first to last - 1. */
static void
make_lists(struct lexicon *lexicon, enum lexeme lexeme, size_t first,
	   size_t last, uint32_t *starts)
{
	size_t begin = lexicon->spans[lexeme][first].start;
	size_t count = lexicon->spans[lexeme][last - 1].end - begin;
	struct candidate *all = calloc(count + 1, sizeof(*all));

	if (!all)
		abort();
	for (size_t i = 0; i < count; i++) {
		const struct entry *entry = &lexicon->entries[begin + i];

		all[i].entry = entry;
		all[i].traits = traits_of_entry(lexicon, entry);
		all[i].second = second_of(entry);
	}
	for (size_t byte = 0; byte < BEGINNINGS; byte++) {
		starts[byte] = (uint32_t)lexicon->candidate_count;
		add_list(lexicon, all, count, (unsigned char)byte);
		if (byte == 0 ||
		    !is_same_list(lexicon, starts[byte - 1], starts[byte]))
			continue;
		lexicon->candidate_count = starts[byte];
		starts[byte] = starts[byte - 1];
	}
	free(all);
}

/* Where the lists of a lexeme are, in a language or, behind them, in all. */
static uint32_t *
starts_of(const struct lexicon *lexicon, enum lexeme lexeme, size_t language)
{
	return lexicon->starts +
	       (lexeme * (lexicon->language_count + 1) + language) * BEGINNINGS;
}

void
beginnings_make(struct lexicon *lexicon)
{
	size_t languages = lexicon->language_count;

	free(lexicon->starts);
	lexicon->candidate_count = 0;
	add(lexicon, &(struct candidate){ 0 });
	lexicon->starts = calloc(LEXEME_COUNT * (languages + 1) * BEGINNINGS,
				 sizeof(*lexicon->starts));
	if (!lexicon->starts)
		abort();
	for (int i = 0; i < LEXEME_COUNT && languages > 0; i++) {
		enum lexeme lexeme = (enum lexeme)i;

		for (size_t k = 0; k < languages; k++)
			make_lists(lexicon, lexeme, k, k + 1,
				   starts_of(lexicon, lexeme, k));
		make_lists(lexicon, lexeme, 0, languages,
			   starts_of(lexicon, lexeme, languages));
	}
}

const struct candidate *
beginnings_find(const struct lexicon *lexicon, uint32_t languages,
		enum lexeme lexeme, char byte)
{
	bool is_one = languages && !(languages & (languages - 1));
	size_t language = is_one ? (size_t)__builtin_ctz(languages)
				 : lexicon->language_count;

	return lexicon->candidates +
	       starts_of(lexicon, lexeme, language)[(unsigned char)byte];
}
