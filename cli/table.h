/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table.h - rows of cells in columns, for people
 *
 * Rows are held back until there are enough to know how wide columns must be,
 * so a table of any length takes little memory. Cells may hold strangers'
 * bytes: they are escaped here. On a terminal no line is longer than it.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "print.h"

struct table_column {
	const char *title;
	size_t limit; /* columns at most; 0: none */
	bool is_right;
};

struct table_cell {
	size_t start; /* in text */
	size_t size;
	size_t width; /* columns */
	enum print_style style;
};

#define TABLE_COLUMNS_MAX 8

struct table {
	struct output *out;		    /* borrowed */
	const struct table_column *columns; /* borrowed; ends with title NULL */
	size_t column_count;
	size_t widths[TABLE_COLUMNS_MAX];
	struct buffer text;
	struct table_cell *cells;
	size_t cell_count;
	size_t cell_capacity;
	bool is_begun; /* the widths are settled, the head is printed */
};

void table_init(struct table *table, struct output *out,
		const struct table_column *columns);
void table_fini(struct table *table);

/* The next cell; the last one of a row ends it. 0, or as output_pass(). */
int table_put(struct table *table, struct docket_bytes value,
	      enum print_style style);

/* Print what is held back. A table without rows prints nothing. */
int table_finish(struct table *table);

#endif
