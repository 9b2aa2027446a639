/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entity.c - characters written as &amp; &#38; &#x26;
 *
 * Pure, by the rules of the HTML standard: the longest name that fits; numbers
 * of the C1 range mean what windows-1252 has there; numbers of no character
 * mean U+FFFD. Never looks further than the longest name.
 */
#include "entity.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NAME_LIMIT 31  /* bytes of the longest name */
#define LEGACY_LIMIT 6 /* and of the longest that needs no semicolon */
#define REPLACEMENT 0xfffd
#define UNICODE_LIMIT 0x10ffff

/* What 0x80 to 0x9f are in windows-1252; 0 stands for itself. */
static const uint16_t windows[32] = {
	0x20ac, 0,	0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,	0x017d, 0,
	0,	0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,	0x017e, 0x0178,
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alphanumeric(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* ---- numbers ---- */

static uint32_t
choose_character(uint32_t number)
{
	if (number >= 0x80 && number < 0xa0 && windows[number - 0x80])
		return windows[number - 0x80];
	if (number == 0 || number > UNICODE_LIMIT ||
	    (number >= 0xd800 && number <= 0xdfff))
		return REPLACEMENT;
	return number;
}

static void
encode(uint32_t c, char out[8])
{
	size_t size = 0;

	if (c < 0x80) {
		out[size++] = (char)c;
	} else if (c < 0x800) {
		out[size++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		out[size++] = (char)(0xe0 | c >> 12);
		out[size++] = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		out[size++] = (char)(0xf0 | c >> 18);
		out[size++] = (char)(0x80 | (c >> 12 & 0x3f));
		out[size++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		out[size++] = (char)(0x80 | (c & 0x3f));
	out[size] = '\0';
}

/* -1: not a digit of that base. */
static int
digit_value(char c, unsigned base)
{
	char lower = (char)(c | 0x20);

	if (is_digit(c))
		return c - '0';
	return base == 16 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10
							  : -1;
}

static size_t
read_number(struct docket_bytes text, char out[8])
{
	size_t at = 2;
	unsigned base = 10;
	uint32_t number = 0;
	size_t start;

	if (at < text.size && (text.data[at] | 0x20) == 'x') {
		base = 16;
		at++;
	}
	for (start = at; at < text.size; at++) {
		int value = digit_value(text.data[at], base);

		if (value < 0)
			break;
		if (number <= UNICODE_LIMIT)
			number = number * base + (uint32_t)value;
	}
	if (at == start)
		return 0;
	encode(choose_character(number), out);
	return at + (at < text.size && text.data[at] == ';');
}

/* ---- names ---- */

static int
compare_names(const void *left, const void *right)
{
	const struct docket_bytes *key = left;
	const struct entity_name *entry = right;
	int order = strncmp(key->data, entry->name, key->size);

	return order ? order : -(entry->name[key->size] != '\0');
}

static const struct entity_name *
find_name(const char *data, size_t size)
{
	struct docket_bytes key = { data, size };

	return bsearch(&key, entity_names, entity_name_count,
		       sizeof(entity_names[0]), compare_names);
}

/* The longest name that may stand without a semicolon. */
static const struct entity_name *
find_legacy(struct docket_bytes name, size_t *out_size)
{
	size_t size = name.size < LEGACY_LIMIT ? name.size : LEGACY_LIMIT;

	for (; size > 1; size--) {
		const struct entity_name *entry = find_name(name.data, size);

		if (!entry || !entry->is_legacy)
			continue;
		*out_size = size;
		return entry;
	}
	return NULL;
}

/* In an attribute, what goes on as a name or a value is part of an address. */
static bool
is_address(struct docket_bytes text, size_t at)
{
	return at < text.size &&
	       (text.data[at] == '=' || is_alphanumeric(text.data[at]));
}

static size_t
read_name(struct docket_bytes text, bool is_attribute, char out[8])
{
	const struct entity_name *entry = NULL;
	size_t size = 0;
	size_t taken;

	while (size <= NAME_LIMIT && 1 + size < text.size &&
	       is_alphanumeric(text.data[1 + size]))
		size++;
	taken = 1 + size;
	if (taken < text.size && text.data[taken] == ';') {
		entry = find_name(text.data + 1, size);
		taken++;
	}
	if (!entry) {
		struct docket_bytes name = { text.data + 1, size };

		entry = find_legacy(name, &size);
		taken = 1 + size;
		if (entry && is_attribute && is_address(text, taken))
			return 0;
	}
	if (!entry)
		return 0;
	memcpy(out, entry->text, sizeof(entry->text));
	return taken;
}

size_t
entity_read(struct docket_bytes text, bool is_attribute, char out_text[8])
{
	if (text.size < 2)
		return 0;
	if (text.data[1] == '#')
		return read_number(text, out_text);
	return read_name(text, is_attribute, out_text);
}
