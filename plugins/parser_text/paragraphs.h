/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paragraphs.h - lines into paragraphs
 */
#ifndef PARSER_TEXT_PARAGRAPHS_H
#define PARSER_TEXT_PARAGRAPHS_H

#include <docket/record.h>

#include "lines.h"

/* A block to be, of one or more lines. */
struct paragraph {
	uint32_t first;	     /* into order, below */
	uint32_t count;	     /* of lines, at least 1 */
	uint32_t number;     /* where its number stands in the text, */
	uint8_t number_size; /* in bytes; 0: it has none */
	uint8_t skipped;     /* bytes of the first line that are mark-up */
	uint8_t kind;	     /* enum docket_block_kind */
	uint8_t level;
	uint16_t page; /* of its first line, 0 is the first */
	bool opens_list;
	bool closes_list;
};

struct paragraphs {
	const struct lines *lines; /* lent */
	struct paragraph *items;
	size_t count;
	uint32_t *order; /* line numbers, paragraph by paragraph */
};

/*
 * Put lines together; joins as join_judge_lines() gives them, and `layout` to
 * go on behind page breaks (NULL: never). Kinds are paragraph, line and
 * footnote. The caller's until paragraphs_fini().
 */
struct layout;
void paragraphs_build(const struct lines *lines, const uint8_t *joins,
		      const struct layout *layout,
		      struct paragraphs *out_paragraphs);
void paragraphs_fini(struct paragraphs *paragraphs);

static inline struct line *
paragraph_line(const struct paragraphs *paragraphs,
	       const struct paragraph *paragraph, size_t index)
{
	size_t at = paragraphs->order[paragraph->first + index];

	return &paragraphs->lines->items[at];
}

#endif
