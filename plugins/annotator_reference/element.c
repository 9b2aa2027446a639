/* SPDX-License-Identifier: Apache-2.0 */
/*
 * element.c - what stands between the slashes of a symbol
 *
 * Pure but for the scan. Reads tokens from left to right and never back.
 */
#include "element.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "numeral.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define ROMAN_ROOM 16

/* Words of elements that are not all capitals. */
static const char *const mixed_words[] = {
	"Add",	"Rev",	  "Corr", "Amend", "Summary", "Sub",
	"Misc", "Agenda", "Res",  "Dec",   "Decl",    "Rec",
};

const struct token *
element_peek(const struct scan *scan, size_t ahead)
{
	static const struct token none = { .kind = TOKEN_SIGN };
	size_t at = scan->at + ahead;

	return at < scan->tokens->count ? &scan->tokens->items[at] : &none;
}

static struct docket_bytes
text_of(const struct scan *scan, const struct token *token)
{
	return (struct docket_bytes){ scan->text.data + token->start,
				      token->end - token->start };
}

bool
element_is_word(const struct scan *scan, const struct token *token,
		const char *word)
{
	struct docket_bytes text = text_of(scan, token);

	return text.size == strlen(word) &&
	       memcmp(text.data, word, text.size) == 0;
}

bool
element_is_one_of(const struct scan *scan, const struct token *token,
		  const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (element_is_word(scan, token, words[i]))
			return true;
	return false;
}

void
element_append(struct scan *scan, const char *format, ...)
{
	size_t room = sizeof(scan->value) - scan->size;
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vsnprintf(scan->value + scan->size, room, format, arguments);
	va_end(arguments);
	if (count < 0 || (size_t)count >= room)
		scan->is_long = true;
	else
		scan->size += (size_t)count;
}

/* Digits are appended as ASCII, whatever script they are in, zeros and all. */
void
element_append_number(struct scan *scan, const struct token *number)
{
	struct docket_bytes text = text_of(scan, number);

	if (text.size && (unsigned char)text.data[0] < 0x80)
		element_append_text(scan, number);
	else
		element_append(scan, "%u", number->code);
}

void
element_append_text(struct scan *scan, const struct token *token)
{
	struct docket_bytes text = text_of(scan, token);

	element_append(scan, "%.*s", (int)text.size, text.data);
}

/* ---- parts ---- */

/* A full-width letter, or an accented one, is no letter of a symbol. */
bool
element_is_ascii(const struct scan *scan, const struct token *token)
{
	struct docket_bytes text = text_of(scan, token);

	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.data[i] >= 0x80)
			return false;
	return token->kind == TOKEN_WORD && text.size > 0;
}

bool
element_is_mixed(const struct scan *scan, const struct token *token)
{
	return element_is_one_of(scan, token, mixed_words,
				 ARRAY_SIZE(mixed_words));
}

static bool
is_element_word(const struct scan *scan, const struct token *token)
{
	if (!element_is_ascii(scan, token))
		return false;
	if (token->end - token->start == 1)
		return token->flags & TOKEN_CAPITAL;
	return token->flags & TOKEN_CAPITALS || element_is_mixed(scan, token);
}

/* S-27, ES-10: a special session. */
static bool
take_special(struct scan *scan)
{
	const struct token *word = element_peek(scan, 0);

	if (!element_is_word(scan, word, "S") &&
	    !element_is_word(scan, word, "ES"))
		return false;
	if (!token_is_sign(element_peek(scan, 1), '-') ||
	    !element_is_glued(element_peek(scan, 1)) ||
	    element_peek(scan, 2)->kind != TOKEN_NUMBER ||
	    !element_is_glued(element_peek(scan, 2)))
		return false;
	element_append_text(scan, word);
	element_append(scan, "-");
	element_append_number(scan, element_peek(scan, 2));
	scan->at += 3;
	return true;
}

/* I to VIII and so on: a part, a committee. */
static bool
is_roman(const struct scan *scan, const struct token *token)
{
	char roman[ROMAN_ROOM];

	return token->end - token->start > 1 &&
	       numeral_roman(scan->text, scan->tokens,
			     (size_t)(token - scan->tokens->items), roman,
			     sizeof(roman)) == 1;
}

/* .59, .A, .R5, .III: what a word may have behind it; false: it has not. */
bool
element_take_dotted(struct scan *scan)
{
	const struct token *next = element_peek(scan, 1);
	bool is_letter = element_is_ascii(scan, next) &&
			 next->end - next->start == 1 &&
			 next->flags & TOKEN_CAPITAL;

	if (!token_is_sign(element_peek(scan, 0), '.') ||
	    !element_is_glued(element_peek(scan, 0)) || !element_is_glued(next))
		return false;
	if (next->kind != TOKEN_NUMBER && !is_letter && !is_roman(scan, next))
		return false;
	element_append(scan, ".");
	scan->at += 2;
	if (next->kind == TOKEN_NUMBER) {
		element_append_number(scan, next);
		return true;
	}
	element_append_text(scan, next);
	next = element_peek(scan, 0);
	if (is_letter && next->kind == TOKEN_NUMBER && element_is_glued(next)) {
		element_append_number(scan, next);
		scan->at++;
	}
	return true;
}

/* (14), (2010)5: what a word may have behind it instead. */
bool
element_take_brackets(struct scan *scan)
{
	const struct token *last = element_peek(scan, 3);

	if (!token_is_sign(element_peek(scan, 0), '(') ||
	    element_peek(scan, 1)->kind != TOKEN_NUMBER ||
	    !token_is_sign(element_peek(scan, 2), ')'))
		return false;
	for (size_t i = 0; i < 3; i++)
		if (!element_is_glued(element_peek(scan, i)))
			return false;
	element_append(scan, "(");
	element_append_number(scan, element_peek(scan, 1));
	element_append(scan, ")");
	scan->at += 3;
	if (last->kind == TOKEN_NUMBER && element_is_glued(last)) {
		element_append_number(scan, last);
		scan->at++;
	}
	return true;
}

/* .(DCCCXL): the meeting is all that tells one from the other. */
static bool
take_meeting(struct scan *scan)
{
	char roman[ROMAN_ROOM];
	size_t count;

	if (!token_is_sign(element_peek(scan, 0), '.') ||
	    !token_is_sign(element_peek(scan, 1), '(') ||
	    !element_is_glued(element_peek(scan, 1)))
		return false;
	count = numeral_roman(scan->text, scan->tokens, scan->at + 2, roman,
			      sizeof(roman));
	if (!count || !token_is_sign(element_peek(scan, count + 2), ')'))
		return false;
	element_append(scan, ".(%s)", roman);
	scan->at += count + 3;
	return true;
}

/* A/Res/61/16 is A/RES/61/16. */
static void
append_word(struct scan *scan, const struct token *word)
{
	bool is_dotted = token_is_sign(element_peek(scan, 1), '.');

	if (!is_dotted && element_is_word(scan, word, "Res"))
		element_append(scan, "RES");
	else if (!is_dotted && element_is_word(scan, word, "Dec"))
		element_append(scan, "DEC");
	else
		element_append_text(scan, word);
}

static enum element
take_word(struct scan *scan)
{
	const struct token *word = element_peek(scan, 0);
	bool is_letter = word->end - word->start == 1;

	if (!is_element_word(scan, word))
		return ELEMENT_NONE;
	append_word(scan, word);
	scan->at++;
	if (element_take_dotted(scan) || element_take_brackets(scan) ||
	    take_meeting(scan))
		return ELEMENT_DOTTED;
	/* HRC/49/G/4: a letter between numbers. */
	if (is_letter && !token_is_sign(element_peek(scan, 0), '/'))
		return ELEMENT_NONE;
	return ELEMENT_WORD;
}

static enum element
take_bracketed(struct scan *scan)
{
	if (!token_is_sign(element_peek(scan, 0), '(') ||
	    element_peek(scan, 1)->kind != TOKEN_NUMBER ||
	    !token_is_sign(element_peek(scan, 2), ')'))
		return ELEMENT_NONE;
	element_append(scan, "(");
	element_append_number(scan, element_peek(scan, 1));
	element_append(scan, ")");
	scan->at += 3;
	return ELEMENT_NUMBER;
}

enum element
element_take(struct scan *scan)
{
	const struct token *first = element_peek(scan, 0);

	if (first->kind == TOKEN_NUMBER && first->code != TOKEN_LARGE) {
		element_append_number(scan, first);
		scan->at++;
		return ELEMENT_NUMBER;
	}
	if (take_special(scan))
		return ELEMENT_NUMBER;
	if (token_is_sign(first, '('))
		return take_bracketed(scan);
	return take_word(scan);
}
