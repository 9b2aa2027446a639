/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish.c - events and ticks as subscribers see them (docs/bus.md)
 *
 * Two frames each: a topic, for which libzmq compares prefixes, and JSON. A
 * tick is not an event: it has no number of its own and nobody stores it. It
 * repeats the last number, so that a subscriber that got everything up to there
 * knows it, and one that lost the end of a burst learns it within a second.
 *
 * Owns nothing but memory that is used again. Ends the process never.
 */
#include "publish.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "event.h"

#define TICK_TOPIC "bus.tick"

int
publish_render(struct publisher *publisher, const struct endpoint *endpoint,
	       uint64_t sequence, struct docket_bytes bytes)
{
	struct event event;
	int error = event_decode(bytes, &event);

	if (error)
		return error;
	publisher->topic.size = 0;
	publisher->body.size = 0;
	event_put_topic(&publisher->topic, &event);
	event_put_json(&publisher->body, &event, publisher->source,
		       endpoint->stream, sequence);
	return 0;
}

int
publish_event(struct publisher *publisher, struct endpoint *endpoint,
	      uint64_t sequence, struct docket_bytes bytes)
{
	int error = publish_render(publisher, endpoint, sequence, bytes);

	if (error)
		return error;
	error = endpoint_send(endpoint, buffer_bytes(&publisher->topic),
			      buffer_bytes(&publisher->body));
	if (error)
		return error;
	endpoint->head = sequence;
	endpoint->published = sequence;
	return 0;
}

static int64_t
read_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int
publish_tick(struct publisher *publisher, struct endpoint *endpoint)
{
	auto_buffer struct buffer time = { 0 };
	char sequence[21];
	struct json json;

	snprintf(sequence, sizeof(sequence), "%020" PRIu64, endpoint->head);
	json_put_time(&time, read_clock_ms());
	publisher->body.size = 0;
	json_init(&json, &publisher->body);
	json_begin_object(&json);
	json_member(&json, "stream", bytes_of(endpoint->stream));
	json_member(&json, "sequence", bytes_of(sequence));
	json_member(&json, "time", buffer_bytes(&time));
	json_end_object(&json);
	return endpoint_send(endpoint, bytes_of(TICK_TOPIC),
			     buffer_bytes(&publisher->body));
}

void
publish_fini(struct publisher *publisher)
{
	free(publisher->source);
	buffer_fini(&publisher->topic);
	buffer_fini(&publisher->body);
}
