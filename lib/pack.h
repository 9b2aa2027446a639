/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pack.h - the store's small blobs and small records, as rows
 *
 * Each belongs to one arrival and is named by its number, so rows are written
 * one behind the other. (A digest would be a random place in an index for each,
 * which under load costs more than the bytes.)
 *
 * Works on the journal's connection and inside its transaction; so it is only
 * called where that connection lives. Negative answers are -EIO (then the
 * connection is of no more use), -ENOSPC, or -E2BIG for bytes that are more
 * than the connection takes in one row.
 */
#ifndef LIB_PACK_H
#define LIB_PACK_H

#include <sqlite3.h>

#include "mem.h"

enum pack_kind { PACK_BLOB = 0, PACK_RECORD = 1 };

struct pack {
	sqlite3_stmt *put;
	sqlite3_stmt *get;
	sqlite3_stmt *remove;
};

extern const char pack_schema[]; /* SQL */

int pack_open(sqlite3 *db, struct pack *out_pack);
void pack_close(struct pack *pack);

/* Put an arrival's bytes; they replace what is there. */
int pack_put(struct pack *pack, uint64_t number, enum pack_kind kind,
	     struct docket_bytes bytes);

/* Remove what is there, if anything. */
int pack_remove(struct pack *pack, uint64_t number, enum pack_kind kind);

/* Append what is there; 0, or -ENOENT. */
int pack_get(struct pack *pack, uint64_t number, enum pack_kind kind,
	     struct buffer *out);

#endif
