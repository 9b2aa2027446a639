/* SPDX-License-Identifier: Apache-2.0 */
/*
 * replay.c - subscribers that catch up: their requests, page by page
 *
 * Owns the requests, one a peer. They stand in a queue; the first has docketd
 * asked for a page, gets the events of it that it wants, and goes to the end of
 * the queue or is done. Ends the process never.
 *
 * A peer that does not read has so many messages waiting and no more. Its
 * request pauses there, and is forgotten when nothing moved for some seconds:
 * whoever wants the rest asks again, for it knows how far it got.
 */
#include "replay.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

#include "request.h"

enum {
	READ_LIMIT = 100,    /* requests a turn */
	REQUEST_LIMIT = 64,  /* under way */
	PAGE_ROWS = 250,     /* some milliseconds of docketd's journal */
	SCAN_LIMIT = 10000,  /* rows that one request may have looked at */
	PAUSE_MS = 10,	     /* before a stuck peer is tried again */
	PATIENCE_MS = 10000, /* with a stuck peer */
	PART_BYTES = 1024,
};

struct replay_request {
	TAILQ_ENTRY(replay_request) next;
	struct endpoint *endpoint;
	struct docket_bytes peer;
	struct request wanted;
	uint64_t after; /* everything up to here was sent or is not wanted */
	uint32_t credit;
	uint32_t scan; /* rows that may still be looked at */
	int64_t not_before_ms;
	int64_t until_ms;
	struct buffer memory; /* of peer and prefixes */
};

/* One message off a router; more frames than these are counted as one more. */
struct incoming {
	struct docket_bytes peer;
	struct docket_bytes frames[REQUEST_FRAME_LIMIT + 1];
	size_t count;
	char memory[REQUEST_FRAME_LIMIT + 2][PART_BYTES];
};

void
replay_init(struct replay *replay)
{
	*replay = (struct replay){ .count = 0 };
	TAILQ_INIT(&replay->requests);
}

static void
drop_request(struct replay *replay, struct replay_request *request)
{
	TAILQ_REMOVE(&replay->requests, request, next);
	replay->count--;
	buffer_fini(&request->memory);
	free((void *)request->wanted.prefixes);
	free(request);
}

void
replay_fini(struct replay *replay)
{
	while (!TAILQ_EMPTY(&replay->requests))
		drop_request(replay, TAILQ_FIRST(&replay->requests));
	replay->asked = NULL;
}

/* ---- answers ---- */

struct digits {
	char text[21];
};

static struct docket_bytes
put_number(struct digits *digits, uint64_t number)
{
	snprintf(digits->text, sizeof(digits->text), "%020" PRIu64, number);
	return bytes_of(digits->text);
}

/* Whoever does not take it asks again, or is gone. */
static void
answer_error(struct endpoint *endpoint, struct docket_bytes peer,
	     const char *sentence)
{
	struct docket_bytes frames[] = {
		bytes_of("error"),
		bytes_of(sentence),
	};

	endpoint_answer(endpoint, peer, frames, ARRAY_SIZE(frames));
}

static int
answer_stream(struct endpoint *endpoint, struct docket_bytes peer,
	      uint64_t head)
{
	struct digits digits;
	struct docket_bytes frames[] = {
		bytes_of("stream"),
		bytes_of(endpoint->stream),
		put_number(&digits, head),
	};

	return endpoint_answer(endpoint, peer, frames, ARRAY_SIZE(frames));
}

static int
answer_gap(const struct replay_request *request, uint64_t floor)
{
	struct digits digits;
	struct docket_bytes frames[] = {
		bytes_of("gap"),
		bytes_of(request->endpoint->stream),
		put_number(&digits, floor),
	};

	return endpoint_answer(request->endpoint, request->peer, frames,
			       ARRAY_SIZE(frames));
}

static int
answer_checked(const struct replay_request *request, uint64_t head)
{
	struct digits after_digits, head_digits;
	struct docket_bytes frames[] = {
		bytes_of("checked"),
		bytes_of(request->endpoint->stream),
		put_number(&after_digits, request->after),
		put_number(&head_digits, head),
	};

	return endpoint_answer(request->endpoint, request->peer, frames,
			       ARRAY_SIZE(frames));
}

/* ---- requests ---- */

/* 1: a message; 0: none; or a negative errno. */
static int
receive(void *router, struct incoming *out_incoming)
{
	size_t last = ARRAY_SIZE(out_incoming->memory) - 1;
	int has_more = 1;
	size_t size = sizeof(has_more);

	out_incoming->count = 0;
	for (size_t i = 0; has_more; i++) {
		char *at = out_incoming->memory[i < last ? i : last];
		int got = zmq_recv(router, at, PART_BYTES, ZMQ_DONTWAIT);
		struct docket_bytes frame = { at, (size_t)got };

		if (got < 0)
			return errno == EAGAIN || errno == EINTR ? 0 : -errno;
		if (got > PART_BYTES)
			return -EMSGSIZE; /* over the socket's own limit */
		if (i == 0)
			out_incoming->peer = frame;
		else if (i <= last)
			out_incoming->frames[out_incoming->count++] = frame;
		if (zmq_getsockopt(router, ZMQ_RCVMORE, &has_more, &size) < 0)
			return -errno;
	}
	return 1;
}

static bool
is_under_way(const struct replay *replay, const struct endpoint *endpoint,
	     struct docket_bytes peer)
{
	const struct replay_request *request;

	TAILQ_FOREACH(request, &replay->requests, next)
	if (request->endpoint == endpoint && bytes_equal(request->peer, peer))
		return true;
	return false;
}

/* Copies what the request lends from the message. */
static void
add_request(struct replay *replay, struct endpoint *endpoint,
	    struct docket_bytes peer, const struct request *wanted,
	    int64_t now_ms)
{
	struct replay_request *request = mem_alloc(sizeof(*request));
	struct docket_bytes *prefixes = NULL;
	size_t size = peer.size;
	const char *at;

	for (size_t i = 0; i < wanted->prefix_count; i++)
		size += wanted->prefixes[i].size;
	at = buffer_reserve(&request->memory, size);
	buffer_put_bytes(&request->memory, peer);
	request->peer = (struct docket_bytes){ at, peer.size };
	at += peer.size;
	if (wanted->prefix_count > 0)
		prefixes = mem_alloc_array(wanted->prefix_count,
					   sizeof(*prefixes));
	for (size_t i = 0; i < wanted->prefix_count; i++) {
		buffer_put_bytes(&request->memory, wanted->prefixes[i]);
		prefixes[i] =
			(struct docket_bytes){ at, wanted->prefixes[i].size };
		at += prefixes[i].size;
	}
	request->endpoint = endpoint;
	request->wanted = (struct request){
		.prefixes = prefixes,
		.prefix_count = wanted->prefix_count,
	};
	request->after = wanted->after;
	request->credit = wanted->credit;
	request->scan = SCAN_LIMIT;
	request->not_before_ms = now_ms;
	request->until_ms = now_ms + PATIENCE_MS;
	TAILQ_INSERT_TAIL(&replay->requests, request, next);
	replay->count++;
}

static void
take_message(struct replay *replay, struct endpoint *endpoint,
	     const struct incoming *incoming, int64_t now_ms)
{
	struct docket_bytes peer = incoming->peer;
	struct request wanted;
	const char *wrong =
		request_parse(incoming->frames, incoming->count, &wanted);

	if (wrong)
		answer_error(endpoint, peer, wrong);
	else if (!bytes_equal(wanted.stream, bytes_of(endpoint->stream)))
		answer_stream(endpoint, peer, endpoint->head);
	else if (is_under_way(replay, endpoint, peer))
		answer_error(endpoint, peer,
			     "your request before this one is under way");
	else if (replay->count >= REQUEST_LIMIT)
		answer_error(endpoint, peer, "too many catch up; try again");
	else
		add_request(replay, endpoint, peer, &wanted, now_ms);
}

int
replay_read(struct replay *replay, struct endpoint *endpoint, int64_t now_ms)
{
	struct incoming incoming;

	for (int i = 0; i < READ_LIMIT; i++) {
		int got = receive(endpoint->router, &incoming);

		if (got <= 0)
			return got;
		take_message(replay, endpoint, &incoming, now_ms);
	}
	return 0;
}

/* ---- pages ---- */

bool
replay_next(struct replay *replay, int64_t now_ms,
	    struct message_fetch *out_fetch)
{
	struct replay_request *request;
	uint32_t limit = PAGE_ROWS;

	if (replay->asked)
		return false;
	TAILQ_FOREACH(request, &replay->requests, next)
	if (request->not_before_ms <= now_ms)
		break;
	if (!request)
		return false;
	if (request->wanted.prefix_count == 0 && request->credit < limit)
		limit = request->credit > 0 ? request->credit : 1;
	replay->asked = request;
	replay->page = request->credit > 0 ? PAGE_GOING : PAGE_SPENT;
	*out_fetch = (struct message_fetch){
		.index = request->endpoint->index,
		.limit = limit,
		.after = request->after,
	};
	return true;
}

int64_t
replay_due_ms(const struct replay *replay, int64_t latest_ms)
{
	const struct replay_request *request;

	if (replay->asked)
		return latest_ms;
	TAILQ_FOREACH(request, &replay->requests, next)
	if (request->not_before_ms < latest_ms)
		latest_ms = request->not_before_ms;
	return latest_ms;
}

/* Send it the event that was rendered last. */
static int
answer_event(struct replay_request *request, const struct publisher *publisher)
{
	struct docket_bytes frames[] = {
		bytes_of("event"),
		buffer_bytes(&publisher->topic),
		buffer_bytes(&publisher->body),
	};

	return endpoint_answer(request->endpoint, request->peer, frames,
			       ARRAY_SIZE(frames));
}

static enum replay_page
name_page(int error)
{
	if (error == -EAGAIN)
		return PAGE_STUCK;
	return error ? PAGE_GONE : PAGE_GOING;
}

int
replay_take_event(struct replay *replay, struct publisher *publisher,
		  const struct message_publish *event)
{
	struct replay_request *request = replay->asked;
	bool is_wanted;
	int error;

	if (!request || event->index != request->endpoint->index)
		return -EPROTO;
	if (replay->page != PAGE_GOING)
		return 0;
	if (event->sequence <= request->after)
		return -EPROTO;
	error = publish_render(publisher, request->endpoint, event->sequence,
			       event->event);
	if (error)
		return error;
	is_wanted = request_wants(&request->wanted,
				  buffer_bytes(&publisher->topic));
	if (is_wanted)
		replay->page = name_page(answer_event(request, publisher));
	if (replay->page != PAGE_GOING)
		return 0;
	request->after = event->sequence;
	request->scan -= request->scan > 0;
	request->credit -= is_wanted;
	if (request->credit == 0)
		replay->page = PAGE_SPENT;
	return 0;
}

/* It has enough to read: later, unless it has not read for long. */
static void
postpone(struct replay *replay, struct replay_request *request, int64_t now_ms)
{
	if (now_ms >= request->until_ms) {
		drop_request(replay, request);
		return;
	}
	request->not_before_ms = now_ms + PAUSE_MS;
}

/* Its turn is over; others come first. */
static void
put_last(struct replay *replay, struct replay_request *request, int64_t now_ms)
{
	request->until_ms = now_ms + PATIENCE_MS;
	TAILQ_REMOVE(&replay->requests, request, next);
	TAILQ_INSERT_TAIL(&replay->requests, request, next);
}

/* The last word to a request, by where it is between floor and head. */
static int
conclude(struct replay_request *request, const struct message_fetch_end *end)
{
	if (request->after > end->head)
		return answer_stream(request->endpoint, request->peer,
				     end->head);
	if (request->after < end->floor)
		return answer_gap(request, end->floor);
	return answer_checked(request, end->head);
}

int
replay_take_end(struct replay *replay, const struct message_fetch_end *end,
		int64_t now_ms)
{
	struct replay_request *request = replay->asked;
	bool is_kept;

	if (!request)
		return -EPROTO;
	replay->asked = NULL;
	is_kept = request->after >= end->floor && request->after <= end->head;
	if (replay->page == PAGE_GOING && is_kept) {
		if (end->checked < request->after)
			return -EPROTO;
		request->after = end->checked;
		if (request->after < end->head && request->scan > 0) {
			put_last(replay, request, now_ms);
			return 0;
		}
	}
	if (replay->page < PAGE_STUCK)
		replay->page = name_page(conclude(request, end));
	if (replay->page == PAGE_STUCK)
		postpone(replay, request, now_ms);
	else
		drop_request(replay, request);
	return 0;
}
