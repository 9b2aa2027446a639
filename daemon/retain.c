/* SPDX-License-Identifier: Apache-2.0 */
/*
 * retain.c - old events are deleted, a few at a time
 *
 * A batch is a transaction of its own on the journal's thread: some
 * milliseconds, between two turns. How far it has got is a row beside the
 * followers' cursors; each stream remembers what it lost, so that its numbers
 * go on where they were even when nothing of it is left.
 */
#include "retain.h"

#include "log.h"

#define BATCH_EVENTS 500

/* ---- on the journal's thread ---- */

static void
trim_stream(struct journal *journal, int64_t key, int64_t sequence)
{
	sqlite3_stmt *trim = journal_statement(journal, JOURNAL_STREAM_TRIM);
	sqlite3_stmt *note = journal_statement(journal, JOURNAL_STREAM_NOTE);

	sqlite3_bind_int64(trim, 1, key);
	sqlite3_bind_int64(trim, 2, sequence);
	journal_run(journal, trim);
	sqlite3_bind_int64(note, 1, key);
	sqlite3_bind_int64(note, 2, sequence);
	journal_run(journal, note);
	for (size_t i = 0; i < journal->config->bus_count; i++)
		if (journal->streams[i].key == key)
			journal->streams[i].floor = (uint64_t)sequence;
}

/* All streams there ever were, also those that have no endpoint now. */
static void
trim_streams(struct journal *journal, uint64_t until)
{
	sqlite3_stmt *old = journal_statement(journal, JOURNAL_STREAM_OLD);

	sqlite3_bind_int64(old, 1, (int64_t)until);
	sqlite3_bind_int64(old, 2, BATCH_EVENTS);
	while (journal_step(journal, old)) {
		int64_t key = sqlite3_column_int64(old, 0);

		if (sqlite3_column_type(old, 1) != SQLITE_NULL)
			trim_stream(journal, key, sqlite3_column_int64(old, 1));
	}
}

static void
trim_events(struct journal *journal, uint64_t until)
{
	sqlite3_stmt *trim = journal_statement(journal, JOURNAL_EVENT_TRIM);
	sqlite3_stmt *put = journal_statement(journal, JOURNAL_FOLLOWER_PUT);

	sqlite3_bind_int64(trim, 1, (int64_t)journal->floor);
	sqlite3_bind_int64(trim, 2, (int64_t)until);
	journal_run(journal, trim);
	sqlite3_bind_text(put, 1, JOURNAL_FLOOR, -1, SQLITE_STATIC);
	sqlite3_bind_int64(put, 2, (int64_t)until);
	sqlite3_bind_int64(put, 3, (int64_t)until);
	journal_run(journal, put);
	journal->floor = until;
}

static void
delete_batch(struct journal *journal, struct journal_job *job)
{
	struct retain *retain = container_of(job, struct retain, job);

	journal_begin(journal);
	trim_streams(journal, retain->until);
	trim_events(journal, retain->until);
	if (journal_end(journal) < 0)
		retain->until = retain->floor; /* when there is room */
}

/* ---- on the loop ---- */

static void
delete_more(struct retain *retain)
{
	if (retain->is_running || retain->is_stopped ||
	    retain->floor >= retain->target)
		return;
	retain->until = retain->target;
	if (retain->until - retain->floor > BATCH_EVENTS)
		retain->until = retain->floor + BATCH_EVENTS;
	retain->is_running = true;
	journal_submit(retain->journal, &retain->job);
}

static void
on_deleted(struct journal_job *job)
{
	struct retain *retain = container_of(job, struct retain, job);

	retain->is_running = false;
	if (retain->until == retain->floor)
		return;
	retain->floor = retain->until;
	delete_more(retain);
}

uint64_t
retain_choose(uint64_t keep, uint64_t last_event, uint64_t consumed)
{
	uint64_t wanted = last_event > keep ? last_event - keep : 0;
	uint64_t forced = wanted > keep ? wanted - keep : 0;

	if (consumed >= wanted)
		return wanted;
	return consumed > forced ? consumed : forced;
}

void
retain_wake(struct retain *retain, uint64_t last_event, uint64_t consumed)
{
	retain->target = retain_choose(retain->keep, last_event, consumed);
	if (retain->target > consumed && !retain->is_told)
		log_warning("events that a notifier or a folder of receipts "
			    "has not seen are deleted; docket status shows "
			    "which one is behind");
	retain->is_told = retain->target > consumed;
	delete_more(retain);
}

void
retain_stop(struct retain *retain)
{
	retain->is_stopped = true;
}

void
retain_init(struct retain *retain, struct journal *journal,
	    const struct config *config)
{
	*retain = (struct retain){
		.job = { .work = delete_batch, .done = on_deleted },
		.journal = journal,
		.keep = (uint64_t)config->daemon.events_keep,
		.floor = journal->floor,
	};
}
