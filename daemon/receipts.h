/* SPDX-License-Identifier: Apache-2.0 */
/*
 * receipts.h - the folders of receipts: each follows the journal's events
 *
 * An inbox with receipts = FOLDER has a cursor of its own, "receipts NAME".
 * After a crash the events behind it are gone through once more; what is
 * written already is recognised.
 */
#ifndef DAEMON_RECEIPTS_H
#define DAEMON_RECEIPTS_H

#include "journal_query.h"

struct receipts;

struct receipts_folder {
	struct receipts *receipts;
	const struct config_inbox *inbox; /* borrowed */
	char *name;			  /* of its cursor */
	uint64_t cursor;
	bool knows_cursor;
	bool is_behind;
	bool is_busy;		     /* asking or writing */
	struct journal_query *batch; /* being written */
	uv_work_t work;
	uint64_t written; /* the last event that is dealt with */
	int error;	  /* that will pass, or 0 */
	int left_out;	  /* the error of one that was left out, or 0 */
	bool is_failing;
	uint64_t retry_ms; /* uv_now() of the next try */
};

struct receipts {
	uv_loop_t *loop;
	struct fact_queue *queue; /* borrowed */
	struct journal *journal;  /* borrowed */
	struct receipts_folder *folders;
	size_t count;
	bool is_stopping;
};

/* 0, or a negative errno with a sentence: its folder cannot be written to. */
int receipts_check(const struct config_inbox *inbox, struct fault *fault);

/* The same for all inboxes. */
int receipts_init(struct receipts *receipts, uv_loop_t *loop,
		  struct fact_queue *queue, struct journal *journal,
		  const struct config *config, struct fault *fault);
void receipts_start(struct receipts *receipts);

/* The journal has new events. */
void receipts_wake(struct receipts *receipts);
/* Once a second: what failed is tried again. */
void receipts_tend(struct receipts *receipts);

/* The event up to which all folders are; UINT64_MAX where there are none. */
uint64_t receipts_consumed(const struct receipts *receipts);

/* "written", or "failing"; NULL for an inbox without receipts. */
const char *receipts_state(const struct receipts *receipts,
			   const struct config_inbox *inbox);

void receipts_stop(struct receipts *receipts);
bool receipts_is_gone(const struct receipts *receipts);
void receipts_free(struct receipts *receipts);

#endif
