/* SPDX-License-Identifier: Apache-2.0 */
/*
 * state.h - the life of an arrival: state x fact -> what becomes of it
 *
 * Pure: no SQL, no clock, no loop. The journal asks inside its transaction and
 * writes down the answer.
 */
#ifndef DAEMON_STATE_H
#define DAEMON_STATE_H

#include "fact.h"

/* What is known when a fact is decided on. */
struct state_question {
	enum fact_kind fact;
	enum arrival_state state; /* ARRIVAL_NEW: there is no row */
	uint32_t attempts;	  /* of the row */
	uint32_t attempts_limit;  /* so many and no more */
	uint32_t retries;	  /* of the row */
	bool has_bytes;		  /* it was copied before it was set aside */
	uint64_t twin;	  /* a done arrival of the same bytes and inbox, or 0 */
	bool has_reader;  /* TAKEN: room in a reader is reserved for it */
	bool may_block;	  /* SKIPPED: a plugin that may read it did not load */
	bool is_known;	  /* an older row is about this very file */
	bool is_too_deep; /* TAKEN: in so many others that it must wait */
};

struct state_answer {
	enum fact_outcome outcome;
	enum arrival_state next;
	uint32_t attempts;
	uint32_t retries;
	uint32_t delay_ms; /* QUEUED: not before so long */
	bool is_forgotten; /* its bytes are to go, unless others have them */
	bool is_cleared;   /* its file in the spool is dealt with */
	enum event_type events[3]; /* in order, ends with EVENT_NONE */
};

struct state_answer state_decide(const struct state_question *question);

#endif
