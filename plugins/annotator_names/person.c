/* SPDX-License-Identifier: Apache-2.0 */
/*
 * person.c - persons whom a text names with an honorific, or who signed it
 *
 * A name is words with capitals, their initials, and particles between them. An
 * office is told only where it follows the name and begins with a title that
 * the language has. Nothing else is held to be a person. Pure but for finds.
 */
#include "person.h"

#include <stdio.h>
#include <string.h>

#define NAME_TOKENS 12
#define OFFICE_TOKENS 40
#define NAME_TEXT 128
#define OFFICE_TEXT 256
#define IRI_PERSON "/akn/ontology/person/"

static const struct token *
token_at(const struct person_place *place, size_t index)
{
	static const struct token none = { .kind = TOKEN_SIGN };

	return index < place->tokens->count ? &place->tokens->items[index]
					    : &none;
}

/* What kind of name or word is here? Its tokens are counted. */
static enum entity_kind
match_kind(const struct person_place *place, size_t index, size_t *out_count)
{
	const struct gazetteer *gazetteer = place->gazetteer;
	struct phrase_match match;

	if (index >= place->tokens->count ||
	    !phrases_find(gazetteer->phrases, gazetteer->writing, place->text,
			  place->tokens, index, place->language, &match))
		return ENTITY_NONE;
	*out_count = match.count;
	return gazetteer->entities[match.value].kind;
}

/* An office has a name, or begins with a title. */
static bool
is_title(const struct person_place *place, size_t index)
{
	size_t count;
	enum entity_kind kind = match_kind(place, index, &count);

	return kind == ENTITY_TITLE || kind == ENTITY_OFFICE;
}

/* Tokens as text, with one space where there is any. */
static void
put_text(const struct person_place *place, size_t from, size_t to, char *out,
	 size_t room)
{
	size_t used = 0;

	for (size_t i = from; i < to; i++) {
		const struct token *token = token_at(place, i);
		size_t size = token->end - token->start;
		bool has_space = i > from && token->flags & TOKEN_SPACED;

		if (used + size + has_space >= room)
			break;
		if (has_space)
			out[used++] = ' ';
		memcpy(out + used, place->text.data + token->start, size);
		used += size;
	}
	out[used] = '\0';
}

/* ---- offices ---- */

static bool
ends_office(const struct person_place *place, size_t index)
{
	const struct token *token = token_at(place, index);
	const struct token *next = token_at(place, index + 1);

	if (token_is_sign(token, '.'))
		return index + 1 == place->tokens->count ||
		       next->flags & TOKEN_SPACED;
	return token_is_sign(token, ',') || token_is_sign(token, ')') ||
	       token_is_sign(token, ';') || token_is_sign(token, '(') ||
	       token->flags & TOKEN_LINED;
}

/* "Name, Ambassador of X", "Name (Observer for X)", or on the next line. */
static void
read_office(const struct person_place *place, size_t end, char *out)
{
	const struct token *next = token_at(place, end);
	size_t from = end, to;

	if (token_is_sign(next, ',') || token_is_sign(next, '('))
		from = end + 1;
	else if (!(next->flags & TOKEN_LINED))
		return;
	if (!is_title(place, from))
		return;
	for (to = from + 1; to < place->tokens->count &&
			    to - from < OFFICE_TOKENS &&
			    !ends_office(place, to);)
		to++;
	put_text(place, from, to, out, OFFICE_TEXT);
}

/* ---- names ---- */

static bool
is_initial(const struct person_place *place, size_t index)
{
	return token_at(place, index)->end - token_at(place, index)->start <=
		       2 &&
	       token_is_sign(token_at(place, index + 1), '.') &&
	       !(token_at(place, index + 1)->flags & TOKEN_SPACED);
}

/* How many tokens from here are the next word of a name; 0: it has ended. */
static size_t
read_part(const struct person_place *place, size_t index)
{
	const struct token *token = token_at(place, index);
	size_t particle;

	if (token->flags & TOKEN_LINED)
		return 0;
	if ((token_is_sign(token, '-') || token_is_sign(token, '\'')) &&
	    !(token->flags & TOKEN_SPACED) &&
	    token_at(place, index + 1)->kind == TOKEN_WORD)
		return 2;
	if (token->kind != TOKEN_WORD || token->script == SCRIPT_ARABIC)
		return 0;
	if (token->flags & TOKEN_CAPITAL)
		return is_initial(place, index) ? 2 : 1;
	if (match_kind(place, index, &particle) != ENTITY_PARTICLE ||
	    !(token_at(place, index + particle)->flags & TOKEN_CAPITAL) ||
	    is_title(place, index + particle))
		return 0;
	return particle;
}

/* The IRI of a full name in Latin letters; a surname is many persons'. */
static bool
put_iri(const struct person_place *place, size_t from, size_t to, char *out,
	size_t room)
{
	size_t used = (size_t)snprintf(out, room, IRI_PERSON);
	size_t words = 0;

	for (size_t i = from; i < to; i++) {
		const struct token *token = token_at(place, i);

		if (token->kind != TOKEN_WORD)
			continue;
		if (token->script != SCRIPT_LATIN)
			return false;
		if (words++)
			out[used++] = '-';
		for (size_t at = token->start; at < token->end;) {
			struct letter other;
			const struct letter *letter = writing_letter(
				place->gazetteer->writing,
				writing_next(place->text.data, place->text.size,
					     &at),
				&other);

			if (letter->kind != LETTER_WORD)
				continue;
			if (letter->folded >= 0x80 || used + 3 >= room)
				return false;
			out[used++] = (char)letter->folded;
		}
	}
	out[used] = '\0';
	return words > 1;
}

void
person_find(const struct person_place *place, size_t index, size_t count,
	    struct finds *finds)
{
	char name[NAME_TEXT];
	char office[OFFICE_TEXT] = "";
	char value[NAME_TEXT + OFFICE_TEXT + 16];
	char uri[NAME_TEXT * 2];

	put_text(place, index, index + count, name, sizeof(name));
	read_office(place, index + count, office);
	snprintf(value, sizeof(value), "%s%s%s", name,
		 office[0] ? "; office=" : "", office);
	finds_add(finds, token_at(place, index)->start,
		  token_at(place, index + count - 1)->end, DOCKET_MARK_PERSON,
		  value,
		  put_iri(place, index, index + count, uri, sizeof(uri))
			  ? uri
			  : NULL);
}

size_t
person_read(const struct person_place *place, size_t index, bool is_doubtful,
	    struct finds *finds)
{
	size_t end = index, last = index;
	size_t words = 0;

	while (end - index < NAME_TOKENS) {
		size_t part = read_part(place, end);

		if (!part || is_title(place, end))
			break;
		words += token_at(place, end)->flags & TOKEN_CAPITAL ? 1 : 0;
		end += part;
		last = end;
	}
	if (words < (is_doubtful ? 2u : 1u))
		return 0;
	person_find(place, index, last - index, finds);
	return last - index;
}
