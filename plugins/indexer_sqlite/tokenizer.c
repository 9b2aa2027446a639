/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tokenizer.c - FTS5 takes tokens as they are
 *
 * Owns nothing. Text for the index has been broken, folded and stemmed before,
 * and so have queries: what comes here is tokens with a space behind each. One
 * that begins with '=' stands where the one before it stands.
 */
#include "tokenizer.h"

#include <stddef.h>
#include <string.h>

/* There is nothing to remember between texts, but FTS5 wants an address. */
static char no_state;

static int
create(void *context, const char **arguments, int count,
       Fts5Tokenizer **out_tokenizer)
{
	(void)context;
	(void)arguments;
	(void)count;
	*out_tokenizer = (Fts5Tokenizer *)&no_state;
	return SQLITE_OK;
}

static void
discard(Fts5Tokenizer *tokenizer)
{
	(void)tokenizer;
}

static int
tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text,
	 int size,
	 int (*take)(void *context, int flags, const char *token, int size,
		     int start, int end))
{
	int at = 0;

	(void)tokenizer;
	(void)flags;
	while (at < size) {
		const char *space = memchr(text + at, ' ', (size_t)(size - at));
		int end = space ? (int)(space - text) : size;
		int is_twin = text[at] == '=';
		int start = at + is_twin;
		int code = SQLITE_OK;

		if (end > start)
			code = take(context, is_twin ? FTS5_TOKEN_COLOCATED : 0,
				    text + start, end - start, at, end);
		if (code != SQLITE_OK)
			return code;
		at = end + 1;
	}
	return SQLITE_OK;
}

/* FTS5 hands over its interface through a query; NULL where there is none. */
static fts5_api *
find_interface(sqlite3 *db)
{
	fts5_api *interface = NULL;
	sqlite3_stmt *statement;

	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL) !=
	    SQLITE_OK)
		return NULL;
	sqlite3_bind_pointer(statement, 1, (void *)&interface, "fts5_api_ptr",
			     NULL);
	sqlite3_step(statement);
	sqlite3_finalize(statement);
	return interface;
}

int
tokenizer_register(sqlite3 *db)
{
	fts5_tokenizer tokenizer = { create, discard, tokenize };
	fts5_api *interface = find_interface(db);

	if (!interface)
		return SQLITE_MISUSE;
	return interface->xCreateTokenizer(interface, TOKENIZER_NAME, NULL,
					   &tokenizer, NULL);
}
