/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal.c - the database, its schema, its thread
 *
 * Owns STATE/journal.db and STATE/store. Ends the process with exit 74 when
 * the database fails: after a COMMIT that reported an error nobody knows
 * whether it happened, and a retry in place would guess. Everything that must
 * not be lost is on disk by then, and a fresh start reads it.
 */
#include "journal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "journal_file.h"
#include "journal_log.h"
#include "log.h"

#define SCHEMA_VERSION 3
#define APPLICATION_ID 0x646b7431 /* "dkt1": what `file` may say of it */

/*
 * A write that found no space wrote no end of a transaction, so it did not
 * happen. That is all that is known of any error; a quota is told by errno.
 */
static bool
is_full_disk(struct journal *journal)
{
	int code = sqlite3_extended_errcode(journal->db);

	return code == SQLITE_FULL ||
	       (code == SQLITE_IOERR_WRITE &&
		sqlite3_system_errno(journal->db) == EDQUOT);
}

void
journal_check(struct journal *journal, int rc)
{
	if (rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE)
		return;
	if (is_full_disk(journal)) {
		journal->is_full = true;
		return;
	}
	log_error("journal: %s (%d); docketd ends, so that a fresh start "
		  "recovers from disk",
		  sqlite3_errmsg(journal->db),
		  sqlite3_extended_errcode(journal->db));
	_exit(FAULT_EXIT_IO);
}

sqlite3_stmt *
journal_statement(struct journal *journal, enum journal_statement which)
{
	sqlite3_stmt *statement = journal->statements[which];

	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	return statement;
}

bool
journal_step(struct journal *journal, sqlite3_stmt *statement)
{
	int rc;

	/* SQLite has ended the transaction: this would be one of its own. */
	if (journal->is_full)
		return false;
	rc = sqlite3_step(statement);
	journal_check(journal, rc);
	if (rc != SQLITE_ROW)
		sqlite3_reset(statement);
	return rc == SQLITE_ROW;
}

void
journal_run(struct journal *journal, sqlite3_stmt *statement)
{
	while (journal_step(journal, statement))
		continue;
}

/* ---- transactions ---- */

void
journal_begin(struct journal *journal)
{
	journal->before = (struct journal_counters){
		.last_number = journal->last_number,
		.last_event = journal->last_event,
		.floor = journal->floor,
	};
	for (size_t i = 0; i < journal->config->bus_count; i++) {
		struct journal_stream *stream = &journal->streams[i];

		stream->head_before = stream->head;
		stream->floor_before = stream->floor;
	}
	journal_run(journal, journal_statement(journal, JOURNAL_BEGIN));
}

static void
restore_counters(struct journal *journal)
{
	journal->last_number = journal->before.last_number;
	journal->last_event = journal->before.last_event;
	journal->floor = journal->before.floor;
	for (size_t i = 0; i < journal->config->bus_count; i++) {
		struct journal_stream *stream = &journal->streams[i];

		stream->head = stream->head_before;
		stream->floor = stream->floor_before;
	}
}

/* SQLite may have rolled back by itself. */
static void
roll_back(struct journal *journal)
{
	if (!sqlite3_get_autocommit(journal->db) &&
	    sqlite3_exec(journal->db, "ROLLBACK", NULL, NULL, NULL) !=
		    SQLITE_OK) {
		log_error("journal: a full disk, and no way back: %s",
			  sqlite3_errmsg(journal->db));
		_exit(FAULT_EXIT_IO);
	}
	restore_counters(journal);
}

int
journal_end(struct journal *journal)
{
	for (int i = 0; i < JOURNAL_STATEMENT_COUNT; i++)
		sqlite3_reset(journal->statements[i]);
	if (!journal->is_full)
		journal_run(journal,
			    journal_statement(journal, JOURNAL_COMMIT));
	if (!journal->is_full)
		return 0;
	roll_back(journal);
	journal->is_full = false;
	return -ENOSPC;
}

/* ---- opening ---- */

/* Whose fault is it? main.c ends accordingly. */
static int
get_errno(const struct journal *journal)
{
	int system = sqlite3_system_errno(journal->db);

	switch (sqlite3_errcode(journal->db)) {
	case SQLITE_BUSY:
		return -EBUSY;
	case SQLITE_FULL:
		return -ENOSPC;
	case SQLITE_IOERR:
	case SQLITE_NOMEM:
	case SQLITE_CORRUPT: /* what it makes of a read that fails */
		return -EIO;
	case SQLITE_CANTOPEN:
		/* ENOENT is of a second try, without O_CREAT. */
		return system == 0 || system == ENOENT ? -EIO : -system;
	default:
		return -EINVAL;
	}
}

static int
refuse(struct journal *journal, struct fault *fault, const char *what)
{
	return fault_set(fault, get_errno(journal), "journal.db: %s: %s", what,
			 sqlite3_errmsg(journal->db));
}

static int64_t
ask_number(struct journal *journal, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	int64_t number = -1;

	if (sqlite3_prepare_v2(journal->db, sql, -1, &statement, NULL) ==
		    SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return number;
}

/*
 * Exclusive before WAL: then there is no shared memory and no second opener.
 * WAL is written into the file: not before it is known to be ours. Pages of 8
 * KiB hold a letter and its record as they are, and are half as many to write.
 */
static const char first_pragmas[] = "PRAGMA page_size=8192;"
				    "PRAGMA locking_mode=EXCLUSIVE;"
				    "PRAGMA synchronous=FULL;"
				    "PRAGMA temp_store=MEMORY;"
				    "PRAGMA cell_size_check=ON;"
				    "PRAGMA trusted_schema=OFF;"
				    "PRAGMA cache_size=-8192;"
				    "PRAGMA foreign_keys=OFF;";
static const char wal_pragma[] = "PRAGMA journal_mode=WAL;";

static int
configure(struct journal *journal, const char *pragmas, struct fault *fault)
{
	if (sqlite3_exec(journal->db, pragmas, NULL, NULL, NULL) != SQLITE_OK)
		return refuse(journal, fault, "cannot be opened");
	return 0;
}

static int
create(struct journal *journal, struct fault *fault)
{
	auto_free char *rows = journal_row_schema();
	auto_free char *sql = mem_format(
		"BEGIN IMMEDIATE;%s%s%s"
		"PRAGMA application_id=%d;PRAGMA user_version=%d;COMMIT;",
		rows, journal_schema, pack_schema, APPLICATION_ID,
		SCHEMA_VERSION);

	if (sqlite3_exec(journal->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return refuse(journal, fault, "cannot be made");
	return 0;
}

/* Is it ours, or empty? */
static int
check_version(struct journal *journal, bool *out_is_empty, struct fault *fault)
{
	int64_t version = ask_number(journal, "PRAGMA user_version");
	int64_t tables = -1;

	if (version >= 0)
		tables = ask_number(journal,
				    "SELECT count(*) FROM sqlite_schema");
	if (tables < 0)
		return refuse(journal, fault, "cannot be read");
	*out_is_empty = tables == 0;
	if (tables == 0)
		return 0;
	if (version != SCHEMA_VERSION ||
	    ask_number(journal, "PRAGMA application_id") != APPLICATION_ID)
		return fault_set(fault, -EINVAL,
				 "journal.db has schema %lld and this docketd "
				 "reads schema %d; use the docketd that wrote "
				 "it",
				 (long long)version, SCHEMA_VERSION);
	return 0;
}

static int
prepare(struct journal *journal, struct fault *fault)
{
	auto_free char *columns = journal_row_columns();
	auto_free char *insert = journal_row_insert();
	auto_free char *update = journal_row_update();

	for (int i = 0; i < JOURNAL_STATEMENT_COUNT; i++) {
		auto_free char *select = NULL;
		const char *sql = journal_sql[i];

		if (i == JOURNAL_ARRIVAL_PUT)
			sql = insert;
		else if (i == JOURNAL_ARRIVAL_SET)
			sql = update;
		else if (strncmp(sql, "SELECT %s", 9) == 0)
			sql = select = mem_format("SELECT %s%s", columns,
						  sql + strlen("SELECT %s"));
		if (sqlite3_prepare_v3(
			    journal->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
			    &journal->statements[i], NULL) != SQLITE_OK)
			return refuse(journal, fault, sql);
	}
	if (pack_open(journal->db, &journal->pack) < 0)
		return refuse(journal, fault, "the pack cannot be opened");
	return 0;
}

/*
 * Leases of the process that ended go back; that docketd died says nothing
 * against a document, so the attempt does not count. What was blocked may have
 * its plugin now.
 */
static int
recover(struct journal *journal, struct fault *fault)
{
	static const char sql[] =
		"UPDATE arrival SET state = 1,"
		" attempts = CASE state WHEN 2 THEN max(attempts - 1, 0)"
		" ELSE attempts END WHERE state != 4 AND state IN (2, 3)";

	int64_t number = -1, event = -1, floor = -1;

	if (sqlite3_exec(journal->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		number = ask_number(
			journal,
			"SELECT coalesce(max(number), 0) FROM arrival");
	if (number >= 0)
		event = ask_number(
			journal, "SELECT coalesce(max(number), 0) FROM event");
	if (event >= 0)
		floor = ask_number(
			journal, "SELECT coalesce(max(cursor), 0) FROM follower"
				 " WHERE name = '" JOURNAL_FLOOR "'");
	if (floor < 0)
		return refuse(journal, fault, "cannot be recovered");
	journal->last_number = (uint64_t)number;
	journal->last_event = (uint64_t)event;
	journal->floor = (uint64_t)floor;
	return 0;
}

static void
make_stream_id(char out[33])
{
	unsigned char random[16];

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		abort();
	for (size_t i = 0; i < sizeof(random); i++)
		snprintf(out + 2 * i, 3, "%02x", random[i]);
}

static int
open_stream(struct journal *journal, struct journal_stream *stream,
	    struct fault *fault)
{
	auto_free char *select = NULL, *insert = NULL;
	sqlite3_stmt *statement = NULL;

	make_stream_id(stream->id);
	insert = mem_format("INSERT INTO stream(name, id, head) VALUES('%s',"
			    " '%s', 0) ON CONFLICT DO NOTHING",
			    stream->bus->name, stream->id);
	select = mem_format("SELECT key, id, head, coalesce((SELECT"
			    " max(sequence) FROM stream_event"
			    " WHERE stream = key), head)"
			    " FROM stream WHERE name = '%s'",
			    stream->bus->name);
	if (sqlite3_exec(journal->db, insert, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(journal->db, select, -1, &statement, NULL) !=
		    SQLITE_OK ||
	    sqlite3_step(statement) != SQLITE_ROW) {
		sqlite3_finalize(statement);
		return refuse(journal, fault, "streams cannot be read");
	}
	stream->key = sqlite3_column_int64(statement, 0);
	snprintf(stream->id, sizeof(stream->id), "%s",
		 (const char *)sqlite3_column_text(statement, 1));
	stream->floor = (uint64_t)sqlite3_column_int64(statement, 2);
	stream->head = (uint64_t)sqlite3_column_int64(statement, 3);
	sqlite3_finalize(statement);
	return 0;
}

static int
open_streams(struct journal *journal, struct fault *fault)
{
	const struct config *config = journal->config;
	int status = 0;

	journal->streams =
		mem_alloc_array(config->bus_count, sizeof(*journal->streams));
	for (size_t i = 0; i < config->bus_count && status == 0; i++) {
		journal->streams[i].bus = &config->buses[i];
		status = open_stream(journal, &journal->streams[i], fault);
	}
	return status;
}

/*
 * Receipts are written from now on. Their cursor is there before anything can
 * happen, so a crash cannot make "now" a later one.
 */
static int
open_receipts(struct journal *journal, struct fault *fault)
{
	const struct config *config = journal->config;

	for (size_t i = 0; i < config->inbox_count; i++) {
		auto_free char *sql = mem_format(
			"INSERT INTO follower VALUES('receipts %s', %lld, %lld)"
			" ON CONFLICT DO NOTHING",
			config->inboxes[i].name, (long long)journal->last_event,
			(long long)journal->last_event);

		if (*config->inboxes[i].receipts == '\0')
			continue;
		if (sqlite3_exec(journal->db, sql, NULL, NULL, NULL) !=
		    SQLITE_OK)
			return refuse(journal, fault,
				      "receipts cannot be begun");
	}
	return 0;
}

static void
close_database(struct journal *journal)
{
	pack_close(&journal->pack);
	fresh_fini(&journal->fresh);
	for (int i = 0; i < JOURNAL_STATEMENT_COUNT; i++)
		sqlite3_finalize(journal->statements[i]);
	sqlite3_close(journal->db);
	journal->db = NULL;
	store_close(&journal->store);
	free(journal->streams);
	journal->streams = NULL;
}

static int
open_database(struct journal *journal, struct fault *fault)
{
	auto_free char *path =
		mem_format("%s/journal.db", journal->config->daemon.state);
	bool is_empty = false;
	int status;

	/* Nobody asks how much memory it has, and to count costs a lock. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (sqlite3_open_v2(path, &journal->db,
			    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
				    SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW,
			    journal_file_register()) != SQLITE_OK)
		return refuse(journal, fault, "cannot be opened");
	sqlite3_db_config(journal->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	status = configure(journal, first_pragmas, fault);
	if (status == 0)
		status = check_version(journal, &is_empty, fault);
	if (status == 0)
		status = configure(journal, wal_pragma, fault);
	if (status == 0 && is_empty)
		status = create(journal, fault);
	if (status == 0)
		status = configure(journal, journal_row_upgrade, fault);
	if (status == 0)
		status = prepare(journal, fault);
	if (status == 0)
		status = recover(journal, fault);
	if (status == 0)
		status = open_streams(journal, fault);
	if (status == 0)
		status = open_receipts(journal, fault);
	if (status == 0)
		journal_log_open(journal);
	return status;
}

int
journal_open(struct journal *journal, const struct config *config,
	     int state_folder, struct fault *fault)
{
	int status;

	*journal =
		(struct journal){ .config = config, .store = { .folder = -1 } };
	journal->todo_end = &journal->todo;
	journal->finished_end = &journal->finished;
	status = store_open(state_folder, &journal->store, fault);
	if (status == 0 && (status = store_sweep(&journal->store)) < 0)
		fault_set_errno(fault, status, "store/ cannot be swept");
	if (status == 0)
		status = open_database(journal, fault);
	if (status < 0)
		close_database(journal);
	return status;
}

/* ---- the thread ---- */

static void
hand_back(struct journal *journal, struct journal_job *job)
{
	job->next = NULL;
	*journal->finished_end = job;
	journal->finished_end = &job->next;
}

static void
run_thread(void *argument)
{
	struct journal *journal = argument;

	uv_mutex_lock(&journal->mutex);
	for (;;) {
		struct journal_job *job = journal->todo;

		if (job == NULL && journal->is_stopping)
			break;
		if (job == NULL) {
			uv_cond_wait(&journal->cond, &journal->mutex);
			continue;
		}
		journal->todo = job->next;
		if (journal->todo == NULL)
			journal->todo_end = &journal->todo;
		uv_mutex_unlock(&journal->mutex);
		job->work(journal, job);
		uv_mutex_lock(&journal->mutex);
		hand_back(journal, job);
		uv_async_send(&journal->async);
	}
	uv_mutex_unlock(&journal->mutex);
}

static void
finish_jobs(struct journal *journal)
{
	struct journal_job *job, *next;

	uv_mutex_lock(&journal->mutex);
	job = journal->finished;
	journal->finished = NULL;
	journal->finished_end = &journal->finished;
	uv_mutex_unlock(&journal->mutex);
	for (; job != NULL; job = next) {
		next = job->next;
		job->done(job);
	}
}

static void
on_finished(uv_async_t *async)
{
	finish_jobs(container_of(async, struct journal, async));
}

void
journal_start(struct journal *journal, uv_loop_t *loop)
{
	uv_mutex_init(&journal->mutex);
	uv_cond_init(&journal->cond);
	uv_async_init(loop, &journal->async, on_finished);
	if (uv_thread_create(&journal->thread, run_thread, journal) < 0)
		abort();
	journal->is_running = true;
}

void
journal_submit(struct journal *journal, struct journal_job *job)
{
	job->next = NULL;
	uv_mutex_lock(&journal->mutex);
	*journal->todo_end = job;
	journal->todo_end = &job->next;
	uv_cond_signal(&journal->cond);
	uv_mutex_unlock(&journal->mutex);
}

void
journal_stop(struct journal *journal)
{
	if (journal->is_running) {
		uv_mutex_lock(&journal->mutex);
		journal->is_stopping = true;
		uv_cond_signal(&journal->cond);
		uv_mutex_unlock(&journal->mutex);
		uv_thread_join(&journal->thread);
		journal->is_running = false;
		finish_jobs(journal);
		uv_close((uv_handle_t *)&journal->async, NULL);
		uv_cond_destroy(&journal->cond);
		uv_mutex_destroy(&journal->mutex);
	}
	close_database(journal);
}
