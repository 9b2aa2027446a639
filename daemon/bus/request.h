/* SPDX-License-Identifier: Apache-2.0 */
/*
 * request.h - what a subscriber asks for when it catches up
 */
#ifndef BUS_REQUEST_H
#define BUS_REQUEST_H

#include "mem.h"

enum {
	REQUEST_CREDIT_LIMIT = 1000,
	REQUEST_PREFIX_LIMIT = 16,
	REQUEST_FRAME_LIMIT = 4 + REQUEST_PREFIX_LIMIT,
};

struct request {
	struct docket_bytes stream;
	uint64_t after;
	uint32_t credit; /* so many events at most */
	const struct docket_bytes *prefixes;
	size_t prefix_count; /* 0: all topics */
};

/*
 * Take the frames of a message apart; out_request lends from them. count may
 * be more than REQUEST_FRAME_LIMIT, of which only so many are looked at. NULL,
 * or a sentence that says what is wrong.
 */
const char *request_parse(const struct docket_bytes *frames, size_t count,
			  struct request *out_request);

/* Does the topic begin with one of the prefixes? */
bool request_wants(const struct request *request, struct docket_bytes topic);

#endif
