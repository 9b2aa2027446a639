/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold.c - text as it is compared: one spelling for what means the same
 *
 * Owns nothing but the buffers of its caller. Out of memory ends the process.
 */
#include "fold.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include "glyph.h"

/* Signs that stand for another one. What is not here and no letter stays. */
static const struct {
	int32_t sign;
	int32_t folded;
} signs[] = {
	{ 0x2018, '\'' }, { 0x2019, '\'' }, { 0x2bc, '\'' },  { '`', '\'' },
	{ 0xb4, '\'' },	  { 0x60c, ',' },   { 0x3001, ',' },  { 0x61b, ';' },
	{ 0x3002, '.' },  { 0x3014, '[' },  { 0x3015, ']' },  { 0x2212, '-' },
	{ 0x622, 0x627 }, { 0x623, 0x627 }, { 0x625, 0x627 }, { 0x671, 0x627 },
	{ 0x649, 0x64a }, { '*', 0 },	    { '"', 0 },	      { 0xab, 0 },
	{ 0xbb, 0 },	  { 0x201c, 0 },    { 0x201d, 0 },    { 0x201e, 0 },
	{ 0x300a, 0 },	  { 0x300b, 0 },    { 0x640, 0 },
};

/* A letter small and without its accents. */
static int32_t
fold_letter(int32_t c)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *normal = unorm2_getNFDInstance(&error);
	UChar parts[8];
	int32_t count;

	c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
	if (U_FAILURE(error))
		return c;
	count = unorm2_getDecomposition(normal, c, parts, 8, &error);
	return count > 0 && U_SUCCESS(error) ? parts[0] : c;
}

static bool
is_dropped(int32_t c)
{
	int8_t type = u_charType(c);

	return type == U_NON_SPACING_MARK || type == U_FORMAT_CHAR;
}

static int32_t
fold_character(int32_t c)
{
	int digit;

	if (glyph_is_ideograph(c))
		return c;
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xff01 - '!';
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (signs[i].sign == c)
			return signs[i].folded;
	if (glyph_is_space(c))
		return ' ';
	if (is_dropped(c))
		return 0;
	digit = glyph_digit(c);
	if (digit >= 0)
		return '0' + digit;
	if (u_charType(c) == U_DASH_PUNCTUATION)
		return '-';
	return fold_letter(c);
}

void
fold_init(struct fold_table *table)
{
	for (int32_t c = 0; c < FOLD_TABLE; c++)
		table->items[c] = (uint16_t)fold_character(c);
}

static void
reserve(struct folds *folds, size_t more)
{
	if (folds->size + more <= folds->capacity)
		return;
	folds->capacity = (folds->size + more) * 3 / 2 + 256;
	folds->data = realloc(folds->data, folds->capacity);
	folds->source = realloc(folds->source,
				folds->capacity * sizeof(*folds->source));
	if (!folds->data || !folds->source)
		abort();
}

static void
put(struct folds *folds, int32_t c, uint32_t source)
{
	size_t at = folds->size;

	U8_APPEND_UNSAFE(folds->data, folds->size, c);
	while (at < folds->size)
		folds->source[at++] = source;
}

/* Is white space between these two as good as none? */
static bool
is_idle_space(int32_t before, int32_t after)
{
	return after == ',' || after == ':' || after == ';' ||
	       glyph_is_wide(before) || glyph_is_wide(after);
}

/* Most of most texts: small letters and single spaces, taken as they come. */
static size_t
add_plain(const struct fold_table *table, struct folds *folds,
	  struct docket_bytes text, size_t at, uint32_t base)
{
	while (at < text.size && (unsigned char)text.data[at] < 0x80) {
		uint16_t c = table->items[(unsigned char)text.data[at]];

		if (c <= ' ' || c == ',' || c == ':' || c == ';')
			break;
		folds->data[folds->size] = (char)c;
		folds->source[folds->size++] = base + (uint32_t)at++;
	}
	return at;
}

void
fold_add(const struct fold_table *table, struct folds *folds,
	 struct docket_bytes text, uint32_t base)
{
	size_t begin = folds->size;
	int32_t before = 0;
	bool is_space = false;

	reserve(folds, 3 * text.size + 8);
	for (size_t at = 0; at < text.size;) {
		uint32_t source = base + (uint32_t)at;
		int32_t c = glyph_next(text, &at);

		c = c >= 0 && c < FOLD_TABLE ? table->items[c]
					     : fold_character(c);
		if (c == ',' && (before == ':' || before == ','))
			continue;
		if (c == ' ')
			is_space = true;
		if (c <= ' ')
			continue;
		if (is_space && folds->size > begin &&
		    !is_idle_space(before, c))
			put(folds, ' ', source);
		is_space = false;
		put(folds, c, source);
		before = c;
		if (c >= 0x80)
			continue;
		at = add_plain(table, folds, text, at, base);
		before = (unsigned char)folds->data[folds->size - 1];
	}
	folds->source[folds->size] = base + (uint32_t)text.size;
}

void
fold_fini(struct folds *folds)
{
	free(folds->data);
	free(folds->source);
	*folds = (struct folds){ 0 };
}
