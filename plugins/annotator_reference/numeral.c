/* SPDX-License-Identifier: Apache-2.0 */
/* numeral.c - letters and Roman numbers within the numbers of resolutions */
#include "numeral.h"

#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

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

	if (strchr("IVXLC", data[*at]))
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

/* XX Х: Latin and Cyrillic letters part tokens. */
size_t
numeral_roman(struct docket_bytes text, const struct tokens *tokens,
	      size_t index, char *out, size_t room)
{
	size_t at = index;

	out[0] = '\0';
	if (at + 2 < tokens->count &&
	    token_is_sign(&tokens->items[at + 1], '-') &&
	    (numeral_letter(text, &tokens->items[at]) == 'S')) {
		snprintf(out, room, "S-");
		at += 2;
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
