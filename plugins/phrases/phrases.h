/* SPDX-License-Identifier: Apache-2.0 */
/*
 * phrases.h - a set of phrases, and the longest of them at a place of a text
 *
 * A tree of words in one hash table: finding takes as long as the phrase is,
 * however many there are. Phrases are compared by the stems of their words, and
 * hyphens and apostrophes do not count. Where a phrase begins with a capital,
 * so must the text. One that is all capitals (an acronym), or that is given
 * with a leading '=', is compared as it stands.
 */
#ifndef PHRASES_PHRASES_H
#define PHRASES_PHRASES_H

#include "data.h"
#include "lexer.h"

#define PHRASES_LANGUAGES 32
#define PHRASES_CODE 12
/* Of any language. */
#define PHRASES_ANY UINT32_MAX

struct phrases;

struct phrase_match {
	size_t count; /* tokens */
	uint32_t value;
};

/* On the heap, empty; free takes NULL. */
struct phrases *phrases_new(void);
struct phrases *phrases_free(struct phrases *phrases);

/*
 * The number of a language by its code ("fr", also of "fr-CA"); it is added if
 * may_add. PHRASES_ANY: it is not there, or there is no more room.
 */
uint32_t phrases_language(struct phrases *phrases, struct docket_bytes code,
			  bool may_add);

/*
 * Add a phrase with its value. The same phrase of the same language keeps its
 * first value. false: it has no word.
 */
bool phrases_add(struct phrases *phrases, const struct writing *writing,
		 struct docket_bytes phrase, uint32_t language, uint32_t value);

/* The same of each phrase in a value, in the language of its file or column. */
void phrases_add_value(struct phrases *phrases, const struct writing *writing,
		       const struct data_value *from, uint32_t value);

/*
 * The longest phrase that begins at this token. One in the language given goes
 * before the same in another; an acronym of up to three letters is none in
 * another language, or among capitals.
 */
bool phrases_find(const struct phrases *phrases, const struct writing *writing,
		  struct docket_bytes text, const struct tokens *tokens,
		  size_t index, uint32_t language,
		  struct phrase_match *out_match);

/* How many bytes it takes. */
size_t phrases_size(const struct phrases *phrases);

#endif
