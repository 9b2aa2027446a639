/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spell.h - a row's glyphs into text, in the order in which it is read
 */
#ifndef PARSER_PDF_SPELL_H
#define PARSER_PDF_SPELL_H

#include "direction.h"
#include "document.h"
#include "segments.h"

/* What was learned from the lines before, and room for the next. */
struct speller {
	struct letter *letters;
	size_t count, capacity;
	struct loose *loose;
	size_t loose_count, loose_capacity;
	int mirrored; /* above 0: brackets say what they look like */
	int reversed; /* above 0: ligatures of Arabic do so, too */
	bool is_rtl;  /* which way lines without letters run */
};

/* Look at a page before its lines are spelled. */
void speller_begin_page(struct speller *speller, const struct page *page);
void speller_fini(struct speller *speller);

/*
 * Append a line to the document: of the segments, which belong to one row. Its
 * text, extent and style are set. Returns it, borrowed, or NULL where there is
 * no text.
 */
struct line *spell_line(struct speller *speller,
			const struct segments *segments, uint32_t segment,
			uint32_t count, struct document *document);

#endif
