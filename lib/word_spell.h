/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_spell.h - the kept form of a word, gathered (private to word*)
 */
#ifndef LIB_WORD_SPELL_H
#define LIB_WORD_SPELL_H

#include "word.h"
#include "word_fold.h"

/* What is longer is cut, in texts and in queries alike. */
#define WORD_LIMIT_CHARACTERS 64

struct word_spelling {
	char bytes[WORD_TOKEN_LIMIT_BYTES + 1];
	size_t size;
	size_t characters;
	uint32_t last; /* what a mark may compose with; 0: nothing */
	size_t last_at;
	bool has_marks; /* its plain form is another */
};

/* The kept form of an ASCII letter or digit; 0: the byte is neither. */
extern const char word_ascii[256];

void word_spell_clear(struct word_spelling *spelling);

/* Add a letter or joiner, with its row. */
void word_spell(struct word_spelling *spelling, uint32_t code,
		const struct word_fold *fold);

/* How many ASCII letters and digits text begins with. */
size_t word_measure_ascii(const char *text, size_t size);

/* The same, and add them. */
size_t word_spell_ascii(struct word_spelling *spelling, const char *text,
			size_t size);

#endif
