/* SPDX-License-Identifier: Apache-2.0 */
/*
 * match.h - a query as FTS5 wants it
 */
#ifndef INDEXER_SQLITE_MATCH_H
#define INDEXER_SQLITE_MATCH_H

#include <docket/indexer.h>

/* The text of a MATCH; the caller's, sqlite3_free(). NULL: out of memory. */
char *match_write(const struct docket_query *query);

#endif
