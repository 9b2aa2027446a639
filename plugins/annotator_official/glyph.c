/* SPDX-License-Identifier: Apache-2.0 */
/*
 * glyph.c - what official documents ask of a character
 *
 * Pure. ASCII is answered in place, the rest by ICU's tables.
 */
#include "glyph.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

int32_t
glyph_next(struct docket_bytes text, size_t *at)
{
	const uint8_t *data = (const uint8_t *)text.data;
	UChar32 c;

	if (data[*at] < 0x80)
		return data[(*at)++];
	U8_NEXT(data, *at, text.size, c);
	return c;
}

int32_t
glyph_previous(struct docket_bytes text, size_t *at)
{
	const uint8_t *data = (const uint8_t *)text.data;
	int32_t end = (int32_t)*at;
	UChar32 c;

	if (data[*at - 1] < 0x80)
		return data[--(*at)];
	U8_PREV(data, 0, end, c);
	*at = (size_t)end;
	return c;
}

bool
glyph_is_space(int32_t c)
{
	if (c < 0x80)
		return c == ' ' || (c >= '\t' && c <= '\r');
	return u_isUWhiteSpace(c) || c == 0x200b || c == 0xfeff;
}

bool
glyph_is_wide(int32_t c)
{
	if (c < 0x2e80)
		return false;
	return c <= 0xa4cf || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0xff00 && c <= 0xff60) || c >= 0x20000;
}

/* Hebrew to Myanmar, and ideographs: no letter there has a case. */
static bool
is_caseless(int32_t c)
{
	return (c >= 0x590 && c < 0x10a0) || (c >= 0x2e80 && c < 0xa640);
}

bool
glyph_is_lower(int32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	return !is_caseless(c) && u_islower(c);
}

bool
glyph_is_upper(int32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z';
	return !is_caseless(c) && u_isupper(c);
}

bool
glyph_is_letter(int32_t c)
{
	if (c < 0x80)
		return glyph_is_lower(c) || glyph_is_upper(c);
	return glyph_is_ideograph(c) || u_isalpha(c);
}

int
glyph_digit(int32_t c)
{
	if (c < 0x80)
		return c >= '0' && c <= '9' ? c - '0' : -1;
	return u_charDigitValue(c);
}

bool
glyph_is_word(int32_t c)
{
	return c >= 0 && (glyph_is_letter(c) || glyph_digit(c) >= 0);
}

struct docket_bytes
glyph_trim(struct docket_bytes text)
{
	size_t at;

	while (text.size) {
		at = text.size;
		if (!glyph_is_space(glyph_previous(text, &at)))
			break;
		text.size = at;
	}
	while (text.size) {
		at = 0;
		if (!glyph_is_space(glyph_next(text, &at)))
			break;
		text.data += at;
		text.size -= at;
	}
	return text;
}
