/* SPDX-License-Identifier: Apache-2.0 */
/*
 * intake.h - from a name in an inbox to bytes that are ours
 *
 * A claim copies the file while hashing it; renames it into the inbox's spool
 * under its own name, so that after a crash at any moment the file says itself
 * what it was; and, once the copy's row is committed, looks at the file once
 * more and removes it. All of this blocks, so it runs on libuv's pool, two
 * batches of claims at once: handing over costs more than copying a letter.
 */
#ifndef DAEMON_INTAKE_H
#define DAEMON_INTAKE_H

#include <sys/queue.h>

#include "fact.h"
#include "inbox_folder.h"
#include "store.h"

struct claim; /* a file that is being taken in */

struct claim_list {
	struct claim *first, **last;
	size_t count;
};

#define INTAKE_BATCHES 2

/* Claims that one thread copies, one after another. */
struct intake_batch {
	uv_work_t work;
	struct intake *intake;
	struct claim_list claims;
	size_t copied; /* the first so many; the others go back */
};

struct intake {
	LIST_HEAD(, claim) claims; /* all there are */
	uv_loop_t *loop;
	struct fact_queue *queue;  /* borrowed */
	const struct store *store; /* borrowed */
	struct claim_list pending; /* to be copied */
	struct claim_list resting; /* unstable ones, to be copied again */
	struct claim_list to_clear;
	struct claim_list clearing;
	struct claim_list uncleared; /* whose files could not be removed yet */
	struct intake_batch batches[INTAKE_BATCHES];
	size_t open;	     /* copied, not settled */
	uint64_t open_bytes; /* of those, in memory */
	bool is_stopping;
	uv_work_t clear_work;
	uv_timer_t clear_timer;
	uv_timer_t timer; /* for those that rest */
};

void intake_init(struct intake *intake, uv_loop_t *loop,
		 struct fact_queue *queue, const struct store *store);

/* Has it capacity for another claim? If not, leave the file where it is. */
bool intake_has_room(const struct intake *intake);

/* How many claims are on their way to a commit. */
size_t intake_count(const struct intake *intake);

/* How many claims wait for room on a disk. */
size_t intake_short_of_room(const struct intake *intake);

/*
 * Claim that name, a path below the folder; intake_flush() starts it.
 * FACT_TAKEN, FACT_REFUSED or FACT_VANISHED follows. move is the number of the move that brought it, 0 if
 * none is known. The folder is held for as long as that takes.
 */
void intake_claim(struct intake *intake, struct inbox_folder *folder,
		  const char *name, enum arrival_origin origin, unsigned move);

/*
 * Everything that lies in the spool, as claims; of a folder that no claim
 * works on. 0 or -errno.
 */
int intake_recover(struct intake *intake, struct inbox_folder *folder);

/* Bytes behind a descriptor (taken), for whoever `request` is. */
void intake_add(struct intake *intake, const struct config_inbox *inbox,
		struct docket_bytes name, int fd, void *request);

/*
 * The claim's fact is committed as arrival `number`: take its file out of the
 * spool. FACT_CLEARED or FACT_SUPERSEDED follows; in the latter case so does a
 * new claim of what is there now. A file that cannot be removed is tried again
 * until it can, here or after the next start: FACT_CLEARED would make a second
 * arrival of it.
 */
void intake_settle(struct intake *intake, struct claim *claim, uint64_t number);

/* The copy was lost before its fact was committed: make another. */
void intake_repeat(struct intake *intake, struct claim *claim);

/* The claim's file stays in the spool, for a person to look at. */
void intake_leave(struct intake *intake, struct claim *claim);

/* Start what intake_claim() and intake_settle() gathered; once a turn. */
void intake_flush(struct intake *intake);

/*
 * What the files that are under way are called in their spools, sorted by inbox
 * and name as strcmp() does; array and strings are the caller's.
 */
char **intake_list(const struct intake *intake, size_t *out_count);
/* What such a list calls a file; the caller's. */
char *intake_name(const struct config_inbox *inbox, const char *name);

/* No new copies; what runs is finished by the loop. */
void intake_stop(struct intake *intake);
bool intake_is_idle(const struct intake *intake);

#endif
