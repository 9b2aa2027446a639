/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page.h - a page as it is drawn: glyphs and rules, in the order of drawing
 *
 * Lengths are points (1/72 inch) from the upper left corner, y downwards. Text
 * that runs in another direction has its page turned first, so that every
 * glyph's own line runs from left to right; turns says how often.
 */
#ifndef PARSER_PDF_PAGE_H
#define PARSER_PDF_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Past these a page is read no further. */
#define PAGE_GLYPHS_LIMIT (1u << 20)
#define PAGE_RULES_LIMIT 8192u
#define PAGE_STEPS_LIMIT (1u << 19)

enum glyph_flag {
	GLYPH_BOLD = 1,
	GLYPH_ITALIC = 2,
	GLYPH_ARTIFACT = 8, /* the producer says: not part of the text */
	GLYPH_SPACE = 16,   /* there is nothing to be seen */
	GLYPH_GUESSED = 32, /* its font does not say which character it is */
};

struct glyph {
	float x0, x1;
	float y;	/* of the base line */
	float size;	/* of the font */
	uint32_t text;	/* code points, in logical order: page->text + text */
	uint16_t count; /* several where it is a ligature */
	uint8_t flags;
	uint8_t turns; /* 0-3 */
};

/* A line drawn, or a thin bar: is_flat if it is horizontal. */
struct rule {
	float x0, y0, x1, y1;
};

struct page {
	uint32_t number; /* from 1 */
	float width, height;
	struct glyph *glyphs;
	size_t glyphs_count, glyphs_capacity;
	uint32_t *text;
	size_t text_count, text_capacity;
	struct rule *rules;
	size_t rules_count, rules_capacity;
	uint32_t steps; /* of drawing, by ten or so */
	bool is_cut;	/* a limit was reached */
};

/* Empty it, to be filled again. Memory stays. */
void page_clear(struct page *page);
void page_fini(struct page *page);

/* Some steps were drawn. True: more than on any page, so no more of it. */
bool page_count_step(struct page *page);

/* Append. False: the page is full. */
bool page_add_glyph(struct page *page, struct glyph glyph, const uint32_t *text,
		    size_t count);
bool page_add_rule(struct page *page, struct rule rule);

#endif
