/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ordinal.c - the numbers that a browser prints before the items of a list
 *
 * Pure.
 */
#include "ordinal.h"

#include <stdio.h>
#include <string.h>

#include "attribute.h"

#define ROMAN_LIMIT 3999

static const struct {
	const char *word;
	enum ordinal_style style;
} css_words[] = {
	{ "lower-alpha", ORDINAL_LOWER_LETTER },
	{ "lower-latin", ORDINAL_LOWER_LETTER },
	{ "upper-alpha", ORDINAL_UPPER_LETTER },
	{ "upper-latin", ORDINAL_UPPER_LETTER },
	{ "lower-roman", ORDINAL_LOWER_ROMAN },
	{ "upper-roman", ORDINAL_UPPER_ROMAN },
	{ "arabic-indic", ORDINAL_ARABIC },
	{ "decimal", ORDINAL_DECIMAL },
	{ "none", ORDINAL_NONE },
	{ "disc", ORDINAL_NONE },
	{ "circle", ORDINAL_NONE },
	{ "square", ORDINAL_NONE },
};

enum ordinal_style
ordinal_style_of_type(struct docket_bytes value)
{
	if (value.size != 1)
		return attribute_is(value, "disc") ||
				       attribute_is(value, "circle") ||
				       attribute_is(value, "square")
			       ? ORDINAL_NONE
			       : ORDINAL_UNSAID;
	switch (value.data[0]) {
	case '1':
		return ORDINAL_DECIMAL;
	case 'a':
		return ORDINAL_LOWER_LETTER;
	case 'A':
		return ORDINAL_UPPER_LETTER;
	case 'i':
		return ORDINAL_LOWER_ROMAN;
	case 'I':
		return ORDINAL_UPPER_ROMAN;
	default:
		return ORDINAL_UNSAID;
	}
}

enum ordinal_style
ordinal_style_of_css(struct docket_bytes style)
{
	static const char property[] = "list-style";
	const char *found =
		memmem(style.data, style.size, property, sizeof(property) - 1);
	struct docket_bytes value;
	const char *end;

	if (!found)
		return ORDINAL_UNSAID;
	value.data = found;
	value.size = style.size - (size_t)(found - style.data);
	end = memchr(value.data, ';', value.size);
	if (end)
		value.size = (size_t)(end - value.data);
	for (size_t i = 0; i < sizeof(css_words) / sizeof(css_words[0]); i++)
		if (attribute_has(value, css_words[i].word))
			return css_words[i].style;
	return ORDINAL_UNSAID;
}

/* 1 is a, 26 is z, 27 is aa. */
static void
print_letters(int value, char first, char out[ORDINAL_LIMIT])
{
	char reversed[ORDINAL_LIMIT];
	size_t count = 0;

	for (; value > 0; value = (value - 1) / 26)
		reversed[count++] = (char)(first + (value - 1) % 26);
	for (size_t i = 0; i < count; i++)
		out[i] = reversed[count - 1 - i];
	out[count] = '\0';
}

static void
print_roman(int value, bool is_upper, char out[ORDINAL_LIMIT])
{
	static const struct {
		int value;
		const char *digits[2];
	} steps[] = {
		{ 1000, { "m", "M" } }, { 900, { "cm", "CM" } },
		{ 500, { "d", "D" } },	{ 400, { "cd", "CD" } },
		{ 100, { "c", "C" } },	{ 90, { "xc", "XC" } },
		{ 50, { "l", "L" } },	{ 40, { "xl", "XL" } },
		{ 10, { "x", "X" } },	{ 9, { "ix", "IX" } },
		{ 5, { "v", "V" } },	{ 4, { "iv", "IV" } },
		{ 1, { "i", "I" } },
	};
	size_t size = 0;

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		for (; value >= steps[i].value; value -= steps[i].value) {
			const char *digits = steps[i].digits[is_upper];

			memcpy(out + size, digits, strlen(digits));
			size += strlen(digits);
		}
	out[size] = '\0';
}

static void
print_arabic(int value, char out[ORDINAL_LIMIT])
{
	char digits[12];
	size_t size = 0;

	snprintf(digits, sizeof(digits), "%d", value);
	for (const char *digit = digits; *digit; digit++) {
		if (*digit == '-') {
			out[size++] = '-';
			continue;
		}
		out[size++] = (char)0xd9;
		out[size++] = (char)(0xa0 + (*digit - '0'));
	}
	out[size] = '\0';
}

size_t
ordinal_print(int value, enum ordinal_style style, char out[ORDINAL_LIMIT])
{
	bool is_letter =
		style == ORDINAL_LOWER_LETTER || style == ORDINAL_UPPER_LETTER;
	bool is_roman =
		style == ORDINAL_LOWER_ROMAN || style == ORDINAL_UPPER_ROMAN;

	if (style == ORDINAL_UNSAID || style == ORDINAL_NONE)
		out[0] = '\0';
	else if (style == ORDINAL_ARABIC)
		print_arabic(value, out);
	else if (is_letter && value > 0)
		print_letters(value, style == ORDINAL_LOWER_LETTER ? 'a' : 'A',
			      out);
	else if (is_roman && value > 0 && value <= ROMAN_LIMIT)
		print_roman(value, style == ORDINAL_UPPER_ROMAN, out);
	else
		snprintf(out, ORDINAL_LIMIT, "%d", value);
	return strlen(out);
}
