/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word.c - text into words: broken, folded, stemmed
 *
 * Owns what the breaker of a thread needs: stemmers, ICU's breaker from the
 * first Thai on, and the word at hand. Reads the text it was lent.
 *
 * One pass, each character looked at a constant number of times. The kept form
 * of a word (word_fold.h) is gathered while its end is sought; then comes its
 * stem. ASCII, most of most texts, is folded by a table of 128 bytes.
 */
#include "word.h"

#include <assert.h>
#include <docket/indexer.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "word_fold.h"
#include "word_spell.h"
#include "word_stem.h"
#include "word_unspaced.h"

/* What word_put_tokens() may append for a word: two tokens, '=', two spaces. */
#define TOKENS_LIMIT_BYTES (2 * WORD_TOKEN_LIMIT_BYTES + 3)

/* A Han or kana with its marks. */
struct paired {
	uint32_t code; /* 0: there is none */
	size_t start;
	size_t end;
};

struct word_breaker {
	struct docket_bytes text;
	size_t at;
	enum word_language language;
	struct word_stemmer *stemmer;
	struct word_unspaced *unspaced; /* NULL until the first such run */
	bool is_in_run;
	size_t run_at;
	struct paired ahead; /* the successor of the last one */
	struct word_spelling spelling;
	char plain[WORD_TOKEN_LIMIT_BYTES + 1];
};

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
	return breaker;
}

void
word_breaker_see_one(struct word_breaker *breaker)
{
	word_stemmer_see_one(breaker->stemmer);
}

struct word_breaker *
word_breaker_free(struct word_breaker *breaker)
{
	if (!breaker)
		return NULL;
	word_stemmer_free(breaker->stemmer);
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

/* The row of the character there; its length, 0 at the end or at no UTF-8. */
static size_t
look_at(const struct word_breaker *breaker, size_t at, uint32_t *out_code,
	const struct word_fold **out_fold)
{
	const unsigned char *text = (const void *)(breaker->text.data + at);
	size_t size = breaker->text.size - at, length = 2;

	/* Accented, Greek, Cyrillic and Arabic letters: two bytes. */
	if (size >= 2 && text[0] >= 0xc2 && text[0] < 0xe0 &&
	    (text[1] & 0xc0) == 0x80)
		*out_code = (text[0] & 0x1fu) << 6 | (text[1] & 0x3fu);
	else
		length = escape_decode((const char *)text, size, out_code);
	if (length > 0)
		*out_fold = word_fold_find(*out_code);
	return length;
}

/* Letters and digits of ASCII, as many as there are; none will do. */
static void
spell_ascii(struct word_breaker *breaker)
{
	const char *text = breaker->text.data + breaker->at;
	size_t size = breaker->text.size - breaker->at;

	if (size > 0 && word_ascii[(unsigned char)text[0]])
		breaker->at += word_spell_ascii(&breaker->spelling, text, size);
}

/* Spell the word that begins here; returns where it ends. */
static size_t
spell_word(struct word_breaker *breaker)
{
	const struct word_fold *fold;
	size_t end, length;
	uint32_t code;

	word_spell_clear(&breaker->spelling);
	spell_ascii(breaker);
	end = breaker->at;
	while ((length = look_at(breaker, breaker->at, &code, &fold)) > 0) {
		switch ((enum word_class)fold->class) {
		case WORD_CLASS_LETTER:
		case WORD_CLASS_JOINER:
			word_spell(&breaker->spelling, code, fold);
			breaker->at += length;
			spell_ascii(breaker);
			end = breaker->at;
			continue;
		case WORD_CLASS_IGNORED:
			breaker->at += length;
			continue;
		case WORD_CLASS_SEPARATOR:
		case WORD_CLASS_SPACE:
		case WORD_CLASS_PAIRED:
		case WORD_CLASS_UNSPACED:
			return end;
		}
	}
	return end;
}

/* The tokens of what was spelled; false if it was nothing but marks. */
static bool
make_tokens(struct word_breaker *breaker, struct word *word)
{
	const struct word_spelling *spelling = &breaker->spelling;
	struct docket_bytes kept = { spelling->bytes, spelling->size };
	struct word_stems stems = { .token = kept };

	if (word_stem_fits(breaker->language, kept)) {
		word_stem_find(breaker->stemmer, breaker->language, kept,
			       spelling->has_marks, &stems);
	} else if (spelling->has_marks) {
		stems.token.data = breaker->plain;
		stems.token.size = word_fold_strip(kept, breaker->plain);
	}
	word->token = stems.token;
	word->twin = stems.twin;
	return word->token.size > 0;
}

static bool
next_spelled(struct word_breaker *breaker, struct word *word)
{
	word->start = (uint32_t)breaker->at;
	word->end = (uint32_t)spell_word(breaker);
	return make_tokens(breaker, word);
}

/* ---- Han and kana ---- */

static struct paired
read_paired(const struct word_breaker *breaker, size_t at)
{
	struct paired paired = { .start = at };
	const struct word_fold *fold;
	uint32_t code, composed;
	size_t length = look_at(breaker, at, &code, &fold);

	if (length == 0 || fold->class != WORD_CLASS_PAIRED)
		return paired;
	paired.code = fold->count ? fold->kept[0] : code;
	for (;;) {
		at += length;
		length = look_at(breaker, at, &code, &fold);
		if (length == 0 || (fold->class != WORD_CLASS_JOINER &&
				    fold->class != WORD_CLASS_IGNORED))
			break;
		composed = word_fold_compose(
			paired.code, fold->count ? fold->kept[0] : code);
		if (composed)
			paired.code = composed;
	}
	paired.end = at;
	return paired;
}

/* Behind the white space there, unless an empty line or a page ends in it. */
static size_t
skip_gap(const struct word_breaker *breaker, size_t at)
{
	const struct word_fold *fold;
	size_t start = at, length, lines = 0;
	uint32_t code;

	while ((length = look_at(breaker, at, &code, &fold)) > 0 &&
	       fold->class == WORD_CLASS_SPACE) {
		lines += code == '\n';
		if (lines > 1 || code == '\f')
			return start;
		at += length;
	}
	return at;
}

static bool
next_paired(struct word_breaker *breaker, struct word *word)
{
	struct paired first = breaker->ahead, second;
	size_t size;

	if (first.code == 0)
		first = read_paired(breaker, breaker->at);
	second = read_paired(breaker, skip_gap(breaker, first.end));
	size = word_fold_encode(first.code, breaker->plain);
	if (second.code)
		size += word_fold_encode(second.code, breaker->plain + size);
	breaker->ahead = second;
	breaker->at = first.end;
	word->start = (uint32_t)first.start;
	word->end = (uint32_t)(second.code ? second.end : first.end);
	word->token = (struct docket_bytes){ breaker->plain, size };
	word->twin = (struct docket_bytes){ NULL, 0 };
	return true;
}

/* ---- scripts without spaces ---- */

static void
start_run(struct word_breaker *breaker)
{
	const struct word_fold *fold;
	size_t size = 0, length;
	bool is_cut = false;
	uint32_t code;

	while ((length = look_at(breaker, breaker->at + size, &code, &fold)) >
		       0 &&
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
	const struct word_fold *fold;
	size_t end = word_unspaced_next(breaker->unspaced), length;
	uint32_t code;

	if (end == 0) {
		breaker->is_in_run = false;
		return false;
	}
	word->start = (uint32_t)breaker->at;
	word->end = (uint32_t)(breaker->run_at + end);
	word_spell_clear(&breaker->spelling);
	while (breaker->at < word->end &&
	       (length = look_at(breaker, breaker->at, &code, &fold)) > 0) {
		if (fold->class != WORD_CLASS_IGNORED)
			word_spell(&breaker->spelling, code, fold);
		breaker->at += length;
	}
	return make_tokens(breaker, word);
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
		length = look_at(breaker, breaker->at, &code, &fold);
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

bool
word_next(struct word_breaker *breaker, struct word *out_word)
{
	for (;;) {
		enum word_class class = find_class(breaker);
		bool is_word;

		if (class == WORD_CLASS_SEPARATOR)
			return false;
		if (class == WORD_CLASS_LETTER)
			is_word = next_spelled(breaker, out_word);
		else if (class == WORD_CLASS_PAIRED)
			is_word = next_paired(breaker, out_word);
		else
			is_word = next_unspaced(breaker, out_word);
		if (is_word)
			return true;
	}
}

static char *
put_token(char *at, struct docket_bytes token)
{
	memcpy(at, token.data, token.size);
	at[token.size] = ' ';
	return at + token.size + 1;
}

void
word_put_tokens(struct word_breaker *breaker, struct docket_bytes text,
		enum word_language language, struct buffer *out)
{
	struct word word;

	word_start(breaker, text, language);
	while (word_next(breaker, &word)) {
		char *start = buffer_reserve(out, TOKENS_LIMIT_BYTES);
		char *end = put_token(start, word.token);

		if (word.twin.size > 0) {
			*end++ = '=';
			end = put_token(end, word.twin);
		}
		out->size += (size_t)(end - start);
	}
}
