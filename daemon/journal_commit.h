/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_commit.h - the facts of one turn, decided and committed together
 */
#ifndef DAEMON_JOURNAL_COMMIT_H
#define DAEMON_JOURNAL_COMMIT_H

#include "journal.h"

struct journal_commit {
	struct journal_job job;
	struct fact *facts; /* with their verdicts when done() is called */
	/* Nothing of it has happened: the facts are as they were. */
	bool is_full;
	void (*done)(struct journal_commit *commit);
};

/* Takes the facts until done(). The commit must stay until then. */
void journal_commit(struct journal *journal, struct journal_commit *commit);

#endif
