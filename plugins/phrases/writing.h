/* SPDX-License-Identifier: Apache-2.0 */
/*
 * writing.h - what characters are, and what is put before and behind words
 *
 * Text and phrases are compared folded: without case, accents, vowel signs and
 * tatweel, with the digits and the punctuation of all scripts as ASCII where
 * they mean the same. What languages put to a word is data: endings that
 * inflect it, an article that is written with it, particles before it.
 */
#ifndef PHRASES_WRITING_H
#define PHRASES_WRITING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <docket/plugin.h>

enum letter_kind {
	LETTER_IGNORED = 0, /* nothing: a mark, a direction */
	LETTER_SPACE,
	LETTER_SIGN,  /* punctuation and symbols, each for itself */
	LETTER_DIGIT, /* folded to 0 to 9 */
	LETTER_WORD,  /* of a script that writes words */
	LETTER_ALONE, /* Han, kana: each is a token */
};

/* Scripts whose words are taken apart; 0 is any other. */
enum letter_script {
	SCRIPT_OTHER = 0,
	SCRIPT_LATIN,
	SCRIPT_CYRILLIC,
	SCRIPT_ARABIC,
	SCRIPT_NONE, /* of what is no letter of a word */
};

struct letter {
	uint32_t folded;
	uint8_t kind;
	uint8_t script; /* SCRIPT_NONE where kind is not LETTER_WORD */
	bool is_capital;
	uint8_t size; /* of the text; a whole letter has 16 bytes */
	char text[8]; /* folded, as UTF-8; only of LETTER_WORD */
};

/* Characters that have a row of their own: Latin to Arabic. */
#define WRITING_ROWS 0x700
#define WRITING_AFFIX 8	   /* letters */
#define WRITING_AFFIXES 96 /* of each kind */
/* So much of a word must be left when something is taken off. */
#define WRITING_STEM 3

struct affix {
	/* What is at the word's edge, up to eight bytes, and where they are. */
	uint64_t edge;
	uint64_t mask;
	char text[WRITING_AFFIX * 4]; /* all of it, folded */
	uint8_t size;
	uint8_t letters;
};

/* By the letter that is outermost, as a number below WRITING_BINS. */
#define WRITING_BINS 64

struct affixes {
	struct affix items[WRITING_AFFIXES]; /* by bin; the longest first */
	size_t count;
	uint8_t begin[WRITING_BINS + 1]; /* of each bin */
};

struct writing {
	struct letter rows[WRITING_ROWS];
	struct affixes endings;
	struct affixes articles; /* of any word */
	struct affixes prefixes; /* of the first word of a phrase */
	/* Told from those of another writing by this. */
	uint64_t affixes;
};

/* On the heap, without affixes; free takes NULL. Ends the process where */
/* memory runs out, or Unicode's data are not there. */
struct writing *writing_new(void);
struct writing *writing_free(struct writing *writing);

/*
 * Add affixes, parted by spaces, by a key of [inflection] in
 * languages/<code>.conf: endings, article, prefixes. false: there is no such
 * key, or one is too long, or they are too many.
 */
bool writing_take(struct writing *writing, const char *key, const char *words);

#define HAN_FIRST 0x3400u
#define HAN_LAST 0x9fffu

/* A character that has no row, and is not Han; into *room, or a row's. */
const struct letter *writing_find(const struct writing *writing, uint32_t code,
				  struct letter *room);

/* The affixes of a bin; those of others cannot be the word's. */
static inline const struct affix *
writing_bin(const struct affixes *affixes, uint32_t letter, size_t *out_count)
{
	size_t bin = letter % WRITING_BINS;

	*out_count = (size_t)affixes->begin[bin + 1] - affixes->begin[bin];
	return &affixes->items[affixes->begin[bin]];
}

/* What a character is: a row, or *room, which is written. */
static inline const struct letter *
writing_letter(const struct writing *writing, uint32_t code,
	       struct letter *room)
{
	if (code < WRITING_ROWS)
		return &writing->rows[code];
	if (code - HAN_FIRST > HAN_LAST - HAN_FIRST)
		return writing_find(writing, code, room);
	*room = (struct letter){
		.folded = code,
		.kind = LETTER_ALONE,
		.script = SCRIPT_NONE,
	};
	return room;
}

/* Decode the character at *at of valid UTF-8 and step over it. */
static inline uint32_t
writing_next(const char *text, size_t size, size_t *at)
{
	const unsigned char *byte = (const unsigned char *)text + *at;
	size_t left = size - *at;

	if (byte[0] < 0x80 || left < 2) {
		*at += 1;
		return byte[0];
	}
	if (byte[0] < 0xe0 || left < 3) {
		*at += 2;
		return (byte[0] & 0x1fu) << 6 | (byte[1] & 0x3fu);
	}
	if (byte[0] < 0xf0 || left < 4) {
		*at += 3;
		return (byte[0] & 0xfu) << 12 | (byte[1] & 0x3fu) << 6 |
		       (byte[2] & 0x3fu);
	}
	*at += 4;
	return (byte[0] & 0x7u) << 18 | (byte[1] & 0x3fu) << 12 |
	       (byte[2] & 0x3fu) << 6 | (byte[3] & 0x3fu);
}

#endif
