/* SPDX-License-Identifier: Apache-2.0 */
/*
 * settle.c - who adopted what is cited
 *
 * In this order, and the first that fits the form of the number counts:
 *
 *   1. the organ that is named beside it; one that has no symbols: no mark
 *   2. "the Council": who speaks, or who was last named in full, or the only
 *      one with such numbers
 *   3. "its": who was named before it in the sentence, or who speaks
 *   4. the only organ with such numbers: 1373 (2001), 1/CP.21
 *   5. who was named before it in the sentence
 *   6. the organ that the same number is cited with elsewhere in the text
 *   7. who speaks: the enacting formula names it; or the document's own symbol
 *      does, unless these are mostly the numbers of another
 *
 * The day of adoption is taken from wherever the text states it.
 *
 * Owns a table of what is named, while it works. Linear.
 */
#include "settle.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "iri.h"

#define VALUE_TEXT 96
#define DATE_TEXT 40

/* A number, and the organ that it is cited with somewhere. */
struct known {
	uint64_t key; /* 0: free */
	uint32_t organ;
	uint32_t year;	/* of a plain number: the one it is printed with */
	struct day day; /* of its adoption, where that is stated */
};

struct settling {
	const struct citations *citations;
	const struct vocabulary *vocabulary;
	uint32_t speaker; /* by the document's own symbol */
	struct known *known;
	size_t mask;
	uint32_t plain_organ; /* a plain number is cited with it */
};

/* ---- what is known ---- */

static uint64_t
make_key(const char *text, bool is_decision)
{
	uint64_t key = is_decision ? 2 : 1;

	for (; *text; text++)
		key = (key ^ (unsigned char)*text) * 0x9e3779b97f4a7c15u + 1;
	return key ? key : 1;
}

static struct known *
probe(const struct settling *settling, uint64_t key)
{
	size_t at = (key ^ key >> 32) & settling->mask;

	while (settling->known[at].key && settling->known[at].key != key)
		at = (at + 1) & settling->mask;
	return &settling->known[at];
}

/* The place of a number; a new one says nothing yet. */
static struct known *
place_of(const struct settling *settling, const char *text, bool is_decision)
{
	uint64_t key = make_key(text, is_decision);
	struct known *known = probe(settling, key);

	if (!known->key)
		*known = (struct known){ .key = key, .organ = ORGAN_UNKNOWN };
	return known;
}

static void
learn_day(const struct settling *settling, const struct citation *citation)
{
	struct known *known;

	if (!citation->day.year)
		return;
	known = place_of(settling, citation->item.text, citation->is_decision);
	if (citation->item.form == FORM_PLAIN)
		known->year = citation->day.year;
	if (citation->day.month)
		known->day = citation->day;
}

static void
learn_organ(struct settling *settling, const struct citation *citation)
{
	char plain[ITEM_TEXT];
	struct known *known;

	place_of(settling, citation->item.text, citation->is_decision)->organ =
		citation->organ;
	if (citation->item.form == FORM_PLAIN)
		settling->plain_organ = citation->organ;
	if (citation->item.form != FORM_DATED)
		return;
	snprintf(plain, sizeof(plain), "%u", citation->item.first);
	known = place_of(settling, plain, citation->is_decision);
	known->organ = citation->organ;
	known->year = citation->item.second;
}

/* ---- organs ---- */

static const struct organ *
organ_at(const struct settling *settling, uint32_t organ)
{
	return organ < settling->vocabulary->organ_count
		       ? &settling->vocabulary->organs[organ]
		       : NULL;
}

static bool
fits(const struct settling *settling, uint32_t organ,
     const struct citation *citation)
{
	const struct organ *known = organ_at(settling, organ);

	return known && known->forms & citation->item.form;
}

/* XLVIII; 0: it is none. */
static uint32_t
read_roman(const char *text)
{
	static const struct {
		char letter;
		uint32_t value;
	} letters[] = {
		{ 'I', 1 },   { 'V', 5 },   { 'X', 10 },   { 'L', 50 },
		{ 'C', 100 }, { 'D', 500 }, { 'M', 1000 },
	};
	uint32_t sum = 0, before = 0;

	for (; *text && *text != ')'; text++)
		for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]);
		     i++) {
			if (letters[i].letter != *text)
				continue;
			sum += letters[i].value;
			if (before && before < letters[i].value)
				sum -= 2 * before;
			before = letters[i].value;
		}
	return sum;
}

/* Can the organ have had such a session? */
static bool
is_plausible(const struct organ *organ, const struct item *item)
{
	const char *open = strchr(item->text, '(');
	uint32_t session;

	if (item->form == FORM_SESSION)
		return item->first >= organ->first_session &&
		       item->first <= organ->last_session;
	if (item->form != FORM_ROMAN || !open || open[1] == 'S')
		return true;
	session = read_roman(open + 1);
	return session <= organ->last_roman &&
	       (!organ->rate || item->first <= session * organ->rate);
}

/* The organ whose documents have symbols that begin so. */
static uint32_t
find_speaker(const struct vocabulary *vocabulary, struct docket_bytes symbol)
{
	uint32_t speaker = ORGAN_UNKNOWN;
	size_t longest = 0;

	for (uint32_t i = 0; i < vocabulary->organ_count; i++) {
		const char *series = vocabulary->organs[i].series;
		size_t size = strlen(series);

		if (size > longest && size <= symbol.size &&
		    memcmp(symbol.data, series, size) == 0) {
			longest = size;
			speaker = i;
		}
	}
	return speaker;
}

/* The only organ with such numbers, of those called so; word may be NULL. */
static uint32_t
find_only(const struct settling *settling, const struct citation *citation,
	  const char *word)
{
	uint32_t only = ORGAN_UNKNOWN;

	for (uint32_t i = 0; i < settling->vocabulary->organ_count; i++) {
		if (!fits(settling, i, citation) ||
		    (word && strcmp(organ_at(settling, i)->word, word) != 0))
			continue;
		if (only != ORGAN_UNKNOWN)
			return ORGAN_UNKNOWN;
		only = i;
	}
	return only;
}

/* ---- the rules ---- */

static uint32_t
settle_word(const struct settling *settling, const struct citation *citation)
{
	const char *word = settling->vocabulary->words[citation->word];
	uint32_t enacting = settling->citations->enacting;

	if (fits(settling, enacting, citation) &&
	    strcmp(organ_at(settling, enacting)->word, word) == 0)
		return enacting;
	if (fits(settling, citation->council, citation))
		return citation->council;
	return find_only(settling, citation, word);
}

static uint32_t
settle_own(const struct settling *settling, const struct citation *citation)
{
	if (citation->nearby != ORGAN_UNKNOWN)
		return citation->nearby;
	if (fits(settling, settling->citations->enacting, citation))
		return settling->citations->enacting;
	return ORGAN_UNKNOWN;
}

static uint32_t
settle_default(const struct settling *settling, const struct citation *citation)
{
	const struct organ *speaker = organ_at(settling, settling->speaker);
	uint32_t enacting = settling->citations->enacting;
	uint32_t chosen = ORGAN_UNKNOWN;

	if (fits(settling, enacting, citation) &&
	    citation->item.form != FORM_PLAIN &&
	    is_plausible(organ_at(settling, enacting), &citation->item))
		return enacting;
	if (speaker && fits(settling, settling->speaker, citation) &&
	    is_plausible(speaker, &citation->item) &&
	    citation->item.form != FORM_PLAIN)
		chosen = settling->speaker;
	for (uint32_t i = 0; i < settling->vocabulary->organ_count; i++) {
		const struct organ *organ = organ_at(settling, i);

		if (!(organ->defaults & citation->item.form) ||
		    !is_plausible(organ, &citation->item) || i == chosen)
			continue;
		if (chosen != ORGAN_UNKNOWN)
			return ORGAN_UNKNOWN;
		chosen = i;
	}
	return chosen;
}

/* What a number alone does not tell: a point of a list, a year. */
static bool
is_certain(enum form form)
{
	return form == FORM_DATED || form == FORM_PARTIES ||
	       form == FORM_CONFERENCE;
}

static uint32_t
settle_unnamed(const struct settling *settling, const struct citation *citation)
{
	const struct known *known = probe(
		settling, make_key(citation->item.text, citation->is_decision));
	uint32_t organ = ORGAN_UNKNOWN;

	if (citation->is_own)
		organ = settle_own(settling, citation);
	if (organ == ORGAN_UNKNOWN && is_certain(citation->item.form))
		organ = find_only(settling, citation, NULL);
	if (organ == ORGAN_UNKNOWN)
		organ = citation->nearby;
	if (organ == ORGAN_UNKNOWN && known->key &&
	    known->organ != ORGAN_UNKNOWN)
		organ = known->organ;
	if (organ == ORGAN_UNKNOWN && citation->item.form == FORM_PLAIN)
		organ = settling->plain_organ;
	if (organ == ORGAN_UNKNOWN)
		organ = settle_default(settling, citation);
	return organ;
}

static uint32_t
settle_organ(const struct settling *settling, const struct citation *citation)
{
	uint32_t organ = citation->organ;

	if (organ != ORGAN_UNKNOWN)
		return organ;
	if (citation->word != WORDS_LIMIT)
		organ = settle_word(settling, citation);
	return organ != ORGAN_UNKNOWN ? organ
				      : settle_unnamed(settling, citation);
}

/* Right-to-left text may have 1/70 for 70/1: the session tells. */
static struct citation
turn_round(const struct settling *settling, const struct citation *citation)
{
	struct citation turned = *citation;

	if (!citation->is_right_to_left || strchr(citation->item.text, ' ') ||
	    citation->item.form != FORM_SESSION)
		return turned;
	for (uint32_t i = 0; i < settling->vocabulary->organ_count; i++)
		if (organ_at(settling, i)->defaults & FORM_SESSION &&
		    !is_plausible(organ_at(settling, i), &citation->item) &&
		    (citation->organ == i ||
		     citation->organ == ORGAN_UNKNOWN)) {
			item_swap(&turned.item);
			if (turned.item.form == FORM_SESSION &&
			    is_plausible(organ_at(settling, i), &turned.item))
				return turned;
		}
	return *citation;
}

/* ---- values ---- */

static void
put_value(const struct citation *citation, const char *prefix,
	  const struct known *known, char *out)
{
	/* "A/RES/", but "ECE decision". */
	const char *space =
		islower((unsigned char)prefix[strlen(prefix) - 1]) ? " " : "";

	if (citation->item.form == FORM_PLAIN && known->year)
		snprintf(out, VALUE_TEXT, "%s%s (%u)", prefix,
			 citation->item.text, known->year);
	else
		snprintf(out, VALUE_TEXT, "%s%s%s", prefix, space,
			 citation->item.text);
}

static void
find(const struct settling *settling, const struct citation *citation,
     uint32_t organ, struct finds *finds)
{
	const struct organ *adopter = organ_at(settling, organ);
	const struct known *known = probe(
		settling, make_key(citation->item.text, citation->is_decision));
	char value[VALUE_TEXT], date[DATE_TEXT] = "", uri[IRI_TEXT];
	const char *prefix;

	if (!adopter)
		return;
	prefix =
		citation->is_decision ? adopter->decision : adopter->resolution;
	if (!prefix[0])
		return;
	put_value(citation, prefix, known, value);
	if (known->day.year)
		snprintf(date, sizeof(date), "%04u-%02u-%02u", known->day.year,
			 known->day.month, known->day.day);
	finds_add(finds, citation->item.start, citation->item.end,
		  DOCKET_MARK_REFERENCE, value,
		  iri_of_symbol(value, date, uri) ? uri : NULL);
}

void
settle_citations(const struct citations *citations,
		 const struct vocabulary *vocabulary,
		 struct docket_bytes own_symbol, struct finds *finds)
{
	struct settling settling = {
		.citations = citations,
		.vocabulary = vocabulary,
		.speaker = find_speaker(vocabulary, own_symbol),
		.mask = 15,
		.plain_organ = ORGAN_UNKNOWN,
	};

	while (settling.mask < citations->count * 4)
		settling.mask = settling.mask * 2 + 1;
	settling.known = calloc(settling.mask + 1, sizeof(struct known));
	if (!settling.known)
		abort();
	for (size_t i = 0; i < citations->count; i++) {
		learn_day(&settling, &citations->items[i]);
		if (organ_at(&settling, citations->items[i].organ))
			learn_organ(&settling, &citations->items[i]);
	}
	for (size_t i = 0; i < citations->count; i++) {
		struct citation citation =
			turn_round(&settling, &citations->items[i]);

		find(&settling, &citation, settle_organ(&settling, &citation),
		     finds);
	}
	free(settling.known);
}
