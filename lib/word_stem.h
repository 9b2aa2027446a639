/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_stem.h - stems of words (private to word*)
 *
 * A word is given in its kept form (word_fold.h); what comes back are tokens:
 * plain, without marks.
 */
#ifndef LIB_WORD_STEM_H
#define LIB_WORD_STEM_H

#include "word.h"

struct word_stemmer; /* heap */

/* The tokens of one word; lent until the next call. twin may be empty. */
struct word_stems {
	struct docket_bytes token;
	struct docket_bytes twin;
};

struct word_stemmer *word_stemmer_new(void);
struct word_stemmer *word_stemmer_free(struct word_stemmer *stemmer);

/* Is there a stemmer of that language for words that begin like this one? */
bool word_stem_fits(enum word_language language, struct docket_bytes kept);

/*
 * The stems of a word that fits, of at most WORD_TOKEN_LIMIT_BYTES: of its kept
 * form, and of its plain one where that differs (has_marks) and so do they.
 */
void word_stem_find(struct word_stemmer *stemmer, enum word_language language,
		    struct docket_bytes kept, bool has_marks,
		    struct word_stems *out_stems);

/*
 * Write them as docket_record_tokens() wants them ("token ", "token =twin ",
 * or nothing where there is no token); returns the end of what was written.
 */
char *word_stem_put(const struct word_stems *stems, char *to);
/* How many bytes that is. */
size_t word_stem_measure(const struct word_stems *stems);

#endif
