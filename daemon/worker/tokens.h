/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tokens.h - the tokens of a document for an index
 *
 * Readers make them of what they read. The journal does not keep them, so for
 * an index that comes later its own worker makes them once more.
 */
#ifndef WORKER_TOKENS_H
#define WORKER_TOKENS_H

#include "record.h"
#include "word.h"

/* A record being built, with its tokens; or one that is complete, apart. */
void tokens_put(struct word_breaker *breaker, struct record_builder *builder);
void tokens_make(struct word_breaker *breaker,
		 const struct docket_record *record, struct buffer *out);

#endif
