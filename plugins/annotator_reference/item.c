/* SPDX-License-Identifier: Apache-2.0 */
/*
 * item.c - the number by which a resolution or decision is cited
 *
 * Pure. What may be a date, a fraction or a quantity is none: sessions, years
 * and numbers are asked for their range.
 */
#include "item.h"

#include <stdio.h>
#include <string.h>

#include "numeral.h"

#define SESSION_MAX 199
#define YEAR_MIN 1946
#define YEAR_MAX 2100
#define NUMBER_MAX 9999
#define ROMAN_ROOM 12

/* What is at a token and behind it. */
struct place {
	struct docket_bytes text;
	const struct tokens *tokens;
	size_t at;
};

static const struct token *
peek(const struct place *place, size_t ahead)
{
	static const struct token none = { .kind = TOKEN_SIGN };
	size_t at = place->at + ahead;

	return at < place->tokens->count ? &place->tokens->items[at] : &none;
}

static bool
is_number(const struct token *token, uint32_t minimum, uint32_t maximum)
{
	return token->kind == TOKEN_NUMBER && token->code >= minimum &&
	       token->code <= maximum;
}

static bool
is_glued(const struct token *token)
{
	return !(token->flags & TOKEN_SPACED);
}

/* 1/CP.21, 14/COP.12: a decision of the parties to a convention. */
static bool
read_parties(const struct place *place, struct item *item)
{
	static const struct {
		const char *name;
		enum form form;
	} bodies[] = {
		{ "CP", FORM_PARTIES },
		{ "CMP", FORM_PARTIES },
		{ "CMA", FORM_PARTIES },
		{ "COP", FORM_CONFERENCE },
	};
	const struct token *body = peek(place, 2);
	size_t size = body->end - body->start;

	if (!token_is_sign(peek(place, 3), '.') || !is_glued(peek(place, 3)) ||
	    !is_number(peek(place, 4), 1, SESSION_MAX) ||
	    !is_glued(peek(place, 4)))
		return false;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		if (strlen(bodies[i].name) == size &&
		    memcmp(place->text.data + body->start, bodies[i].name,
			   size) == 0) {
			snprintf(item->text, sizeof(item->text), "%u/%s.%u",
				 peek(place, 0)->code, bodies[i].name,
				 peek(place, 4)->code);
			item->form = bodies[i].form;
			item->count = 5;
			return true;
		}
	return false;
}

/* A letter that is part of the number, and not the next word: 0 if not. */
static char
suffix_letter(const struct place *place, size_t ahead)
{
	const struct token *letter = peek(place, ahead);
	const struct token *next = peek(place, ahead + 1);
	char code = numeral_letter(place->text, letter);

	if (!code || code == 'I' || letter->flags & TOKEN_LINED)
		return 0;
	if (is_glued(next) &&
	    (next->kind == TOKEN_WORD || next->kind == TOKEN_NUMBER ||
	     token_is_sign(next, '\'') || token_is_sign(next, '-') ||
	     token_is_sign(next, '/')))
		return 0;
	return code;
}

static void
put_letter(const struct place *place, struct item *item)
{
	char letter = suffix_letter(place, item->count);
	size_t size = strlen(item->text);

	if (!letter || size + 3 > sizeof(item->text))
		return;
	snprintf(item->text + size, sizeof(item->text) - size, " %c", letter);
	item->count++;
}

/* 46/10-POL: of who numbers otherwise. */
static bool
is_outer(const struct place *place, size_t ahead)
{
	const struct token *sign = peek(place, ahead);
	const struct token *next = peek(place, ahead + 1);

	return is_glued(sign) &&
	       (token_is_sign(sign, '/') ||
		(token_is_sign(sign, '-') && next->kind == TOKEN_WORD &&
		 is_glued(next) && next->end - next->start > 1 &&
		 (next->flags & TOKEN_CAPITALS ||
		  next->script == SCRIPT_ARABIC)));
}

/* 48/161, 2004/52, 1/CP.21, 44/192 B. */
static bool
read_pair(const struct place *place, struct item *item)
{
	const struct token *first = peek(place, 0);
	const struct token *second = peek(place, 2);

	if (!token_is_sign(peek(place, 1), '/') || !is_glued(peek(place, 1)) ||
	    !(is_glued(second) || second->flags & TOKEN_LINED) ||
	    first->code > YEAR_MAX)
		return false;
	if (second->kind == TOKEN_WORD)
		return read_parties(place, item);
	if (!is_number(second, 1, NUMBER_MAX) || is_outer(place, 3))
		return false;
	if (first->code < 1 ||
	    (first->code > SESSION_MAX && first->code < YEAR_MIN))
		return false;
	/* 45/2012 is a ministry's: no session has had so many. */
	if (first->code <= SESSION_MAX && second->code >= YEAR_MIN)
		return false;
	snprintf(item->text, sizeof(item->text), "%u/%u", first->code,
		 second->code);
	item->form = first->code >= YEAR_MIN ? FORM_YEAR : FORM_SESSION;
	item->second = second->code;
	item->count = 3;
	put_letter(place, item);
	return true;
}

/* 1373 (2001), 2625 (XXV), 217 A (III). */
static bool
read_bracketed(const struct place *place, struct item *item)
{
	char letter = numeral_letter(place->text, peek(place, 1));
	size_t open = letter ? 2 : 1;
	const struct token *inner = peek(place, open + 1);
	char roman[ROMAN_ROOM];
	size_t count;

	if (!token_is_sign(peek(place, open), '('))
		return false;
	if (!letter && is_number(inner, YEAR_MIN, YEAR_MAX) &&
	    token_is_sign(peek(place, 3), ')')) {
		snprintf(item->text, sizeof(item->text), "%u (%u)", item->first,
			 inner->code);
		item->form = FORM_DATED;
		item->second = inner->code;
		item->count = 4;
		return true;
	}
	count = numeral_roman(place->text, place->tokens, place->at + open + 1,
			      roman, sizeof(roman));
	if (!count || !token_is_sign(peek(place, open + 1 + count), ')'))
		return false;
	if (letter)
		snprintf(item->text, sizeof(item->text), "%u %c (%s)",
			 item->first, letter, roman);
	else
		snprintf(item->text, sizeof(item->text), "%u (%s)", item->first,
			 roman);
	item->form = FORM_ROMAN;
	item->count = open + count + 2;
	return true;
}

/* 69.2 */
static bool
read_dotted(const struct place *place, struct item *item)
{
	const struct token *second = peek(place, 2);

	if (!token_is_sign(peek(place, 1), '.') || !is_glued(peek(place, 1)) ||
	    !is_number(second, 1, SESSION_MAX) || !is_glued(second) ||
	    (token_is_sign(peek(place, 3), '.') &&
	     peek(place, 4)->kind == TOKEN_NUMBER && is_glued(peek(place, 4))))
		return false;
	snprintf(item->text, sizeof(item->text), "%u.%u", item->first,
		 second->code);
	item->form = FORM_DOTTED;
	item->second = second->code;
	item->count = 3;
	return true;
}

static bool
read_plain(const struct place *place, struct item *item)
{
	const struct token *next = peek(place, 1);

	if (is_glued(next) &&
	    (next->kind == TOKEN_WORD || token_is_sign(next, '/') ||
	     token_is_sign(next, '.')) &&
	    peek(place, 2)->kind == TOKEN_NUMBER && is_glued(peek(place, 2)))
		return false;
	snprintf(item->text, sizeof(item->text), "%u", item->first);
	item->form = FORM_PLAIN;
	item->count = 1;
	return true;
}

/* S-23/2, ES-10/13: of a special session. */
static bool
read_special(const struct place *place, struct item *item)
{
	const char *session;

	if (!token_is_sign(peek(place, 1), '-'))
		return false;
	session = numeral_session(place->text, peek(place, 0));
	if (!session || !session[0] ||
	    !is_number(peek(place, 2), 1, SESSION_MAX) ||
	    !token_is_sign(peek(place, 3), '/') ||
	    !is_number(peek(place, 4), 1, NUMBER_MAX))
		return false;
	snprintf(item->text, sizeof(item->text), "%s%u/%u", session,
		 peek(place, 2)->code, peek(place, 4)->code);
	item->form = FORM_SPECIAL;
	item->first = peek(place, 2)->code;
	item->second = peek(place, 4)->code;
	item->count = 5;
	put_letter(place, item);
	return true;
}

/* J (70) */
static bool
read_lettered(const struct place *place, struct item *item)
{
	char letter;

	if (!token_is_sign(peek(place, 1), '('))
		return false;
	letter = numeral_letter(place->text, peek(place, 0));
	if (!letter || !is_number(peek(place, 2), 1, SESSION_MAX) ||
	    !token_is_sign(peek(place, 3), ')'))
		return false;
	snprintf(item->text, sizeof(item->text), "%c (%u)", letter,
		 peek(place, 2)->code);
	item->form = FORM_LETTER;
	item->first = peek(place, 2)->code;
	item->count = 4;
	return true;
}

/* 5/2003 of 16/5/2003: a part of something longer. */
static bool
is_inner(const struct place *place)
{
	const struct token *first = peek(place, 0);
	const struct token *before;

	if (place->at == 0 || !is_glued(first))
		return false;
	before = &place->tokens->items[place->at - 1];
	return token_is_sign(before, '/') || token_is_sign(before, '.') ||
	       token_is_sign(before, '-') || before->script == SCRIPT_LATIN;
}

bool
item_read(struct docket_bytes text, const struct tokens *tokens, size_t index,
	  bool may_be_plain, struct item *out_item)
{
	const struct place place = { text, tokens, index };
	const struct token *first = peek(&place, 0);
	bool is_read = false;
	struct item item;

	if (!item_may_begin(first) || is_inner(&place))
		return false;
	item = (struct item){ .start = first->start, .first = first->code };
	if (first->kind == TOKEN_NUMBER && first->code <= NUMBER_MAX)
		is_read = read_pair(&place, &item) ||
			  read_bracketed(&place, &item) ||
			  (may_be_plain && (read_dotted(&place, &item) ||
					    read_plain(&place, &item)));
	else if (first->kind == TOKEN_WORD)
		is_read = read_special(&place, &item) ||
			  read_lettered(&place, &item);
	if (!is_read)
		return false;
	item.end = tokens->items[index + item.count - 1].end;
	*out_item = item;
	return true;
}

bool
item_read_letter(struct docket_bytes text, const struct tokens *tokens,
		 size_t index, bool is_listed, const struct item *before,
		 struct item *out_item)
{
	const struct place place = { text, tokens, index };
	char letter = is_listed ? suffix_letter(&place, 0)
				: numeral_joined_letter(text, peek(&place, 0));
	size_t size = strlen(before->text);
	struct item item = *before;

	if (!letter || before->form != FORM_SESSION || size < 3 ||
	    before->text[size - 2] != ' ')
		return false;
	item.text[size - 1] = letter;
	item.start = tokens->items[index].start;
	item.end = tokens->items[index].end;
	item.count = 1;
	*out_item = item;
	return true;
}

void
item_swap(struct item *item)
{
	uint32_t first = item->second;

	item->second = item->first;
	item->first = first;
	item->form = first >= YEAR_MIN ? FORM_YEAR : FORM_SESSION;
	snprintf(item->text, sizeof(item->text), "%u/%u", item->first,
		 item->second);
}
