/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tables.c - which tables hold data, and which only place things on a page
 *
 * Pure but for the flags it sets. A table with a caption or headers is one of
 * data. One with a single row or column, with a table or headings in it, or with
 * cells as long as pages, is a frame for something else. A table whose end is
 * missing is judged by what it has.
 */
#include "tables.h"

#include "attribute.h"

/* Deeper ones are layout, and so is all around them. */
#define DEPTH_LIMIT 64
/* Source of a cell that is more than a cell. */
#define CELL_LIMIT 2000

struct frame {
	struct token *token;
	size_t rows;
	size_t cells; /* of the row */
	size_t widest;
	size_t bytes; /* of the cell */
	bool is_said; /* by its author to be layout */
	bool has_header;
	bool has_more; /* than a cell holds */
};

struct frames {
	struct frame items[DEPTH_LIMIT];
	size_t depth;
};

static bool
is_layout(const struct frame *frame)
{
	if (frame->is_said)
		return true;
	if (frame->has_header)
		return false;
	return frame->has_more || frame->rows < 2 || frame->widest < 2;
}

static void
close_frame(struct frames *frames)
{
	struct frame *frame = &frames->items[--frames->depth];

	if (is_layout(frame))
		frame->token->flags |= TOKEN_IS_LAYOUT;
}

static void
open_frame(struct frames *frames, const struct tokens *tokens,
	   struct token *token)
{
	struct docket_bytes role =
		attribute_find(token_bytes(tokens, token), "role");
	struct frame *frame;

	if (frames->depth)
		frames->items[frames->depth - 1].has_more = true;
	if (frames->depth == DEPTH_LIMIT) {
		token->flags |= TOKEN_IS_LAYOUT;
		return;
	}
	frame = &frames->items[frames->depth++];
	*frame = (struct frame){
		.token = token,
		.is_said = attribute_is(role, "presentation") ||
			   attribute_is(role, "none"),
	};
}

static void
open_in_frame(struct frame *frame, enum tag tag)
{
	uint32_t traits = tags[tag].traits;

	if (traits & TAG_IS_ROW) {
		frame->rows++;
		frame->cells = 0;
	} else if (tag == TAG_TD || tag == TAG_TH) {
		frame->cells++;
		frame->bytes = 0;
	}
	if (frame->cells > frame->widest)
		frame->widest = frame->cells;
	if (tag == TAG_TH || tag == TAG_THEAD || tag == TAG_CAPTION)
		frame->has_header = true;
	if (traits & TAG_IS_HEADING)
		frame->has_more = true;
}

static void
judge_token(struct frames *frames, const struct tokens *tokens,
	    struct token *token)
{
	struct frame *frame =
		frames->depth ? &frames->items[frames->depth - 1] : NULL;

	if (token->kind == TOKEN_OPEN && token->tag == TAG_TABLE) {
		open_frame(frames, tokens, token);
	} else if (!frame) {
		return;
	} else if (token->kind == TOKEN_OPEN) {
		open_in_frame(frame, token->tag);
	} else if (token->kind == TOKEN_CLOSE && token->tag == TAG_TABLE) {
		close_frame(frames);
	} else if (token->kind == TOKEN_TEXT) {
		frame->bytes += token->size;
		frame->has_more |= frame->bytes > CELL_LIMIT;
	}
}

void
tables_judge(struct tokens *tokens)
{
	struct frames frames = { .depth = 0 };

	for (size_t i = 0; i < tokens->count; i++)
		judge_token(&frames, tokens, &tokens->items[i]);
	while (frames.depth)
		close_frame(&frames);
}
