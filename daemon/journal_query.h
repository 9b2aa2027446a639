/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_query.h - questions to the journal, answered from its thread
 *
 * A question is asked on the loop and answered between two transactions; the
 * answer is whole and the asker's. Long lists are asked for page by page.
 */
#ifndef DAEMON_JOURNAL_QUERY_H
#define DAEMON_JOURNAL_QUERY_H

#include "journal.h"

enum journal_question {
	/* arrivals above `after`, by `states` and `inbox`; row */
	QUERY_ARRIVALS,
	/* one, by number or (number 0) digest; row, and `content` of it */
	QUERY_ARRIVAL,
	/* the same, its parent's row, and behind it those of its children */
	QUERY_FAMILY,
	/* those of `numbers`, in that order; row, `content`, parent's row */
	QUERY_NUMBERS,
	/* events above `after`; key is the number, body the event; floor */
	QUERY_EVENTS,
	/* parsed events above `after`; body, arrival, the record's content */
	QUERY_PARSED,
	/* events of `stream` above `after`; key is the sequence, body; both */
	QUERY_STREAM,
	/* queued arrivals; key is the number, attempts, not_before_ms */
	QUERY_QUEUED,
	/* arrivals by state; key is the state, size how many */
	QUERY_COUNTS,
	/* ties of an arrival, those of `states`; key is the relation, body the
	 * symbol, row the other arrival; head: 0 if there is no such arrival */
	QUERY_RELATIONS,
	/* where `follower` is; key is its cursor */
	QUERY_CURSOR,
};

enum journal_content {
	CONTENT_NONE = 0,
	CONTENT_BLOB,	/* the original bytes */
	CONTENT_RECORD, /* what reading them produced */
};

struct journal_item {
	uint64_t key;
	uint64_t arrival;
	uint32_t attempts;
	int64_t not_before_ms;
	struct buffer row;    /* arrival_encode() */
	struct buffer parent; /* the same: what it came out of, if anything */
	struct buffer body;   /* event_encode() */
	struct buffer content;
	int fd;	       /* content as a read-only file, or -1 */
	uint64_t size; /* of the content */
};

struct journal_query {
	struct journal_job job;
	enum journal_question question;
	uint64_t after;
	uint32_t limit;	 /* 0: no limit */
	uint32_t newest; /* ARRIVALS: only the last so many; 0: all */
	uint64_t
		limit_bytes; /* of content; the last item may go over; 0: none */
	uint32_t states;
	char *inbox; /* heap or NULL: any */
	uint64_t number;
	struct digest digest;
	uint64_t *numbers; /* heap */
	size_t number_count;
	size_t stream;	      /* index */
	const char *follower; /* borrowed */
	enum journal_content content;

	uint64_t floor;	     /* numbers or sequences up to here were deleted */
	uint64_t head;	     /* the last there is */
	uint64_t last_event; /* of the journal, when this was answered */

	struct journal_item *items;
	size_t count, capacity;

	void (*done)(struct journal_query *query);
	void *owner; /* the asker's */
};

struct journal_query *journal_query_new(enum journal_question question,
					void *owner,
					void (*done)(struct journal_query *));
struct journal_query *journal_query_free(struct journal_query *query);

/* Takes the query until done(), which is to free it. */
void journal_ask(struct journal *journal, struct journal_query *query);

/* The item's descriptor, the caller's; the item has none then. */
int journal_item_take_fd(struct journal_item *item);

#endif
