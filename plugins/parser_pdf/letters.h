/* SPDX-License-Identifier: Apache-2.0 */
/*
 * letters.h - what a code point is, and the plain form of odd ones
 */
#ifndef PARSER_PDF_LETTERS_H
#define PARSER_PDF_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a character takes part in the direction of a line. */
enum letter_kind {
	LETTER_LTR,	/* letters that run from left to right */
	LETTER_RTL,	/* Arabic, Hebrew ... */
	LETTER_DIGIT,	/* runs from left to right in either */
	LETTER_MARK,	/* stands on the letter before it */
	LETTER_NEUTRAL, /* space, punctuation */
};

/* Once, while files may be opened. Returns false if it cannot work. */
bool letters_start(void);
void letters_stop(void);

enum letter_kind letter_classify(uint32_t c);
bool letter_is_lower(uint32_t c);
bool letter_is_upper(uint32_t c);
bool letter_is_alphabetic(uint32_t c);
/* Han, kana and their punctuation: no spaces between them. */
bool letter_is_wide(uint32_t c);
/* Characters of Chinese, and those of them that everybody learns. */
bool letter_is_han(uint32_t c);
bool letter_is_common_han(uint32_t c);
/* Small, without its accents. */
uint32_t letter_to_base(uint32_t c);
/* Controls of direction, joiners, byte order marks: nothing that is read. */
bool letter_is_dropped(uint32_t c);
/* The other one of a pair of brackets, or c. */
uint32_t letter_mirror(uint32_t c);

#define LETTER_PLAIN_LIMIT 20
/*
 * Presentation forms, ligatures, radicals: the letters they stand for. Returns
 * how many were put into out, in logical order; 1 for most.
 */
size_t letter_to_plain(uint32_t c, uint32_t out[LETTER_PLAIN_LIMIT]);

/* Into at most 4 bytes; returns how many. */
size_t letter_to_utf8(uint32_t c, char out[4]);
/* The code point at *at, which moves past it; text is valid UTF-8. */
uint32_t letter_next(const char *text, size_t size, size_t *at);

#endif
