/* SPDX-License-Identifier: Apache-2.0 */
/*
 * database.h - the file of the index: opened, checked, thrown away
 *
 * Codes are SQLite's, primary or extended; SQLITE_ROW and SQLITE_DONE are
 * answers. What one means for the host, database_judge() says.
 */
#ifndef INDEXER_SQLITE_DATABASE_H
#define INDEXER_SQLITE_DATABASE_H

#include <docket/plugin.h>
#include <sqlite3.h>
#include <stdbool.h>

enum database_statement {
	DATABASE_BEGIN,
	DATABASE_COMMIT,
	DATABASE_HAS,	  /* 1: arrival; a row if it is there */
	DATABASE_PUT,	  /* 1: arrival, 2: tokens */
	DATABASE_REMOVE,  /* 1: arrival, 2: the same tokens */
	DATABASE_RESUME,  /* a row: sequence */
	DATABASE_ADVANCE, /* 1: sequence */
	DATABASE_FIND,	  /* 1: match, 2: limit; rows: arrival, rank */
	DATABASE_STATEMENT_COUNT
};

struct database {
	sqlite3 *db; /* NULL: closed, or ruined */
	sqlite3_stmt *statements[DATABASE_STATEMENT_COUNT];
	char *path;
};

struct database_sizes {
	uint64_t hash;	/* bytes FTS5 gathers before it writes */
	uint64_t cache; /* bytes of pages */
};

/*
 * Open the index in the folder. One that is damaged, or not of this word
 * version, is thrown away for an empty one. On failure the database is to be
 * closed as well.
 */
int database_open(struct database *database, const char *folder,
		  const struct database_sizes *sizes);
void database_close(struct database *database);

/* Run a statement that is bound, once; it is reset but for SQLITE_ROW. */
int database_step(struct database *database, enum database_statement which);
/* Bind its first parameter, and step. */
int database_step_with(struct database *database, enum database_statement which,
		       int64_t first);
void database_reset(struct database *database, enum database_statement which);

/*
 * What a code that is neither OK, ROW nor DONE means. Logs it and rolls back;
 * if the file is damaged, throws it away: the next open() begins anew.
 */
enum docket_status database_judge(struct database *database, int code);

/* Give memory back that only a load needs. */
void database_release(struct database *database);

#endif
