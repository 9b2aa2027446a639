/* SPDX-License-Identifier: Apache-2.0 */
/*
 * labels.c - the "1.", "(a)" or bullet that a paragraph begins with
 *
 * The forms are those of all six scripts of numbers: Western, Arabic and
 * Chinese digits, Roman numbers, single letters. Pure.
 */
#include "labels.h"

#include <string.h>

#include "letters.h"

#define DIGITS_LIMIT 3
#define LEVELS_LIMIT 5
#define ROMAN_LIMIT 6
#define HAN_LIMIT 4

/* Where the reader is. */
struct cursor {
	const char *text;
	size_t size, at;
};

static uint32_t
peek(const struct cursor *cursor)
{
	size_t at = cursor->at;

	return at < cursor->size ? letter_next(cursor->text, cursor->size, &at)
				 : 0;
}

static void
advance(struct cursor *cursor)
{
	letter_next(cursor->text, cursor->size, &cursor->at);
}

static bool
is_one_of(uint32_t c, const uint32_t *set)
{
	while (*set && *set != c)
		set++;
	return c && *set == c;
}

static const uint32_t openers[] = { '(', '[', 0xff08, 0 };
static const uint32_t closers[] = { ')', ']', 0xff09, 0 };
static const uint32_t stops[] = { '.', 0x3001, 0xff0e, 0 };
static const uint32_t dashes[] = { '-', 0x2013, 0x2014, 0x2010, 0 };
static const uint32_t bullets[] = { 0x2022, 0x2023, 0x25aa, 0x25ab, 0x25cf,
				    0x25cb, 0x25e6, 0x2043, 0xb7,   0x25a0,
				    0x25a1, 0x27a2, 0x2713, 0 };
static const uint32_t han[] = { 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d,
				0x4e03, 0x516b, 0x4e5d, 0x5341, 0x767e, 0 };
static const uint32_t raised[] = { 0xb9,   0xb2,   0xb3,   0x2070,
				   0x2074, 0x2075, 0x2076, 0x2077,
				   0x2078, 0x2079, 0 };
static const uint32_t signs[] = { '*', 0x2020, 0x2021, 0xa7, 0 };

static bool
is_digit(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) ||
	       (c >= 0x6f0 && c <= 0x6f9) || (c >= 0xff10 && c <= 0xff19);
}

static size_t
skip_set(struct cursor *cursor, const uint32_t *set, size_t limit)
{
	size_t count = 0;

	while (is_one_of(peek(cursor), set) && count++ <= limit)
		advance(cursor);
	return count;
}

static size_t
skip_digits(struct cursor *cursor)
{
	size_t count = 0;

	while (is_digit(peek(cursor)) && count++ <= DIGITS_LIMIT)
		advance(cursor);
	return count;
}

/* "1", "1.2.3": how many numbers there are; 0 if it is none. */
static size_t
skip_number(struct cursor *cursor)
{
	size_t levels = 0;

	for (;;) {
		struct cursor next = *cursor;
		size_t digits;

		if (levels) {
			if (peek(&next) != '.')
				return levels;
			advance(&next);
		}
		digits = skip_digits(&next);
		if (!digits || digits > DIGITS_LIMIT || levels == LEVELS_LIMIT)
			return levels;
		levels++;
		*cursor = next;
	}
}

/* "iv", "XII", "a": one letter, or a Roman number. */
static bool
skip_letters(struct cursor *cursor)
{
	size_t count = 0;

	if (letter_is_alphabetic(peek(cursor)) &&
	    !letter_is_wide(peek(cursor))) {
		struct cursor next = *cursor;

		advance(&next);
		if (!letter_is_alphabetic(peek(&next))) {
			*cursor = next;
			return true;
		}
	}
	while (peek(cursor) && peek(cursor) < 0x80 &&
	       strchr("ivxlcIVXLC", (int)peek(cursor)) && count++ < ROMAN_LIMIT)
		advance(cursor);
	return count > 1;
}

static bool
is_at_space(const struct cursor *cursor)
{
	uint32_t c = peek(cursor);

	return !c || c == ' ' || c == '\t';
}

static struct label
end_label(const struct cursor *start, const struct cursor *number,
	  const struct cursor *end, const struct cursor *past)
{
	return (struct label){
		.size = (uint32_t)(past->at - start->at),
		.number = (uint32_t)number->at,
		.number_size = (uint32_t)(end->at - number->at),
	};
}

static struct label
read_number(const struct cursor *start)
{
	const struct label none = { 0 };
	struct cursor number = *start, end, past;
	bool is_open = is_one_of(peek(start), openers);
	bool is_han = false;
	size_t levels;

	if (is_open)
		advance(&number);
	end = number;
	levels = skip_number(&end);
	if (!levels) {
		is_han = skip_set(&end, han, HAN_LIMIT) > 0;
		if (!is_han && !skip_letters(&end))
			return none;
	}
	past = end;
	if (is_one_of(peek(&past), closers)) {
		advance(&past);
	} else if (is_open) {
		return none;
	} else if (is_one_of(peek(&past), stops)) {
		advance(&past);
	} else if (levels && is_one_of(peek(&past), dashes)) {
		advance(&past);
	} else if (levels < 2) {
		return none;
	}
	/* 一、 and （1） are written without a space behind them. */
	if (!is_at_space(&past) && !letter_is_wide(peek(&past)))
		return none;
	return end_label(start, &number, &end, &past);
}

struct label
label_read(const char *text, size_t size)
{
	struct cursor start = { text, size, 0 }, past = start;

	if (is_one_of(peek(&start), bullets) ||
	    is_one_of(peek(&start), dashes)) {
		bool is_dash = is_one_of(peek(&start), dashes);

		advance(&past);
		if (is_dash && !is_at_space(&past))
			return (struct label){ 0 };
		return end_label(&start, &past, &past, &past);
	}
	return read_number(&start);
}

void
labels_mark(struct document *document)
{
	for (size_t i = 0; i < document->count; i++) {
		struct line *line = &document->lines[i];

		line->label = (uint8_t)label_read(document->text + line->text,
						  line->size)
				      .size;
	}
}

uint32_t
label_read_note(const char *text, size_t size)
{
	struct cursor cursor = { text, size, 0 };
	bool is_open = skip_set(&cursor, openers, 0) == 1;
	size_t count = skip_set(&cursor, raised, DIGITS_LIMIT);

	if (is_open && (!count || !skip_set(&cursor, closers, 0)))
		return 0;
	if (count && count <= DIGITS_LIMIT)
		return (uint32_t)cursor.at;
	count = skip_set(&cursor, signs, DIGITS_LIMIT);
	if (count && count <= DIGITS_LIMIT)
		return (uint32_t)cursor.at;
	count = skip_digits(&cursor);
	if (!count && letter_is_lower(peek(&cursor))) {
		advance(&cursor);
		if (peek(&cursor) != '/')
			return 0;
		count = 1;
	}
	if (!count || count > DIGITS_LIMIT)
		return 0;
	if (is_one_of(peek(&cursor), closers) || peek(&cursor) == '/' ||
	    peek(&cursor) == '.')
		advance(&cursor);
	/* Some are set right before the text: "1Resolution". */
	if (cursor.at == size ||
	    (!is_at_space(&cursor) && !letter_is_alphabetic(peek(&cursor))))
		return 0;
	return (uint32_t)cursor.at;
}
