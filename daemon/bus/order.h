/* SPDX-License-Identifier: Apache-2.0 */
/*
 * order.h - what docketd orders, and what it is told
 */
#ifndef BUS_ORDER_H
#define BUS_ORDER_H

#include "replay.h"

/* The whole of docket-bus. */
struct bus {
	void *context; /* zmq's, the only one */
	struct publisher publisher;
	struct replay replay;
	struct endpoint *endpoints;
	size_t endpoint_count;
	size_t endpoint_capacity;
	struct frame_stream orders;
	struct buffer answers; /* not yet taken by the socket */
};

/* Positive answers. */
enum {
	ORDER_ENDED = 1,   /* docketd is gone */
	ORDER_REFUSED = 2, /* an address is of no use, and docketd was told */
};

/*
 * Wait for the whole set-up, open every address and say that we are ready. 0,
 * one of the answers above, or a negative errno where docketd makes no sense.
 * The socket is non-blocking afterwards.
 */
int order_set_up(struct bus *bus);

/* Obey what has come. 0, ORDER_ENDED, or a negative errno as above. */
int order_obey(struct bus *bus, int64_t now_ms);

/*
 * Tell docketd how far each endpoint is, and ask it for what a subscriber
 * missed. What its socket does not take now waits in bus->answers for the next
 * call. Same answers.
 */
int order_answer(struct bus *bus, int64_t now_ms);

#endif
