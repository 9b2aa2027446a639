/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_row.c - an arrival as a row, by one table of columns
 */
#include "journal_row.h"

#include <string.h>

enum column_kind {
	COLUMN_U32,
	COLUMN_U64,
	COLUMN_TEXT,
	COLUMN_BLOB,
	COLUMN_DIGEST,
};

struct column {
	const char *name;
	enum column_kind kind;
	size_t offset;
	const char *constraint;
};

#define ARRIVAL(name, kind)                                                 \
	{                                                                   \
#name, kind, offsetof(struct journal_row, arrival.name), "" \
	}

/* Append only; journal.c's schema version counts the changes. */
static const struct column columns[] = {
	{ "number", COLUMN_U64, offsetof(struct journal_row, arrival.number),
	  "PRIMARY KEY CHECK(number > 0)" },
	ARRIVAL(state, COLUMN_U32),
	ARRIVAL(origin, COLUMN_U32),
	ARRIVAL(parent, COLUMN_U64),
	ARRIVAL(original, COLUMN_U64),
	ARRIVAL(inbox, COLUMN_TEXT),
	ARRIVAL(name, COLUMN_BLOB),
	ARRIVAL(digest, COLUMN_DIGEST),
	ARRIVAL(size, COLUMN_U64),
	ARRIVAL(received_ms, COLUMN_U64),
	ARRIVAL(settled_ms, COLUMN_U64),
	ARRIVAL(attempts, COLUMN_U32),
	ARRIVAL(retries, COLUMN_U32),
	ARRIVAL(not_before_ms, COLUMN_U64),
	ARRIVAL(device, COLUMN_U64),
	ARRIVAL(inode, COLUMN_U64),
	ARRIVAL(mtime_ns, COLUMN_U64),
	ARRIVAL(owner, COLUMN_U32),
	ARRIVAL(media_type, COLUMN_TEXT),
	ARRIVAL(language, COLUMN_TEXT),
	ARRIVAL(class, COLUMN_TEXT),
	ARRIVAL(symbols, COLUMN_TEXT),
	ARRIVAL(date, COLUMN_TEXT),
	ARRIVAL(title, COLUMN_TEXT),
	ARRIVAL(stage, COLUMN_TEXT),
	ARRIVAL(plugin, COLUMN_TEXT),
	ARRIVAL(reason, COLUMN_TEXT),
	ARRIVAL(detail, COLUMN_TEXT),
	{ "record_size", COLUMN_U64, offsetof(struct journal_row, record_size),
	  "" },
	{ "record", COLUMN_DIGEST, offsetof(struct journal_row, record), "" },
	{ "cleared", COLUMN_U32, offsetof(struct journal_row, is_cleared), "" },
};

static const char *const sql_types[] = {
	[COLUMN_U32] = "INTEGER", [COLUMN_U64] = "INTEGER",
	[COLUMN_TEXT] = "TEXT",	  [COLUMN_BLOB] = "BLOB",
	[COLUMN_DIGEST] = "BLOB",
};

/*
 * "done" makes a document of an inbox unique; "open" has what is not done, and
 * is small; "known" finds the row of a file that a crash left in a spool. Each
 * index is a page more to write in a commit, and a digest a random one: so an
 * arrival enters a large index only once, when it is done.
 */
static const char indexes[] =
	"CREATE UNIQUE INDEX arrival_done ON arrival(digest, inbox)"
	" WHERE state = 4;"
	"CREATE INDEX arrival_open ON arrival(digest, state) WHERE state != 4;"
	"CREATE INDEX arrival_known ON arrival(inode) WHERE cleared = 0;"
	"CREATE INDEX arrival_record ON arrival(record)"
	" WHERE record IS NOT NULL;";

/* What came out of a document; most arrivals are not in it. */
const char journal_row_upgrade[] =
	"CREATE INDEX IF NOT EXISTS arrival_parent ON arrival(parent)"
	" WHERE parent > 0;";

static char *
finish(struct buffer *sql)
{
	buffer_put(sql, "", 1);
	return sql->data;
}

char *
journal_row_schema(void)
{
	struct buffer sql = { 0 };

	buffer_put_string(&sql, "CREATE TABLE arrival(");
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		buffer_format(&sql, "%s%s %s %s", i > 0 ? ", " : "",
			      columns[i].name, sql_types[columns[i].kind],
			      columns[i].constraint);
	buffer_format(&sql, ") STRICT;%s%s", indexes, journal_row_upgrade);
	return finish(&sql);
}

char *
journal_row_columns(void)
{
	struct buffer sql = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		buffer_format(&sql, "%s%s", i > 0 ? ", " : "", columns[i].name);
	return finish(&sql);
}

char *
journal_row_insert(void)
{
	struct buffer sql = { 0 };

	buffer_put_string(&sql, "INSERT INTO arrival VALUES(");
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		buffer_format(&sql, "%s?%zu", i > 0 ? ", " : "", i + 1);
	buffer_put_string(&sql, ")");
	return finish(&sql);
}

char *
journal_row_update(void)
{
	struct buffer sql = { 0 };

	buffer_put_string(&sql, "UPDATE arrival SET ");
	for (size_t i = 1; i < ARRAY_SIZE(columns); i++)
		buffer_format(&sql, "%s%s = ?%zu", i > 1 ? ", " : "",
			      columns[i].name, i + 1);
	buffer_put_string(&sql, " WHERE number = ?1");
	return finish(&sql);
}

static void
bind_bytes(sqlite3_stmt *statement, int at, const struct column *column,
	   struct docket_bytes bytes)
{
	if (bytes.data == NULL)
		sqlite3_bind_null(statement, at);
	else if (column->kind == COLUMN_TEXT)
		sqlite3_bind_text64(statement, at, bytes.data, bytes.size,
				    SQLITE_STATIC, SQLITE_UTF8);
	else
		sqlite3_bind_blob64(statement, at, bytes.data, bytes.size,
				    SQLITE_STATIC);
}

void
journal_row_bind(sqlite3_stmt *statement, const struct journal_row *row)
{
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++) {
		const char *member = (const char *)row + columns[i].offset;
		const struct digest *digest = (const void *)member;
		int at = (int)i + 1;

		switch (columns[i].kind) {
		case COLUMN_U32:
			sqlite3_bind_int64(
				statement, at,
				*(const uint32_t *)(const void *)member);
			break;
		case COLUMN_U64:
			sqlite3_bind_int64(
				statement, at,
				*(const int64_t *)(const void *)member);
			break;
		case COLUMN_TEXT:
		case COLUMN_BLOB:
			bind_bytes(statement, at, &columns[i],
				   *(const struct docket_bytes *)(const void *)
					   member);
			break;
		case COLUMN_DIGEST:
			if (digest_is_zero(digest))
				sqlite3_bind_null(statement, at);
			else
				sqlite3_bind_blob(statement, at, digest->bytes,
						  sizeof(digest->bytes),
						  SQLITE_STATIC);
			break;
		}
	}
}

void
journal_row_read(sqlite3_stmt *statement, struct journal_row *out_row)
{
	*out_row = (struct journal_row){ 0 };
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++) {
		char *member = (char *)out_row + columns[i].offset;
		int at = (int)i;
		const void *data;
		int size;

		switch (columns[i].kind) {
		case COLUMN_U32:
			*(uint32_t *)(void *)member =
				(uint32_t)sqlite3_column_int64(statement, at);
			break;
		case COLUMN_U64:
			*(int64_t *)(void *)member =
				sqlite3_column_int64(statement, at);
			break;
		case COLUMN_TEXT:
		case COLUMN_BLOB:
			data = sqlite3_column_blob(statement, at);
			size = sqlite3_column_bytes(statement, at);
			*(struct docket_bytes *)(void *)member =
				(struct docket_bytes){ data, (size_t)size };
			break;
		case COLUMN_DIGEST:
			data = sqlite3_column_blob(statement, at);
			size = sqlite3_column_bytes(statement, at);
			if (data != NULL && size == sizeof(struct digest))
				memcpy(member, data, sizeof(struct digest));
			break;
		}
	}
}
