/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexer.c - text as words, numbers and signs
 *
 * Linear. Ends the process where memory runs out.
 */
#include "lexer.h"

#include <stdlib.h>
#include <string.h>

#include "word.h"

#define NUMBER_LIMIT 100000000u

void
lexer_fini(struct tokens *tokens)
{
	free(tokens->items);
	*tokens = (struct tokens){ 0 };
}

/* Room for so many more, one or more; what is not used costs nothing. */
static struct token *
reserve(struct tokens *tokens, size_t count)
{
	if (tokens->room - tokens->count < count) {
		tokens->room = tokens->room * 2 + count;
		tokens->items = reallocarray(tokens->items, tokens->room,
					     sizeof(struct token));
		if (!tokens->items)
			abort();
	}
	return tokens->items + tokens->count;
}

void
lexer_append(struct tokens *tokens, const struct tokens *other)
{
	if (!other->count)
		return;
	memcpy(reserve(tokens, other->count), other->items,
	       other->count * sizeof(struct token));
	tokens->count += other->count;
}

/* ---- words of ASCII letters ---- */

static inline bool
is_ascii_letter(char byte)
{
	return (unsigned)((byte | 0x20) - 'a') < 26;
}

/* A word of ASCII letters; small is not 0 where some are no capitals. */
static inline void
put_plain(const struct source *source, size_t start, size_t end, uint8_t flags,
	  uint64_t hash, uint64_t small, struct token *out_token)
{
	char first = source->text.data[start];

	if (!(first & 0x20))
		flags |= small || end - start < 2
				 ? TOKEN_CAPITAL
				 : TOKEN_CAPITAL | TOKEN_CAPITALS;
	*out_token = (struct token){
		.hash = hash,
		.exact = hash,
		.start = (uint32_t)start,
		.end = (uint32_t)end,
		.code = (uint32_t)(first | 0x20),
		.kind = TOKEN_WORD,
		.flags = flags,
		.script = SCRIPT_LATIN,
	};
}

/*
 * Most words are less than eight letters of ASCII: read one that is, all at
 * once. Returns where it ends, or 0 where there is more to it.
 */
static inline size_t
read_short(const struct source *source, size_t start, uint8_t flags,
	   struct token *out_token)
{
	uint64_t eight = hash_load(source->text.data + start);
	uint64_t others = source_others(eight);
	uint64_t stop = source_lowest(others);
	uint64_t letters = (stop >> 7) - 1; /* their bits */
	size_t end;

	/* There is no end yet, or a letter that is none of ASCII. */
	if (!stop || eight & stop)
		return 0;
	end = start + (size_t)__builtin_ctzll(others) / 8;
	put_plain(source, start, end, flags,
		  hash_eight(HASH_WORD, (eight | 0x20 * SOURCE_EACH) & letters),
		  eight & letters & 0x20 * SOURCE_EACH, out_token);
	return end;
}

/*
 * The same of a word that is longer, or near the end. Returns 0 where it has
 * other letters, too, and nothing is read.
 */
static size_t
read_long(const struct source *source, size_t start, uint8_t flags,
	  struct token *out_token)
{
	uint64_t hash = HASH_WORD, small = 0;
	struct source_letters letters;
	size_t at = start;

	do {
		letters = source_letters(source, at);
		if (letters.count)
			hash = hash_eight(hash, letters.folded);
		small |= letters.small;
		at += letters.count;
	} while (letters.count == 8 && at < source->end);
	if (at < source->end && (unsigned char)source->text.data[at] >= 0x80)
		return 0;
	put_plain(source, start, at, flags, hash, small, out_token);
	return at;
}

static inline size_t
read_plain(const struct source *source, size_t start, uint8_t flags,
	   struct token *out_token)
{
	size_t end = 0;

	if (source->end - start >= 8)
		end = read_short(source, start, flags, out_token);
	return end ? end : read_long(source, start, flags, out_token);
}

/* ---- words of any letters ---- */

/* Latin words have no affixes: most text need not be looked at. */
static bool
has_stem(const struct token *token, const struct word *word)
{
	return token->script != SCRIPT_LATIN && word->letters <= WORD_LETTERS;
}

static void
end_word(const struct writing *writing, const struct word *word,
	 struct token *token)
{
	token->exact = word_hash(word);
	token->hash = token->exact;
	if (has_stem(token, word))
		token->hash = word_stem(writing, word);
}

/* Read the word that begins here with a letter; returns where it ends. */
static size_t
read_word(const struct source *source, const struct letter *first, size_t start,
	  uint8_t flags, struct token *out_token)
{
	struct token token = {
		.start = (uint32_t)start,
		.code = first->folded,
		.kind = TOKEN_WORD,
		.flags = flags | (first->is_capital ? TOKEN_CAPITAL : 0),
		.script = first->script,
	};
	struct word word;
	size_t at = start;

	word_begin(&word);
	while (at < source->end) {
		size_t letters = word.letters;
		size_t next = word_take(&word, source, at, token.script);

		if (next == at)
			break;
		at = next;
		if (word.letters > letters)
			token.end = (uint32_t)at;
	}
	if (!word.has_small && word.letters > 1)
		token.flags |= TOKEN_CAPITALS;
	end_word(source->writing, &word, &token);
	*out_token = token;
	return at;
}

/* The letters of a token; false: they are too many. */
static bool
read_again(const struct writing *writing, struct docket_bytes text,
	   const struct token *token, struct word *word)
{
	const struct source source = { writing, text, token->end };
	size_t at = token->start;

	word_begin(word);
	while (at < source.end && word->letters <= WORD_LETTERS) {
		size_t next = word_take(word, &source, at, token->script);

		if (next == at)
			break;
		at = next;
	}
	return word->letters <= WORD_LETTERS;
}

size_t
lexer_unprefixed(const struct writing *writing, struct docket_bytes text,
		 const struct token *token, uint64_t *out_hashes, size_t room)
{
	struct word word;

	if (!lexer_may_unprefix(writing, token) ||
	    !read_again(writing, text, token, &word))
		return 0;
	return word_unprefixed(writing, &word, out_hashes, room);
}

/* ---- numbers and signs ---- */

/* Read the number that begins here; returns where it ends. */
static size_t
read_number(const struct source *source, size_t start, uint8_t flags,
	    struct token *out_token)
{
	uint32_t value = 0;
	size_t at = start;
	uint64_t hash;

	while (at < source->end) {
		struct letter room;
		size_t next = at;
		const struct letter *digit =
			source_letter(source, &next, &room);

		if (digit->kind != LETTER_DIGIT)
			break;
		value = value < NUMBER_LIMIT ? value * 10 + digit->folded - '0'
					     : TOKEN_LARGE;
		at = next;
	}
	hash = hash_eight(HASH_NUMBER, value);
	*out_token = (struct token){
		.hash = hash,
		.exact = hash,
		.start = (uint32_t)start,
		.end = (uint32_t)at,
		.code = value,
		.kind = TOKEN_NUMBER,
		.flags = flags,
	};
	return at;
}

static inline void
take_sign(const struct letter *sign, size_t start, size_t end, uint8_t flags,
	  struct token *out_token)
{
	uint64_t hash = hash_eight(HASH_SIGN, sign->folded);

	*out_token = (struct token){
		.hash = hash,
		.exact = hash,
		.start = (uint32_t)start,
		.end = (uint32_t)end,
		.code = sign->folded,
		.kind = sign->kind == LETTER_ALONE ? TOKEN_ALONE : TOKEN_SIGN,
		.flags = flags,
	};
}

/* ---- reading ---- */

/* What begins at *at, but for a plain word; false: it is no token. */
static inline bool
read_other(const struct source *source, size_t *at, uint8_t *flags,
	   struct token *out_token)
{
	struct letter room;
	size_t start = *at;
	const struct letter *letter = source_letter(source, at, &room);

	switch ((enum letter_kind)letter->kind) {
	case LETTER_IGNORED:
		return false;
	case LETTER_SPACE:
		*flags |= TOKEN_SPACED;
		if (source->text.data[start] == '\n')
			*flags |= TOKEN_LINED;
		return false;
	case LETTER_WORD:
		*at = read_word(source, letter, start, *flags, out_token);
		return true;
	case LETTER_DIGIT:
		*at = read_number(source, start, *flags, out_token);
		return true;
	case LETTER_SIGN:
	case LETTER_ALONE:
		take_sign(letter, start, *at, *flags, out_token);
		return true;
	}
	return false;
}

void
lexer_read(struct tokens *tokens, const struct writing *writing,
	   struct docket_bytes text, uint32_t start, uint32_t end)
{
	const struct source source = { writing, text, end };
	uint8_t flags = TOKEN_SPACED;
	struct token *next;
	size_t at = start;

	if (start >= end)
		return;
	next = reserve(tokens, end - start); /* of a byte each, or more */
	while (at < end) {
		size_t behind = 0;

		if (is_ascii_letter(text.data[at]))
			behind = read_plain(&source, at, flags, next);
		if (behind)
			at = behind;
		else if (!read_other(&source, &at, &flags, next))
			continue;
		next++;
		flags = 0;
		if (at < end && text.data[at] == ' ') {
			flags = TOKEN_SPACED;
			at++;
		}
	}
	tokens->count = (size_t)(next - tokens->items);
}
