/* SPDX-License-Identifier: Apache-2.0 */
/*
 * symbol.c - the symbols of documents: A/58/444, S/RES/1373 (2001)
 *
 * Pure. A symbol is capitals and digits in at least two parts between slashes;
 * whose it is, is for others to know.
 */
#include "symbol.h"

#include <string.h>

#include "glyph.h"

#define FIRST_LIMIT 8
#define SYMBOL_LIMIT 64
#define WORD_LIMIT 16
#define PARENTHESIS_LIMIT 20 /* (DCCCLXXXVIII) */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t
count_digits(struct docket_bytes text, size_t at)
{
	size_t count = 0;

	while (at + count < text.size && is_digit(text.data[at + count]))
		count++;
	return count;
}

static bool
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_symbol_letter(char c)
{
	return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z') ||
	       c == '.';
}

/* How long the organ's letters are: "A", "ECE", "GEGN.2"; 0: none. */
static size_t
measure_first(struct docket_bytes text, size_t at)
{
	size_t size = 0;

	while (at + size < text.size && size <= FIRST_LIMIT &&
	       (is_capital(text.data[at + size]) ||
		(size && (is_digit(text.data[at + size]) ||
			  text.data[at + size] == '.'))))
		size++;
	if (size > FIRST_LIMIT || at + size >= text.size ||
	    text.data[at + size] != '/')
		return 0;
	return size;
}

/* The African Union's first part is a word: Assembly/AU/Dec.290(XV). */
static size_t
measure_word(struct docket_bytes text, size_t at)
{
	static const char union_[] = "/AU/";
	size_t size = 1;

	if (at >= text.size || !is_capital(text.data[at]))
		return 0;
	while (size < WORD_LIMIT && at + size < text.size &&
	       text.data[at + size] >= 'a' && text.data[at + size] <= 'z')
		size++;
	return at + size + 4 < text.size &&
			       memcmp(text.data + at + size, union_, 4) == 0
		       ? size
		       : 0;
}

/* ". 1095 (2145/18)" and ". 2904 (XLVII-O/17)" behind CP/RES and AG/RES. */
static size_t
measure_american(struct docket_bytes text, size_t at)
{
	size_t size = 2;
	size_t inner;

	if (at + 2 >= text.size || text.data[at] != '.' ||
	    text.data[at + 1] != ' ' || !is_digit(text.data[at + 2]))
		return 0;
	while (at + size < text.size && is_digit(text.data[at + size]))
		size++;
	if (at + size + 1 >= text.size || text.data[at + size] != ' ' ||
	    text.data[at + size + 1] != '(')
		return 0;
	for (inner = size + 2; at + inner < text.size && inner < size + 16;
	     inner++)
		if (text.data[at + inner] == ')')
			return inner + 1;
		else if (!is_digit(text.data[at + inner]) &&
			 !is_capital(text.data[at + inner]) &&
			 !strchr("-/", text.data[at + inner]))
			return 0;
	return 0;
}

/* A number in parentheses belongs to a part: /(1455)/ and RES/1767 (XVII). */
static size_t
measure_parenthesis(struct docket_bytes text, size_t at)
{
	size_t size = 1;

	if (at >= text.size || text.data[at] != '(')
		return 0;
	while (at + size < text.size && size < PARENTHESIS_LIMIT &&
	       (is_digit(text.data[at + size]) ||
		is_capital(text.data[at + size]) ||
		text.data[at + size] == '-'))
		size++;
	return size > 1 && at + size < text.size && text.data[at + size] == ')'
		       ? size + 1
		       : 0;
}

/* ".18" and ".R5". */
static size_t
measure_point(struct docket_bytes text, size_t at)
{
	size_t size = 1;
	size_t digits;

	if (at + size >= text.size || text.data[at] != '.')
		return 0;
	size += text.data[at + size] == 'R';
	digits = count_digits(text, at + size);
	return digits ? size + digits : 0;
}

/* Health organisations print WHA72.18, EB144.R5 and EB144(3); its size, or 0. */
static size_t
measure_health(struct docket_bytes text, size_t at)
{
	static const char *const organs[] = { "WHA", "EB" };
	struct docket_bytes rest = { text.data + at,
				     at < text.size ? text.size - at : 0 };

	for (size_t i = 0; i < sizeof(organs) / sizeof(organs[0]); i++) {
		size_t size = strlen(organs[i]);
		size_t digits;
		size_t more;

		if (rest.size < size || memcmp(rest.data, organs[i], size) != 0)
			continue;
		digits = count_digits(rest, size);
		size += digits;
		if (!digits || size >= rest.size)
			return 0;
		more = rest.data[size] == '(' ? measure_parenthesis(rest, size)
					      : measure_point(rest, size);
		return more ? size + more : 0;
	}
	return 0;
}

/* "-27" of A/S-27/2, but not "-S/2003/1" of another symbol. */
static bool
goes_on_behind_dash(struct docket_bytes text, size_t at)
{
	return at + 1 < text.size && text.data[at] == '-' &&
	       is_digit(text.data[at + 1]);
}

/* COMM.(DCCCLXXI) is numbered. */
static bool
is_roman(struct docket_bytes text, size_t at)
{
	size_t end = at;

	while (end < text.size && memchr("IVXLCDM", text.data[end], 7))
		end++;
	return end > at && end < text.size && text.data[end] == ')';
}

static size_t
measure_parts(struct docket_bytes text, size_t at, bool *has_digit)
{
	size_t end = at;

	while (end < text.size && end - at < SYMBOL_LIMIT) {
		char c = text.data[end];
		size_t more = measure_parenthesis(text, end);

		if (more) {
			*has_digit = *has_digit || is_roman(text, end + 1);
			end += more;
			continue;
		}
		if (!is_symbol_letter(c) && c != '/' &&
		    !goes_on_behind_dash(text, end))
			break;
		*has_digit = *has_digit || is_digit(c);
		end++;
	}
	while (end > at &&
	       (text.data[end - 1] == '.' || text.data[end - 1] == '/'))
		end--;
	return end - at;
}

static bool
is_resolution(struct docket_bytes symbol)
{
	return symbol_has_part(symbol, "RES") || symbol_has_part(symbol, "DEC");
}

bool
symbol_read(struct docket_bytes text, size_t *at,
	    struct docket_bytes *out_symbol)
{
	size_t first = measure_first(text, *at);
	struct docket_bytes symbol = { text.data + *at, 0 };
	bool has_digit = false;
	size_t next;
	size_t more;

	if (!first)
		first = measure_word(text, *at);
	if (!first) {
		symbol.size = measure_health(text, *at);
		*out_symbol = symbol;
		*at += symbol.size;
		return symbol.size > 0;
	}
	symbol.size =
		first + 1 + measure_parts(text, *at + first + 1, &has_digit);
	if (!has_digit && is_resolution(symbol)) {
		more = measure_american(text, *at + symbol.size);
		has_digit = more > 0;
		symbol.size += more;
	}
	if (!has_digit || symbol.size <= first + 1)
		return false;
	next = *at + symbol.size;
	more = next < text.size && text.data[next] == ' ' &&
			       is_resolution(symbol)
		       ? measure_parenthesis(text, next + 1)
		       : 0;
	if (more)
		symbol.size += 1 + more;
	*out_symbol = symbol;
	*at += symbol.size;
	return true;
}

/* What may stand between the symbols of a line. */
static bool
is_between(int32_t c)
{
	return glyph_is_space(c) || c == '*' || c == '-' || c == '|' ||
	       c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0x2014 ||
	       c == '[' || c == ']';
}

bool
symbol_is_all(struct docket_bytes text)
{
	size_t count = 0;

	for (size_t at = 0; at < text.size;) {
		struct docket_bytes symbol;

		if (symbol_read(text, &at, &symbol))
			count++;
		else if (!is_between(glyph_next(text, &at)))
			return false;
	}
	return count > 0;
}

bool
symbol_has_part(struct docket_bytes symbol, const char *part)
{
	size_t size = strlen(part);

	for (size_t at = 0; at + size <= symbol.size; at++) {
		bool begins = at == 0 || symbol.data[at - 1] == '/';
		bool ends = at + size == symbol.size ||
			    strchr("/. ", symbol.data[at + size]);

		if (begins && ends && memcmp(symbol.data + at, part, size) == 0)
			return true;
	}
	return false;
}

size_t
symbol_read_job(struct docket_bytes text)
{
	size_t at = 0;
	size_t letters;

	while (at < text.size && at < 4 && is_capital(text.data[at]))
		at++;
	if (at && (at >= text.size || text.data[at++] != '.'))
		return 0;
	if (count_digits(text, at) != 2 || at + 2 >= text.size ||
	    text.data[at + 2] != '-' || count_digits(text, at + 3) != 5)
		return 0;
	at += 8;
	if (at < text.size && text.data[at] != ' ' && text.data[at] != '(')
		return 0;
	for (letters = at; letters < text.size && text.data[letters] == ' ';)
		letters++;
	/* the language, after an older number of some digits and a letter */
	while (letters < text.size && letters < at + 12 &&
	       text.data[letters] != '(')
		letters++;
	if (letters + 2 < text.size && text.data[letters] == '(' &&
	    is_capital(text.data[letters + 1]) && text.data[letters + 2] == ')')
		return letters + 3;
	return at;
}

bool
symbol_is_barcode(struct docket_bytes text)
{
	return text.size >= 7 && text.size <= 14 && text.data[0] == '*' &&
	       text.data[text.size - 1] == '*' &&
	       count_digits(text, 1) == text.size - 2;
}
