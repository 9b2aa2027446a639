/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_parser_text.c - strangers' bytes as text and its paragraphs
 *
 * The size decides whether it is Markdown. Whatever comes, every line is in one
 * paragraph, numbers lie in the text, and lists are closed.
 */
#include "fuzz.h"

#include <assert.h>
#include <stdlib.h>

#include "encoding.h"
#include "escape.h"
#include "put.h"
#include "structure.h"

static void
check_paragraph(const struct paragraphs *paragraphs,
		const struct paragraph *paragraph)
{
	struct put_text text = { 0 };

	assert(paragraph->count > 0);
	assert(paragraph->first + paragraph->count <= paragraphs->lines->count);
	assert(paragraph->number + paragraph->number_size <=
	       paragraphs->lines->text.size);
	put_paragraph_text(paragraphs, paragraph, &text);
	assert(escape_is_utf8((struct docket_bytes){ text.data, text.size }));
	free(text.data);
}

static void
check_structure(struct docket_bytes text, bool is_marked_down)
{
	struct paragraphs paragraphs;
	struct lines lines;
	size_t count = 0;
	int depth = 0;

	if (!lines_split(text, &lines))
		return;
	structure_find(&lines, is_marked_down, &paragraphs);
	for (size_t i = 0; i < paragraphs.count; i++) {
		const struct paragraph *paragraph = &paragraphs.items[i];

		check_paragraph(&paragraphs, paragraph);
		count += paragraph->count;
		depth += paragraph->opens_list;
		assert(depth == (paragraph->kind == DOCKET_BLOCK_ITEM));
		depth -= paragraph->closes_list;
	}
	assert(count == lines.count && depth == 0);
	paragraphs_fini(&paragraphs);
	lines_fini(&lines);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct docket_bytes bytes = { (const char *)data, size };
	struct encoding_text text;

	if (!encoding_decode(bytes, "", &text))
		return 0;
	assert(escape_is_utf8(text.utf8));
	check_structure(text.utf8, size % 4 == 0);
	encoding_fini(&text);
	return 0;
}
