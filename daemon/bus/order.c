/* SPDX-License-Identifier: Apache-2.0 */
/*
 * order.c - what docketd orders, and what it is told
 *
 * First the set-up, in which nothing else happens: HELLO, an ENDPOINT for each
 * address, START. Then PUBLISH, as many as docketd has, and what was asked for
 * with the one FETCH that may be under way. Answers are gathered:
 * one PUBLISHED a turn for each endpoint, with the highest number, and none
 * while an older one waits. So neither side can fill the other's memory.
 *
 * Owns the endpoints. Ends the process never: it answers, main() ends.
 */
#include "order.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>

/* Subscriptions are strangers' bytes that libzmq keeps. */
static int
limit_memory(uint64_t limit_bytes)
{
	struct rlimit limit = { limit_bytes, limit_bytes };

#ifdef __SANITIZE_ADDRESS__
	return 0; /* its shadow counts, and is larger than any limit */
#endif
	if (limit_bytes > 0 && setrlimit(RLIMIT_DATA, &limit) < 0)
		return -errno;
	return 0;
}

static int
obey_hello(struct bus *bus, const struct frame *frame)
{
	struct message_hello hello;
	int error = message_decode(frame, &hello);

	if (error)
		return error;
	if (hello.role != ROLE_BUS || bus->publisher.source)
		return -EPROTO;
	bus->publisher.source =
		mem_format("%.*s", (int)hello.source.size, hello.source.data);
	return limit_memory(hello.memory_limit_bytes);
}

static struct endpoint *
find_endpoint(struct bus *bus, uint32_t index)
{
	for (size_t i = 0; i < bus->endpoint_count; i++) {
		if (bus->endpoints[i].index == index)
			return &bus->endpoints[i];
	}
	return NULL;
}

static int
obey_endpoint(struct bus *bus, const struct frame *frame)
{
	struct message_endpoint message;
	int error = message_decode(frame, &message);

	if (error)
		return error;
	if (find_endpoint(bus, message.index))
		return -EPROTO;
	bus->endpoints = mem_grow_array(bus->endpoints, bus->endpoint_count,
					&bus->endpoint_capacity,
					sizeof(*bus->endpoints));
	endpoint_init(&bus->endpoints[bus->endpoint_count++], &message);
	return 0;
}

static int
refuse_endpoint(struct bus *bus, const struct endpoint *endpoint,
		const struct fault *fault)
{
	struct message_refused refused = {
		.plugin = bytes_of(endpoint->name),
		.detail = bytes_of(fault->text),
	};
	int error;

	message_encode(&bus->answers, MESSAGE_REFUSED, &refused);
	error = frame_send(bus->orders.fd, &bus->answers, -1);
	return error ? error : ORDER_REFUSED;
}

static int
obey_start(struct bus *bus)
{
	struct message_sequence ready = { 0 };
	struct fault fault = { 0 };

	if (!bus->publisher.source)
		return -EPROTO;
	for (size_t i = 0; i < bus->endpoint_count; i++) {
		struct endpoint *endpoint = &bus->endpoints[i];

		if (endpoint_bind(endpoint, bus->context, &fault) < 0)
			return refuse_endpoint(bus, endpoint, &fault);
	}
	message_encode(&bus->answers, MESSAGE_READY, &ready);
	return frame_send(bus->orders.fd, &bus->answers, -1);
}

static int
make_nonblocking(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0)
		return -errno;
	return 0;
}

/* An error that only means that docketd is no longer there. */
static int
end_of(int error)
{
	return error == -EPIPE || error == -ECONNRESET ? ORDER_ENDED : error;
}

int
order_set_up(struct bus *bus)
{
	struct frame frame = { .type = 0 };
	int answer = 0;

	while (answer == 0 && frame.type != MESSAGE_START) {
		answer = frame_receive(&bus->orders, -1, &frame);
		if (answer <= 0)
			return answer ? end_of(answer) : ORDER_ENDED;
		if (frame.type == MESSAGE_HELLO)
			answer = obey_hello(bus, &frame);
		else if (frame.type == MESSAGE_ENDPOINT)
			answer = obey_endpoint(bus, &frame);
		else if (frame.type == MESSAGE_START)
			answer = obey_start(bus);
		else
			answer = -EPROTO;
	}
	return answer ? end_of(answer) : make_nonblocking(bus->orders.fd);
}

static int
obey_publish(struct bus *bus, const struct frame *frame)
{
	struct message_publish publish;
	struct endpoint *endpoint;
	int error = message_decode(frame, &publish);

	if (error)
		return error;
	endpoint = find_endpoint(bus, publish.index);
	if (!endpoint)
		return -EPROTO;
	return publish_event(&bus->publisher, endpoint, publish.sequence,
			     publish.event);
}

static int
obey_fetched(struct bus *bus, const struct frame *frame)
{
	struct message_publish fetched;
	int error = message_decode(frame, &fetched);

	return error ? error
		     : replay_take_event(&bus->replay, &bus->publisher,
					 &fetched);
}

static int
obey_fetch_end(struct bus *bus, const struct frame *frame, int64_t now_ms)
{
	struct message_fetch_end end;
	int error = message_decode(frame, &end);

	return error ? error : replay_take_end(&bus->replay, &end, now_ms);
}

static int
obey(struct bus *bus, const struct frame *frame, int64_t now_ms)
{
	switch (frame->type) {
	case MESSAGE_PUBLISH:
		return obey_publish(bus, frame);
	case MESSAGE_FETCHED:
		return obey_fetched(bus, frame);
	case MESSAGE_FETCH_END:
		return obey_fetch_end(bus, frame, now_ms);
	default:
		return -EPROTO;
	}
}

int
order_obey(struct bus *bus, int64_t now_ms)
{
	struct frame frame;
	int filled = frame_stream_fill(&bus->orders);
	int answer;

	if (filled < 0 && filled != -EAGAIN)
		return end_of(filled);
	while ((answer = frame_stream_next(&bus->orders, &frame)) > 0) {
		answer = obey(bus, &frame, now_ms);
		if (answer)
			return answer;
	}
	if (answer < 0)
		return answer;
	return filled == 0 ? ORDER_ENDED : 0;
}

static void
gather_answers(struct bus *bus)
{
	for (size_t i = 0; i < bus->endpoint_count; i++) {
		struct endpoint *endpoint = &bus->endpoints[i];
		struct message_published published = {
			.index = endpoint->index,
			.sequence = endpoint->published,
		};

		if (endpoint->published > 0)
			message_encode(&bus->answers, MESSAGE_PUBLISHED,
				       &published);
		endpoint->published = 0;
	}
}

int
order_answer(struct bus *bus, int64_t now_ms)
{
	struct message_fetch fetch;
	ssize_t sent;

	if (bus->answers.size == 0)
		gather_answers(bus);
	if (replay_next(&bus->replay, now_ms, &fetch))
		message_encode(&bus->answers, MESSAGE_FETCH, &fetch);
	if (bus->answers.size == 0)
		return 0;
	sent = frame_send_some(bus->orders.fd, bus->answers.data,
			       bus->answers.size, -1);
	if (sent == -EAGAIN)
		return 0;
	if (sent < 0)
		return end_of((int)sent);
	buffer_drop(&bus->answers, (size_t)sent);
	return 0;
}
