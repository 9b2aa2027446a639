/* SPDX-License-Identifier: Apache-2.0 */
/*
 * write.h - letters in reading order into a line of the document
 */
#ifndef PARSER_PDF_WRITE_H
#define PARSER_PDF_WRITE_H

#include "direction.h"
#include "document.h"
#include "page.h"

struct writing {
	const struct page *page;
	const struct letter *letters;
	size_t count;
	const struct loose *loose;
	bool is_rtl;
	bool is_mirrored; /* brackets that are read leftwards look so */
	bool is_reversed; /* ligatures of Arabic say their letters backwards */
};

/* Returns the line, borrowed, or NULL where there is no text. */
struct line *write_line(const struct writing *writing,
			struct document *document);

#endif
