/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lexed.h - the tokens of a document, kept for the annotator that comes next
 *
 * Several annotators read the same ranges of one text as tokens: the first lexes
 * them, and the host keeps them with the document. A document's text never
 * changes once it has annotators, so a range of it has the same tokens always,
 * whatever becomes of its blocks.
 */
#ifndef PHRASES_LEXED_H
#define PHRASES_LEXED_H

#include <docket/annotator.h>

#include "lexer.h"

struct lexed;

/* Those of this document, by such a writing; NULL: they cannot be kept. */
struct lexed *lexed_open(struct docket_job *job, const struct writing *writing);

/*
 * The tokens of text from start to end, lent until the next call. *cursor begins
 * as 0 and goes on with the reader, who goes through the text from its beginning
 * to its end. false: these are not kept, nor will they be.
 */
bool lexed_read(struct lexed *lexed, const struct writing *writing,
		struct docket_bytes text, uint32_t start, uint32_t end,
		size_t *cursor, struct tokens *out_tokens);

#endif
