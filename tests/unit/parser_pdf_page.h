/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_pdf_page.h - pages of letters that are half as wide as they are high
 *
 * Lines are put at a place; outline_of() reads the pages and gives one line for
 * each paragraph: a letter for its kind (P, H1 to H6, N for notes, L for what
 * is set apart, C for cells), then its text.
 */
#ifndef TESTS_PARSER_PDF_PAGE_H
#define TESTS_PARSER_PDF_PAGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../plugins/parser_pdf/compose.h"
#include "../../plugins/parser_pdf/headings.h"
#include "../../plugins/parser_pdf/labels.h"
#include "../../plugins/parser_pdf/letters.h"
#include "../../plugins/parser_pdf/notes.h"
#include "../../plugins/parser_pdf/paragraphs.h"
#include "../../plugins/parser_pdf/reading.h"
#include "../../plugins/parser_pdf/running.h"

#define SIZE 10.0f
#define LEADING 12.0f
#define PAGE_WIDTH 600.0f
#define PAGE_HEIGHT 800.0f
#define WIDTH_OF(size) ((size) / 2)

struct style {
	float size;
	uint8_t flags; /* enum glyph_flag */
};

static const struct style plain = { SIZE, 0 };

static inline void
put_line(struct page *page, float x, float y, struct style style,
	 const char *text)
{
	for (size_t at = 0, size = strlen(text); at < size;) {
		uint32_t c = letter_next(text, size, &at);
		uint8_t flags = style.flags | (c == ' ' ? GLYPH_SPACE : 0);
		const struct glyph glyph = {
			.x0 = x,
			.x1 = x + WIDTH_OF(style.size),
			.y = y,
			.size = style.size,
			.flags = flags,
		};

		page_add_glyph(page, glyph, &c, 1);
		x = glyph.x1;
	}
}

/* Lines one below the other; the last one is NULL. */
static inline void
put_lines(struct page *page, float x, float y, const char *const *lines)
{
	for (; *lines; lines++, y += LEADING)
		put_line(page, x, y, plain, *lines);
}

static inline struct page
new_page(uint32_t number)
{
	return (struct page){ .number = number,
			      .width = PAGE_WIDTH,
			      .height = PAGE_HEIGHT };
}

static inline void
write_kind(FILE *out, const struct paragraph *paragraph)
{
	static const char kinds[] = {
		[LINE_BODY] = 'P',
		[LINE_RUNNING] = 'L',
		[LINE_NOTE] = 'N',
		[LINE_CELL] = 'C',
	};

	if (paragraph->heading)
		fprintf(out, "H%u ", paragraph->heading);
	else
		fprintf(out, "%c ", kinds[paragraph->kind]);
}

/* Takes what is in the pages. The caller frees the outline. */
static inline char *
outline_of(struct page *pages, size_t count)
{
	struct document document = { 0 };
	struct reading reading = { 0 };
	struct paragraphs paragraphs;
	struct composed text = { 0 };
	char *outline = NULL;
	size_t size;
	FILE *out = open_memstream(&outline, &size);

	assert_true(letters_start());
	for (size_t i = 0; i < count; i++) {
		reading_add_page(&reading, &pages[i], &document);
		page_fini(&pages[i]);
	}
	reading_fini(&reading);
	measure_document(&document);
	labels_mark(&document);
	running_mark(&document);
	notes_mark(&document);
	paragraphs_find(&document, &paragraphs);
	headings_find(&paragraphs);
	for (size_t i = 0; i < paragraphs.count; i++) {
		write_kind(out, &paragraphs.items[i]);
		compose(&paragraphs, &paragraphs.items[i], 0, &text);
		fprintf(out, "%.*s\n", (int)text.size, text.text);
	}
	fclose(out);
	composed_fini(&text);
	paragraphs_fini(&paragraphs);
	document_fini(&document);
	letters_stop();
	return outline;
}

static inline void
assert_outline(struct page *pages, size_t count, const char *expected)
{
	char *outline = outline_of(pages, count);

	assert_string_equal(outline, expected);
	free(outline);
}

#endif
