/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexicon.c - what languages say in official documents, ready to be looked up
 *
 * Owns the phrases. Out of memory ends the process.
 */
#include "lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "glyph.h"

static const struct {
	const char *name;
	bool has_argument;
} lexemes[LEXEME_COUNT] = {
	[LEXEME_MONTH] = { "month", true },
	[LEXEME_DATE] = { "date", false },
	[LEXEME_ORDINAL] = { "ordinal", true },
	[LEXEME_UNITED] = { "organisation", false },
	[LEXEME_ORGAN] = { "organ", true },
	[LEXEME_DISTRIBUTION] = { "distribution", false },
	[LEXEME_ORIGINAL] = { "original", false },
	[LEXEME_LANGUAGE] = { "language", true },
	[LEXEME_SERIES] = { "series", true },
	[LEXEME_APPROVED] = { "approved", false },
	[LEXEME_SESSION] = { "session", false },
	[LEXEME_AGENDA] = { "agenda", false },
	[LEXEME_PAGE] = { "page", false },
	[LEXEME_CLASS] = { "class", true },
	[LEXEME_CORRESPONDENCE] = { "correspondence", false },
	[LEXEME_COMPLIMENTS] = { "compliments", false },
	[LEXEME_BELOW] = { "author-below", false },
	[LEXEME_ADOPTION] = { "adoption", true },
	[LEXEME_SPONSOR] = { "sponsor", true },
	[LEXEME_ENACTING] = { "enacting", false },
	[LEXEME_PREAMBULAR] = { "preambular", false },
	[LEXEME_OPERATIVE] = { "operative", false },
	[LEXEME_MEETING] = { "meeting", false },
	[LEXEME_ANNEX] = { "annex", false },
	[LEXEME_APPENDIX] = { "appendix", false },
	[LEXEME_ENCLOSURE] = { "enclosure", false },
	[LEXEME_SIGNED] = { "signed", false },
	[LEXEME_OFFICE] = { "office", false },
	[LEXEME_SALUTATION] = { "salutation", false },
	[LEXEME_ADDRESS] = { "address", false },
	[LEXEME_CLOSING] = { "closing", false },
	[LEXEME_CONTENTS] = { "contents", false },
	[LEXEME_HEADING] = { "heading", true },
	[LEXEME_LIST] = { "list", false },
	[LEXEME_NOTE] = { "note", false },
	[LEXEME_CAPTION] = { "caption", false },
	[LEXEME_AND] = { "and", false },
	[LEXEME_ADDRESSEE] = { "addressee", false },
	[LEXEME_AUTHOR] = { "author", false },
	[LEXEME_ARTICLE] = { "article", false },
	[LEXEME_OBLIQUE] = { "oblique", true },
	[LEXEME_ENDING] = { "ending", true },
};

struct lexicon *
lexicon_new(void)
{
	struct lexicon *lexicon = calloc(1, sizeof(*lexicon));

	if (!lexicon)
		abort();
	fold_init(&lexicon->table);
	return lexicon;
}

struct lexicon *
lexicon_free(struct lexicon *lexicon)
{
	if (!lexicon)
		return NULL;
	for (size_t i = 0; i < lexicon->count; i++) {
		pattern_fini(&lexicon->entries[i].pattern);
		free(lexicon->entries[i].argument);
		free(lexicon->entries[i].source);
	}
	free(lexicon->entries);
	free(lexicon->candidates);
	free(lexicon->starts);
	free(lexicon);
	return NULL;
}

int
lexicon_add_language(struct lexicon *lexicon, const char *code)
{
	char *place = lexicon->codes[lexicon->language_count];

	if (lexicon->language_count == LEXICON_LANGUAGES ||
	    strlen(code) >= sizeof(lexicon->codes[0]))
		return -1;
	strcpy(place, code);
	return (int)lexicon->language_count++;
}

/* ---- taking phrases in ---- */

static struct entry *
add_entry(struct lexicon *lexicon)
{
	if (lexicon->count == lexicon->capacity) {
		lexicon->capacity = lexicon->capacity * 2 + 256;
		lexicon->entries =
			realloc(lexicon->entries,
				lexicon->capacity * sizeof(struct entry));
		if (!lexicon->entries)
			abort();
	}
	return &lexicon->entries[lexicon->count++];
}

static char *
copy(struct docket_bytes text)
{
	char *made = strndup(text.data, text.size);

	if (!made)
		abort();
	return made;
}

/* Dates, months and ordinals are read while slots are: they hold none such. */
static bool
may_hold(enum lexeme lexeme, enum slot slot)
{
	if (lexeme == LEXEME_DATE)
		return slot == SLOT_NONE ||
		       (slot >= SLOT_DAY && slot <= SLOT_YEAR);
	if (lexeme == LEXEME_MONTH || lexeme == LEXEME_ORDINAL)
		return slot == SLOT_NONE;
	return true;
}

/* A "~" in a phrase is for whoever uses it; the text has none. */
static bool
make_pattern(const struct lexicon *lexicon, const char *source,
	     struct pattern *out_pattern)
{
	char *plain = copy((struct docket_bytes){ source, strlen(source) });
	size_t size = 0;
	bool is_made;

	for (const char *c = source; *c; c++)
		if (*c != '~')
			plain[size++] = *c;
	is_made =
		pattern_make(&lexicon->table,
			     (struct docket_bytes){ plain, size }, out_pattern);
	free(plain);
	return is_made;
}

static const char *
add_phrase(struct lexicon *lexicon, int language, enum lexeme lexeme,
	   const char *argument, struct docket_bytes phrase)
{
	struct entry entry = {
		.lexeme = lexeme,
		.language = (uint8_t)language,
	};

	entry.source = copy(phrase);
	if (!make_pattern(lexicon, entry.source, &entry.pattern)) {
		free(entry.source);
		return "a phrase is empty, or there is no such {slot}";
	}
	for (size_t i = 0; i < entry.pattern.count; i++) {
		if (may_hold(lexeme, entry.pattern.elements[i].slot))
			continue;
		pattern_fini(&entry.pattern);
		free(entry.source);
		return "this slot is not for this key";
	}
	entry.argument =
		copy((struct docket_bytes){ argument, strlen(argument) });
	*add_entry(lexicon) = entry;
	return NULL;
}

static int
find_lexeme(const char *key, const char **out_argument)
{
	size_t size = strcspn(key, ".");

	*out_argument = key[size] ? key + size + 1 : "";
	for (int i = 0; i < LEXEME_COUNT; i++)
		if (strlen(lexemes[i].name) == size &&
		    memcmp(lexemes[i].name, key, size) == 0 &&
		    lexemes[i].has_argument == (**out_argument != '\0'))
			return i;
	return -1;
}

const char *
lexicon_add(struct lexicon *lexicon, int language, const char *key,
	    const char *value)
{
	const char *argument;
	int lexeme = find_lexeme(key, &argument);
	const char *error = NULL;

	if (lexeme < 0)
		return "there is no such key in [official]";
	while (!error && *value) {
		size_t size = strcspn(value, "|");
		struct docket_bytes phrase =
			glyph_trim((struct docket_bytes){ value, size });

		error = add_phrase(lexicon, language, (enum lexeme)lexeme,
				   argument, phrase);
		value += size + (value[size] == '|');
	}
	return error;
}

/* Those of a lexeme in a language, in the order of its file. */
static void
sort_span(const struct lexicon *lexicon, enum lexeme lexeme, size_t language,
	  struct entry *sorted, struct span *span)
{
	span->end = span->start;
	for (size_t i = 0; i < lexicon->count; i++) {
		const struct entry *entry = &lexicon->entries[i];

		if (entry->lexeme != lexeme || entry->language != language)
			continue;
		sorted[span->end++] = *entry;
	}
}

void
lexicon_finish(struct lexicon *lexicon)
{
	struct entry *sorted = calloc(lexicon->count + 1, sizeof(*sorted));
	size_t count = 0;

	if (!sorted)
		abort();
	for (int lexeme = 0; lexeme < LEXEME_COUNT; lexeme++)
		for (size_t i = 0; i < lexicon->language_count; i++) {
			struct span *span = &lexicon->spans[lexeme][i];

			span->start = count;
			sort_span(lexicon, (enum lexeme)lexeme, i, sorted,
				  span);
			count = span->end;
		}
	free(lexicon->entries);
	lexicon->entries = sorted;
	lexicon->capacity = lexicon->count;
	beginnings_make(lexicon);
}

uint32_t
lexicon_find_language(const struct lexicon *lexicon, struct docket_bytes code)
{
	for (size_t i = 0; i < lexicon->language_count; i++)
		if (strlen(lexicon->codes[i]) == code.size &&
		    memcmp(lexicon->codes[i], code.data, code.size) == 0)
			return 1u << i;
	return LEXICON_ALL;
}

/* ---- looking them up ---- */

#define DAY_LIMIT 31
#define YEAR_FIRST 1800
#define YEAR_LAST 2199

/* A day may carry the ending of its ordinal: 1er, 1st, 1º. */
static size_t
skip_ordinal(struct docket_bytes text, size_t at)
{
	size_t end = at;
	int32_t c;

	for (int i = 0; i < 3 && end < text.size; i++) {
		size_t next = end;

		c = glyph_next(text, &next);
		if (c == ' ' || c == ',')
			return end;
		if (c != 0xb0 && c != 0xba && !(c >= 'a' && c <= 'z'))
			return at;
		end = next;
	}
	return at;
}

static bool
read_month(const struct slot_reader *reader, struct docket_bytes text,
	   size_t *at, unsigned *out_month)
{
	struct match match;
	const struct entry *entry =
		lexicon_match(reader->context, reader->languages, LEXEME_MONTH,
			      text, *at, &match);

	if (entry) {
		*out_month = (unsigned)strtoul(entry->argument, NULL, 10);
		*at = match.end;
		return true;
	}
	return label_read_number(text, at, out_month) && *out_month >= 1 &&
	       *out_month <= 12;
}

static bool
read_label(const struct slot_reader *reader, struct docket_bytes text,
	   size_t *at, struct label *out_label)
{
	struct match match;
	const struct entry *entry =
		lexicon_match(reader->context, reader->languages,
			      LEXEME_ORDINAL, text, *at, &match);

	if (entry) {
		out_label->style = LABEL_WORD;
		out_label->value = (unsigned)strtoul(entry->argument, NULL, 10);
		out_label->end = match.end;
	} else {
		*out_label = label_read(text, *at);
	}
	*at = out_label->end;
	return out_label->style != LABEL_NONE;
}

static bool
read_slot(const struct slot_reader *reader, enum slot slot,
	  struct docket_bytes text, size_t *at, struct match *match)
{
	switch ((int)slot) {
	case SLOT_DATE:
		return lexicon_read_date(reader->context, reader->languages,
					 text, at, &match->date);
	case SLOT_LABEL:
		return read_label(reader, text, at, &match->label);
	case SLOT_NUMBER:
		return label_read_number(text, at, &match->number);
	case SLOT_DAY:
		if (!label_read_number(text, at, &match->date.day))
			return false;
		*at = skip_ordinal(text, *at);
		return match->date.day >= 1 && match->date.day <= DAY_LIMIT;
	case SLOT_MONTH:
		return read_month(reader, text, at, &match->date.month);
	case SLOT_YEAR:
		return label_read_number(text, at, &match->date.year) &&
		       match->date.year >= YEAR_FIRST &&
		       match->date.year <= YEAR_LAST;
	}
	return false;
}

/* What is rare is told, so that texts are passed over where it is not. */
static bool
may_slot_begin(const struct slot_reader *reader, enum slot slot, char byte)
{
	if (slot == SLOT_DATE)
		return beginnings_find(reader->context, reader->languages,
				       LEXEME_DATE, byte)
			->entry;
	if (slot == SLOT_NUMBER || slot == SLOT_DAY || slot == SLOT_YEAR)
		return traits_is_numeral((unsigned char)byte);
	return true;
}

const struct entry *
lexicon_match_traits(const struct lexicon *lexicon, uint32_t languages,
		     enum lexeme lexeme, struct docket_bytes folded, size_t at,
		     uint64_t traits, struct match *out_match)
{
	struct slot_reader reader = {
		.read = read_slot,
		.may_begin = may_slot_begin,
		.context = lexicon,
	};
	const struct candidate *candidate;
	char second;

	if (at >= folded.size)
		return NULL;
	second = at + 1 < folded.size ? folded.data[at + 1] : ' ';
	candidate =
		beginnings_find(lexicon, languages, lexeme, folded.data[at]);
	for (; candidate->entry; candidate++) {
		if ((candidate->second && candidate->second != second) ||
		    candidate->traits & ~traits)
			continue;
		reader.languages = 1u << candidate->entry->language;
		if (languages & reader.languages &&
		    pattern_match(&candidate->entry->pattern, folded, at,
				  &reader, out_match))
			return candidate->entry;
	}
	return NULL;
}

const struct entry *
lexicon_match(const struct lexicon *lexicon, uint32_t languages,
	      enum lexeme lexeme, struct docket_bytes folded, size_t at,
	      struct match *out_match)
{
	return lexicon_match_traits(lexicon, languages, lexeme, folded, at,
				    TRAITS_ALL, out_match);
}

bool
lexicon_may_begin(const struct lexicon *lexicon, uint32_t languages,
		  enum lexeme lexeme, char first, char second)
{
	const struct candidate *candidate =
		beginnings_find(lexicon, languages, lexeme, first);

	while (candidate->entry && candidate->second &&
	       candidate->second != second)
		candidate++;
	return candidate->entry;
}

bool
lexicon_begins(const struct lexicon *lexicon, uint32_t languages,
	       enum lexeme lexeme, const char *argument,
	       struct docket_bytes folded)
{
	struct slot_reader reader = {
		.read = read_slot,
		.may_begin = may_slot_begin,
		.context = lexicon,
	};
	const struct candidate *candidate;

	if (!folded.size)
		return false;
	candidate = beginnings_find(lexicon, languages, lexeme, folded.data[0]);
	for (; candidate->entry; candidate++) {
		const struct entry *entry = candidate->entry;

		reader.languages = 1u << entry->language;
		if (languages & reader.languages &&
		    (!argument || strcmp(entry->argument, argument) == 0) &&
		    pattern_begins(&entry->pattern, folded, &reader))
			return true;
	}
	return false;
}

bool
lexicon_read_date(const struct lexicon *lexicon, uint32_t languages,
		  struct docket_bytes folded, size_t *at, struct date *out_date)
{
	struct match match;

	/* asked of every letter of a line, so the answer is mostly no */
	if (*at >= folded.size ||
	    !beginnings_find(lexicon, languages, LEXEME_DATE, folded.data[*at])
		     ->entry ||
	    !lexicon_match(lexicon, languages, LEXEME_DATE, folded, *at,
			   &match) ||
	    !match.date.year || !match.date.month || !match.date.day)
		return false;
	*out_date = match.date;
	*at = match.end;
	return true;
}
