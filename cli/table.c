/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table.c - rows of cells in columns, for people
 *
 * Owns the rows that are held back. Writes to its output.
 */
#include "table.h"

#include <stdlib.h>

#include "escape.h"

/* So many rows decide how wide the columns are. */
#define ROWS_HELD 500
#define GAP 2
#define LAST_COLUMN_MIN 20

void
table_init(struct table *table, struct output *out,
	   const struct table_column *columns)
{
	*table = (struct table){ .out = out, .columns = columns };
	while (columns[table->column_count].title)
		table->column_count++;
}

void
table_fini(struct table *table)
{
	free(table->cells);
	buffer_fini(&table->text);
}

static void
settle_width(struct table *table, size_t column)
{
	const struct table_column *head = &table->columns[column];
	size_t width = print_measure(bytes_of(head->title));

	for (size_t i = column; i < table->cell_count; i += table->column_count)
		if (table->cells[i].width > width)
			width = table->cells[i].width;
	if (head->limit && width > head->limit)
		width = head->limit;
	table->widths[column] = width;
}

/* The last column has what the terminal has left; elsewhere no limit. */
static void
settle_last(struct table *table)
{
	size_t used = 0;
	size_t last = table->column_count - 1;

	for (size_t i = 0; i < last; i++)
		used += table->widths[i] + GAP;
	if (table->out->columns == 0)
		table->widths[last] = SIZE_MAX;
	else if (table->out->columns < used + LAST_COLUMN_MIN)
		table->widths[last] = LAST_COLUMN_MIN;
	else
		table->widths[last] = table->out->columns - used;
}

static void
print_cell(struct table *table, size_t column, struct docket_bytes text,
	   size_t width, enum print_style style)
{
	struct buffer *out = &table->out->text;
	bool is_last = column + 1 == table->column_count;
	bool is_right = table->columns[column].is_right && !is_last;
	size_t room = table->widths[column];

	if (is_right && width < room)
		print_spaces(out, room - width);
	if (style != PRINT_PLAIN)
		print_style(table->out, style);
	width = print_cut(out, text, room);
	if (style != PRINT_PLAIN)
		print_style(table->out, PRINT_PLAIN);
	if (is_last)
		buffer_put_string(out, "\n");
	else
		print_spaces(out, GAP + (is_right ? 0 : room - width));
}

static void
begin(struct table *table)
{
	for (size_t i = 0; i + 1 < table->column_count; i++)
		settle_width(table, i);
	settle_last(table);
	for (size_t i = 0; i < table->column_count; i++) {
		struct docket_bytes title = bytes_of(table->columns[i].title);

		print_cell(table, i, title, print_measure(title), PRINT_DIM);
	}
	table->is_begun = true;
}

/* Print the rows that are there and forget them. */
static int
release(struct table *table)
{
	if (!table->is_begun && table->cell_count > 0)
		begin(table);
	for (size_t i = 0; i < table->cell_count; i++) {
		const struct table_cell *cell = &table->cells[i];
		struct docket_bytes text = { table->text.data + cell->start,
					     cell->size };

		print_cell(table, i % table->column_count, text, cell->width,
			   cell->style);
	}
	table->cell_count = 0;
	table->text.size = 0;
	return output_pass(table->out);
}

int
table_put(struct table *table, struct docket_bytes value,
	  enum print_style style)
{
	struct table_cell cell = { .start = table->text.size, .style = style };

	escape_put_line(&table->text, value);
	cell.size = table->text.size - cell.start;
	cell.width = print_measure((struct docket_bytes){
		table->text.data + cell.start, cell.size });
	table->cells = mem_grow_array(table->cells, table->cell_count,
				      &table->cell_capacity, sizeof(cell));
	table->cells[table->cell_count++] = cell;
	if (table->cell_count % table->column_count != 0)
		return 0;
	if (table->is_begun ||
	    table->cell_count == ROWS_HELD * table->column_count)
		return release(table);
	return table->out->failed;
}

int
table_finish(struct table *table)
{
	return release(table);
}
