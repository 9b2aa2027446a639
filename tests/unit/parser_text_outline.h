/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_text_outline.h - what the text parser makes of a text, as lines
 *
 * One line a block: P a paragraph, H2 a heading, I1 an item of level 1, N a
 * footnote, ~ what is no text; "#3" its number; then its text.
 */
#ifndef TESTS_PARSER_TEXT_OUTLINE_H
#define TESTS_PARSER_TEXT_OUTLINE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../plugins/parser_text/put.h"
#include "../../plugins/parser_text/structure.h"
#include "mem.h"

static inline void
outline_paragraph(const struct paragraphs *paragraphs,
		  const struct paragraph *paragraph, struct buffer *out)
{
	static const char *const kinds[DOCKET_BLOCK_KIND_COUNT] = {
		[DOCKET_BLOCK_PARAGRAPH] = "P", [DOCKET_BLOCK_HEADING] = "H",
		[DOCKET_BLOCK_ITEM] = "I",	[DOCKET_BLOCK_FOOTNOTE] = "N",
		[DOCKET_BLOCK_LINE] = "~",
	};
	struct put_text text = { 0 };

	buffer_put_string(out, kinds[paragraph->kind]);
	if (paragraph->level)
		buffer_format(out, "%u", paragraph->level);
	if (paragraph->number_size)
		buffer_format(out, "#%.*s", paragraph->number_size,
			      paragraphs->lines->text.data + paragraph->number);
	put_paragraph_text(paragraphs, paragraph, &text);
	buffer_format(out, " %.*s\n", (int)text.size,
		      text.data ? text.data : "");
	free(text.data);
}

static inline void
outline_assert_of(const char *text, bool is_marked_down, const char *expected)
{
	auto_buffer struct buffer outline = { 0 };
	struct paragraphs paragraphs;
	struct lines lines;

	assert_true(lines_split(bytes_of(text), &lines));
	structure_find(&lines, is_marked_down, &paragraphs);
	for (size_t i = 0; i < paragraphs.count; i++)
		outline_paragraph(&paragraphs, &paragraphs.items[i], &outline);
	buffer_put(&outline, "", 1);
	paragraphs_fini(&paragraphs);
	lines_fini(&lines);
	assert_string_equal(outline.data, expected);
}

static inline void
outline_assert(const char *text, const char *expected)
{
	outline_assert_of(text, false, expected);
}

#endif
