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

/* Of the hash of a word that begins a phrase. */
#define PHRASES_FIRST_BITS 16

struct phrases {
	/* private */
	/*
	 * Words that begin a phrase, as bits by their hash: most words do not,
	 * and are told by this alone. First those which need no capital, then
	 * all.
	 */
	uint64_t first[2][(1u << PHRASES_FIRST_BITS) / 64];
	struct edge *edges;
	size_t edge_count;
	size_t edge_mask;
	uint32_t node_count;
	struct entry *entries;
	size_t entry_count;
	size_t entry_room;
	char languages[PHRASES_LANGUAGES][PHRASES_CODE];
	uint32_t language_count;
};

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

/* private: phrases_find() of a word that phrases_may_begin() */
bool phrases_walk(const struct phrases *phrases, const struct writing *writing,
		  struct docket_bytes text, const struct tokens *tokens,
		  size_t index, uint32_t language,
		  struct phrase_match *out_match);

static inline bool
phrases_has_first(const struct phrases *phrases, uint64_t hash, bool is_capital)
{
	size_t bit = hash >> (64 - PHRASES_FIRST_BITS);

	return phrases->first[is_capital][bit / 64] >> bit % 64 & 1;
}

/* false: no phrase begins with this token, be it without a prefix. */
static inline bool
phrases_may_begin(const struct phrases *phrases, const struct writing *writing,
		  const struct token *token)
{
	return phrases_has_first(phrases, token->hash,
				 token->flags & TOKEN_CAPITAL) ||
	       lexer_may_unprefix(writing, token);
}

/*
 * The longest phrase that begins at this token. One in the language given goes
 * before the same in another; an acronym of up to three letters is none in
 * another language, or among capitals.
 */
static inline bool
phrases_find(const struct phrases *phrases, const struct writing *writing,
	     struct docket_bytes text, const struct tokens *tokens,
	     size_t index, uint32_t language, struct phrase_match *out_match)
{
	return phrases_may_begin(phrases, writing, &tokens->items[index]) &&
	       phrases_walk(phrases, writing, text, tokens, index, language,
			    out_match);
}

/* How many bytes it takes. */
size_t phrases_size(const struct phrases *phrases);

#endif
