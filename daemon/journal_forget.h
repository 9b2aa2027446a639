/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_forget.h - bytes go with the last arrival that has them
 */
#ifndef DAEMON_JOURNAL_FORGET_H
#define DAEMON_JOURNAL_FORGET_H

#include "journal.h"

/* What one transaction forgets. */
struct journal_forget {
	struct digest *digests;
	size_t count, capacity;
};

/*
 * In the transaction that discards an arrival: unless another one has these
 * bytes their row goes, and their file after the commit.
 */
void journal_forget_bytes(struct journal *journal,
			  struct journal_forget *forget,
			  const struct arrival *arrival);

/* A file of the store is not wanted after all: it goes in the same way. */
void journal_forget_file(struct journal *journal, struct journal_forget *forget,
			 const struct digest *digest);

/* It is committed: remove the files. Empty afterwards. */
void journal_forget_finish(struct journal *journal,
			   struct journal_forget *forget);

#endif
