/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entity.c - characters that HTML writes by name or number
 *
 * Pure. The names are those that mails have: Latin letters, punctuation and
 * signs; others stay as they stand. Owns and ends nothing.
 */
#include "entity.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define NAME_LIMIT 10
#define NUMBER_LIMIT 0x10ffff
#define REPLACEMENT 0xfffd

/* U+00A0 to U+00FF, in order. */
static const char latin[][NAME_LIMIT] = {
	"nbsp",	  "iexcl",  "cent",   "pound",	"curren", "yen",    "brvbar",
	"sect",	  "uml",    "copy",   "ordf",	"laquo",  "not",    "shy",
	"reg",	  "macr",   "deg",    "plusmn", "sup2",	  "sup3",   "acute",
	"micro",  "para",   "middot", "cedil",	"sup1",	  "ordm",   "raquo",
	"frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",
	"Atilde", "Auml",   "Aring",  "AElig",	"Ccedil", "Egrave", "Eacute",
	"Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",
	"Ntilde", "Ograve", "Oacute", "Ocirc",	"Otilde", "Ouml",   "times",
	"Oslash", "Ugrave", "Uacute", "Ucirc",	"Uuml",	  "Yacute", "THORN",
	"szlig",  "agrave", "aacute", "acirc",	"atilde", "auml",   "aring",
	"aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
	"iacute", "icirc",  "iuml",   "eth",	"ntilde", "ograve", "oacute",
	"ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave", "uacute",
	"ucirc",  "uuml",   "yacute", "thorn",	"yuml",
};

static const struct {
	char name[NAME_LIMIT];
	uint32_t c;
} others[] = {
	{ "amp", '&' },	      { "lt", '<' },	    { "gt", '>' },
	{ "quot", '"' },      { "apos", '\'' },	    { "ensp", 0x2002 },
	{ "emsp", 0x2003 },   { "thinsp", 0x2009 }, { "zwnj", 0x200c },
	{ "zwj", 0x200d },    { "lrm", 0x200e },    { "rlm", 0x200f },
	{ "ndash", 0x2013 },  { "mdash", 0x2014 },  { "lsquo", 0x2018 },
	{ "rsquo", 0x2019 },  { "sbquo", 0x201a },  { "ldquo", 0x201c },
	{ "rdquo", 0x201d },  { "bdquo", 0x201e },  { "dagger", 0x2020 },
	{ "bull", 0x2022 },   { "hellip", 0x2026 }, { "lsaquo", 0x2039 },
	{ "rsaquo", 0x203a }, { "euro", 0x20ac },   { "numero", 0x2116 },
	{ "trade", 0x2122 },  { "rarr", 0x2192 },   { "OElig", 0x152 },
	{ "oelig", 0x153 },   { "Scaron", 0x160 },  { "scaron", 0x161 },
	{ "Yuml", 0x178 },
};

static size_t
encode(uint32_t c, char out[ENTITY_LIMIT])
{
	if (c == 0 || c > NUMBER_LIMIT || (c >= 0xd800 && c <= 0xdfff))
		c = REPLACEMENT;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* The value of a digit, or 16 and more. */
static unsigned
read_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 16;
}

/* "&#233;" and "&#xe9;": returns its bytes without the semicolon, or 0. */
static size_t
read_number(struct docket_bytes text, uint32_t *out_c)
{
	unsigned base = 10;
	uint32_t c = 0;
	size_t at = 2;
	size_t start;

	if (at < text.size && (text.data[at] | 0x20) == 'x') {
		base = 16;
		at++;
	}
	start = at;
	for (; at < text.size && read_digit(text.data[at]) < base; at++)
		if (c <= NUMBER_LIMIT)
			c = c * base + read_digit(text.data[at]);
	*out_c = c;
	return at > start ? at : 0;
}

/* 0: there is no such name. */
static uint32_t
find_name(const char *name, size_t size)
{
	for (size_t i = 0; i < sizeof(latin) / sizeof(latin[0]); i++)
		if (strncmp(latin[i], name, size) == 0 && !latin[i][size])
			return 0xa0 + (uint32_t)i;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strncmp(others[i].name, name, size) == 0 &&
		    !others[i].name[size])
			return others[i].c;
	return 0;
}

static size_t
read_name(struct docket_bytes text, uint32_t *out_c)
{
	size_t at = 1;

	while (at < text.size && at < NAME_LIMIT &&
	       (read_digit(text.data[at]) < 10 ||
		((text.data[at] | 0x20) >= 'a' &&
		 (text.data[at] | 0x20) <= 'z')))
		at++;
	/* In an address, "&copy=1" is none. */
	if (at >= text.size || text.data[at] != ';')
		return 0;
	*out_c = find_name(text.data + 1, at - 1);
	return *out_c ? at : 0;
}

size_t
entity_decode(struct docket_bytes text, char out[ENTITY_LIMIT],
	      size_t *out_size)
{
	bool is_number = text.size > 1 && text.data[1] == '#';
	uint32_t c = 0;
	size_t size = is_number ? read_number(text, &c) : read_name(text, &c);

	if (!size)
		return 0;
	*out_size = encode(c, out);
	return size + (size < text.size && text.data[size] == ';');
}
