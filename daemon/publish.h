/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish.h - docket-bus: its process, and how far each stream has got
 *
 * Events go to docket-bus in the order of their streams, from the journal,
 * after they were committed. Where it is said to have got is written down
 * lazily, so after a crash some events may go out once more, never too few.
 *
 * Subscribers that catch up are docket-bus's business; it asks for a page of a
 * stream, one at a time, and gets it from the journal.
 */
#ifndef DAEMON_PUBLISH_H
#define DAEMON_PUBLISH_H

#include "catalog.h"
#include "child.h"
#include "journal_query.h"

struct publish;

struct publish_stream {
	struct publish *publish;
	char *name;	    /* of its cursor: "bus NAME" */
	uint64_t given;	    /* to docket-bus */
	uint64_t published; /* says docket-bus */
	uint64_t reported;  /* to the journal */
	bool knows_cursor;
	bool is_asking;
	bool is_behind;
};

struct publish {
	struct child child;
	struct fact_queue *queue;    /* borrowed */
	struct journal *journal;     /* borrowed */
	const struct config *config; /* borrowed */
	struct publish_stream *streams;
	size_t count;
	const char *argv[2];
	uint64_t last_event; /* in the journal, as far as is known here */
	char *refusal;	     /* why there is no bus, or NULL */
	uint64_t life;	     /* of docket-bus: an answer is for who asked */
	bool is_fetching;
	bool is_stopping;
};

void publish_init(struct publish *publish, uv_loop_t *loop,
		  struct fact_queue *queue, struct journal *journal,
		  struct catalog *catalog, const struct config *config,
		  int lock);
void publish_start(struct publish *publish);

/* As follow_expect() and follow_wake(). */
void publish_expect(struct publish *publish);
void publish_wake(struct publish *publish, uint64_t last_event);

/* Write down how far it has got, if it got further. */
void publish_report(struct publish *publish);

/* Can the bus be subscribed to, or is it known why not? */
bool publish_is_settled(const struct publish *publish);

/* Has docket-bus been given all there is? */
bool publish_is_even(const struct publish *publish);

/* ---- publish_fetch.c, for publish.c ---- */

/* docket-bus asks for a page. False: that makes no sense. */
bool publish_fetch(struct publish *publish, const struct frame *frame);

/* ---- the end ---- */

void publish_stop(struct publish *publish);
bool publish_is_gone(const struct publish *publish);
void publish_fini(struct publish *publish);
void publish_free(struct publish *publish);

#endif
