/* SPDX-License-Identifier: Apache-2.0 */
/*
 * label.c - what things are numbered with: 7, 3.1, iv, B, 十二
 *
 * Pure.
 */
#include "label.h"

#include <string.h>

#include "glyph.h"

#define DIGITS_LIMIT 4
#define ROMAN_LIMIT 8
#define HAN_LIMIT 8

/* The value of an ideographic digit, 10 and 100 included, or -1. */
static int
read_han(int32_t c)
{
	static const struct {
		int32_t sign;
		int value;
	} digits[] = {
		{ 0x3007, 0 },	 { 0x96f6, 0 }, { 0x4e00, 1 }, { 0x4e8c, 2 },
		{ 0x4e09, 3 },	 { 0x56db, 4 }, { 0x4e94, 5 }, { 0x516d, 6 },
		{ 0x4e03, 7 },	 { 0x516b, 8 }, { 0x4e5d, 9 }, { 0x5341, 10 },
		{ 0x767e, 100 },
	};

	if (!glyph_is_wide(c))
		return -1;
	for (size_t i = 0; i < sizeof(digits) / sizeof(digits[0]); i++)
		if (digits[i].sign == c)
			return digits[i].value;
	return -1;
}

static int32_t
peek(struct docket_bytes text, size_t at)
{
	return at < text.size ? glyph_next(text, &at) : -1;
}

/* 二十三 is 23, 一九四八 is 1948. */
static bool
read_han_number(struct docket_bytes text, size_t *at, unsigned *out_value)
{
	unsigned total = 0;
	unsigned ones = 0;
	unsigned count = 0;
	bool has_unit = false;

	for (; *at < text.size && count < HAN_LIMIT; count++) {
		int digit = read_han(peek(text, *at));

		if (digit < 0)
			break;
		glyph_next(text, at);
		if (digit >= 10) {
			total += (ones ? ones : 1) * (unsigned)digit;
			ones = 0;
			has_unit = true;
		} else {
			ones = has_unit ? (unsigned)digit
					: ones * 10 + (unsigned)digit;
		}
	}
	*out_value = total + ones;
	return count > 0 && *out_value < 10000;
}

static bool
read_digits(struct docket_bytes text, size_t *at, unsigned *out_value)
{
	size_t begin = *at;

	*out_value = 0;
	while (*at < text.size && *at - begin <= DIGITS_LIMIT &&
	       text.data[*at] >= '0' && text.data[*at] <= '9')
		*out_value =
			*out_value * 10 + (unsigned)(text.data[(*at)++] - '0');
	return *at > begin && *at - begin <= DIGITS_LIMIT;
}

bool
label_read_number(struct docket_bytes folded, size_t *at, unsigned *out_value)
{
	size_t end = *at;

	if (read_digits(folded, &end, out_value) ||
	    (end = *at, read_han_number(folded, &end, out_value))) {
		*at = end;
		return true;
	}
	return false;
}

/* Up to 39; 0: it is none. */
static unsigned
read_roman(struct docket_bytes word)
{
	static const char *const ones[] = { "",	 "i",  "ii",  "iii",  "iv",
					    "v", "vi", "vii", "viii", "ix" };
	unsigned tens = 0;

	while (word.size && word.data[0] == 'x' && tens < 3 &&
	       !(word.size > 1 && word.data[1] == 'l')) {
		word.data++;
		word.size--;
		tens++;
	}
	for (unsigned one = 0; one < 10; one++)
		if (strlen(ones[one]) == word.size &&
		    memcmp(ones[one], word.data, word.size) == 0)
			return tens * 10 + one;
	return 0;
}

static struct label
read_letters(struct docket_bytes text, size_t at)
{
	struct label label = { .end = at };
	struct docket_bytes word = { text.data + at, 0 };
	int32_t c;

	while (at + word.size < text.size && word.size < ROMAN_LIMIT &&
	       word.data[word.size] >= 'a' && word.data[word.size] <= 'z')
		word.size++;
	label.end += word.size;
	label.value = read_roman(word);
	if (word.size && label.value) {
		label.style = LABEL_ROMAN;
		return label;
	}
	if (word.size > 1)
		return (struct label){ .end = at };
	c = peek(text, at);
	if (c < 0 || !glyph_is_letter(c) || glyph_is_wide(c))
		return (struct label){ .end = at };
	label.style = LABEL_LETTER;
	label.value = c >= 'a' && c <= 'z' ? (unsigned)(c - 'a' + 1) : 0;
	label.end = at;
	glyph_next(text, &label.end);
	return label;
}

/* 3.1.2, as far as it goes; a period that nothing follows is not of it. */
static struct label
read_dotted(struct docket_bytes text, struct label label)
{
	for (;;) {
		size_t at = label.end + 1;
		unsigned value;

		if (label.end >= text.size || text.data[label.end] != '.' ||
		    !read_digits(text, &at, &value))
			return label;
		label = (struct label){ LABEL_DOTTED, value, at };
	}
}

struct label
label_read(struct docket_bytes folded, size_t at)
{
	struct label label = { .end = at };

	if (at >= folded.size)
		return label;
	if (read_digits(folded, &label.end, &label.value)) {
		label.style = LABEL_DIGITS;
		label = read_dotted(folded, label);
	} else {
		label.end = at;
		if (read_han_number(folded, &label.end, &label.value))
			label.style = LABEL_HAN;
		else
			label = read_letters(folded, at);
	}
	if (label.style != LABEL_NONE && label.style != LABEL_HAN &&
	    glyph_is_word(peek(folded, label.end)) &&
	    !glyph_is_wide(peek(folded, label.end)))
		return (struct label){ .end = at };
	return label;
}
