/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser.h - plugins that turn bytes into text with structure
 *
 * The smallest one is in docs/plugin-authors.md: it puts the bytes as text and
 * is done. Text that is put outside a block is
 * broken into paragraphs by the host, at empty lines and form feeds.
 */
#ifndef DOCKET_PARSER_H
#define DOCKET_PARSER_H

#include <docket/record.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

/* One document being read. Valid during the call that was given it. */
struct docket_job;

struct docket_parser {
	/*
	 * Media types it reads, NULL-terminated. The host asks the parsers
	 * that name the type it sniffed, then those with a type that ends in
	 * slash-star, in the order of their names, until one does not SKIP.
	 */
	const char *const *types;

	/* Required. */
	enum docket_status (*parse)(void *self, struct docket_job *job);
};
#undef DOCKET_PARSER_SIZE
#define DOCKET_PARSER_SIZE sizeof(struct docket_parser)

/* The document: its bytes, the name it was dropped under, its sniffed type. */
struct docket_bytes docket_job_bytes(const struct docket_job *job);
struct docket_bytes docket_job_name(const struct docket_job *job);
struct docket_bytes docket_job_media_type(const struct docket_job *job);

/*
 * Why the status that is about to be returned is not OK: a sentence for the
 * person who dropped the file. The last one counts.
 */
void docket_job_explain(struct docket_job *job, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * The same in one word, by which people and programs tell such cases apart:
 * [a-z0-9-], at most 23 bytes. Without it a REJECT is "rejected".
 *
 *   encrypted        it asks for a password
 *   damaged          it is not what its type says, or breaks off
 *   expansion        it unpacks to far more than it is
 *   entries          it has more members than are taken of one
 *   nesting          it lies too deep in others
 *   pages, pixels    it has more of them than are read
 *   xml-entities     it defines entities, which are not expanded
 *   unreadable-text  its characters are no text, and no one could tell which
 */
void docket_job_reason(struct docket_job *job, const char *word);

/* done of total steps (pages, entries); each call renews the deadline. */
void docket_job_progress(struct docket_job *job, uint32_t done, uint32_t total);

/*
 * Append text. Past the host's limit it is swallowed and the document ends as
 * a limit fault, whatever the plugin returns. Returns the offset at which the
 * text begins.
 */
uint32_t docket_put_text(struct docket_job *job, struct docket_bytes text);

/*
 * Open a block at the current end of the text and close the innermost one
 * there. start, end, and anchor are the host's. Blocks may nest to depth 32;
 * deeper ones are flattened. Text put between top-level blocks forms blocks
 * of its own. The host puts a line feed after each block that has none.
 */
void docket_open_block(struct docket_job *job,
		       const struct docket_block *block);
void docket_close_block(struct docket_job *job);

/* The same for parts; parts contain blocks, never the reverse. */
void docket_open_part(struct docket_job *job, const struct docket_part *part);
void docket_close_part(struct docket_job *job);

/* The page on which further blocks begin, counted from 1. */
void docket_put_page(struct docket_job *job, uint32_t page);

/* Give a field a value, after those it has; single fields are replaced. */
void docket_put_field(struct docket_job *job, enum docket_field field,
		      struct docket_bytes value);

/* Mark a span of text that was put already. */
void docket_put_mark(struct docket_job *job, const struct docket_mark *mark);

/*
 * Hand over an attachment or archive member: it becomes an arrival of its
 * own, with this one as its parent, in the commit that makes this one done. It
 * is copied. The name is any bytes and never becomes a path; where it is empty
 * the host finds one. Past the host's limits (1,000 children, 256 MiB in all) it
 * is swallowed, and the document is set aside as "entries" or "expansion".
 */
void docket_put_child(struct docket_job *job, struct docket_bytes name,
		      struct docket_bytes content);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
