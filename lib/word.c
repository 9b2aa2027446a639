/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word.c - text into words: broken, folded, stemmed
 *
 * Owns what the breaker of a thread needs: stemmers, the words that were seen,
 * ICU's breaker from the first Thai on, and the word at hand. Reads the text it
 * was lent.
 *
 * Each character is looked at a constant number of times. First a word's end is
 * sought. If the word was seen before, that was all; if not, its kept form
 * (word_fold.h) is spelled, and then comes its stem.
 */
#include "word.h"

#include <assert.h>
#include <docket/indexer.h>
#include <stdlib.h>
#include <string.h>

#include "word_breaker.h"

/* What word_put_tokens() may append for a word: two tokens, '=', two spaces. */
#define TOKENS_LIMIT_BYTES (2 * WORD_TOKEN_LIMIT_BYTES + 3)
/* So many words are looked for at one time (word_seen.c). */
#define SIGHTINGS 16

enum word_language
word_language_of(struct docket_bytes code)
{
	static const char subtags[][3] = {
		[WORD_AR] = "ar", [WORD_EN] = "en", [WORD_ES] = "es",
		[WORD_FR] = "fr", [WORD_RU] = "ru", [WORD_ZH] = "zh",
	};

	if (code.size < 2 || (code.size > 2 && code.data[2] != '-'))
		return WORD_OTHER;
	for (size_t i = WORD_OTHER + 1; i < ARRAY_SIZE(subtags); i++)
		if (word_ascii[(unsigned char)code.data[0]] == subtags[i][0] &&
		    word_ascii[(unsigned char)code.data[1]] == subtags[i][1])
			return (enum word_language)i;
	return WORD_OTHER;
}

uint32_t
docket_word_version(void)
{
	return WORD_VERSION;
}

struct word_breaker *
word_breaker_new(void)
{
	struct word_breaker *breaker = mem_alloc(sizeof *breaker);

	breaker->stemmer = word_stemmer_new();
	breaker->seen = word_seen_new();
	return breaker;
}

void
word_breaker_see_many(struct word_breaker *breaker)
{
	word_seen_see_many(breaker->seen);
}

struct word_breaker *
word_breaker_free(struct word_breaker *breaker)
{
	if (!breaker)
		return NULL;
	word_stemmer_free(breaker->stemmer);
	word_seen_free(breaker->seen);
	word_unspaced_free(breaker->unspaced);
	free(breaker);
	return NULL;
}

void
word_start(struct word_breaker *breaker, struct docket_bytes text,
	   enum word_language language)
{
	assert(text.size <= UINT32_MAX);
	assert(language < WORD_LANGUAGE_COUNT);
	breaker->text = text;
	breaker->at = 0;
	breaker->language = language;
	breaker->is_in_run = false;
	breaker->ahead.code = 0;
}

/* ---- words of letters ---- */

/* Go past the word that begins here, and note what it is. */
static void
see_word(struct word_breaker *breaker, struct word_sighting *sighting)
{
	const struct word_fold *fold;
	size_t start = breaker->at, at = start, end = start, length;
	size_t size = breaker->text.size;
	const char *text = breaker->text.data;
	uint32_t code;

	while (at < size) {
		unsigned char byte = (unsigned char)text[at];

		if (byte < 0x80) {
			if (!word_ascii[byte])
				break;
			end = at += word_measure_ascii(text + at, size - at);
			continue;
		}
		length = word_look_at(breaker, at, &code, &fold);
		if (length == 0 || (fold->class != WORD_CLASS_LETTER &&
				    fold->class != WORD_CLASS_JOINER &&
				    fold->class != WORD_CLASS_IGNORED))
			break;
		at += length;
		if (fold->class != WORD_CLASS_IGNORED)
			end = at;
	}
	breaker->at = at;
	sighting->raw = (struct docket_bytes){ text + start, at - start };
	sighting->end = end - start;
	sighting->language = breaker->language;
	word_seen_prepare(breaker->seen, size - start, sighting);
}

/* Spell what lies between two places and is known to be a word. */
static void
spell_word(struct word_breaker *breaker, size_t at, size_t end)
{
	const char *text = breaker->text.data;
	const struct word_fold *fold;
	size_t length;
	uint32_t code;

	word_spell_clear(&breaker->spelling);
	while (at < end) {
		if (word_ascii[(unsigned char)text[at]]) {
			at += word_spell_ascii(&breaker->spelling, text + at,
					       end - at);
			continue;
		}
		length = word_look_at(breaker, at, &code, &fold);
		if (length == 0)
			break;
		if (fold->class != WORD_CLASS_IGNORED)
			word_spell(&breaker->spelling, code, fold);
		at += length;
	}
}

/* The tokens of what was spelled; none if it was nothing but marks. */
static void
make_tokens(struct word_breaker *breaker, struct word_stems *stems)
{
	const struct word_spelling *spelling = &breaker->spelling;
	struct docket_bytes kept = { spelling->bytes, spelling->size };

	*stems = (struct word_stems){ .token = kept };
	if (word_stem_fits(breaker->language, kept)) {
		word_stem_find(breaker->stemmer, breaker->language, kept,
			       spelling->has_marks, stems);
	} else if (spelling->has_marks) {
		stems->token.data = breaker->plain;
		stems->token.size = word_fold_strip(kept, breaker->plain);
	}
}

/* The tokens of a word that was not seen before. */
static void
meet_word(struct word_breaker *breaker, const struct word_sighting *sighting,
	  struct word_stems *stems)
{
	size_t at = (size_t)(sighting->raw.data - breaker->text.data);

	spell_word(breaker, at, at + sighting->raw.size);
	make_tokens(breaker, stems);
	word_seen_put(breaker->seen, sighting, stems);
}

/* Take tokens that were put apart again. */
static struct word_stems
part_tokens(const struct word_tokens *tokens)
{
	size_t twin = tokens->twin_size ? tokens->twin_size + 2u : 0;
	const char *end = tokens->data + tokens->size;

	if (tokens->size == 0)
		return (struct word_stems){ 0 };
	return (struct word_stems){
		.token = { tokens->data, tokens->size - twin - 1 },
		.twin = { end - twin + 1, tokens->twin_size },
	};
}

static bool
put_stems(struct word *word, const struct word_stems *stems)
{
	word->token = stems->token;
	word->twin = stems->twin;
	return stems->token.size > 0;
}

static bool
next_spelled(struct word_breaker *breaker, struct word *word)
{
	struct word_sighting sighting;
	struct word_tokens tokens;
	struct word_stems stems;

	word->start = (uint32_t)breaker->at;
	see_word(breaker, &sighting);
	word->end = word->start + (uint32_t)sighting.end;
	if (word_seen_find(breaker->seen, &sighting, &tokens))
		stems = part_tokens(&tokens);
	else
		meet_word(breaker, &sighting, &stems);
	return put_stems(word, &stems);
}

/* ---- scripts without spaces ---- */

static void
start_run(struct word_breaker *breaker)
{
	const struct word_fold *fold;
	size_t size = 0, length;
	bool is_cut = false;
	uint32_t code;

	while ((length = word_look_at(breaker, breaker->at + size, &code,
				      &fold)) > 0 &&
	       (fold->class == WORD_CLASS_UNSPACED ||
		fold->class == WORD_CLASS_JOINER ||
		fold->class == WORD_CLASS_IGNORED)) {
		is_cut = size + length > WORD_UNSPACED_LIMIT_BYTES;
		if (is_cut)
			break;
		size += length;
	}
	if (!breaker->unspaced)
		breaker->unspaced = word_unspaced_new();
	word_unspaced_start(
		breaker->unspaced,
		(struct docket_bytes){ breaker->text.data + breaker->at, size },
		is_cut);
	breaker->is_in_run = true;
	breaker->run_at = breaker->at;
}

static bool
next_unspaced(struct word_breaker *breaker, struct word *word)
{
	size_t end = word_unspaced_next(breaker->unspaced);
	struct word_stems stems;

	if (end == 0) {
		breaker->is_in_run = false;
		return false;
	}
	word->start = (uint32_t)breaker->at;
	word->end = (uint32_t)(breaker->run_at + end);
	spell_word(breaker, breaker->at, word->end);
	breaker->at = word->end;
	make_tokens(breaker, &stems);
	return put_stems(word, &stems);
}

/* ---- all together ---- */

/* Go to what begins a word; its class, or WORD_CLASS_SEPARATOR at the end. */
static enum word_class
skip_separators(struct word_breaker *breaker)
{
	const struct word_fold *fold;
	size_t length;
	uint32_t code;

	for (; breaker->at < breaker->text.size; breaker->at += length) {
		unsigned char byte =
			(unsigned char)breaker->text.data[breaker->at];

		if (word_ascii[byte])
			return WORD_CLASS_LETTER;
		length = 1;
		if (byte < 0x80)
			continue;
		length = word_look_at(breaker, breaker->at, &code, &fold);
		if (length == 0)
			length = 1;
		else if (fold->class >= WORD_CLASS_LETTER &&
			 fold->class != WORD_CLASS_JOINER)
			return (enum word_class)fold->class;
	}
	return WORD_CLASS_SEPARATOR;
}

/* What comes next: what was begun already goes on. */
static enum word_class
find_class(struct word_breaker *breaker)
{
	enum word_class class;

	if (breaker->ahead.code)
		return WORD_CLASS_PAIRED;
	if (breaker->is_in_run)
		return WORD_CLASS_UNSPACED;
	class = skip_separators(breaker);
	if (class == WORD_CLASS_UNSPACED)
		start_run(breaker);
	return class;
}

/* The next word, which is of this class; false if it is nothing. */
static bool
next_of_class(struct word_breaker *breaker, enum word_class class,
	      struct word *word)
{
	if (class == WORD_CLASS_LETTER)
		return next_spelled(breaker, word);
	if (class == WORD_CLASS_PAIRED)
		return word_next_paired(breaker, word);
	return next_unspaced(breaker, word);
}

bool
word_next(struct word_breaker *breaker, struct word *out_word)
{
	enum word_class class;

	while ((class = find_class(breaker)) != WORD_CLASS_SEPARATOR)
		if (next_of_class(breaker, class, out_word))
			return true;
	return false;
}

/* ---- tokens of a whole text ---- */

/* Append tokens where there is room for them; returns their end. */
static char *
put_tokens(struct word_breaker *breaker, const struct word_sighting *sighting,
	   char *to)
{
	struct word_tokens tokens;
	struct word_stems stems;

	if (!word_seen_find(breaker->seen, sighting, &tokens)) {
		meet_word(breaker, sighting, &stems);
		return word_stem_put(&stems, to);
	}
	/* Nearly all of them, by a copy of fixed size. */
	memcpy(to, tokens.data, WORD_SEEN_PADDING);
	if (tokens.size > WORD_SEEN_PADDING)
		memcpy(to, tokens.data, tokens.size);
	return to + tokens.size;
}

/* Append the tokens of words that come next; the class of what is behind. */
static enum word_class
put_spelled(struct word_breaker *breaker, struct buffer *out)
{
	struct word_sighting sightings[SIGHTINGS];
	char *to = buffer_reserve(out, SIGHTINGS * TOKENS_LIMIT_BYTES);
	enum word_class class;
	size_t count = 0;

	while ((class = find_class(breaker)) == WORD_CLASS_LETTER &&
	       count < SIGHTINGS)
		see_word(breaker, &sightings[count++]);
	for (size_t i = 0; i < count; i++)
		to = put_tokens(breaker, &sightings[i], to);
	out->size = (size_t)(to - out->data);
	return class;
}

/* Append the tokens of one word of a script without spaces. */
static void
put_other(struct word_breaker *breaker, enum word_class class,
	  struct buffer *out)
{
	struct word_stems stems;
	struct word word;

	if (!next_of_class(breaker, class, &word))
		return;
	stems = (struct word_stems){ word.token, word.twin };
	out->size = (size_t)(word_stem_put(
				     &stems,
				     buffer_reserve(out, TOKENS_LIMIT_BYTES)) -
			     out->data);
}

void
word_put_tokens(struct word_breaker *breaker, struct docket_bytes text,
		enum word_language language, struct buffer *out)
{
	enum word_class class;

	word_start(breaker, text, language);
	while ((class = put_spelled(breaker, out)) != WORD_CLASS_SEPARATOR)
		if (class != WORD_CLASS_LETTER)
			put_other(breaker, class, out);
}
