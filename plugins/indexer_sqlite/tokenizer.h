/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tokenizer.h - FTS5 takes tokens as they are
 */
#ifndef INDEXER_SQLITE_TOKENIZER_H
#define INDEXER_SQLITE_TOKENIZER_H

#include <sqlite3.h>

#define TOKENIZER_NAME "docket_tokens"

/* Make it known to a connection; returns an SQLite code. */
int tokenizer_register(sqlite3 *db);

#endif
