/* SPDX-License-Identifier: Apache-2.0 */
/*
 * marker.c - what a line of text begins with: "1.", "(a)", "II.", a bullet
 *
 * Pure. A marker is an optional opening parenthesis, a label of one style, a
 * closing sign and then white space or an ideograph; which of them go together
 * is one table. Numbers of four digits are years, never labels.
 */
#include "marker.h"

#include <stdbool.h>
#include <string.h>

#include <unicode/uchar.h>

#include "glyph.h"

/* No marker is longer, so the rest of the line does not matter. */
#define HEAD_LIMIT 32
#define DIGITS_LIMIT 3
#define ROMAN_LIMIT 5

static const int32_t bullets[] = {
	'-',	'*',	'+',	0xb7,	0x2010, 0x2011, 0x2012, 0x2013, 0x2014,
	0x2015, 0x2022, 0x2023, 0x2043, 0x204e, 0x25a0, 0x25a1, 0x25aa, 0x25ab,
	0x25b6, 0x25ba, 0x25cb, 0x25cf, 0x25e6, 0x2b25, 0x30fb, 0xf0a7, 0xf0b7,
};

/* The first of them in Unicode is U+3007. */
#define HAN_FIRST 0x3007

static const char han_digits[] = "〇零一二三四五六七八九十百";

enum closer {
	CLOSER_PARENTHESIS,
	CLOSER_PERIOD,
	CLOSER_COMMA, /* the ideographic one */
	CLOSER_DASH,
	CLOSER_SLASH,
};

static const struct {
	int32_t sign;
	enum closer closer;
} closers[] = {
	{ ')', CLOSER_PARENTHESIS }, { 0xff09, CLOSER_PARENTHESIS },
	{ '.', CLOSER_PERIOD },	     { 0xff0e, CLOSER_PERIOD },
	{ 0x3001, CLOSER_COMMA },    { '-', CLOSER_DASH },
	{ 0x2013, CLOSER_DASH },     { 0x2014, CLOSER_DASH },
	{ '/', CLOSER_SLASH },
};

#define STYLE(style) (1u << (style))
#define LATIN (STYLE(MARKER_ROMAN) | STYLE(MARKER_LETTER))
#define ANY (STYLE(MARKER_DIGIT) | LATIN | STYLE(MARKER_HAN))

/* The first row that fits decides. */
static const struct {
	bool is_opened; /* by a parenthesis */
	bool is_capital;
	enum closer closer;
	unsigned styles;
	enum marker_kind kind;
} shapes[] = {
	{ true, false, CLOSER_PARENTHESIS, ANY, MARKER_ITEM },
	{ true, true, CLOSER_PARENTHESIS, LATIN, MARKER_ITEM },
	{ false, false, CLOSER_PARENTHESIS, ANY, MARKER_ITEM },
	{ false, true, CLOSER_PARENTHESIS, LATIN, MARKER_ITEM },
	{ false, false, CLOSER_PERIOD, STYLE(MARKER_DIGIT), MARKER_NUMBER },
	{ false, false, CLOSER_DASH, STYLE(MARKER_DIGIT), MARKER_NUMBER },
	{ false, false, CLOSER_SLASH, STYLE(MARKER_DIGIT), MARKER_NOTE },
	{ false, false, CLOSER_SLASH, LATIN, MARKER_NOTE },
	{ false, false, CLOSER_PERIOD, LATIN, MARKER_ITEM },
	{ false, true, CLOSER_PERIOD, LATIN, MARKER_OUTLINE },
	{ false, true, CLOSER_DASH, LATIN, MARKER_OUTLINE },
	{ false, false, CLOSER_PERIOD, STYLE(MARKER_HAN), MARKER_OUTLINE },
	{ false, false, CLOSER_COMMA, ANY, MARKER_OUTLINE },
};

/* A cursor in the head of a line. */
struct head {
	struct docket_bytes line;
	size_t at;
	unsigned columns;
};

struct label {
	enum marker_style style;
	bool is_capital;
	unsigned value;
	unsigned count; /* characters */
};

static int32_t
peek(const struct head *head)
{
	size_t at = head->at;

	return at < head->line.size ? glyph_next(head->line, &at) : -1;
}

static void
advance(struct head *head)
{
	head->columns += glyph_columns(glyph_next(head->line, &head->at));
}

static bool
is_blank(int32_t c)
{
	return c >= 0 && glyph_classify(c) == GLYPH_SPACE;
}

static void
skip_blanks(struct head *head)
{
	while (is_blank(peek(head)))
		advance(head);
}

static bool
is_han_digit(int32_t c)
{
	struct docket_bytes digits = { han_digits, sizeof(han_digits) - 1 };

	if (c < HAN_FIRST)
		return false;
	for (size_t at = 0; at < digits.size;)
		if (glyph_next(digits, &at) == c)
			return true;
	return false;
}

static bool
is_roman(int32_t c)
{
	return c > 0 && c < 0x80 && strchr("ivxlcdmIVXLCDM", (int)c);
}

/* ---- labels ---- */

static void
read_digits(struct head *head, struct label *label)
{
	int32_t digit;

	while ((digit = u_charDigitValue(peek(head))) >= 0 &&
	       label->count <= DIGITS_LIMIT) {
		label->value = label->value * 10 + (unsigned)digit;
		label->count++;
		advance(head);
	}
}

static void
read_han(struct head *head, struct label *label)
{
	for (; is_han_digit(peek(head)) && label->count <= DIGITS_LIMIT;
	     label->count++)
		advance(head);
}

static void
read_roman(struct head *head, struct label *label, enum glyph glyph)
{
	for (; is_roman(peek(head)) && glyph_classify(peek(head)) == glyph &&
	       label->count <= ROMAN_LIMIT;
	     label->count++)
		advance(head);
}

/* Digits, a roman number, or one letter of any script. */
static bool
read_label(struct head *head, struct label *out_label)
{
	int32_t c = peek(head);
	enum glyph glyph = c < 0 ? GLYPH_NOTHING : glyph_classify(c);
	struct label label = { .is_capital = glyph == GLYPH_UPPER };

	if (glyph == GLYPH_DIGIT) {
		label.style = MARKER_DIGIT;
		read_digits(head, &label);
	} else if (is_han_digit(c)) {
		label.style = MARKER_HAN;
		read_han(head, &label);
	} else if (is_roman(c)) {
		label.style = MARKER_ROMAN;
		read_roman(head, &label, glyph);
	} else if (glyph >= GLYPH_LOWER && glyph <= GLYPH_LETTER) {
		label.style = MARKER_LETTER;
		label.count = 1;
		advance(head);
	}
	*out_label = label;
	return label.count &&
	       label.count <= (label.style == MARKER_ROMAN ? ROMAN_LIMIT
							   : DIGITS_LIMIT);
}

/* ---- what stands around them ---- */

/* Arabic and old typescripts put a space before the dash. */
static bool
read_closer(struct head *head, enum closer *out_closer)
{
	bool is_apart = is_blank(peek(head));
	int32_t c;

	skip_blanks(head);
	c = peek(head);
	for (size_t i = 0; i < sizeof(closers) / sizeof(closers[0]); i++) {
		if (closers[i].sign != c)
			continue;
		if (is_apart && closers[i].closer != CLOSER_DASH)
			return false;
		advance(head);
		*out_closer = closers[i].closer;
		return true;
	}
	return false;
}

/* The text must stand apart, or need no space. */
static bool
ends_marker(const struct head *head)
{
	int32_t c = peek(head);

	return c < 0 || is_blank(c) || glyph_is_wide(c);
}

static enum marker_kind
find_shape(const struct label *label, bool is_opened, enum closer closer)
{
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (shapes[i].is_opened == is_opened &&
		    shapes[i].is_capital == label->is_capital &&
		    shapes[i].closer == closer &&
		    shapes[i].styles & STYLE(label->style))
			return shapes[i].kind;
	return MARKER_NONE;
}

/* "3.2" or "3.2.1.", of which the first number and period are read. */
static bool
read_subnumbers(struct head *head)
{
	struct label label = { 0 };
	bool has_any = false;

	while (u_charDigitValue(peek(head)) >= 0) {
		label = (struct label){ 0 };
		read_digits(head, &label);
		has_any = true;
		if (peek(head) == '.')
			advance(head);
	}
	return has_any && label.count <= DIGITS_LIMIT && ends_marker(head);
}

/* A decimal number goes on in lower case: "3.2 million". */
static bool
begins_heading(const struct head *head)
{
	struct head rest = *head;
	int32_t c;

	skip_blanks(&rest);
	c = peek(&rest);
	return c >= 0 && glyph_classify(c) != GLYPH_LOWER &&
	       glyph_is_letter(glyph_classify(c));
}

static struct marker
finish(const struct head *head, struct marker marker)
{
	struct head rest = *head;

	skip_blanks(&rest);
	marker.size = (uint8_t)rest.at;
	marker.columns = (uint8_t)rest.columns;
	return marker;
}

static struct marker
read_bullet(struct head head)
{
	int32_t c = peek(&head);
	struct marker marker = { .kind = MARKER_BULLET, .style = MARKER_OTHER };

	for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++) {
		if (bullets[i] != c)
			continue;
		advance(&head);
		if (!is_blank(peek(&head)))
			break;
		marker.value = (uint16_t)c;
		return finish(&head, marker);
	}
	return (struct marker){ 0 };
}

static bool
is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Most lines: two letters, and the first of them is no roman digit. */
static bool
begins_word(struct docket_bytes line)
{
	return line.size >= 2 && is_ascii_letter(line.data[0]) &&
	       is_ascii_letter(line.data[1]) &&
	       !is_roman((unsigned char)line.data[0]);
}

struct marker
marker_read(struct docket_bytes line)
{
	struct head head = { .line = line };
	struct marker marker = { 0 };
	struct label label;
	enum closer closer;
	bool is_opened;

	if (begins_word(line))
		return marker;
	if (head.line.size > HEAD_LIMIT)
		head.line.size = HEAD_LIMIT;
	is_opened = peek(&head) == '(' || peek(&head) == 0xff08;
	if (is_opened)
		advance(&head);
	marker.label = (uint8_t)head.at;
	if (!read_label(&head, &label))
		return read_bullet((struct head){ .line = head.line });
	marker.label_size = (uint8_t)(head.at - marker.label);
	marker.style = (uint8_t)label.style;
	marker.value = (uint16_t)label.value;
	if (!read_closer(&head, &closer))
		return (struct marker){ 0 };
	marker.closer = closer == CLOSER_PARENTHESIS ? ')'
			: closer == CLOSER_PERIOD    ? '.'
						     : 0;
	marker.kind = (uint8_t)find_shape(&label, is_opened, closer);
	if (marker.kind == MARKER_NUMBER && closer == CLOSER_PERIOD &&
	    read_subnumbers(&head)) {
		if (!begins_heading(&head))
			return (struct marker){ 0 };
		marker.kind = MARKER_OUTLINE;
	} else if (marker.kind == MARKER_NONE || !ends_marker(&head)) {
		return (struct marker){ 0 };
	}
	return finish(&head, marker);
}
