/* SPDX-License-Identifier: Apache-2.0 */
/*
 * page.c - a page as it is drawn: glyphs and rules, in the order of drawing
 *
 * Owns the arrays of a page. Running out of memory ends the process.
 */
#include "page.h"

#include <string.h>

#include "array.h"

/* Code points of one glyph; more is a producer's joke. */
#define GLYPH_TEXT_LIMIT 1024u

void
page_clear(struct page *page)
{
	page->glyphs_count = 0;
	page->text_count = 0;
	page->rules_count = 0;
	page->steps = 0;
	page->is_cut = false;
}

void
page_fini(struct page *page)
{
	free(page->glyphs);
	free(page->text);
	free(page->rules);
	*page = (struct page){ 0 };
}

bool
page_count_step(struct page *page)
{
	if (++page->steps > PAGE_STEPS_LIMIT)
		page->is_cut = true;
	return page->is_cut;
}

bool
page_add_glyph(struct page *page, struct glyph glyph, const uint32_t *text,
	       size_t count)
{
	if (page->glyphs_count == PAGE_GLYPHS_LIMIT) {
		page->is_cut = true;
		return false;
	}
	if (count > GLYPH_TEXT_LIMIT)
		count = GLYPH_TEXT_LIMIT;
	page->text = array_reserve(page->text, page->text_count + count,
				   &page->text_capacity, sizeof(*page->text));
	memcpy(page->text + page->text_count, text, count * sizeof(*text));
	glyph.text = (uint32_t)page->text_count;
	glyph.count = (uint16_t)count;
	page->text_count += count;
	page->glyphs =
		array_reserve(page->glyphs, page->glyphs_count + 1,
			      &page->glyphs_capacity, sizeof(*page->glyphs));
	page->glyphs[page->glyphs_count++] = glyph;
	return true;
}

bool
page_add_rule(struct page *page, struct rule rule)
{
	if (page->rules_count == PAGE_RULES_LIMIT)
		return false;
	page->rules =
		array_reserve(page->rules, page->rules_count + 1,
			      &page->rules_capacity, sizeof(*page->rules));
	page->rules[page->rules_count++] = rule;
	return true;
}
