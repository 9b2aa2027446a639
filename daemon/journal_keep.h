/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_keep.h - bytes and records of arrivals, into the pack or the store
 */
#ifndef DAEMON_JOURNAL_KEEP_H
#define DAEMON_JOURNAL_KEEP_H

#include "journal.h"

/*
 * What a fact brings for its row, or wants of it: bytes that were taken in, a
 * record (without its tokens), bytes for the reader that is leased.
 */
void journal_keep(struct journal *journal, struct journal_row *row,
		  struct fact *fact);

/*
 * Its commit is done: the whole record is ready for whoever asks next. Larger
 * ones do not go into a message; their tokens are made again.
 */
void journal_keep_fresh(struct journal *journal, struct fact *fact);

#endif
