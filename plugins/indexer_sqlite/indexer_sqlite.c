/* SPDX-License-Identifier: Apache-2.0 */
/*
 * indexer_sqlite.c - every word of every document, in one file
 *
 * Owns the database (database.c). Tokens come ready from the reader, so a
 * document costs one insert. The first put begins a transaction and commit()
 * ends it, with the sequence in it: what the index has and what it says it has
 * are written by one stroke.
 */
#include <docket/indexer.h>
#include <sqlite3.h>
#include <stdbool.h>

#include "database.h"
#include "match.h"

/* After so many bytes of tokens memory is given back. */
#define RELEASE_BYTES (16 << 20)

struct index {
	uint64_t hash_size;
	uint64_t cache_size;
	struct database database;
	uint64_t put_bytes; /* since memory was given back */
};

static const struct docket_option options[] = {
	{ .name = "hash_size",
	  .type = DOCKET_OPTION_SIZE,
	  .offset = offsetof(struct index, hash_size),
	  .fallback = "64M",
	  .summary = "Memory for documents that are not committed yet",
	  .minimum = 1 << 16,
	  .maximum = 1 << 30 },
	{ .name = "cache_size",
	  .type = DOCKET_OPTION_SIZE,
	  .offset = offsetof(struct index, cache_size),
	  .fallback = "16M",
	  .summary = "Memory for parts of the index",
	  .minimum = 1 << 20,
	  .maximum = INT64_C(1) << 36 },
	{ .name = NULL },
};

static enum docket_status
index_open(void *self)
{
	struct index *index = self;
	const struct database_sizes sizes = { .hash = index->hash_size,
					      .cache = index->cache_size };
	int code =
		database_open(&index->database, docket_state_folder(), &sizes);

	if (code == SQLITE_OK)
		return DOCKET_OK;
	return database_judge(&index->database, code);
}

static void
index_close(void *self)
{
	struct index *index = self;

	database_close(&index->database);
}

static enum docket_status
index_resume(void *self, uint64_t *out_sequence)
{
	struct index *index = self;
	struct database *database = &index->database;
	int code;

	if (!database->db)
		return DOCKET_BROKEN;
	code = database_step(database, DATABASE_RESUME);
	if (code != SQLITE_ROW)
		return database_judge(database, code);
	*out_sequence = (uint64_t)sqlite3_column_int64(
		database->statements[DATABASE_RESUME], 0);
	database_reset(database, DATABASE_RESUME);
	return DOCKET_OK;
}

/* Inside a transaction from here on. */
static int
begin(struct database *database)
{
	if (!sqlite3_get_autocommit(database->db))
		return SQLITE_DONE;
	return database_step(database, DATABASE_BEGIN);
}

/* Is the arrival in the index? SQLITE_ROW: yes, SQLITE_DONE: no. */
static int
look_up(struct database *database, uint64_t arrival)
{
	int code = database_step_with(database, DATABASE_HAS, (int64_t)arrival);

	if (code == SQLITE_ROW)
		database_reset(database, DATABASE_HAS);
	return code;
}

/* Put or remove an arrival with its tokens. */
static int
write_tokens(struct index *index, enum database_statement which,
	     uint64_t arrival, struct docket_bytes tokens)
{
	struct database *database = &index->database;
	int code = sqlite3_bind_text64(database->statements[which], 2,
				       tokens.size ? tokens.data : "",
				       tokens.size, SQLITE_STATIC, SQLITE_UTF8);

	if (code != SQLITE_OK)
		return code;
	index->put_bytes += tokens.size;
	return database_step_with(database, which, (int64_t)arrival);
}

/* Write if the arrival is there (SQLITE_ROW) or is not (SQLITE_DONE). */
static enum docket_status
write_if(struct index *index, int expected, enum database_statement which,
	 uint64_t arrival, const struct docket_record *record)
{
	struct database *database = &index->database;
	int code;

	if (!database->db)
		return DOCKET_BROKEN;
	if (arrival == 0 || arrival > INT64_MAX)
		return DOCKET_REJECT;
	code = begin(database);
	if (code == SQLITE_DONE)
		code = look_up(database, arrival);
	if (code == expected)
		code = write_tokens(index, which, arrival,
				    docket_record_tokens(record));
	if (code == SQLITE_TOOBIG) {
		database_reset(database, which);
		return DOCKET_REJECT;
	}
	if (code == SQLITE_DONE || code == SQLITE_ROW)
		return DOCKET_OK;
	return database_judge(database, code);
}

static enum docket_status
index_put(void *self, uint64_t arrival, const struct docket_record *record)
{
	return write_if(self, SQLITE_DONE, DATABASE_PUT, arrival, record);
}

static enum docket_status
index_remove(void *self, uint64_t arrival, const struct docket_record *record)
{
	return write_if(self, SQLITE_ROW, DATABASE_REMOVE, arrival, record);
}

static enum docket_status
index_commit(void *self, uint64_t sequence)
{
	struct index *index = self;
	struct database *database = &index->database;
	int code;

	if (!database->db)
		return DOCKET_BROKEN;
	code = begin(database);
	if (code == SQLITE_DONE)
		code = database_step_with(database, DATABASE_ADVANCE,
					  (int64_t)sequence);
	if (code == SQLITE_DONE)
		code = database_step(database, DATABASE_COMMIT);
	if (code != SQLITE_DONE)
		return database_judge(database, code);
	if (index->put_bytes >= RELEASE_BYTES) {
		database_release(database);
		index->put_bytes = 0;
	}
	return DOCKET_OK;
}

static int
find_hits(struct database *database, const char *match, size_t limit,
	  struct docket_finding *finding)
{
	sqlite3_stmt *statement = database->statements[DATABASE_FIND];
	int code = sqlite3_bind_text(statement, 1, match, -1, SQLITE_STATIC);

	if (code == SQLITE_OK)
		code = sqlite3_bind_int64(
			statement, 2,
			limit == 0 || limit > INT64_MAX ? -1 : (int64_t)limit);
	if (code != SQLITE_OK)
		return code;
	while ((code = database_step(database, DATABASE_FIND)) == SQLITE_ROW)
		docket_put_hit(finding,
			       (uint64_t)sqlite3_column_int64(statement, 0),
			       -sqlite3_column_double(statement, 1));
	return code;
}

static enum docket_status
index_find(void *self, const struct docket_query *query, size_t limit,
	   struct docket_finding *finding)
{
	struct index *index = self;
	struct database *database = &index->database;
	char *match;
	int code;

	if (!database->db)
		return DOCKET_BROKEN;
	match = match_write(query);
	if (!match)
		return DOCKET_BROKEN;
	code = find_hits(database, match, limit, finding);
	sqlite3_free(match);
	if (code == SQLITE_DONE)
		return DOCKET_OK;
	if (code == SQLITE_ERROR) {
		docket_finding_explain(finding, "The index refuses: %s.",
				       sqlite3_errmsg(database->db));
		database_reset(database, DATABASE_FIND);
		return DOCKET_REJECT;
	}
	return database_judge(database, code);
}

static const struct docket_indexer indexer = {
	.resume = index_resume,
	.put = index_put,
	.remove = index_remove,
	.commit = index_commit,
	.find = index_find,
};

DOCKET_PLUGIN = {
	.name = "sqlite",
	.summary = "Full-text search in one file",
	.wants = DOCKET_WANT_TOKENS,
	.self_size = sizeof(struct index),
	.options = options,
	.open = index_open,
	.close = index_close,
	.indexer = &indexer,
};
