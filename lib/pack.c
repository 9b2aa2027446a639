/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pack.c - the store's small blobs and small records, as rows
 *
 * Owns three statements of somebody else's connection. Each is reset as soon as
 * it has answered, since one that is not would keep the journal's WAL from
 * being checkpointed.
 */
#include "pack.h"

#include <errno.h>

/* id: twice the arrival's number, and one more for its record. */
const char pack_schema[] = "CREATE TABLE pack(id INTEGER PRIMARY KEY, bytes "
			   "BLOB NOT NULL) STRICT;";

/* What an answer of SQLite means to whoever keeps the journal. */
static int
get_errno(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return 0;
	case SQLITE_FULL:
		return -ENOSPC;
	case SQLITE_TOOBIG:
		return -E2BIG;
	default:
		return -EIO;
	}
}

/* Let go of what was read and bound. Step's answer is the one that counts. */
static void
rest_statement(sqlite3_stmt *statement)
{
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
}

static int
bind_id(sqlite3_stmt *statement, uint64_t number, enum pack_kind kind)
{
	return get_errno(
		sqlite3_bind_int64(statement, 1, (int64_t)(2 * number + kind)));
}

static int
prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out_statement)
{
	return get_errno(sqlite3_prepare_v3(
		db, sql, -1, SQLITE_PREPARE_PERSISTENT, out_statement, NULL));
}

int
pack_open(sqlite3 *db, struct pack *out_pack)
{
	struct pack pack = { 0 };
	int result = prepare(db, "INSERT OR REPLACE INTO pack VALUES(?1, ?2)",
			     &pack.put);

	if (result == 0)
		result = prepare(db, "SELECT bytes FROM pack WHERE id = ?1",
				 &pack.get);
	if (result == 0)
		result = prepare(db, "DELETE FROM pack WHERE id = ?1",
				 &pack.remove);
	if (result < 0) {
		pack_close(&pack);
		return result;
	}
	*out_pack = pack;
	return 0;
}

void
pack_close(struct pack *pack)
{
	sqlite3_finalize(pack->put);
	sqlite3_finalize(pack->get);
	sqlite3_finalize(pack->remove);
	*pack = (struct pack){ 0 };
}

int
pack_put(struct pack *pack, uint64_t number, enum pack_kind kind,
	 struct docket_bytes bytes)
{
	/* SQLite takes a NULL pointer for NULL, which is no empty blob. */
	const char *data = bytes.data ? bytes.data : "";
	int result = bind_id(pack->put, number, kind);

	if (result == 0)
		result = get_errno(sqlite3_bind_blob64(
			pack->put, 2, data, bytes.size, SQLITE_STATIC));
	if (result == 0)
		result = get_errno(sqlite3_step(pack->put));
	rest_statement(pack->put);
	return result;
}

int
pack_remove(struct pack *pack, uint64_t number, enum pack_kind kind)
{
	int result = bind_id(pack->remove, number, kind);

	if (result == 0)
		result = get_errno(sqlite3_step(pack->remove));
	rest_statement(pack->remove);
	return result;
}

/* Append the row that the statement stands on; memory may be short for it. */
static int
take_bytes(sqlite3_stmt *statement, struct buffer *out)
{
	const void *data = sqlite3_column_blob(statement, 0);
	int size = sqlite3_column_bytes(statement, 0);

	if (!data && size > 0)
		return -EIO;
	buffer_put(out, data, (size_t)size);
	return 0;
}

int
pack_get(struct pack *pack, uint64_t number, enum pack_kind kind,
	 struct buffer *out)
{
	int result = bind_id(pack->get, number, kind);
	int code = SQLITE_DONE;

	if (result == 0) {
		code = sqlite3_step(pack->get);
		result = get_errno(code);
	}
	if (result == 0)
		result = code == SQLITE_ROW ? take_bytes(pack->get, out)
					    : -ENOENT;
	rest_statement(pack->get);
	return result;
}
