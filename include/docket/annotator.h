/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator.h - plugins that add to what a parser read
 *
 * Annotators run after the parser, in the order that they declare, in the same
 * process. They see the record as it stands and add to it with the docket_put_
 * functions of parser.h (but for text, blocks, parts and children, which are
 * the parser's).
 * SKIP means: nothing here for me. Any other status than OK and SKIP ends the
 * document.
 */
#ifndef DOCKET_ANNOTATOR_H
#define DOCKET_ANNOTATOR_H

#include <docket/parser.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

struct docket_annotator {
	/* Required. */
	enum docket_status (*annotate)(void *self, struct docket_job *job);
	/* Lower runs earlier; equal ones by name. language is 10. */
	int32_t order;
};
#undef DOCKET_ANNOTATOR_SIZE
#define DOCKET_ANNOTATOR_SIZE sizeof(struct docket_annotator)

/* The record as it stands. Lent until the next docket_put_ or docket_set_. */
struct docket_bytes docket_job_text(const struct docket_job *job);
size_t docket_job_blocks(const struct docket_job *job);
struct docket_block docket_job_block(const struct docket_job *job,
				     size_t index);
struct docket_bytes docket_job_field(const struct docket_job *job,
				     enum docket_field field, size_t index);

/* The language of one block, a BCP 47 code such as "fr". */
void docket_set_block_language(struct docket_job *job, size_t index,
			       const char *language);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
