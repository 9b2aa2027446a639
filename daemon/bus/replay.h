/* SPDX-License-Identifier: Apache-2.0 */
/*
 * replay.h - subscribers that catch up: their requests, page by page
 *
 * Nothing is held here but who asked for what. docketd is asked for one page
 * of one request at a time, in turns, so nobody waits for the whole of
 * another's history.
 */
#ifndef BUS_REPLAY_H
#define BUS_REPLAY_H

#include <sys/queue.h>

#include "publish.h"

struct replay_request;

/* How far a page has come. */
enum replay_page {
	PAGE_GOING,
	PAGE_SPENT, /* the credit is; the rest of the page is not wanted */
	PAGE_STUCK, /* the peer has enough waiting for it */
	PAGE_GONE,  /* the peer is */
};

struct replay {
	TAILQ_HEAD(replay_list, replay_request) requests;
	size_t count;
	struct replay_request *asked; /* docketd was, for this one; or NULL */
	enum replay_page page;
};

void replay_init(struct replay *replay);
void replay_fini(struct replay *replay);

/*
 * Take requests off the endpoint's router, a bounded number of them; what is
 * wrong or too much is answered at once. 0, or a negative errno of libzmq.
 */
int replay_read(struct replay *replay, struct endpoint *endpoint,
		int64_t now_ms);

/* Is docketd to be asked something? Then *out_fetch is what. */
bool replay_next(struct replay *replay, int64_t now_ms,
		 struct message_fetch *out_fetch);

/* When replay_next() has to be called again at the latest. */
int64_t replay_due_ms(const struct replay *replay, int64_t latest_ms);

/*
 * docketd's answer: events, then the end. 0, or a negative errno where it
 * makes no sense.
 */
int replay_take_event(struct replay *replay, struct publisher *publisher,
		      const struct message_publish *event);
int replay_take_end(struct replay *replay, const struct message_fetch_end *end,
		    int64_t now_ms);

#endif
