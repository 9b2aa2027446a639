/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reading.h - a page's rows into the document's lines, in reading order
 */
#ifndef PARSER_PDF_READING_H
#define PARSER_PDF_READING_H

#include "document.h"
#include "segments.h"
#include "spell.h"

/* Room that pages use one after the other. Zeroed to begin with. */
struct reading {
	struct segments segments;
	struct speller speller;
	struct strip *strips;
	size_t strips_capacity;
	uint32_t flow;
	bool is_column;
};

/* Append a sheet and its lines. */
void reading_add_page(struct reading *reading, const struct page *page,
		      struct document *document);
void reading_fini(struct reading *reading);

#endif
