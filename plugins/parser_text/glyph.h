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

/* What only tells where a line may end or a text begins. */
static inline bool
glyph_is_dropped(int32_t c)
{
	return c == 0xad || c == 0xfeff;
}

/* ASCII is most of most texts, and answered in place by this table. */
extern const unsigned char glyph_ascii[128];
int32_t glyph_next_wide(struct docket_bytes text, size_t *at);
int32_t glyph_previous_wide(struct docket_bytes text, size_t *at);
enum glyph glyph_classify_wide(int32_t c);
unsigned glyph_columns_wide(int32_t c);

/* The character at *at, which moves behind it; *at must be below size. */
static inline int32_t
glyph_next(struct docket_bytes text, size_t *at)
{
	unsigned char c = (unsigned char)text.data[*at];

	return c < 0x80 ? ((*at)++, c) : glyph_next_wide(text, at);
}

/* The character before *at, which moves to its start; *at must be above 0. */
static inline int32_t
glyph_previous(struct docket_bytes text, size_t *at)
{
	unsigned char c = (unsigned char)text.data[*at - 1];

	return c < 0x80 ? ((*at)--, c) : glyph_previous_wide(text, at);
}

static inline enum glyph
glyph_classify(int32_t c)
{
	return c >= 0 && c < 0x80 ? (enum glyph)glyph_ascii[c]
				  : glyph_classify_wide(c);
}

/* How many columns it takes: 0, 1 or 2. */
static inline unsigned
glyph_columns(int32_t c)
{
	return c < 0x300 ? 1 : glyph_columns_wide(c);
}

/* Does a line break beside it, in place of a space, mean no space? */
bool glyph_is_wide(int32_t c);

static inline bool
glyph_is_letter(enum glyph glyph)
{
	return glyph >= GLYPH_LOWER && glyph <= GLYPH_IDEOGRAPH;
}

#endif
