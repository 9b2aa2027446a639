/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signs.c - a passage as what matters to citations, and nothing else
 *
 * Owns the signs of one passage. Symbols and instruments need no more than
 * themselves to be told: they go to the finds. Ends the process where memory
 * runs out.
 */
#include "signs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "iri.h"

#define DAY_MAX 31
#define YEAR_MIN 1900
#define YEAR_MAX 2100
/* "Add.1-3" are so many symbols at most. */
#define RANGE_MAX 20
#define FULL_STOP 0x3002u
#define LIST_COMMA 0x3001u

/* A passage while it is read. */
struct reader {
	struct signs *signs;
	const struct vocabulary *vocabulary;
	struct docket_bytes text;
	const struct tokens *tokens;
	struct finds *finds;
	uint32_t language;
	size_t at;
};

void
signs_fini(struct signs *signs)
{
	free(signs->signs);
	free(signs->items);
	*signs = (struct signs){ 0 };
}

static const struct token *
peek(const struct reader *reader, size_t ahead)
{
	static const struct token none = { .kind = TOKEN_SIGN };
	size_t at = reader->at + ahead;

	return at < reader->tokens->count ? &reader->tokens->items[at] : &none;
}

static void
add(struct reader *reader, enum sign_kind kind, uint32_t payload)
{
	struct signs *signs = reader->signs;

	if (signs->count == signs->room) {
		signs->room = signs->room ? signs->room * 2 : 128;
		signs->signs = reallocarray(signs->signs, signs->room,
					    sizeof(struct sign));
		if (!signs->signs)
			abort();
	}
	signs->signs[signs->count++] = (struct sign){
		.start = peek(reader, 0)->start,
		.payload = payload,
		.kind = (uint8_t)kind,
	};
}

/* However much of it there is in a row, it is one sign. */
static inline void
add_other(struct reader *reader)
{
	const struct signs *signs = reader->signs;

	if (!signs->count || signs->signs[signs->count - 1].kind != SIGN_OTHER)
		add(reader, SIGN_OTHER, 0);
}

static enum sign_kind
last_kind(const struct reader *reader)
{
	const struct signs *signs = reader->signs;

	return signs->count
		       ? (enum sign_kind)signs->signs[signs->count - 1].kind
		       : SIGN_OTHER;
}

static const struct item *
last_item(const struct reader *reader)
{
	const struct signs *signs = reader->signs;

	return signs->item_count ? &signs->items[signs->item_count - 1] : NULL;
}

/* ---- symbols ---- */

static void
find_symbol(struct finds *finds, const char *text, uint32_t start, uint32_t end)
{
	char uri[IRI_TEXT];

	finds_add(finds, start, end, DOCKET_MARK_REFERENCE, text,
		  iri_of_symbol(text, "", uri) ? uri : NULL);
}

/* Is the token, with a full stop behind it, what the element begins with? */
static bool
begins(const struct reader *reader, const struct token *token,
       const char *element)
{
	size_t size = token->end - token->start;

	return strncmp(element, reader->text.data + token->start, size) == 0 &&
	       element[size] == '.';
}

/*
 * "Add." before a number, or what the symbol or the one before has last, as in
 * A/61/L.1, L.2 and L.3: how many tokens; 0: it is none.
 */
static size_t
read_modifier(const struct reader *reader, size_t ahead, const char *symbol,
	      char *modifier, size_t room)
{
	static const char *const words[] = { "Add.", "Corr.", "Rev.",
					     "Amend." };
	const char *slash = strrchr(symbol, '/');
	const struct token *word = peek(reader, ahead);
	bool is_known;

	if (word->kind != TOKEN_WORD || !(word->flags & TOKEN_CAPITAL) ||
	    !token_is_sign(peek(reader, ahead + 1), '.') ||
	    peek(reader, ahead + 2)->kind != TOKEN_NUMBER)
		return 0;
	is_known = begins(reader, word, modifier) ||
		   (slash && begins(reader, word, slash + 1));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		is_known |= begins(reader, word, words[i]);
	if (!is_known)
		return 0;
	snprintf(modifier, room, "%.*s.", (int)(word->end - word->start),
		 reader->text.data + word->start);
	return 2;
}

/* A list word or sign; how many tokens. */
static size_t
read_list(const struct reader *reader, size_t ahead)
{
	struct phrase_match match;

	if (reader->at + ahead >= reader->tokens->count)
		return 0;
	if (token_is_sign(peek(reader, ahead), ',') ||
	    token_is_sign(peek(reader, ahead), LIST_COMMA))
		return 1;
	if (!phrases_find(reader->vocabulary->phrases,
			  reader->vocabulary->writing, reader->text,
			  reader->tokens, reader->at + ahead, reader->language,
			  &match) ||
	    vocabulary_role(match.value) != ROLE_LIST)
		return 0;
	return match.count;
}

static void
find_numbered(struct reader *reader, const char *symbol, const char *modifier,
	      uint32_t first, uint32_t last)
{
	uint32_t start = peek(reader, 0)->start;
	uint32_t end = peek(reader, 0)->end;

	for (uint32_t i = first; i <= last && i - first < RANGE_MAX; i++) {
		char text[SYMBOL_TEXT * 2];

		snprintf(text, sizeof(text), "%s/%s%u", symbol, modifier, i);
		find_symbol(reader->finds, text, start, end);
	}
}

/* Of "A/50/32/Add.1 and Add.2" the second is one of A/50/32. */
static void
cut_modifier(char *base, const char *modifier)
{
	char *last = strrchr(base, '/');

	if (last && strncmp(last + 1, modifier, strlen(modifier)) == 0)
		*last = '\0';
}

/* Behind "Add.1": is this number of another one? Not in ", 2 May". */
static bool
is_further(const struct reader *reader, size_t ahead)
{
	bool is_comma = peek(reader, ahead - 1)->kind == TOKEN_SIGN;

	return peek(reader, ahead)->code <= RANGE_MAX &&
	       (!is_comma || read_list(reader, ahead + 1));
}

/* "A/58/874 and Add.1 and 2", "S/2611 et Corr.1", "A/66/10, Add.1-3". */
static void
read_addenda(struct reader *reader, const char *symbol)
{
	char modifier[16] = "";
	char base[SYMBOL_TEXT];

	snprintf(base, sizeof(base), "%s", symbol);
	for (;;) {
		size_t list = read_list(reader, 0);
		size_t word = list ? read_modifier(reader, list, base, modifier,
						   sizeof(modifier))
				   : 0;
		const struct token *number = peek(reader, list + word);
		uint32_t last = number->code;

		if (!list || !modifier[0] || number->kind != TOKEN_NUMBER ||
		    number->code == TOKEN_LARGE ||
		    (!word && !is_further(reader, list)))
			return;
		cut_modifier(base, modifier);
		reader->at += list + word;
		if (token_is_sign(peek(reader, 1), '-') &&
		    peek(reader, 2)->kind == TOKEN_NUMBER)
			last = peek(reader, 2)->code;
		find_numbered(reader, base, modifier, number->code, last);
		reader->at += last == number->code ? 1 : 3;
	}
}

static bool
take_symbol(struct reader *reader)
{
	struct symbol symbol;

	if (!series_may_begin(reader->tokens, reader->at) ||
	    !series_read(&reader->vocabulary->series, reader->text,
			 reader->tokens, reader->at, &symbol))
		return false;
	add(reader, SIGN_SYMBOL, 0);
	find_symbol(reader->finds, symbol.text, symbol.start, symbol.end);
	reader->at += symbol.count;
	read_addenda(reader, symbol.text);
	return true;
}

/* ---- phrases ---- */

static void
find_instrument(struct reader *reader, uint32_t index, size_t count)
{
	const struct instrument *instrument =
		&reader->vocabulary->instruments[index];
	char uri[IRI_TEXT];

	snprintf(uri, sizeof(uri), IRI_REFERENCE "%s", instrument->id);
	finds_add(reader->finds, peek(reader, 0)->start,
		  peek(reader, count - 1)->end, DOCKET_MARK_INSTRUMENT,
		  instrument->name, uri);
}

static void
add_phrase(struct reader *reader, const struct phrase_match *match)
{
	uint32_t payload = match->value & ROLE_PAYLOAD;

	switch (vocabulary_role(match->value)) {
	case ROLE_RESOLUTION:
		add(reader, SIGN_RESOLUTION, 0);
		break;
	case ROLE_DECISION:
		add(reader, SIGN_DECISION, 0);
		break;
	case ROLE_OWN_RESOLUTION:
		add(reader, SIGN_OWN, 0);
		add(reader, SIGN_RESOLUTION, 0);
		break;
	case ROLE_OWN_DECISION:
		add(reader, SIGN_OWN, 0);
		add(reader, SIGN_DECISION, 0);
		break;
	case ROLE_OWN:
		add(reader, SIGN_OWN, 0);
		break;
	case ROLE_LIST:
		add(reader, SIGN_LIST, 0);
		break;
	case ROLE_FILL:
		add(reader, SIGN_FILL, 0);
		break;
	case ROLE_MONTH:
		add(reader, SIGN_FILL, SIGN_MONTH + payload);
		break;
	case ROLE_NUMBER:
		add(reader, SIGN_NUMBER, 0);
		break;
	case ROLE_ORGAN:
		add(reader, SIGN_ORGAN, payload);
		break;
	case ROLE_SHORT:
		add(reader, SIGN_SHORT, payload);
		break;
	case ROLE_INSTRUMENT:
		find_instrument(reader, payload, match->count);
		add_other(reader);
		break;
	case ROLE_NONE:
		add_other(reader);
		break;
	}
}

static bool
take_phrase(struct reader *reader)
{
	const struct token *first = peek(reader, 0);
	struct phrase_match match;

	if (first->kind == TOKEN_NUMBER ||
	    !phrases_find(reader->vocabulary->phrases,
			  reader->vocabulary->writing, reader->text,
			  reader->tokens, reader->at, reader->language, &match))
		return false;
	add_phrase(reader, &match);
	reader->at += match.count;
	return true;
}

/* ---- numbers ---- */

static void
add_item(struct reader *reader, const struct item *item)
{
	struct signs *signs = reader->signs;

	if (signs->item_count == signs->item_room) {
		signs->item_room = signs->item_room ? signs->item_room * 2 : 32;
		signs->items = reallocarray(signs->items, signs->item_room,
					    sizeof(struct item));
		if (!signs->items)
			abort();
	}
	signs->items[signs->item_count] = *item;
	add(reader, SIGN_ITEM, (uint32_t)signs->item_count++);
	reader->at += item->count;
}

/* A plain number is a resolution's only where that word is close by. */
static bool
may_be_plain(const struct reader *reader)
{
	const struct signs *signs = reader->signs;
	size_t count = signs->count;

	switch (last_kind(reader)) {
	case SIGN_RESOLUTION:
	case SIGN_DECISION:
	case SIGN_NUMBER:
		return true;
	case SIGN_ORGAN:
		return count > 1 &&
		       (signs->signs[count - 2].kind == SIGN_RESOLUTION ||
			signs->signs[count - 2].kind == SIGN_DECISION);
	case SIGN_LIST:
		return count > 1 && signs->signs[count - 2].kind == SIGN_ITEM &&
		       (last_item(reader)->form == FORM_PLAIN ||
			last_item(reader)->form == FORM_DOTTED);
	case SIGN_OTHER:
	case SIGN_END:
	case SIGN_SYMBOL:
	case SIGN_OWN:
	case SIGN_FILL:
	case SIGN_SHORT:
	case SIGN_ITEM:
		return false;
	}
	return false;
}

static bool
take_item(struct reader *reader)
{
	const struct item *before = last_item(reader);
	bool is_listed = last_kind(reader) == SIGN_LIST && before &&
			 reader->signs->signs[reader->signs->count - 2].kind ==
				 SIGN_ITEM;
	struct item item;

	if ((is_listed || last_kind(reader) == SIGN_ITEM) &&
	    item_read_letter(reader->text, reader->tokens, reader->at,
			     is_listed, before, &item)) {
		add_item(reader, &item);
		return true;
	}
	if (!item_may_begin(peek(reader, 0)) ||
	    !item_read(reader->text, reader->tokens, reader->at,
		       may_be_plain(reader), &item))
		return false;
	add_item(reader, &item);
	return true;
}

/* A day or a year within a citation; any other number ends it. */
static bool
is_date_number(const struct token *token)
{
	return token->kind == TOKEN_NUMBER && token->code > 0 &&
	       (token->code <= DAY_MAX ||
		(token->code >= YEAR_MIN && token->code <= YEAR_MAX));
}

/* ---- signs ---- */

/*
 * Does a sentence end with this full stop? Not in "No. 5", "para. 5", "S.
 * Kane".
 */
static bool
is_end(const struct reader *reader)
{
	const struct token *next = peek(reader, 1);

	if (reader->at + 1 == reader->tokens->count)
		return true;
	return next->flags & TOKEN_SPACED && next->kind != TOKEN_NUMBER &&
	       last_kind(reader) != SIGN_NUMBER;
}

static void
take_sign(struct reader *reader)
{
	switch (peek(reader, 0)->code) {
	case ',':
	case LIST_COMMA:
		add(reader, SIGN_LIST, 0);
		break;
	case '.':
		if (last_kind(reader) == SIGN_NUMBER)
			break;
		if (is_end(reader))
			add(reader, SIGN_END, 0);
		else
			add_other(reader);
		break;
	case FULL_STOP:
		add(reader, SIGN_END, 0);
		break;
	case '\'':
	case '-':
		break;
	default:
		add_other(reader);
		break;
	}
	reader->at++;
}

static void
read_one(struct reader *reader)
{
	const struct token *token = peek(reader, 0);

	if (take_symbol(reader) || take_item(reader) || take_phrase(reader))
		return;
	if (token->kind == TOKEN_SIGN) {
		take_sign(reader);
		return;
	}
	if (is_date_number(token))
		add(reader, SIGN_FILL, token->code);
	else
		add_other(reader);
	reader->at++;
}

/* Most words are nothing to a citation, and stand behind another such. */
static inline bool
is_more_other(const struct reader *reader)
{
	const struct token *token = &reader->tokens->items[reader->at];
	const struct signs *signs = reader->signs;

	return (token->kind == TOKEN_WORD || token->kind == TOKEN_ALONE) &&
	       !(token->flags & TOKEN_CAPITAL) && signs->count &&
	       signs->signs[signs->count - 1].kind == SIGN_OTHER &&
	       !item_may_begin(token) &&
	       !phrases_may_begin(reader->vocabulary->phrases,
				  reader->vocabulary->writing, token);
}

void
signs_read(struct signs *signs, const struct vocabulary *vocabulary,
	   const struct passages *passages, struct finds *finds)
{
	struct reader reader = {
		.signs = signs,
		.vocabulary = vocabulary,
		.text = docket_job_text(passages->job),
		.tokens = &passages->tokens,
		.finds = finds,
		.language =
			phrases_language(vocabulary->phrases,
					 passages_language(passages), false),
	};

	signs->count = 0;
	signs->item_count = 0;
	while (reader.at < reader.tokens->count) {
		if (is_more_other(&reader))
			reader.at++;
		else
			read_one(&reader);
	}
}

void
signs_read_line(const struct vocabulary *vocabulary,
		const struct passages *passages, struct finds *finds)
{
	struct docket_bytes text = docket_job_text(passages->job);
	struct symbol symbol;

	if (series_read(&vocabulary->series, text, &passages->tokens, 0,
			&symbol) &&
	    symbol.count == passages->tokens.count)
		find_symbol(finds, symbol.text, symbol.start, symbol.end);
}
