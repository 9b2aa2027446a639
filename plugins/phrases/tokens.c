/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tokens.c - text as words, numbers and signs
 *
 * Linear. Ends the process where memory runs out.
 */
#include "tokens.h"

#include <stdlib.h>
#include <string.h>

#define HASH_BEGIN 0xcbf29ce484222325u
#define HASH_STEP 0x9e3779b97f4a7c15u
/* Longer words have no stem: nobody inflects them. */
#define WORD_LETTERS 40
#define NUMBER_LIMIT 100000000u

/* A word while it is read. */
struct word {
	struct token token;
	uint16_t letters[WORD_LETTERS];
	size_t count;
	size_t capitals;
};

void
tokens_fini(struct tokens *tokens)
{
	free(tokens->items);
	*tokens = (struct tokens){ 0 };
}

static struct token *
append(struct tokens *tokens)
{
	if (tokens->count == tokens->room) {
		tokens->room = tokens->room ? tokens->room * 2 : 256;
		tokens->items = reallocarray(tokens->items, tokens->room,
					     sizeof(struct token));
		if (!tokens->items)
			abort();
	}
	return &tokens->items[tokens->count++];
}

static inline uint64_t
hash_step(uint64_t hash, uint32_t letter)
{
	hash = (hash ^ letter) * HASH_STEP;
	return hash ^ hash >> 29;
}

static uint64_t
hash_letters(const uint16_t *letters, size_t count)
{
	uint64_t hash = HASH_BEGIN;

	for (size_t i = 0; i < count; i++)
		hash = hash_step(hash, letters[i]);
	return hash;
}

/* ---- stems ---- */

static bool
has_ending(const uint16_t *letters, size_t count, const struct affix *ending)
{
	return memcmp(letters + count - ending->size, ending->letters,
		      ending->size * sizeof(letters[0])) == 0;
}

static bool
has_prefix(const uint16_t *letters, size_t count, const struct affix *prefix)
{
	return count >= prefix->size + 2u &&
	       memcmp(letters, prefix->letters,
		      prefix->size * sizeof(letters[0])) == 0;
}

/* How many letters an article takes. */
static size_t
measure_article(const struct writing *writing, const uint16_t *letters,
		size_t count)
{
	for (size_t i = 0; i < writing->articles.count; i++)
		if (has_prefix(letters, count, &writing->articles.items[i]))
			return writing->articles.items[i].size;
	return 0;
}

static uint64_t
hash_stem(const struct writing *writing, const uint16_t *letters, size_t count)
{
	size_t skip = measure_article(writing, letters, count);

	letters += skip;
	count -= skip;
	for (size_t i = 0; i < writing->endings.count; i++) {
		const struct affix *ending = &writing->endings.items[i];

		if (count >= ending->size + (size_t)WRITING_STEM &&
		    has_ending(letters, count, ending))
			return hash_letters(letters, count - ending->size);
	}
	return hash_letters(letters, count);
}

/* Latin words have no affixes: most text need not be looked at. */
static bool
has_stem(const struct word *word)
{
	return word->token.script != SCRIPT_LATIN &&
	       word->count <= WORD_LETTERS;
}

static void
end_word(struct tokens *tokens, const struct writing *writing,
	 struct word *word)
{
	struct token *token = &word->token;

	if (!word->count)
		return;
	token->hash = token->exact;
	if (has_stem(word))
		token->hash = hash_stem(writing, word->letters, word->count);
	if (word->capitals == word->count && word->count > 1)
		token->flags |= TOKEN_CAPITALS;
	*append(tokens) = *token;
	word->count = 0;
}

size_t
tokens_unprefixed(const struct writing *writing, struct docket_bytes text,
		  const struct token *token, uint64_t *out_hashes, size_t room)
{
	uint16_t letters[WORD_LETTERS];
	size_t count = 0, found = 0;

	for (size_t at = token->start; at < token->end;) {
		struct letter letter = writing_letter(
			writing, writing_next(text.data, text.size, &at));

		if (letter.kind != LETTER_WORD)
			continue;
		if (count == WORD_LETTERS)
			return 0;
		letters[count++] = (uint16_t)letter.folded;
	}
	for (size_t i = 0; i < writing->prefixes.count && found < room; i++) {
		const struct affix *prefix = &writing->prefixes.items[i];

		if (has_prefix(letters, count, prefix))
			out_hashes[found++] =
				hash_stem(writing, letters + prefix->size,
					  count - prefix->size);
	}
	return found;
}

/* ---- reading ---- */

static void
begin_word(struct word *word, const struct letter *letter, uint32_t start,
	   uint8_t flags)
{
	word->token = (struct token){
		.exact = HASH_BEGIN,
		.start = start,
		.code = letter->folded,
		.kind = TOKEN_WORD,
		.flags = flags | (letter->is_capital ? TOKEN_CAPITAL : 0),
		.script = letter->script,
	};
	word->count = 0;
	word->capitals = 0;
}

static void
take_letter(struct word *word, const struct letter *letter, uint32_t end)
{
	if (word->count < WORD_LETTERS)
		word->letters[word->count] = (uint16_t)letter->folded;
	word->token.exact = hash_step(word->token.exact, letter->folded);
	word->token.end = end;
	word->capitals += letter->is_capital;
	word->count++;
}

static void
take_digit(struct tokens *tokens, const struct letter *digit, uint32_t start,
	   uint32_t end, uint8_t flags)
{
	struct token *last =
		tokens->count ? &tokens->items[tokens->count - 1] : NULL;
	uint32_t value = digit->folded - '0';

	if (!last || last->kind != TOKEN_NUMBER || flags ||
	    last->end != start) {
		*append(tokens) = (struct token){
			.start = start,
			.end = end,
			.code = value,
			.kind = TOKEN_NUMBER,
			.flags = flags,
		};
		return;
	}
	last->end = end;
	last->code = last->code < NUMBER_LIMIT ? last->code * 10 + value
					       : TOKEN_LARGE;
}

static void
take_sign(struct tokens *tokens, const struct letter *sign, uint32_t start,
	  uint32_t end, uint8_t flags)
{
	*append(tokens) = (struct token){
		.hash = hash_step(HASH_BEGIN, sign->folded),
		.exact = hash_step(HASH_BEGIN, sign->folded),
		.start = start,
		.end = end,
		.code = sign->folded,
		.kind = sign->kind == LETTER_ALONE ? TOKEN_ALONE : TOKEN_SIGN,
		.flags = flags,
	};
}

void
tokens_read(struct tokens *tokens, const struct writing *writing,
	    struct docket_bytes text, uint32_t start, uint32_t end)
{
	struct word word = { .count = 0 };
	uint8_t flags = TOKEN_SPACED;

	for (size_t at = start; at < end;) {
		uint32_t first = (uint32_t)at;
		uint32_t code = writing_next(text.data, text.size, &at);
		struct letter letter = writing_letter(writing, code);

		if (letter.kind == LETTER_IGNORED)
			continue;
		if (letter.kind == LETTER_WORD) {
			if (word.count && word.token.script != letter.script)
				end_word(tokens, writing, &word);
			if (!word.count)
				begin_word(&word, &letter, first, flags);
			take_letter(&word, &letter, (uint32_t)at);
			flags = 0;
			continue;
		}
		end_word(tokens, writing, &word);
		if (letter.kind == LETTER_SPACE) {
			flags |=
				TOKEN_SPACED | (code == '\n' ? TOKEN_LINED : 0);
			continue;
		}
		if (letter.kind == LETTER_DIGIT)
			take_digit(tokens, &letter, first, (uint32_t)at, flags);
		else
			take_sign(tokens, &letter, first, (uint32_t)at, flags);
		flags = 0;
	}
	end_word(tokens, writing, &word);
}
