/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexed.c - the tokens of a document, kept for the annotator that comes next
 *
 * Owns them, in the order in which they were lexed, up to a limit: of a longer
 * text the rest is lexed by each. Ends the process where memory runs out.
 */
#include "lexed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* To be counted up where the tokens of a text become others. */
#define LEXED_VERSION 1
/* 4 MB of tokens, of half a million letters. */
#define LEXED_TOKENS (1u << 17)
#define NAME_TEXT 64

struct range {
	uint32_t start; /* bytes into the text */
	uint32_t end;
	uint32_t first; /* its tokens */
	uint32_t count;
};

struct lexed {
	struct tokens tokens;
	struct range *ranges; /* ordered by start, none within another */
	size_t count;
	size_t room;
};

static void
release(void *value)
{
	struct lexed *lexed = value;

	lexer_fini(&lexed->tokens);
	free(lexed->ranges);
	free(lexed);
}

struct lexed *
lexed_open(struct docket_job *job, const struct writing *writing)
{
	char name[NAME_TEXT];
	struct lexed *lexed;

	/* Whoever finds it has tokens of the same shape and the same affixes. */
	snprintf(name, sizeof(name), "phrases %u %zu %016" PRIx64,
		 LEXED_VERSION, sizeof(struct token), writing->affixes);
	lexed = docket_job_kept(job, name);
	if (lexed)
		return lexed;
	lexed = calloc(1, sizeof(*lexed));
	if (!lexed)
		abort();
	if (docket_job_keep(job, name, lexed, release))
		return lexed;
	release(lexed);
	return NULL;
}

static void
lex(struct lexed *lexed, const struct writing *writing,
    struct docket_bytes text, uint32_t start, uint32_t end)
{
	size_t first = lexed->tokens.count;

	lexer_read(&lexed->tokens, writing, text, start, end);
	if (lexed->count == lexed->room) {
		lexed->room = lexed->room ? lexed->room * 2 : 64;
		lexed->ranges = reallocarray(lexed->ranges, lexed->room,
					     sizeof(struct range));
		if (!lexed->ranges)
			abort();
	}
	lexed->ranges[lexed->count++] = (struct range){
		.start = start,
		.end = end,
		.first = (uint32_t)first,
		.count = (uint32_t)(lexed->tokens.count - first),
	};
}

/* Is it behind all that was lexed, and is there room? */
static bool
may_lex(const struct lexed *lexed, uint32_t start)
{
	return lexed->tokens.count < LEXED_TOKENS &&
	       lexed->count < LEXED_TOKENS &&
	       (!lexed->count || lexed->ranges[lexed->count - 1].end <= start);
}

bool
lexed_read(struct lexed *lexed, const struct writing *writing,
	   struct docket_bytes text, uint32_t start, uint32_t end,
	   size_t *cursor, struct tokens *out_tokens)
{
	const struct range *range;

	while (*cursor < lexed->count && lexed->ranges[*cursor].start < start)
		++*cursor;
	if (*cursor == lexed->count) {
		if (!may_lex(lexed, start))
			return false;
		lex(lexed, writing, text, start, end);
	}
	range = &lexed->ranges[*cursor];
	if (range->start != start || range->end != end)
		return false;
	*out_tokens = (struct tokens){
		.items = lexed->tokens.items + range->first,
		.count = range->count,
	};
	return true;
}
