/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_event.c - a packed event from the journal or from another process
 *
 * What is taken packs to the same bytes again, and its CloudEvent is never
 * larger than promised.
 */
#include "fuzz.h"

#include <assert.h>

#include "event.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct docket_bytes from = { (const char *)data, size };
	auto_buffer struct buffer again = { 0 };
	auto_buffer struct buffer topic = { 0 };
	auto_buffer struct buffer json = { 0 };
	struct event event;

	if (event_decode(from, &event) < 0)
		return 0;
	event_encode(&again, &event);
	/* One of an older version grows by what it lacked. */
	assert(again.size > size || bytes_equal(buffer_bytes(&again), from));
	event_put_topic(&topic, &event);
	assert(topic.size < 256);
	event_put_json(&json, &event, "/docket/fuzz", "stream", UINT64_MAX);
	assert(json.size <= EVENT_JSON_LIMIT);
	return 0;
}
