/* SPDX-License-Identifier: Apache-2.0 */
/*
 * database.c - the file of the index: opened, checked, thrown away
 *
 * Owns index.db in the state folder, and its connection, the only one. Nothing
 * in it is precious: the journal and the records have it all, so a file that
 * is damaged is deleted and the host puts the history again.
 *
 * The index is contentless: text and titles are in the records. Which arrivals
 * are in it FTS5 itself knows, by the table of their lengths.
 */
#include "database.h"

#include <docket/indexer.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tokenizer.h"

/* Changes with the schema: an index of another layout is built anew. */
#define LAYOUT 1

/* After a crash so large a file is read through; a larger one is trusted. */
#define CHECK_LIMIT_BYTES (64 << 20)

/* What is left of the log on disk when it is begun again. */
#define LOG_LIMIT_BYTES (16 << 20)

static const char *const texts[DATABASE_STATEMENT_COUNT] = {
	[DATABASE_BEGIN] = "BEGIN IMMEDIATE",
	[DATABASE_COMMIT] = "COMMIT",
	[DATABASE_HAS] = "SELECT 1 FROM document_docsize WHERE id = ?1",
	[DATABASE_PUT] = "INSERT INTO document(rowid, tokens) VALUES(?1, ?2)",
	[DATABASE_REMOVE] = "INSERT INTO document(document, rowid, tokens) "
			    "VALUES('delete', ?1, ?2)",
	[DATABASE_RESUME] = "SELECT sequence FROM meta",
	[DATABASE_ADVANCE] = "UPDATE meta SET sequence = ?1",
	[DATABASE_FIND] = "SELECT rowid, rank FROM document "
			  "WHERE document MATCH ?1 ORDER BY rank LIMIT ?2",
};

static int
run(sqlite3 *db, const char *text)
{
	return sqlite3_exec(db, text, NULL, NULL, NULL);
}

/* The first column of the only row, as a number. */
static int
read_number(sqlite3 *db, const char *text, int64_t *out_number)
{
	sqlite3_stmt *statement;
	int code = sqlite3_prepare_v2(db, text, -1, &statement, NULL);

	if (code != SQLITE_OK)
		return code;
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*out_number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return code;
}

static int
read_is(sqlite3 *db, const char *text, const char *expected, bool *out_is)
{
	sqlite3_stmt *statement;
	int code = sqlite3_prepare_v2(db, text, -1, &statement, NULL);

	if (code != SQLITE_OK)
		return code;
	code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*out_is = !sqlite3_stricmp(
			(const char *)sqlite3_column_text(statement, 0),
			expected);
	sqlite3_finalize(statement);
	return code;
}

/* ---- opening ---- */

/* Ours alone, whatever the umask says; SQLite gives its log the same mode. */
static void
create_file(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
}

static int
configure(sqlite3 *db, const struct database_sizes *sizes)
{
	char text[512];
	bool is_wal = false;
	int code;

	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, 5000);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	snprintf(text, sizeof text,
		 "PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY; "
		 "PRAGMA cell_size_check = ON; PRAGMA cache_size = -%llu; "
		 "PRAGMA journal_size_limit = %d; PRAGMA synchronous = FULL",
		 (unsigned long long)(sizes->cache >> 10), LOG_LIMIT_BYTES);
	code = run(db, text);
	if (code != SQLITE_OK)
		return code;
	code = read_is(db, "PRAGMA journal_mode = WAL", "wal", &is_wal);
	if (code != SQLITE_ROW)
		return code;
	return is_wal ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int
connect(struct database *database, const struct database_sizes *sizes)
{
	int code;

	create_file(database->path);
	code = sqlite3_open_v2(database->path, &database->db,
			       SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
				       SQLITE_OPEN_NOFOLLOW,
			       NULL);
	if (code == SQLITE_OK)
		code = tokenizer_register(database->db);
	if (code == SQLITE_OK)
		code = configure(database->db, sizes);
	return code;
}

static void
disconnect(struct database *database)
{
	for (size_t i = 0; i < DATABASE_STATEMENT_COUNT; i++) {
		sqlite3_finalize(database->statements[i]);
		database->statements[i] = NULL;
	}
	sqlite3_close(database->db);
	database->db = NULL;
}

static void
delete_files(const char *path)
{
	static const char *const suffixes[] = { "", "-wal", "-shm",
						"-journal" };

	for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
		char *name = sqlite3_mprintf("%s%s", path, suffixes[i]);

		if (name && unlink(name) < 0 && errno != ENOENT)
			docket_log("cannot delete %s: %s", name,
				   strerror(errno));
		sqlite3_free(name);
	}
}

static int
create_schema(sqlite3 *db)
{
	char text[512];

	snprintf(text, sizeof text,
		 "BEGIN IMMEDIATE; "
		 "CREATE TABLE meta(sequence INTEGER NOT NULL, "
		 "words INTEGER NOT NULL); "
		 "INSERT INTO meta VALUES(0, %u); "
		 "CREATE VIRTUAL TABLE document USING fts5(tokens, content='', "
		 "columnsize=1, detail=full, tokenize='" TOKENIZER_NAME "'); "
		 "PRAGMA user_version = %d; COMMIT",
		 docket_word_version(), LAYOUT);
	return run(db, text);
}

/* Set it where it is another: it is kept in the file. */
static int
set_number(sqlite3 *db, const char *name, uint64_t number)
{
	char text[128];
	int64_t current = 0;
	int code;

	snprintf(text, sizeof text,
		 "SELECT v FROM document_config WHERE k = '%s'", name);
	code = read_number(db, text, &current);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return code;
	if (current == (int64_t)number)
		return SQLITE_OK;
	snprintf(text, sizeof text,
		 "INSERT INTO document(document, rank) VALUES('%s', %llu)",
		 name, (unsigned long long)number);
	return run(db, text);
}

/*
 * Merging more segments at a time writes each word less often. It is done
 * bit by bit with what is added; the crisis, all at once, is not to happen.
 */
static int
set_numbers(sqlite3 *db, const struct database_sizes *sizes)
{
	const struct {
		const char *name;
		uint64_t number;
	} numbers[] = {
		{ "hashsize", sizes->hash },
		{ "automerge", 10 },
		{ "crisismerge", 64 },
	};
	int code = SQLITE_OK;

	for (size_t i = 0;
	     i < sizeof numbers / sizeof numbers[0] && code == SQLITE_OK; i++)
		code = set_number(db, numbers[i].name, numbers[i].number);
	return code;
}

static int
prepare(struct database *database)
{
	int code = SQLITE_OK;

	for (size_t i = 0; i < DATABASE_STATEMENT_COUNT && code == SQLITE_OK;
	     i++)
		code = sqlite3_prepare_v3(database->db, texts[i], -1,
					  SQLITE_PREPARE_PERSISTENT,
					  &database->statements[i], NULL);
	return code;
}

/* ---- what is there ---- */

static off_t
measure(const char *path, const char *suffix)
{
	char *name = sqlite3_mprintf("%s%s", path, suffix);
	struct stat status = { .st_size = 0 };

	if (name && stat(name, &status) < 0)
		status.st_size = 0;
	sqlite3_free(name);
	return status.st_size;
}

/* Of this layout and these words? SQLITE_ERROR: something else, or nothing. */
static int
check_version(sqlite3 *db)
{
	int64_t layout = 0, words = 0;
	int code = read_number(db, "PRAGMA user_version", &layout);

	if (code == SQLITE_ROW)
		code = read_number(db, "SELECT words FROM meta", &words);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return code;
	if (layout != LAYOUT || words != docket_word_version())
		return SQLITE_ERROR;
	return SQLITE_OK;
}

static int
check_whole(sqlite3 *db)
{
	bool is_whole = false;
	int code = read_is(db, "PRAGMA quick_check(1)", "ok", &is_whole);

	if (code != SQLITE_ROW)
		return code;
	if (!is_whole)
		return SQLITE_CORRUPT;
	return run(db, "INSERT INTO document(document) "
		       "VALUES('integrity-check')");
}

/* Is the file of no use, rather than out of reach for now? */
static bool
is_useless(int code)
{
	switch (code & 0xff) {
	case SQLITE_ERROR: /* no such table: it is not ours, or empty */
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return true;
	default:
		return false;
	}
}

/* Was it ever made? A crash may leave a file with nothing in it. */
static bool
has_tables(sqlite3 *db)
{
	int64_t count = 1;

	read_number(db, "SELECT count(*) FROM sqlite_schema", &count);
	return count > 0;
}

static int
open_present(struct database *database, const struct database_sizes *sizes)
{
	off_t size = measure(database->path, "");
	bool was_left = measure(database->path, "-wal") > 0;
	int code = connect(database, sizes);

	if (code == SQLITE_OK)
		code = check_version(database->db);
	if (code == SQLITE_OK && was_left && size <= CHECK_LIMIT_BYTES)
		code = check_whole(database->db);
	if (is_useless(code) && size > 0 && has_tables(database->db))
		docket_log("the index is built anew: %s",
			   (code & 0xff) == SQLITE_ERROR
				   ? "it is of another version"
				   : "it is damaged");
	return code;
}

int
database_open(struct database *database, const char *folder,
	      const struct database_sizes *sizes)
{
	int code;

	/*
	 * Each new word is an allocation; to count them would cost a lock. It
	 * must be said before anything else is asked of SQLite.
	 */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	database->path = sqlite3_mprintf("%s/index.db", folder);
	if (!database->path)
		return SQLITE_NOMEM;
	code = open_present(database, sizes);
	if (is_useless(code)) {
		disconnect(database);
		delete_files(database->path);
		code = connect(database, sizes);
		if (code == SQLITE_OK)
			code = create_schema(database->db);
	}
	if (code == SQLITE_OK)
		code = set_numbers(database->db, sizes);
	if (code == SQLITE_OK)
		code = prepare(database);
	return code;
}

void
database_close(struct database *database)
{
	disconnect(database);
	sqlite3_free(database->path);
	database->path = NULL;
}

/* ---- using it ---- */

void
database_reset(struct database *database, enum database_statement which)
{
	sqlite3_stmt *statement = database->statements[which];

	sqlite3_reset(statement);
	if (statement) /* unlike its sister, the next one minds */
		sqlite3_clear_bindings(statement);
}

int
database_step(struct database *database, enum database_statement which)
{
	int code = sqlite3_step(database->statements[which]);

	if (code != SQLITE_ROW)
		database_reset(database, which);
	return code;
}

int
database_step_with(struct database *database, enum database_statement which,
		   int64_t first)
{
	int code = sqlite3_bind_int64(database->statements[which], 1, first);

	return code == SQLITE_OK ? database_step(database, which) : code;
}

/* A full disk shows itself as an error of writing or syncing, too. */
static bool
is_full(const struct database *database, int code)
{
	int error = sqlite3_system_errno(database->db);

	if ((code & 0xff) == SQLITE_IOERR)
		return error == ENOSPC || error == EDQUOT;
	return (code & 0xff) == SQLITE_FULL;
}

enum docket_status
database_judge(struct database *database, int code)
{
	bool is_temporary;

	if (!database->db)
		return DOCKET_BROKEN;
	is_temporary = is_full(database, code) || (code & 0xff) == SQLITE_BUSY;
	docket_log("%s: %s", database->path, sqlite3_errmsg(database->db));
	for (size_t i = 0; i < DATABASE_STATEMENT_COUNT; i++)
		database_reset(database, (enum database_statement)i);
	if (!sqlite3_get_autocommit(database->db))
		run(database->db, "ROLLBACK");
	if (is_temporary)
		return DOCKET_RETRY;
	if ((code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB) {
		docket_log("the index is damaged and thrown away");
		disconnect(database);
		delete_files(database->path);
	}
	return DOCKET_BROKEN;
}

void
database_release(struct database *database)
{
	sqlite3_db_release_memory(database->db);
	malloc_trim(0);
}
