/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word.h - text into words: broken, folded, stemmed
 *
 * One definition for documents, queries and snippets, so that what is in a
 * text can be found by it. WORD_VERSION changes when the same text would yield
 * other tokens: an index of another version is rebuilt.
 *
 * Breaking: a word is a run of letters, marks and digits; apostrophes, hyphens
 * and slashes end it (l'homme is two words, A/RES/48/246 four). Han and kana
 * have no spaces: each character begins a token of itself and its successor,
 * the last one stands alone, so that every run of characters is found exactly;
 * white space between two of them is nothing unless it holds an empty line.
 * Thai, Lao, Khmer and Burmese are broken by ICU.
 * Folding: Unicode NFKC case folding, then marks dropped (but Cyrillic short i
 * stays a letter), Arabic letter forms unified, tatweel dropped.
 * Stemming: Snowball, by the language given. A word that loses marks has two
 * tokens at one position where the stems of its two spellings differ.
 */
#ifndef LIB_WORD_H
#define LIB_WORD_H

#include "mem.h"

#define WORD_VERSION 1

/* No token is longer; longer words are cut. */
#define WORD_TOKEN_LIMIT_BYTES 255

/* What the code knows of; everything else is broken and folded, not stemmed. */
enum word_language {
	WORD_OTHER = 0,
	WORD_AR,
	WORD_EN,
	WORD_ES,
	WORD_FR,
	WORD_RU,
	WORD_ZH,
	WORD_LANGUAGE_COUNT
};

/* By the primary subtag of a BCP 47 code; "" and unknown ones are WORD_OTHER. */
enum word_language word_language_of(struct docket_bytes code);

/* A word in its text, with its tokens. Lent until the next call. */
struct word {
	uint32_t start; /* bytes into the text */
	uint32_t end;
	struct docket_bytes token;
	struct docket_bytes twin; /* the second token, or empty */
};

struct word_breaker; /* heap; stemmers and the words seen; one thread */

struct word_breaker *word_breaker_new(void);

/*
 * It will see one document after another, not one or a question: so it
 * remembers more words, in 4 MiB instead of 256 KiB.
 */
void word_breaker_see_many(struct word_breaker *breaker);
struct word_breaker *word_breaker_free(struct word_breaker *breaker);

/* Start on a text (lent until the last word_next()), in one language. */
void word_start(struct word_breaker *breaker, struct docket_bytes text,
		enum word_language language);
/* The next word; false at the end. Linear; never fails. */
bool word_next(struct word_breaker *breaker, struct word *out_word);

/* Append all tokens of a text as docket_record_tokens() wants them. */
void word_put_tokens(struct word_breaker *breaker, struct docket_bytes text,
		     enum word_language language, struct buffer *out);

#endif
