/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_log.h - the write-ahead log, copied into the database in time
 *
 * SQLite would copy it in the commit that makes it long, and somebody's drop
 * would wait some ten milliseconds for that. So it is done when docketd has a
 * moment, and in a commit only under load, where nobody waits for one.
 */
#ifndef DAEMON_JOURNAL_LOG_H
#define DAEMON_JOURNAL_LOG_H

#include "journal.h"

/* When the database is open. */
void journal_log_open(struct journal *journal);

/* On the loop's thread, now and then: copy it if it is worth it. */
void journal_log_tidy(struct journal *journal);

#endif
