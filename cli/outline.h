/* SPDX-License-Identifier: Apache-2.0 */
/*
 * outline.h - a record for people: its fields, its parts and blocks
 */
#ifndef CLI_OUTLINE_H
#define CLI_OUTLINE_H

#include "print.h"
#include "record.h"
#include "source.h"

/* What a document has that its record does not know: name, size, id. */
void outline_print_head(struct output *out, const struct source *source,
			const struct digest *digest);

/* "language" ... */
const char *outline_field_label(enum docket_field field);

/* The fields that it has, a line each; those given twice twice. */
void outline_print_fields(struct output *out,
			  const struct docket_record *record);

/* Indent, anchor, and of the text what the line has room for. */
void outline_print_line(struct output *out, size_t depth,
			enum print_style style, struct docket_bytes anchor,
			struct docket_bytes text);

/* A line for each part and block: anchor, page, how it begins. */
void outline_print_tree(struct output *out, const struct docket_record *record);

/* The text of the block or part with that anchor; false: there is none. */
bool outline_find(const struct docket_record *record, const char *anchor,
		  struct docket_bytes *out_text);

/*
 * Where a block is, in words: "annex II, paragraph 7, page 3" by the numbers
 * that are printed; "5th paragraph" where none is.
 */
void outline_put_place(struct buffer *out, const struct docket_record *record,
		       size_t block);

/* The text itself; on a terminal without what could steer it. */
int outline_print_text(struct output *out, struct docket_bytes text);

#endif
