/* SPDX-License-Identifier: Apache-2.0 */
/*
 * glyph.c - what the layout of plain text asks of a character
 *
 * ASCII is answered by a table, the rest by ICU's Unicode data; but for what is
 * rare (beyond U+FFFF) its answers are remembered for as long as the process
 * lives, in memory that is used only where a text has such characters.
 */
#include "glyph.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* Ranges that take two columns and are written without spaces. */
static const struct {
	int32_t first;
	int32_t last;
} wide[] = {
	{ 0x1100, 0x115f },   /* Hangul jamo */
	{ 0x2e80, 0x303e },   /* radicals, ideographic punctuation */
	{ 0x3041, 0x33ff },   /* kana, enclosed */
	{ 0x3400, 0x4dbf },   /* Han extension A */
	{ 0x4e00, 0x9fff },   /* Han */
	{ 0xac00, 0xd7a3 },   /* Hangul syllables */
	{ 0xf900, 0xfaff },   /* Han compatibility */
	{ 0xfe30, 0xfe6f },   /* vertical and small forms */
	{ 0xff01, 0xff60 },   /* full-width forms */
	{ 0x20000, 0x3fffd }, /* Han extensions */
};

const unsigned char glyph_ascii[128] = {
	[0 ... ' '] = GLYPH_SPACE,   ['!' ... '/'] = GLYPH_SIGN,
	['0' ... '9'] = GLYPH_DIGIT, [':' ... '@'] = GLYPH_SIGN,
	['A' ... 'Z'] = GLYPH_UPPER, ['[' ... '`'] = GLYPH_SIGN,
	['a' ... 'z'] = GLYPH_LOWER, ['{' ... '~'] = GLYPH_SIGN,
	[0x7f] = GLYPH_SPACE,
};

unsigned char glyph_answers[GLYPH_REMEMBERED];

int32_t
glyph_next_wide(struct docket_bytes text, size_t *at)
{
	const uint8_t *data = (const uint8_t *)text.data;
	UChar32 c;

	U8_NEXT_OR_FFFD(data, *at, text.size, c);
	return c;
}

int32_t
glyph_previous_wide(struct docket_bytes text, size_t *at)
{
	size_t base = *at > 4 ? *at - 4 : 0;
	const uint8_t *data = (const uint8_t *)text.data + base;
	int32_t i = (int32_t)(*at - base);
	UChar32 c;

	U8_PREV_OR_FFFD(data, 0, i, c);
	*at = base + (size_t)i;
	return c;
}

static unsigned
count_columns(int32_t c)
{
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		if (c < wide[i].first)
			break;
		if (c <= wide[i].last)
			return 2;
	}
	return U_MASK(u_charType(c)) &
			       (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)
		       ? 0
		       : 1;
}

/* Hangul is wide, but has spaces between words. */
static bool
has_no_spaces(int32_t c, unsigned columns)
{
	return columns == 2 && !(c >= 0xac00 && c <= 0xd7a3) &&
	       !(c >= 0x1100 && c <= 0x115f);
}

bool
glyph_is_wide(int32_t c)
{
	return has_no_spaces(c, glyph_columns(c));
}

static enum glyph
classify(int32_t c)
{
	uint32_t types = U_MASK(u_charType(c));

	if (types & (U_GC_M_MASK | U_GC_CF_MASK | U_GC_CC_MASK))
		return GLYPH_NOTHING;
	if (types & U_GC_Z_MASK)
		return GLYPH_SPACE;
	if (types & U_GC_LL_MASK)
		return GLYPH_LOWER;
	if (types & (U_GC_LU_MASK | U_GC_LT_MASK))
		return GLYPH_UPPER;
	if (types & U_GC_L_MASK)
		return has_no_spaces(c, count_columns(c)) ? GLYPH_IDEOGRAPH
							  : GLYPH_LETTER;
	return types & U_GC_ND_MASK ? GLYPH_DIGIT : GLYPH_SIGN;
}

unsigned
glyph_ask(int32_t c)
{
	unsigned answer = classify(c) |
			  count_columns(c) << GLYPH_COLUMNS_SHIFT |
			  GLYPH_IS_KNOWN;

	if (c >= 0 && c < GLYPH_REMEMBERED)
		glyph_answers[c] = (unsigned char)answer;
	return answer;
}
