/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document.c - the lines of all pages, in the order in which they are read
 *
 * Owns the arrays. Running out of memory ends the process.
 */
#include "document.h"

#include <string.h>

#include "array.h"

void
document_fini(struct document *document)
{
	free(document->text);
	free(document->lines);
	free(document->cells);
	free(document->raised);
	free(document->sheets);
	*document = (struct document){ 0 };
}

struct line *
document_add_line(struct document *document)
{
	struct line *line;

	document->lines = array_reserve(document->lines, document->count + 1,
					&document->capacity, sizeof(*line));
	line = &document->lines[document->count++];
	*line = (struct line){ 0 };
	return line;
}

struct sheet *
document_add_sheet(struct document *document)
{
	struct sheet *sheet;

	document->sheets =
		array_reserve(document->sheets, document->sheets_count + 1,
			      &document->sheets_capacity, sizeof(*sheet));
	sheet = &document->sheets[document->sheets_count++];
	*sheet = (struct sheet){ 0 };
	return sheet;
}

uint32_t
document_add_cell(struct document *document, struct cell cell)
{
	document->cells =
		array_reserve(document->cells, document->cells_count + 1,
			      &document->cells_capacity, sizeof(cell));
	document->cells[document->cells_count] = cell;
	return (uint32_t)document->cells_count++;
}

void
document_add_text(struct document *document, const char *text, size_t size)
{
	document->text =
		array_reserve(document->text, document->text_size + size,
			      &document->text_capacity, 1);
	memcpy(document->text + document->text_size, text, size);
	document->text_size += size;
}

void
document_add_raised(struct document *document, uint32_t start, uint32_t end)
{
	document->raised = array_reserve(
		document->raised, document->raised_count + 1,
		&document->raised_capacity, sizeof(*document->raised));
	document->raised[document->raised_count++] =
		(struct raised){ start, end };
}

static float
width_of_page(const struct document *document, const struct line *line)
{
	return document->sheets[line->page - 1].width;
}

static bool
is_from_right(const struct document *document, const struct line *line)
{
	return line->flags & LINE_RTL && !document->is_from_left;
}

float
line_start(const struct document *document, const struct line *line)
{
	if (is_from_right(document, line))
		return width_of_page(document, line) - line->x1;
	return line->x0;
}

float
line_end(const struct document *document, const struct line *line)
{
	if (is_from_right(document, line))
		return width_of_page(document, line) - line->x0;
	return line->x1;
}
