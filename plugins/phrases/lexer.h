/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexer.h - text as words, numbers and signs
 *
 * Letters and digits part from each other: "L.41" is L . 41, "1er" is 1 er. A
 * character of a script that writes no words is a token by itself.
 */
#ifndef PHRASES_LEXER_H
#define PHRASES_LEXER_H

#include "writing.h"

enum token_kind {
	TOKEN_WORD = 0,
	TOKEN_NUMBER,
	TOKEN_SIGN,
	TOKEN_ALONE, /* one character of Chinese */
};

enum token_flag {
	TOKEN_SPACED = 1,   /* there is space before it */
	TOKEN_LINED = 2,    /* with a line's end in it */
	TOKEN_CAPITAL = 4,  /* its first letter is one */
	TOKEN_CAPITALS = 8, /* and so are all, two or more */
};

/* A number that is larger than any that has a meaning here. */
#define TOKEN_LARGE UINT32_MAX

struct token {
	uint64_t hash;	/* of the word's stem, the number or the character */
	uint64_t exact; /* of the word as it stands, folded, or the same */
	uint32_t start; /* bytes into the text */
	uint32_t end;
	uint32_t code; /* a number's value; a sign; a word's first letter */
	uint8_t kind;
	uint8_t flags;
	uint8_t script; /* enum letter_script */
};

struct tokens {
	struct token *items;
	size_t count;
	size_t room;
};

/* Zeroed, it is empty. */
void lexer_fini(struct tokens *tokens);

/* Append the tokens of text from start to end. */
void lexer_read(struct tokens *tokens, const struct writing *writing,
		struct docket_bytes text, uint32_t start, uint32_t end);

/* Append those of another list. */
void lexer_append(struct tokens *tokens, const struct tokens *other);

/* Only Arabic has them, and few letters are one. */
static inline bool
lexer_may_unprefix(const struct writing *writing, const struct token *token)
{
	size_t prefixes;

	if (token->script != SCRIPT_ARABIC || token->kind != TOKEN_WORD)
		return false;
	writing_bin(&writing->prefixes, token->code, &prefixes);
	return prefixes > 0;
}

/*
 * The hashes that the word's stem has without a prefix, if it has one. At most
 * room are written; returns how many.
 */
size_t lexer_unprefixed(const struct writing *writing, struct docket_bytes text,
			const struct token *token, uint64_t *out_hashes,
			size_t room);

static inline bool
token_is_sign(const struct token *token, uint32_t sign)
{
	return token->kind == TOKEN_SIGN && token->code == sign;
}

#endif
