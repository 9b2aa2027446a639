/* SPDX-License-Identifier: Apache-2.0 */
/*
 * passages.h - the prose of a record, one block after the other, as tokens
 *
 * A passage is what belongs to one block and to no block within it: where a
 * running head or a footnote interrupts a paragraph, the paragraph reads on
 * behind it. Running heads and page numbers are none, unless asked for. Of a
 * very long block a passage is a piece, cut at a space.
 */
#ifndef PHRASES_PASSAGES_H
#define PHRASES_PASSAGES_H

#include <docket/annotator.h>

#include "lexed.h"

/* Bytes of text in one passage. */
#define PASSAGES_PIECE (64u << 10)

struct passages {
	struct docket_job *job; /* lent */
	const struct writing *writing;
	bool has_lines; /* to be set: running heads are passages, too */
	/* of the passage at hand */
	struct tokens tokens; /* lent */
	struct docket_block block;
	size_t index;	   /* of the block */
	bool is_continued; /* it is not the first piece of its block */
	/* private */
	struct lexed *lexed; /* what others have read, or NULL */
	size_t cursor;	     /* within that */
	struct tokens own;
	size_t *after; /* of each block: the first that lies behind it */
	size_t count;
	size_t child; /* where the next piece goes on */
	uint32_t at;
};

/* The first call of passages_next() leads to the first passage. */
void passages_open(struct passages *passages, struct docket_job *job,
		   const struct writing *writing);
void passages_close(struct passages *passages);

/* false: there are no more. Nothing may be put meanwhile. */
bool passages_next(struct passages *passages);

/* The language of the passage: its block's own, or the document's. */
struct docket_bytes passages_language(const struct passages *passages);

#endif
