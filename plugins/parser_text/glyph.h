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

/*
 * ASCII is most of most texts, and answered in place by the one table; of other
 * characters the other one remembers what was said: the glyph in its low bits,
 * above them the columns, and a bit that it was asked for.
 */
#define GLYPH_REMEMBERED 0x10000
#define GLYPH_MASK 7
#define GLYPH_COLUMNS_SHIFT 3
#define GLYPH_IS_KNOWN 0x80
extern const unsigned char glyph_ascii[128];
extern unsigned char glyph_answers[GLYPH_REMEMBERED];
int32_t glyph_next_wide(struct docket_bytes text, size_t *at);
int32_t glyph_previous_wide(struct docket_bytes text, size_t *at);
unsigned glyph_ask(int32_t c); /* as it is remembered */

/* The character at *at, which moves behind it; *at must be below size. */
static inline int32_t
glyph_next(struct docket_bytes text, size_t *at)
{
	const unsigned char *data = (const unsigned char *)text.data + *at;

	if (data[0] < 0x80) {
		*at += 1;
		return data[0];
	}
	/* Accented, Greek, Cyrillic and Arabic letters. */
	if (data[0] >= 0xc2 && data[0] < 0xe0 && text.size - *at >= 2 &&
	    (data[1] & 0xc0) == 0x80) {
		*at += 2;
		return (data[0] & 0x1f) << 6 | (data[1] & 0x3f);
	}
	return glyph_next_wide(text, at);
}

/* The character before *at, which moves to its start; *at must be above 0. */
static inline int32_t
glyph_previous(struct docket_bytes text, size_t *at)
{
	unsigned char c = (unsigned char)text.data[*at - 1];

	return c < 0x80 ? ((*at)--, c) : glyph_previous_wide(text, at);
}

static inline unsigned
glyph_answer(int32_t c)
{
	if (c >= 0 && c < GLYPH_REMEMBERED && glyph_answers[c])
		return glyph_answers[c];
	return glyph_ask(c);
}

static inline enum glyph
glyph_classify(int32_t c)
{
	return (enum glyph)(c >= 0 && c < 0x80 ? glyph_ascii[c]
					       : glyph_answer(c) & GLYPH_MASK);
}

/* How many columns it takes: 0, 1 or 2. */
static inline unsigned
glyph_columns(int32_t c)
{
	return c < 0x300 ? 1
			 : (glyph_answer(c) & ~(unsigned)GLYPH_IS_KNOWN) >>
				   GLYPH_COLUMNS_SHIFT;
}

/* Does a line break beside it, in place of a space, mean no space? */
bool glyph_is_wide(int32_t c);

static inline bool
glyph_is_letter(enum glyph glyph)
{
	return glyph >= GLYPH_LOWER && glyph <= GLYPH_IDEOGRAPH;
}

#endif
