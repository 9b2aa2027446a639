/* SPDX-License-Identifier: Apache-2.0 */
/*
 * retain.h - old events are deleted, a few at a time
 *
 * The newest `events_keep` of the journal stay, and with them their places in
 * the streams of the bus. A notifier or a folder of receipts that is behind
 * holds back what it has not seen, until there are twice as many. Parsed events always stay: from them an
 * index is made again, and an indexer misses nothing however late it comes.
 */
#ifndef DAEMON_RETAIN_H
#define DAEMON_RETAIN_H

#include "journal.h"

struct retain {
	struct journal_job job;
	struct journal *journal; /* borrowed */
	uint64_t keep;
	uint64_t floor;	 /* those up to here are deleted */
	uint64_t target; /* they are to be up to here */
	uint64_t until;	 /* the batch under way */
	bool is_running;
	bool is_stopped;
	bool is_told; /* that one of them loses events */
};

/* Before the journal's thread is started. */
void retain_init(struct retain *retain, struct journal *journal,
		 const struct config *config);

/* Delete what is too old; consumed is where the slowest of them is. */
void retain_wake(struct retain *retain, uint64_t last_event, uint64_t consumed);

/* The batch under way is the last. */
void retain_stop(struct retain *retain);

/* Pure: up to where events are to be deleted. */
uint64_t retain_choose(uint64_t keep, uint64_t last_event, uint64_t consumed);

#endif
