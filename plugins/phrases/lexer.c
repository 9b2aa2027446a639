/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexer.c - text as words, numbers and signs
 *
 * Linear. Ends the process where memory runs out.
 */
#include "lexer.h"

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
lexer_fini(struct tokens *tokens)
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
	return (hash ^ letter) * HASH_STEP;
}

static inline uint64_t
hash_end(uint64_t hash)
{
	hash = (hash ^ hash >> 32) * HASH_STEP;
	return hash ^ hash >> 29;
}

static uint64_t
hash_letters(const uint16_t *letters, size_t count)
{
	uint64_t hash = HASH_BEGIN;

	for (size_t i = 0; i < count; i++)
		hash = hash_step(hash, letters[i]);
	return hash_end(hash);
}

/* ---- stems ---- */

static bool
is_alike(const uint16_t *letters, const struct affix *affix)
{
	for (size_t i = 0; i < affix->size; i++)
		if (letters[i] != affix->letters[i])
			return false;
	return true;
}

/* Does the word begin so, and is it more than that? */
static bool
has_prefix(const uint16_t *letters, size_t count, const struct affix *prefix)
{
	return count >= prefix->size + 2u && is_alike(letters, prefix);
}

/* How many letters an article takes. */
static size_t
measure_article(const struct writing *writing, const uint16_t *letters,
		size_t count)
{
	size_t articles;
	const struct affix *article =
		writing_bin(&writing->articles, letters[0], &articles);

	for (size_t i = 0; i < articles; i++)
		if (has_prefix(letters, count, &article[i]))
			return article[i].size;
	return 0;
}

static uint64_t
hash_stem(const struct writing *writing, const uint16_t *letters, size_t count)
{
	size_t skip = measure_article(writing, letters, count);
	const struct affix *ending;
	size_t endings;

	letters += skip;
	count -= skip;
	ending = writing_bin(&writing->endings, letters[count - 1], &endings);
	for (size_t i = 0; i < endings; i++)
		if (count >= ending[i].size + (size_t)WRITING_STEM &&
		    is_alike(letters + count - ending[i].size, &ending[i]))
			return hash_letters(letters, count - ending[i].size);
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
	token->exact = hash_end(token->exact);
	token->hash = token->exact;
	if (has_stem(word))
		token->hash = hash_stem(writing, word->letters, word->count);
	if (word->capitals == word->count && word->count > 1)
		token->flags |= TOKEN_CAPITALS;
	*append(tokens) = *token;
	word->count = 0;
}

/* The letters of a token, folded; 0: they are too many. */
static size_t
read_letters(const struct writing *writing, struct docket_bytes text,
	     const struct token *token, uint16_t *out_letters)
{
	size_t count = 0;

	for (size_t at = token->start; at < token->end;) {
		struct letter letter = writing_letter(
			writing, writing_next(text.data, text.size, &at));

		if (letter.kind != LETTER_WORD)
			continue;
		if (count == WORD_LETTERS)
			return 0;
		out_letters[count++] = (uint16_t)letter.folded;
	}
	return count;
}

size_t
lexer_unprefixed(const struct writing *writing, struct docket_bytes text,
		 const struct token *token, uint64_t *out_hashes, size_t room)
{
	uint16_t letters[WORD_LETTERS];
	size_t prefixes, count, found = 0;
	const struct affix *prefix = writing_bin(
		&writing->prefixes, (uint16_t)token->code, &prefixes);

	if (!prefixes)
		return 0;
	count = read_letters(writing, text, token, letters);
	for (size_t i = 0; i < prefixes && found < room; i++)
		if (has_prefix(letters, count, &prefix[i]))
			out_hashes[found++] =
				hash_stem(writing, letters + prefix[i].size,
					  count - prefix[i].size);
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
	uint64_t hash = hash_end(hash_step(HASH_BEGIN, sign->folded));

	*append(tokens) = (struct token){
		.hash = hash,
		.exact = hash,
		.start = start,
		.end = end,
		.code = sign->folded,
		.kind = sign->kind == LETTER_ALONE ? TOKEN_ALONE : TOKEN_SIGN,
		.flags = flags,
	};
}

static inline bool
is_ascii_letter(char byte)
{
	return (unsigned)((byte | 0x20) - 'a') < 26;
}

/*
 * Most words are of these letters alone: read one that is, as the general way
 * would. false: there is more to it, and nothing is read.
 */
static bool
read_plain(struct tokens *tokens, const char *text, size_t end, size_t *at,
	   uint8_t flags)
{
	uint64_t hash = HASH_BEGIN;
	size_t i = *at, capitals = 0;

	for (; i < end && is_ascii_letter(text[i]); i++) {
		hash = hash_step(hash, (uint32_t)(text[i] | 0x20));
		capitals += !(text[i] & 0x20);
	}
	if (i < end && (unsigned char)text[i] >= 0x80)
		return false;
	hash = hash_end(hash);
	if (!(text[*at] & 0x20))
		flags |= TOKEN_CAPITAL;
	if (capitals == i - *at && capitals > 1)
		flags |= TOKEN_CAPITALS;
	*append(tokens) = (struct token){
		.hash = hash,
		.exact = hash,
		.start = (uint32_t)*at,
		.end = (uint32_t)i,
		.code = (uint32_t)(text[*at] | 0x20),
		.kind = TOKEN_WORD,
		.flags = flags,
		.script = SCRIPT_LATIN,
	};
	*at = i;
	return true;
}

void
lexer_read(struct tokens *tokens, const struct writing *writing,
	   struct docket_bytes text, uint32_t start, uint32_t end)
{
	struct word word = { .count = 0 };
	uint8_t flags = TOKEN_SPACED;

	for (size_t at = start; at < end;) {
		uint32_t first = (uint32_t)at;
		struct letter letter;
		uint32_t code;

		if (!word.count && is_ascii_letter(text.data[at]) &&
		    read_plain(tokens, text.data, end, &at, flags)) {
			flags = 0;
			continue;
		}
		code = writing_next(text.data, text.size, &at);
		letter = writing_letter(writing, code);
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
