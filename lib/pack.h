/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pack.h - the store's small blobs and the records, as rows
 *
 * Works on the journal's connection and inside its transaction; so it is only
 * called where that connection lives. Negative answers are -EIO (then the
 * connection is of no more use), -ENOSPC, or -E2BIG for bytes that are more
 * than the connection takes in one row.
 */
#ifndef LIB_PACK_H
#define LIB_PACK_H

#include <sqlite3.h>

#include "digest.h"

struct pack {
	sqlite3_stmt *put;
	sqlite3_stmt *get;
	sqlite3_stmt *remove;
};

extern const char pack_schema[]; /* SQL */

int pack_open(sqlite3 *db, struct pack *out_pack);
void pack_close(struct pack *pack);

/* Put bytes under their digest; there already: nothing happens. */
int pack_put(struct pack *pack, const struct digest *digest,
	     struct docket_bytes bytes);

/* Remove what is there under that digest, if anything. */
int pack_remove(struct pack *pack, const struct digest *digest);

/* Append what is there; 0, or -ENOENT. */
int pack_get(struct pack *pack, const struct digest *digest,
	     struct buffer *out);

#endif
