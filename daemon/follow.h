/* SPDX-License-Identifier: Apache-2.0 */
/*
 * follow.h - indexers and notifiers: a process and a cursor each
 *
 * A follower asks the journal for what comes after its cursor, gives it to its
 * process, and reports when that is done with it. Report and cursor are one
 * fact, so they are committed together. An indexer's own data says where it
 * is; a notifier's cursor is the journal's.
 */
#ifndef DAEMON_FOLLOW_H
#define DAEMON_FOLLOW_H

#include "catalog.h"
#include "child.h"
#include "gather.h"
#include "journal_query.h"

struct follow;
struct follower_kind;

typedef void follow_found_cb(void *owner, uint32_t status,
			     struct docket_bytes detail,
			     const struct message_hit *hits, size_t count);

/* A question that an indexer has been asked. */
struct follow_search {
	struct follow_search *next;
	uint64_t request;
	void *owner;
	follow_found_cb *done;
	uint64_t asked_ms;
	struct message_hit *hits;
	size_t count, capacity;
};

struct follower {
	struct child child;
	struct follow *follow;
	const struct follower_kind *kind;
	struct catalog_plugin *plugin; /* borrowed */
	const char *argv[3];
	uv_timer_t pause;     /* before what failed is tried again */
	struct gather gather; /* an index is written to by the group */
	uv_timer_t gathered;
	uint64_t cursor; /* done, and reported */
	uint64_t given;	 /* handed to the process */
	uint64_t own;	 /* an index has all up to here, reported or not */
	bool knows_cursor;
	bool is_asking; /* a question to the journal is on its way */
	bool is_behind; /* there may be more in the journal */
	bool is_trying; /* what failed before, and that was said */
	bool is_closed; /* its batch: the answer is waited for */
	struct fact_subject *subjects; /* given and not reported */
	size_t subject_count, subject_capacity;
	uint64_t given_bytes; /* of the batch */
	uint64_t given_ms; /* when it was given them, or last said something */
	struct follow_search *searches;
};

struct follow {
	uv_loop_t *loop;
	struct fact_queue *queue;    /* borrowed */
	struct journal *journal;     /* borrowed */
	const struct config *config; /* borrowed */
	struct follower *followers;
	size_t count;
	uint64_t last_event; /* in the journal, as far as is known here */
	uint64_t last_request;
};

void follow_init(struct follow *follow, uv_loop_t *loop,
		 struct fact_queue *queue, struct journal *journal,
		 struct catalog *catalog, const struct config *config,
		 int lock);
void follow_start(struct follow *follow);

/*
 * The journal is about to have events: what is asked now is answered behind
 * the commit, and need not be asked when that is done.
 */
void follow_expect(struct follow *follow);
/* The journal has events up to last_event: whoever waits for some may ask. */
void follow_wake(struct follow *follow, uint64_t last_event);

/* Now and then: who has not answered for too long? */
void follow_tend(struct follow *follow);

/*
 * The event up to which every notifier has seen all; UINT64_MAX where there is
 * none. Indexers want parsed events only, and those are not deleted.
 */
uint64_t follow_consumed(const struct follow *follow);

/*
 * Put a question to the indexer that answers them; done() comes later, once.
 * hits are best first and borrowed. 0, -ENOENT: none is ready, or -EBUSY: it
 * has been asked as much as it may be at a time.
 */
int follow_search(struct follow *follow, struct docket_bytes query,
		  uint32_t limit, void *owner, follow_found_cb *done);

/* ---- follow_search.c, for follow.c: frames of an indexer ---- */

bool follow_search_take_hit(struct follower *follower,
			    const struct frame *frame);
bool follow_search_take_found(struct follower *follower,
			      const struct frame *frame);
/* The indexer is gone. */
void follow_search_end_all(struct follower *follower);
/* End those that were asked for too long ago. */
void follow_search_expire(struct follower *follower, uint64_t now_ms);

/* ---- the end ---- */

void follow_stop(struct follow *follow);
bool follow_is_gone(const struct follow *follow);
/* Close the handles; the loop runs once more; then free the memory. */
void follow_fini(struct follow *follow);
void follow_free(struct follow *follow);

#endif
