/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_row.h - an arrival as a row, by one table of columns
 *
 * The table makes the schema, the statements and both directions, so a column
 * is written down once.
 */
#ifndef DAEMON_JOURNAL_ROW_H
#define DAEMON_JOURNAL_ROW_H

#include <sqlite3.h>

#include "arrival.h"

struct journal_row {
	struct arrival arrival;
	uint64_t record_size; /* 0: it has none */
	struct digest record; /* of one that is a file of the store */
	uint32_t is_cleared;  /* nothing of it is left in a spool */
};

/* SQL of the table and its indexes; the caller's. */
char *journal_row_schema(void);
/* What journals made before this docket lack; does nothing if it is there. */
extern const char journal_row_upgrade[];
/* "number, state, ..." and the statements; the caller's. */
char *journal_row_columns(void);
char *journal_row_insert(void);
char *journal_row_update(void);

/* Bind every column; strings must outlive the step. */
void journal_row_bind(sqlite3_stmt *statement, const struct journal_row *row);
/* Read a row of journal_row_columns(); strings are lent until the next step. */
void journal_row_read(sqlite3_stmt *statement, struct journal_row *out_row);

#endif
