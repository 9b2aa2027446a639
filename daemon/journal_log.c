/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_log.c - the write-ahead log, copied into the database in time
 *
 * What cannot be copied stays in the log, where it is as durable: the next time
 * will do.
 */
#include "journal_log.h"

/* Pages that are worth a moment's work; and that must not become more. */
#define TIDY_PAGES 64
#define LIMIT_PAGES 1000

static void
copy(sqlite3 *db)
{
	sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL,
				  NULL);
}

/* After each commit, in it, with the pages that the log has now. */
static int
on_logged(void *context, sqlite3 *db, const char *name, int pages)
{
	struct journal *journal = context;

	(void)name;
	atomic_store(&journal->log.pages, pages);
	if (pages >= LIMIT_PAGES)
		copy(db);
	return SQLITE_OK;
}

void
journal_log_open(struct journal *journal)
{
	sqlite3_wal_hook(journal->db, on_logged, journal);
}

static void
tidy(struct journal *journal, struct journal_job *job)
{
	(void)job;
	atomic_store(&journal->log.pages, 0);
	copy(journal->db);
}

static void
on_tidied(struct journal_job *job)
{
	container_of(job, struct journal_log, job)->is_tidying = false;
}

void
journal_log_tidy(struct journal *journal)
{
	struct journal_log *log = &journal->log;

	if (log->is_tidying || atomic_load(&log->pages) < TIDY_PAGES)
		return;
	log->is_tidying = true;
	log->job.work = tidy;
	log->job.done = on_tidied;
	journal_submit(journal, &log->job);
}
