/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_request.c - a stranger asks docket-bus for events
 *
 * Each frame of the message is a byte that tells its size and so many bytes.
 * What is taken keeps the limits that the bus relies on.
 */
#include "fuzz.h"

#include <assert.h>

#include "request.h"

#define FRAMES_LIMIT (REQUEST_FRAME_LIMIT + 4)

static size_t
cut_into_frames(struct docket_bytes input,
		struct docket_bytes frames[FRAMES_LIMIT])
{
	size_t count = 0;

	for (size_t at = 0; at < input.size && count < FRAMES_LIMIT;) {
		size_t size = (unsigned char)input.data[at++];

		if (size > input.size - at)
			size = input.size - at;
		frames[count++] =
			(struct docket_bytes){ input.data + at, size };
		at += size;
	}
	return count;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct docket_bytes frames[FRAMES_LIMIT];
	struct docket_bytes input = { (const char *)data, size };
	size_t count = cut_into_frames(input, frames);
	struct request request;

	if (request_parse(frames, count, &request) != NULL)
		return 0;
	assert(request.credit >= 1 && request.credit <= REQUEST_CREDIT_LIMIT);
	assert(request.prefix_count <= REQUEST_PREFIX_LIMIT);
	assert(request.prefixes + request.prefix_count <= frames + count);
	for (size_t i = 0; i < request.prefix_count; i++)
		assert(request_wants(&request, request.prefixes[i]));
	request_wants(&request, input);
	return 0;
}
