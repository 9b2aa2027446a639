/* SPDX-License-Identifier: Apache-2.0 */
/*
 * letters.c - what a code point is, and the plain form of odd ones
 *
 * ICU knows; ASCII is answered without asking it. Owns ICU's normalizer, which
 * is constant data, and two converters.
 */
#include "letters.h"

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

static const UNormalizer2 *compatibility;
/* Their first levels are the characters that are learned, in either script. */
static UConverter *mainland, *taiwan;

bool
letters_start(void)
{
	UErrorCode error = U_ZERO_ERROR;

	compatibility = unorm2_getNFKCInstance(&error);
	mainland = ucnv_open("GB2312", &error);
	taiwan = ucnv_open("Big5", &error);
	return U_SUCCESS(error);
}

void
letters_stop(void)
{
	ucnv_close(mainland);
	ucnv_close(taiwan);
	mainland = taiwan = NULL;
}

static enum letter_kind
classify_ascii(uint32_t c)
{
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
		return LETTER_LTR;
	return c >= '0' && c <= '9' ? LETTER_DIGIT : LETTER_NEUTRAL;
}

enum letter_kind
letter_classify(uint32_t c)
{
	if (c < 0x80)
		return classify_ascii(c);
	switch ((int)u_charDirection((UChar32)c)) {
	case U_LEFT_TO_RIGHT:
		return LETTER_LTR;
	case U_RIGHT_TO_LEFT:
	case U_RIGHT_TO_LEFT_ARABIC:
		return LETTER_RTL;
	case U_EUROPEAN_NUMBER:
	case U_ARABIC_NUMBER:
		return LETTER_DIGIT;
	case U_DIR_NON_SPACING_MARK:
		return LETTER_MARK;
	default:
		return LETTER_NEUTRAL;
	}
}

bool
letter_is_lower(uint32_t c)
{
	return c < 0x80 ? c >= 'a' && c <= 'z' : u_islower((UChar32)c);
}

bool
letter_is_upper(uint32_t c)
{
	return c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper((UChar32)c);
}

bool
letter_is_alphabetic(uint32_t c)
{
	return c < 0x80 ? classify_ascii(c) == LETTER_LTR
			: u_isalpha((UChar32)c);
}

bool
letter_is_wide(uint32_t c)
{
	return (c >= 0x2e80 && c < 0xa000) || (c >= 0xf900 && c < 0xfb00) ||
	       (c >= 0xff00 && c < 0xff61) || (c >= 0x20000 && c < 0x32000);
}

bool
letter_is_han(uint32_t c)
{
	return (c >= 0x3400 && c < 0xa000) || (c >= 0x20000 && c < 0x32000);
}

/* The first of its two bytes in an encoding; 0 if it is not in there. */
static unsigned
find_lead(UConverter *converter, uint32_t c)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar from[2];
	int32_t size = 0;
	char to[8];

	U16_APPEND_UNSAFE(from, size, c);
	size = ucnv_fromUChars(converter, to, sizeof(to), from, size, &error);
	return U_SUCCESS(error) && size == 2 ? (unsigned char)to[0] : 0;
}

bool
letter_is_common_han(uint32_t c)
{
	unsigned lead = find_lead(mainland, c);

	if (lead >= 0xb0 && lead <= 0xd7)
		return true;
	lead = find_lead(taiwan, c);
	return lead >= 0xa4 && lead <= 0xc6;
}

uint32_t
letter_to_base(uint32_t c)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar to[8];
	int32_t size;

	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
	size = unorm2_getRawDecomposition(compatibility, u_tolower((UChar32)c),
					  to, 8, &error);
	return U_SUCCESS(error) && size > 0 && to[0] < 0xd800
		       ? to[0]
		       : (uint32_t)u_tolower((UChar32)c);
}

bool
letter_is_dropped(uint32_t c)
{
	return (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xfeff || c == 0x61c;
}

uint32_t
letter_mirror(uint32_t c)
{
	return (uint32_t)u_charMirror((UChar32)c);
}

/* What has a plain form that means the same to a reader. */
static bool
is_presentation(uint32_t c)
{
	return (c >= 0xfb00 && c <= 0xfdff) || (c >= 0xfe70 && c < 0xfeff) ||
	       (c >= 0x2e80 && c <= 0x2fd5) || (c >= 0xf900 && c <= 0xfaff);
}

size_t
letter_to_plain(uint32_t c, uint32_t out[LETTER_PLAIN_LIMIT])
{
	UErrorCode error = U_ZERO_ERROR;
	UChar from[2], to[LETTER_PLAIN_LIMIT];
	int32_t size = 0, at = 0;
	size_t count = 0;

	out[0] = c;
	if (!is_presentation(c))
		return 1;
	U16_APPEND_UNSAFE(from, size, c);
	size = unorm2_normalize(compatibility, from, size, to,
				LETTER_PLAIN_LIMIT, &error);
	if (U_FAILURE(error))
		return 1;
	while (at < size && count < LETTER_PLAIN_LIMIT) {
		UChar32 plain;

		U16_NEXT(to, at, size, plain);
		/* Isolated vowel signs come with a space to stand on. */
		if (plain != ' ')
			out[count++] = (uint32_t)plain;
	}
	return count;
}

size_t
letter_to_utf8(uint32_t c, char out[4])
{
	size_t size = 0;

	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		c = 0xfffd;
	U8_APPEND_UNSAFE(out, size, c);
	return size;
}

uint32_t
letter_next(const char *text, size_t size, size_t *at)
{
	UChar32 c;

	U8_NEXT_OR_FFFD(text, *at, size, c);
	return (uint32_t)c;
}
