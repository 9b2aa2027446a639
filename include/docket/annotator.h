/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator.h - plugins that add to what a parser read
 *
 * Annotators run after the parser, in the order that they declare, in the same
 * process. They see the record as it stands and add fields and marks with the
 * docket_put_ functions of parser.h. The text is the parser's and stays as it
 * is; the structure over it may be put anew.
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
	/*
	 * Lower runs earlier; equal ones by name. language is 10, official
	 * (structure and fields) 20, reference 30, names 40, actions 50.
	 */
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

size_t docket_job_parts(const struct docket_job *job);
struct docket_part docket_job_part(const struct docket_job *job, size_t index);
size_t docket_job_marks(const struct docket_job *job);
struct docket_mark docket_job_mark(const struct docket_job *job, size_t index);

/*
 * Put the structure anew: all blocks and parts go; text, pages, fields and marks
 * stay. Then put parts and blocks with their ranges, ordered by start, the outer
 * before the inner; one that crosses another, or comes out of order, is left out
 * with a warning. Anchors and pages are the host's, languages of blocks those
 * that are put. Text outside of blocks belongs to none. The host settles the
 * rest before the next annotator runs, as it does behind a parser.
 */
void docket_clear_structure(struct docket_job *job);
void docket_put_part(struct docket_job *job, const struct docket_part *part);
void docket_put_block(struct docket_job *job, const struct docket_block *block);

/*
 * What annotators of one document share, so that only the first has to make it:
 * a value by a name, which says all that the value depends on but the text.
 * docket_job_kept() lends it, NULL if nobody has kept one. docket_job_keep()
 * takes the value, returns it, and calls release when the document is done with,
 * before any plugin is closed. NULL, and the value stays the caller's: there is
 * one of that name, or there are eight, or the name has more than 63 bytes.
 */
void *docket_job_kept(const struct docket_job *job, const char *name);
void *docket_job_keep(struct docket_job *job, const char *name, void *value,
		      void (*release)(void *value));

/* A field loses the values it has. */
void docket_clear_field(struct docket_job *job, enum docket_field field);

/* The language of one block, a BCP 47 code such as "fr". */
void docket_set_block_language(struct docket_job *job, size_t index,
			       const char *language);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
