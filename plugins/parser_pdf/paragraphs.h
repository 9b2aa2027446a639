/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paragraphs.h - lines that belong together
 */
#ifndef PARSER_PDF_PARAGRAPHS_H
#define PARSER_PDF_PARAGRAPHS_H

#include "document.h"
#include "measure.h"

#define PARAGRAPH_NONE UINT32_MAX

struct paragraph {
	uint32_t first, last; /* lines; the rest by next */
	uint32_t count;
	enum line_kind kind;
	uint32_t heading; /* its level, from 1; 0: it is none */
	bool is_centred;
};

struct paragraphs {
	const struct document *document;
	struct paragraph *items;
	size_t count, capacity;
	uint32_t *next; /* of each line in its paragraph; PARAGRAPH_NONE */
	struct extent *extents;
	bool is_hyphenated; /* its words are broken at line ends */
};

/* In the order of their first lines. The document must outlive them. */
void paragraphs_find(const struct document *document,
		     struct paragraphs *out_paragraphs);
void paragraphs_fini(struct paragraphs *paragraphs);

#endif
