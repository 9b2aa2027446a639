/* SPDX-License-Identifier: Apache-2.0 */
/*
 * endpoint.h - one stream's two sockets, their addresses and limits
 */
#ifndef BUS_ENDPOINT_H
#define BUS_ENDPOINT_H

#include "fault.h"
#include "message.h"

struct endpoint {
	uint32_t index; /* docketd's name for it */
	char *name;
	char *address;
	char *replay; /* address */
	char *stream;
	void *socket;	    /* XPUB; NULL until bound */
	void *router;	    /* where subscribers catch up; NULL until bound */
	uint64_t head;	    /* last event sent, or before it the journal's */
	uint64_t published; /* what docketd was not yet told; 0: nothing */
};

/* Take over what the message says; nothing is opened. */
void endpoint_init(struct endpoint *endpoint,
		   const struct message_endpoint *message);

/*
 * Open both addresses for subscribers; context is zmq's. 0, or a negative
 * errno with a sentence for the operator. Blocks no longer than bind() does.
 */
int endpoint_bind(struct endpoint *endpoint, void *context,
		  struct fault *fault);

/*
 * Hand two frames to every subscriber that wants them and has room; never
 * blocks. A negative errno is libzmq's bug or ours.
 */
int endpoint_send(struct endpoint *endpoint, struct docket_bytes topic,
		  struct docket_bytes body);

/*
 * Hand frames to one peer of the router. 0; -EAGAIN: so much waits for it
 * already; -EHOSTUNREACH: it is gone; other: libzmq's bug or ours.
 */
int endpoint_answer(struct endpoint *endpoint, struct docket_bytes peer,
		    const struct docket_bytes *frames, size_t count);

/* Take subscriptions off the socket, a bounded number of them. */
void endpoint_drain(struct endpoint *endpoint);

/* What was sent last may still go out for a moment after this. */
void endpoint_fini(struct endpoint *endpoint);

#endif
