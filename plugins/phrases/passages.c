/* SPDX-License-Identifier: Apache-2.0 */
/*
 * passages.c - the prose of a record, one block after the other, as tokens
 *
 * Owns the tokens of one passage at a time, so memory does not grow with the
 * text; time is linear in text and blocks. Ends the process where memory runs
 * out.
 */
#include "passages.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 64
/* Pieces end at a space, if there is one in the last bytes. */
#define SPACE_WITHIN 1024u

/* Blocks are ordered by start, the outer before the inner. */
static void
find_ends(struct passages *passages)
{
	size_t open[DEPTH_MAX];
	size_t depth = 0;

	for (size_t i = 0; i < passages->count; i++) {
		struct docket_block block = docket_job_block(passages->job, i);

		passages->after[i] = i + 1;
		while (depth > 0 &&
		       docket_job_block(passages->job, open[depth - 1]).end <=
			       block.start)
			passages->after[open[--depth]] = i;
		if (depth < DEPTH_MAX)
			open[depth++] = i;
	}
	while (depth > 0)
		passages->after[open[--depth]] = passages->count;
}

void
passages_open(struct passages *passages, struct docket_job *job,
	      const struct writing *writing)
{
	*passages = (struct passages){
		.job = job,
		.writing = writing,
		.lexed = lexed_open(job, writing),
		.count = docket_job_blocks(job),
		.index = SIZE_MAX,
	};
	passages->after =
		calloc(passages->count ? passages->count : 1, sizeof(size_t));
	if (!passages->after)
		abort();
	find_ends(passages);
}

void
passages_close(struct passages *passages)
{
	free(passages->after);
	lexer_fini(&passages->own);
}

/* ---- pieces ---- */

/* Where a piece ends that may not reach `end`. */
static uint32_t
cut(struct docket_bytes text, uint32_t start, uint32_t end)
{
	uint32_t limit = start + PASSAGES_PIECE;

	if (end - start <= PASSAGES_PIECE)
		return end;
	for (uint32_t at = limit; at > limit - SPACE_WITHIN; at--)
		if (text.data[at - 1] == ' ' || text.data[at - 1] == '\n')
			return at;
	while (((unsigned char)text.data[limit] & 0xc0) == 0x80)
		limit--;
	return limit;
}

/*
 * Add the tokens of a range to the passage. Those of its first range, which most
 * have alone, are lent as they are kept; further ones are put behind them in a
 * list of its own.
 */
static void
add_tokens(struct passages *passages, struct docket_bytes text, uint32_t start,
	   uint32_t end)
{
	struct tokens *own = &passages->own;
	struct tokens kept;
	bool is_first = !passages->tokens.count;

	/* What is lent is so until the next range is read. */
	if (is_first || passages->tokens.items != own->items) {
		own->count = 0;
		lexer_append(own, &passages->tokens);
	}
	if (!passages->lexed ||
	    !lexed_read(passages->lexed, passages->writing, text, start, end,
			&passages->cursor, &kept)) {
		lexer_read(own, passages->writing, text, start, end);
	} else if (is_first) {
		passages->tokens = kept;
		return;
	} else {
		lexer_append(own, &kept);
	}
	passages->tokens = *own;
}

/* Read own text of the block up to a piece's size; false: there was none. */
static bool
read_piece(struct passages *passages)
{
	struct docket_bytes text = docket_job_text(passages->job);
	const struct docket_block *block = &passages->block;
	uint32_t budget = PASSAGES_PIECE;

	passages->tokens = (struct tokens){ 0 };
	while (passages->at < block->end &&
	       (budget > 0 || !passages->tokens.count)) {
		struct docket_block child = { .start = block->end };
		uint32_t end;

		if (passages->child < passages->after[passages->index])
			child = docket_job_block(passages->job,
						 passages->child);
		end = child.start < block->end ? child.start : block->end;
		if (end > passages->at) {
			end = cut(text, passages->at, end);
			add_tokens(passages, text, passages->at, end);
			budget -= end - passages->at < budget
					  ? end - passages->at
					  : budget;
			passages->at = end;
		}
		if (passages->at < child.start || child.start == block->end)
			continue;
		passages->at =
			child.end > passages->at ? child.end : passages->at;
		passages->child = passages->after[passages->child];
	}
	return passages->tokens.count > 0;
}

static bool
is_passage(const struct passages *passages)
{
	return passages->has_lines || passages->block.kind != DOCKET_BLOCK_LINE;
}

static bool
enter(struct passages *passages)
{
	passages->block = docket_job_block(passages->job, passages->index);
	passages->child = passages->index + 1;
	passages->at = passages->block.start;
	passages->is_continued = false;
	return is_passage(passages);
}

bool
passages_next(struct passages *passages)
{
	if (passages->index < passages->count && is_passage(passages)) {
		passages->is_continued = true;
		if (read_piece(passages))
			return true;
	}
	while (++passages->index < passages->count)
		if (enter(passages) && read_piece(passages))
			return true;
	return false;
}

struct docket_bytes
passages_language(const struct passages *passages)
{
	if (passages->block.language.size)
		return passages->block.language;
	return docket_job_field(passages->job, DOCKET_FIELD_LANGUAGE, 0);
}
