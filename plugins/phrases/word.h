/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word.h - a word's letters, folded, while it is read
 *
 * They are kept as UTF-8: those of ASCII are copied as they stand, and the hash
 * takes eight bytes at a time whatever the script is.
 */
#ifndef PHRASES_WORD_H
#define PHRASES_WORD_H

#include "source.h"

/* Longer words have no stem: nobody inflects them. */
#define WORD_LETTERS 40
/* So many bytes are written at once, though fewer may count. */
#define WORD_PUT 8
#define WORD_ROOM (WORD_LETTERS * 4 + WORD_PUT)

struct word {
	uint64_t hash; /* of what a long word began with; it is not kept */
	size_t size;
	size_t letters;
	bool has_small; /* a letter that is no capital */
	char before[8]; /* read with the word's last bytes, and left out */
	char bytes[WORD_ROOM + WORD_PUT];
};

static inline void
word_begin(struct word *word)
{
	word->hash = HASH_WORD;
	word->size = 0;
	word->letters = 0;
	word->has_small = false;
}

/*
 * Read letters of a script into the word, as many as can be read at once;
 * returns where they end. Where they do not begin nothing is read.
 */
size_t word_take(struct word *word, const struct source *source, size_t start,
		 uint8_t script);

static inline uint64_t
word_hash(const struct word *word)
{
	return hash_bytes(word->hash, word->bytes, word->size);
}

/*
 * The hash of the word's stem, without an article and an ending; of a word
 * whose letters are WORD_LETTERS at most.
 */
uint64_t word_stem(const struct writing *writing, const struct word *word);

/*
 * The same for each prefix that the word begins with, without it. At most room
 * are written; returns how many.
 */
size_t word_unprefixed(const struct writing *writing, const struct word *word,
		       uint64_t *out_hashes, size_t room);

#endif
