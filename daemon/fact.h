/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fact.h - what callbacks write down for the next turn
 *
 * A libuv callback learns something, puts it into the queue and returns. The
 * turn gathers the queue, has the journal decide on and commit it as one
 * transaction, and acts on the verdicts. The queue belongs to the loop's
 * thread; while a turn is committed its facts belong to the journal's thread.
 */
#ifndef DAEMON_FACT_H
#define DAEMON_FACT_H

#include <uv.h>

#include "arrival.h"
#include "event.h"
#include "route.h"

enum fact_kind {
	/* of one arrival: rows of the table in state.c */
	FACT_TAKEN = 0,	    /* its bytes are copied and hashed: a new row */
	FACT_REFUSED,	    /* it cannot be taken: a new row says why */
	FACT_VANISHED,	    /* it was gone when it was to be claimed */
	FACT_LEASED,	    /* a reader has room for it */
	FACT_READ,	    /* its record is here */
	FACT_SKIPPED,	    /* no reader reads that type */
	FACT_REJECTED,	    /* a plugin says: the document's fault */
	FACT_FAILED,	    /* a plugin says: its own fault */
	FACT_POSTPONED,	    /* a plugin says: the world's fault, ask later */
	FACT_CRASHED,	    /* the reader died of it, or was killed */
	FACT_RETURNED,	    /* not begun when its reader died, or another's */
	FACT_SUPERSEDED,    /* its file changed after the copy */
	FACT_CLEARED,	    /* its file in the spool is gone */
	FACT_RETRY_ASKED,   /* a person: read it once more */
	FACT_DISCARD_ASKED, /* a person: give it up */
	FACT_ARRIVAL_COUNT,

	/* of the rest of the house */
	FACT_REPORTED = FACT_ARRIVAL_COUNT, /* a follower did something */
	FACT_HAPPENED, /* an event that concerns no arrival */
	FACT_COUNT
};

/* What the journal made of a fact. */
enum fact_outcome {
	OUTCOME_NOTHING = 0, /* the fact came too late, or the row is settled */
	OUTCOME_MOVED,	     /* the arrival is in fact->arrival.state now */
	OUTCOME_KNOWN, /* arrival.number was taken from this very file before */
	OUTCOME_REFUSED, /* a person asked for what cannot be done with it */
	OUTCOME_LOST,	 /* TAKEN: the stored bytes are gone, copy again */
};

/* An event that a follower consumed, and the arrival it was about. */
struct fact_subject {
	uint64_t event;
	uint64_t arrival;
};

struct catalog_plugin;

struct fact_string {
	struct fact_string *next;
	char data[];
};

/*
 * One fact; heap. Strings in arrival and event are lent from `strings`, or by
 * the journal from `row` once there is a verdict.
 */
struct fact {
	struct fact *next;
	enum fact_kind kind;

	struct arrival arrival; /* number 0: a new one; then what is known */
	struct buffer content;	/* TAKEN: small bytes; READ: the record */
	struct docket_bytes sketch; /* READ: of its text; or nothing */
	bool is_stored;	    /* TAKEN: the bytes are a file of the store */
	bool is_name_cut;   /* a row may know more of its name */
	bool is_too_deep;   /* TAKEN: out of so many, one in the other */
	bool may_block;	    /* SKIPPED: a reader plugin did not load */
	bool is_lazy;	    /* waits for a turn that others ask for */
	struct event event; /* HAPPENED */

	/*
	 * Of what ends a document's lease: a TAKEN of each that was taken out
	 * of it, in their order; heap. They are arrivals if it is done now.
	 */
	struct fact *members;

	/* REPORTED: where a follower is now, and what it did on the way */
	const char *follower; /* borrowed from the follower */
	uint64_t cursor;
	enum event_type report;	       /* EVENT_NONE: only the cursor */
	struct fact_subject *subjects; /* heap */
	size_t subject_count;

	/* Whom the outcome concerns; borrowed, NULL if nobody. */
	void *claim;   /* intake's */
	void *worker;  /* pool's: room that is reserved for it */
	void *request; /* control's: who waits for an answer */

	/* RETURNED, LEASED: who is asked */
	const struct catalog_plugin *elsewhere; /* a specialist; borrowed */
	struct route route;

	struct fact_string *strings; /* what fact_keep() kept */

	/* the verdict */
	enum fact_outcome outcome;
	struct buffer row;     /* arrival_encode() of the new state */
	uint64_t event_number; /* the last event it caused; 0 none */
};

struct fact *fact_new(enum fact_kind kind);
struct fact *fact_free(struct fact *fact);
/* Of a chain. */
void fact_free_all(struct fact *facts);
size_t fact_count_members(const struct fact *fact);
/* The bytes that it holds, with those of its members. */
size_t fact_bytes(const struct fact *fact);

/* Keep a copy with the fact. */
struct docket_bytes fact_keep(struct fact *fact, struct docket_bytes bytes);

/* An arrival's fact that says why: stage, plugin, reason, sentence. */
void fact_explain(struct fact *fact, const char *stage,
		  struct docket_bytes plugin, struct docket_bytes reason,
		  struct docket_bytes detail);

/* The queue of a loop, and the wish for a turn. */
struct fact_queue {
	struct fact *first;
	struct fact **last;
	size_t count;
	size_t urgent;	/* of those, the ones that are not lazy */
	size_t bytes;	/* of their contents */
	bool is_wanted; /* a turn */
	uv_idle_t idle; /* keeps the loop from sleeping on it */
};

void fact_queue_init(struct fact_queue *queue, uv_loop_t *loop);

/* Takes the fact. Unless it is lazy the loop's next turn comes at once. */
void fact_put(struct fact_queue *queue, struct fact *fact);

/* Ask for a turn without a fact. */
void fact_want_turn(struct fact_queue *queue);

/* Was a turn asked for? The wish is taken back: the caller grants it. */
bool fact_take_wish(struct fact_queue *queue);

/* Are so many facts queued that whoever can wait is to wait? */
bool fact_queue_is_long(const struct fact_queue *queue);

/* The first facts, limit of them at most; the caller's. */
struct fact *fact_gather(struct fact_queue *queue, size_t limit);

/* Takes what was gathered: it comes first again, and asks for no turn. */
void fact_put_back(struct fact_queue *queue, struct fact *facts);

/* An event that concerns no arrival; NULL strings are absent. */
void fact_tell(struct fact_queue *queue, enum event_type type,
	       const char *plugin, const char *detail);

#endif
