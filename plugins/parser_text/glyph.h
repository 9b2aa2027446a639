/* SPDX-License-Identifier: Apache-2.0 */
/*
 * glyph.h - what the layout of plain text asks of a character
 */
#ifndef PARSER_TEXT_GLYPH_H
#define PARSER_TEXT_GLYPH_H

#include <stdbool.h>

#include <docket/plugin.h>

enum glyph {
	GLYPH_NOTHING = 0, /* marks, and what only directs or joins others */
	GLYPH_SPACE,
	GLYPH_LOWER,
	GLYPH_UPPER,
	GLYPH_LETTER,	 /* of a script without case */
	GLYPH_IDEOGRAPH, /* Han and kana: no spaces between words */
	GLYPH_DIGIT,
	GLYPH_SIGN,
};

/* The character at *at, which moves behind it; *at must be below size. */
int32_t glyph_next(struct docket_bytes text, size_t *at);
/* The character before *at, which moves to its start; *at must be above 0. */
int32_t glyph_previous(struct docket_bytes text, size_t *at);

enum glyph glyph_classify(int32_t c);

/* How many columns it takes: 0, 1 or 2. */
unsigned glyph_columns(int32_t c);

/* Does a line break beside it, in place of a space, mean no space? */
bool glyph_is_wide(int32_t c);

static inline bool
glyph_is_letter(enum glyph glyph)
{
	return glyph >= GLYPH_LOWER && glyph <= GLYPH_IDEOGRAPH;
}

#endif
