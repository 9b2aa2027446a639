/* SPDX-License-Identifier: Apache-2.0 */
/*
 * structure.c - the lines of a document into its blocks
 *
 * The order of the steps: what is no running text is marked before it is
 * learned how lines were broken; what was learned decides which of them belong
 * together; numbers and lists are found in what came out. Running out of
 * memory ends the process.
 */
#include "structure.h"

#include <stdlib.h>

#include "array.h"
#include "columns.h"
#include "join.h"
#include "lists.h"
#include "markdown.h"
#include "notes.h"
#include "numbers.h"
#include "pages.h"

static void
join_by_markup(struct lines *lines, struct paragraphs *out_paragraphs)
{
	uint8_t *joins = array_new(lines->count, 1);

	markdown_mark(lines);
	markdown_judge_lines(lines, joins);
	paragraphs_build(lines, joins, NULL, out_paragraphs);
	free(joins);
}

static void
join_by_layout(struct lines *lines, struct paragraphs *out_paragraphs)
{
	struct layout layout;
	uint8_t *joins;

	columns_split(lines);
	pages_mark(lines);
	notes_mark(lines);
	layout = layout_learn(lines);
	joins = array_new(lines->count, 1);
	join_judge_lines(lines, &layout, joins);
	paragraphs_build(lines, joins, &layout, out_paragraphs);
	free(joins);
}

void
structure_find(struct lines *lines, bool is_marked_down,
	       struct paragraphs *out_paragraphs)
{
	if (is_marked_down)
		join_by_markup(lines, out_paragraphs);
	else
		join_by_layout(lines, out_paragraphs);
	numbers_find(out_paragraphs);
	lists_find(out_paragraphs);
	if (is_marked_down)
		markdown_find_headings(out_paragraphs);
}
