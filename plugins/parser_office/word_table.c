/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_table.c - tables of a Word document
 *
 * Rows and cells as they are nested, into the flow. Rows that were deleted while
 * changes were tracked are stepped over. Running out of memory ends the process.
 */
#include "word_body.h"

#include "array.h"

static struct docket_bytes
get_value(const struct xml_element *element)
{
	return xml_get(element, SPACE_W, "val");
}

static void
start_table(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	(void)element;
	word_body_finish_merged(body);
	flow_open(body->flow, DOCKET_BLOCK_TABLE);
}

static void
end_table(void *reader)
{
	struct word_body *body = reader;

	flow_close(body->flow, 0);
}

static void
start_row(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	(void)element;
	array_add(&body->rows, &body->row_count, &body->row_capacity);
}

static void
end_row(void *reader)
{
	struct word_body *body = reader;

	if (body->row_count && body->rows[--body->row_count].is_open)
		flow_close(body->flow, 0);
}

static void
start_row_properties(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;

	(void)element;
	body->in_row_properties = true;
}

static void
end_row_properties(void *reader)
{
	struct word_body *body = reader;

	body->in_row_properties = false;
}

static void
start_cell(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	struct word_cell *cell = array_add(&body->cells, &body->cell_count,
					   &body->cell_capacity);
	struct word_row *row =
		body->row_count ? &body->rows[body->row_count - 1] : NULL;

	cell->is_skipped = !row || row->is_deleted;
	if (cell->is_skipped) {
		xml_skip(element);
		return;
	}
	if (!row->is_open)
		flow_open(body->flow, DOCKET_BLOCK_ROW);
	row->is_open = true;
	flow_open(body->flow, DOCKET_BLOCK_CELL);
}

static void
end_cell(void *reader)
{
	struct word_body *body = reader;
	struct word_cell cell;

	if (!body->cell_count)
		return;
	cell = body->cells[--body->cell_count];
	if (cell.is_skipped)
		return;
	word_body_finish_merged(body);
	flow_close(body->flow, cell.spanned);
}

static void
start_span(void *reader, const struct xml_element *element)
{
	struct word_body *body = reader;
	int32_t columns = bytes_number(get_value(element), 1);

	if (body->cell_count && columns > 1)
		body->cells[body->cell_count - 1].spanned =
			(uint32_t)columns - 1;
}

const struct xml_rule word_table_rules[WORD_TABLE_RULES] = {
	{ SPACE_W, "tbl", start_table, end_table, false },
	{ SPACE_W, "tr", start_row, end_row, false },
	{ SPACE_W, "trPr", start_row_properties, end_row_properties, false },
	{ SPACE_W, "tc", start_cell, end_cell, false },
	{ SPACE_W, "gridSpan", .start = start_span },
	{ SPACE_W, "tblPrChange", .is_skipped = true },
	{ SPACE_W, "tblPrExChange", .is_skipped = true },
	{ SPACE_W, "trPrChange", .is_skipped = true },
	{ SPACE_W, "tcPrChange", .is_skipped = true },
	{ SPACE_W, "tblPr", .is_skipped = true },
	{ SPACE_W, "tblGrid", .is_skipped = true },
};
