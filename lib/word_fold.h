/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_fold.h - what each character is to a word (private to word*, query*)
 *
 * A character has two forms. Kept: compatibility and case folded, but with its
 * marks, as stemmers want it. Plain: the kept form without marks and with the
 * Arabic letters unified, as people type it. lib/gen/fold_table.c, which fills
 * the table at build time, has the rules.
 */
#ifndef LIB_WORD_FOLD_H
#define LIB_WORD_FOLD_H

#include "mem.h"

enum word_class {
	WORD_CLASS_SEPARATOR = 0,
	WORD_CLASS_SPACE,    /* a separator too */
	WORD_CLASS_IGNORED,  /* nothing: neither ends a word nor begins one */
	WORD_CLASS_LETTER,   /* or digit */
	WORD_CLASS_JOINER,   /* a mark: may compose with what is before it */
	WORD_CLASS_PAIRED,   /* Han, kana: a token with its successor */
	WORD_CLASS_UNSPACED, /* Thai, Lao, Khmer, Burmese: ICU finds the words */
};

#define WORD_FOLD_KEPT_MAX 4

/* Values of `plain` that are no character. */
#define WORD_FOLD_SELF 0u	   /* the character is its own plain form */
#define WORD_FOLD_DROP 0xFFFFFFFFu /* it has none */

struct word_fold {
	uint8_t class;	/* enum word_class */
	uint8_t count;	/* of kept; 0: the character itself */
	bool has_marks; /* the plain form of kept is another */
	uint32_t kept[WORD_FOLD_KEPT_MAX];
	uint32_t plain; /* of this character where it stands in a kept form */
};

/* Two characters of a kept form that are one: e, combining acute, e acute. */
struct word_fold_pair {
	uint32_t second;
	uint32_t first;
	uint32_t composed;
};

/* The table is in blocks of this many characters. */
#define WORD_FOLD_BLOCK 128

/* The row of a character; code must be at most U+10FFFF. */
const struct word_fold *word_fold_find(uint32_t code);

/* The one character that two of them are, or 0. */
uint32_t word_fold_compose(uint32_t first, uint32_t second);

/*
 * Write the plain form of a kept form to out, which has room for kept.size
 * bytes (no plain form is longer), and return its size.
 */
size_t word_fold_strip(struct docket_bytes kept, char *out);

/* Write a character as UTF-8, at most 4 bytes; returns how many. */
size_t word_fold_encode(uint32_t code, char *out);

#endif
