/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal.h - the durable, ordered log: arrivals, events, cursors, small blobs
 *
 * One SQLite database with one connection, used by one thread. The loop hands
 * that thread jobs: a turn's transaction (journal_commit.c) or a question
 * (journal_query.c). An error of the database ends the process with exit 74:
 * whether the transaction happened is unknown, and only a fresh start that
 * reads the disk can tell. A full disk is no error: then it is known that the
 * transaction did not happen, and it is taken back.
 */
#ifndef DAEMON_JOURNAL_H
#define DAEMON_JOURNAL_H

#include <stdatomic.h>
#include <uv.h>

#include "config.h"
#include "fact.h"
#include "fresh.h"
#include "journal_row.h"
#include "pack.h"
#include "store.h"

struct journal;

struct journal_job {
	struct journal_job *next;
	/* On the journal's thread. */
	void (*work)(struct journal *journal, struct journal_job *job);
	/* On the loop, afterwards. */
	void (*done)(struct journal_job *job);
};

/* A bus endpoint as a stream: its events have sequences of their own. */
struct journal_stream {
	const struct config_bus *bus;	    /* borrowed */
	char id[33];			    /* 128 random bits, hex */
	int64_t key;			    /* of the row */
	uint64_t head;			    /* last sequence given */
	uint64_t floor;			    /* those up to here were deleted */
	uint64_t head_before, floor_before; /* the transaction */
};

/* A row among the followers: how far deleting old events has got. */
#define JOURNAL_FLOOR "events deleted"

enum journal_statement {
	JOURNAL_BEGIN,
	JOURNAL_COMMIT,
	JOURNAL_ARRIVAL_GET,
	JOURNAL_ARRIVAL_PUT,
	JOURNAL_ARRIVAL_SET,
	JOURNAL_ARRIVAL_CLEAR,
	JOURNAL_ARRIVAL_TWIN,
	JOURNAL_ARRIVAL_KNOWN,
	JOURNAL_ARRIVAL_LIST,
	JOURNAL_ARRIVAL_NEWEST,
	JOURNAL_ARRIVAL_BY_DIGEST,
	JOURNAL_ARRIVAL_PARENT,
	JOURNAL_ARRIVAL_CHILDREN,
	JOURNAL_ARRIVAL_DESCENDANTS,
	JOURNAL_ARRIVAL_COUNTS,
	JOURNAL_ARRIVAL_OPEN,
	JOURNAL_DIGEST_USED,
	JOURNAL_AUDIT_FILE,
	JOURNAL_AUDIT_ARRIVALS,
	JOURNAL_AUDIT_EVENTS,
	JOURNAL_AUDIT_PACK,
	JOURNAL_AUDIT_STREAM,
	JOURNAL_TIE_PUT,
	JOURNAL_TIE_FIND,
	JOURNAL_TEXT_PUT,
	JOURNAL_TEXT_FIND,
	JOURNAL_RELATION_PUT,
	JOURNAL_RELATION_LIST,
	JOURNAL_EVENT_PUT,
	JOURNAL_EVENT_LIST,
	JOURNAL_EVENT_PARSED,
	JOURNAL_EVENT_TRIM,
	JOURNAL_STREAM_PUT,
	JOURNAL_STREAM_LIST,
	JOURNAL_STREAM_OLD,
	JOURNAL_STREAM_TRIM,
	JOURNAL_STREAM_NOTE,
	JOURNAL_FOLLOWER_GET,
	JOURNAL_FOLLOWER_PUT,
	JOURNAL_STATEMENT_COUNT
};

/* journal_sql.c; "SELECT %s" stands for an arrival's columns. */
extern const char journal_schema[];
extern const char *const journal_sql[JOURNAL_STATEMENT_COUNT];

/* journal_log.h */
struct journal_log {
	struct journal_job job;
	atomic_int pages; /* not copied yet */
	bool is_tidying;
};

struct journal {
	sqlite3 *db;
	sqlite3_stmt *statements[JOURNAL_STATEMENT_COUNT];
	struct pack pack;
	struct store store;
	struct fresh fresh;
	struct journal_log log;
	const struct config *config; /* borrowed */
	uint64_t last_number;	     /* of an arrival */
	uint64_t last_event;
	uint64_t floor; /* events up to here were deleted (retain.h) */
	struct journal_stream *streams; /* one a [bus] section, in its order */
	bool is_full; /* the transaction met a full disk: take it back */
	struct journal_counters {
		uint64_t last_number, last_event, floor;
	} before; /* the transaction; of a stream: there */

	uv_thread_t thread;
	uv_mutex_t mutex;
	uv_cond_t cond;
	uv_async_t async;
	struct journal_job *todo, **todo_end;
	struct journal_job *finished, **finished_end;
	bool is_stopping;
	bool is_running;
};

/*
 * Open or make the database in the state folder, recover what a crash left
 * (leases go back to the queue) and sweep the store. Blocks. 0, or a negative
 * errno with a sentence: -EINVAL if it is not this docketd's, -ENOSPC if the
 * disk is full.
 */
int journal_open(struct journal *journal, const struct config *config,
		 int state_folder, struct fault *fault);

/* From now on the database is the thread's. */
void journal_start(struct journal *journal, uv_loop_t *loop);

/* Takes the job until its done() is called. Jobs run in order. */
void journal_submit(struct journal *journal, struct journal_job *job);

/* Finish what was submitted, end the thread, close the database. */
void journal_stop(struct journal *journal);

/* ---- for journal_commit.c and journal_query.c, on the thread ---- */

/* Exit 74 unless rc says that all is well, or that the disk is full. */
void journal_check(struct journal *journal, int rc);
/*
 * A transaction, from one to the other. Once the disk is full nothing between
 * them does anything, and the end takes it all back: -ENOSPC.
 */
void journal_begin(struct journal *journal);
int journal_end(struct journal *journal);
/* The statement, reset, with its parameters cleared. */
sqlite3_stmt *journal_statement(struct journal *journal,
				enum journal_statement which);
/* Step and reset a statement that yields no rows. */
void journal_run(struct journal *journal, sqlite3_stmt *statement);
/* One row? Leaves the statement on it. Nothing once the disk is full. */
bool journal_step(struct journal *journal, sqlite3_stmt *statement);

#endif
