/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish.h - events and ticks as subscribers see them (docs/bus.md)
 */
#ifndef BUS_PUBLISH_H
#define BUS_PUBLISH_H

#include "endpoint.h"

/* A zeroed one whose source is set is ready. */
struct publisher {
	char *source;	     /* CloudEvents source; heap */
	struct buffer topic; /* both: what was rendered last */
	struct buffer body;
};

/*
 * Make topic and body of an event as number sequence of the endpoint's stream.
 * 0; or -EBADMSG where the bytes are no event.
 */
int publish_render(struct publisher *publisher, const struct endpoint *endpoint,
		   uint64_t sequence, struct docket_bytes event);

/*
 * Send an event as number sequence of the endpoint's stream. 0; -EBADMSG where
 * the bytes are no event; or what endpoint_send() says.
 */
int publish_event(struct publisher *publisher, struct endpoint *endpoint,
		  uint64_t sequence, struct docket_bytes event);

/* Say on the endpoint that it lives, and which number was the last. */
int publish_tick(struct publisher *publisher, struct endpoint *endpoint);

void publish_fini(struct publisher *publisher);

#endif
