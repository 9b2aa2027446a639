/* SPDX-License-Identifier: Apache-2.0 */
/* numeral.c - letters and Roman numbers within the numbers of resolutions */
#include "numeral.h"

#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define WAW "و"

static bool
is_text(struct docket_bytes text, const struct token *token, const char *word)
{
	size_t size = token->end - token->start;

	return token->kind == TOKEN_WORD && strlen(word) == size &&
	       memcmp(text.data + token->start, word, size) == 0;
}

/* Arabic has the letters' names, in their old order. */
static char
arabic_letter(struct docket_bytes text, const struct token *token)
{
	static const struct {
		const char *name;
		char latin;
	} letters[] = {
		{ "ألف", 'A' }, { "الف", 'A' }, { "باء", 'B' }, { "جيم", 'C' },
		{ "دال", 'D' }, { "هاء", 'E' }, { "واو", 'F' }, { "زاي", 'G' },
		{ "حاء", 'H' }, { "طاء", 'I' }, { "ياء", 'J' }, { "كاف", 'K' },
		{ "لام", 'L' }, { "ميم", 'M' }, { "نون", 'N' }, { "سين", 'O' },
		{ "عين", 'P' }, { "فاء", 'Q' },
	};

	for (size_t i = 0; i < ARRAY_SIZE(letters); i++)
		if (is_text(text, token, letters[i].name))
			return letters[i].latin;
	return 0;
}

char
numeral_letter(struct docket_bytes text, const struct token *token)
{
	static const struct {
		const char *cyrillic;
		char latin;
	} alike[] = {
		{ "А", 'A' }, { "В", 'B' }, { "С", 'C' },
		{ "Е", 'E' }, { "Н", 'H' }, { "К", 'K' },
	};
	const char *data = text.data + token->start;

	if (token->kind == TOKEN_WORD && token->script == SCRIPT_ARABIC)
		return arabic_letter(text, token);
	if (token->kind != TOKEN_WORD || !(token->flags & TOKEN_CAPITAL))
		return 0;
	if (token->end - token->start == 1)
		return data[0];
	for (size_t i = 0; i < ARRAY_SIZE(alike); i++)
		if (token->end - token->start == 2 &&
		    memcmp(data, alike[i].cyrillic, 2) == 0)
			return alike[i].latin;
	return 0;
}

/* One letter of a Roman number, Latin or Cyrillic; 0: it is none. */
static char
roman_letter(const char *data, size_t size, size_t *at)
{
	static const struct {
		const char *cyrillic;
		char latin;
	} alike[] = { { "Х", 'X' }, { "І", 'I' }, { "С", 'C' } };

	if (strchr("IVXLCDM", data[*at]))
		return data[(*at)++];
	for (size_t i = 0; i < ARRAY_SIZE(alike); i++)
		if (size - *at >= 2 &&
		    memcmp(data + *at, alike[i].cyrillic, 2) == 0) {
			*at += 2;
			return alike[i].latin;
		}
	return 0;
}

/* Append the Roman number that a token is. */
static bool
put_roman(struct docket_bytes text, const struct token *token, char *out,
	  size_t room)
{
	const char *data = text.data + token->start;
	size_t size = token->end - token->start;
	size_t used = strlen(out);

	if (token->kind != TOKEN_WORD || size == 0)
		return false;
	for (size_t at = 0; at < size;) {
		char letter = roman_letter(data, size, &at);

		if (!letter || used + 1 >= room)
			return false;
		out[used++] = letter;
		out[used] = '\0';
	}
	return true;
}

char
numeral_joined_letter(struct docket_bytes text, const struct token *token)
{
	struct token rest = *token;

	if (token->script != SCRIPT_ARABIC ||
	    token->end - token->start <= strlen(WAW) ||
	    memcmp(text.data + token->start, WAW, strlen(WAW)) != 0)
		return 0;
	rest.start += (uint32_t)strlen(WAW);
	return numeral_letter(text, &rest);
}

const char *
numeral_session(struct docket_bytes text, const struct token *token)
{
	static const struct {
		const char *printed;
		const char *session;
	} kinds[] = {
		{ "S", "S-" },	  { "ES", "ES-" }, { "د", "" },
		{ "دإ", "S-" },	  { "دا", "S-" },  { "دإط", "ES-" },
		{ "داط", "ES-" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (is_text(text, token, kinds[i].printed))
			return kinds[i].session;
	return NULL;
}

/* 48 is XLVIII; larger ones than there were sessions are none. */
static bool
put_number(const struct token *token, char *out, size_t room)
{
	uint32_t number = token->code;

	static const struct {
		uint32_t value;
		const char *roman;
	} parts[] = {
		{ 50, "L" }, { 40, "XL" }, { 10, "X" }, { 9, "IX" },
		{ 5, "V" },  { 4, "IV" },  { 1, "I" },
	};

	if (token->kind != TOKEN_NUMBER || number == 0 || number >= 90)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		for (; number >= parts[i].value; number -= parts[i].value) {
			size_t used = strlen(out);

			if (used + strlen(parts[i].roman) >= room)
				return false;
			strcpy(out + used, parts[i].roman);
		}
	return true;
}

/* XX Х: Latin and Cyrillic letters part tokens; Arabic has (د-20). */
size_t
numeral_roman(struct docket_bytes text, const struct tokens *tokens,
	      size_t index, char *out, size_t room)
{
	size_t at = index;

	out[0] = '\0';
	if (at + 2 < tokens->count &&
	    token_is_sign(&tokens->items[at + 1], '-') &&
	    numeral_session(text, &tokens->items[at])) {
		snprintf(out, room, "%s",
			 numeral_session(text, &tokens->items[at]));
		at += 2;
		if (tokens->items[index].script == SCRIPT_ARABIC)
			return put_number(&tokens->items[at], out, room) ? 3
									 : 0;
	}
	if (at >= tokens->count ||
	    !put_roman(text, &tokens->items[at], out, room))
		return 0;
	for (at++; at < tokens->count &&
		   !(tokens->items[at].flags & TOKEN_SPACED) &&
		   put_roman(text, &tokens->items[at], out, room);)
		at++;
	return at - index;
}
