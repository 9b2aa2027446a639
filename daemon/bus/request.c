/* SPDX-License-Identifier: Apache-2.0 */
/*
 * request.c - what a subscriber asks for when it catches up (docs/bus.md)
 *
 * Pure: frames of a stranger in, a request or a sentence out. Every field is a
 * frame of its own, so there is nothing to quote and nothing to nest.
 */
#include "request.h"

#include <errno.h>
#include <string.h>

static const char version[] = "docket.replay/1";

enum { FRAME_VERSION, FRAME_STREAM, FRAME_AFTER, FRAME_CREDIT, FRAME_PREFIXES };

/* Digits only, as many as a sequence has. 0, or -EINVAL. */
static int
parse_number(struct docket_bytes text, uint64_t *out_number)
{
	uint64_t number = 0;

	if (text.size == 0 || text.size > 20)
		return -EINVAL;
	for (size_t i = 0; i < text.size; i++) {
		unsigned digit = (unsigned char)text.data[i] - (unsigned)'0';

		if (digit > 9 || number > (UINT64_MAX - digit) / 10)
			return -EINVAL;
		number = number * 10 + digit;
	}
	*out_number = number;
	return 0;
}

const char *
request_parse(const struct docket_bytes *frames, size_t count,
	      struct request *out_request)
{
	uint64_t after, credit;

	if (count == 0 ||
	    !bytes_equal(frames[FRAME_VERSION], bytes_of(version)))
		return "the first frame of a request is docket.replay/1";
	if (count < FRAME_PREFIXES)
		return "a request is docket.replay/1, stream, after, credit "
		       "and topics";
	if (count > REQUEST_FRAME_LIMIT)
		return "a request names at most 16 topics";
	if (parse_number(frames[FRAME_AFTER], &after) < 0)
		return "the number after which to begin is up to 20 digits";
	if (parse_number(frames[FRAME_CREDIT], &credit) < 0 || credit == 0 ||
	    credit > REQUEST_CREDIT_LIMIT)
		return "the credit is a number from 1 to 1000";
	*out_request = (struct request){
		.stream = frames[FRAME_STREAM],
		.after = after,
		.credit = (uint32_t)credit,
		.prefixes = frames + FRAME_PREFIXES,
		.prefix_count = count - FRAME_PREFIXES,
	};
	return NULL;
}

bool
request_wants(const struct request *request, struct docket_bytes topic)
{
	for (size_t i = 0; i < request->prefix_count; i++) {
		struct docket_bytes prefix = request->prefixes[i];

		if (prefix.size == 0 ||
		    (prefix.size <= topic.size &&
		     memcmp(prefix.data, topic.data, prefix.size) == 0))
			return true;
	}
	return request->prefix_count == 0;
}
