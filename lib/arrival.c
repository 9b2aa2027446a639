/* SPDX-License-Identifier: Apache-2.0 */
/*
 * arrival.c - names of states, the packed and the JSON form of an arrival
 *
 * Owns nothing, reads packed arrivals that other processes sent. Never ends
 * the process.
 */
#include "arrival.h"

#include <errno.h>
#include <string.h>

#include "cure.h"
#include "escape.h"
#include "frame.h"

#define ARRIVAL_VERSION 1

static const struct {
	const char *name;
	bool is_final;
} states[ARRIVAL_STATE_COUNT] = {
	[ARRIVAL_NEW] = { "new", false },
	[ARRIVAL_QUEUED] = { "queued", false },
	[ARRIVAL_READING] = { "reading", false },
	[ARRIVAL_BLOCKED] = { "blocked", false },
	[ARRIVAL_DONE] = { "done", true },
	[ARRIVAL_DUPLICATE] = { "duplicate", true },
	[ARRIVAL_QUARANTINED] = { "quarantined", true },
	[ARRIVAL_IGNORED] = { "ignored", true },
	[ARRIVAL_VANISHED] = { "vanished", true },
	[ARRIVAL_SUPERSEDED] = { "superseded", true },
	[ARRIVAL_DISCARDED] = { "discarded", true },
};

static const char *const origins[ORIGIN_COUNT] = {
	[ORIGIN_MOVED] = "moved", [ORIGIN_WRITTEN] = "written",
	[ORIGIN_FOUND] = "found", [ORIGIN_ADDED] = "added",
	[ORIGIN_CHILD] = "child",
};

/* What is packed: the version comes first and says which members follow. */
struct packed {
	uint32_t version;
	struct arrival arrival;
};

#define MEMBER(member) FRAME_MEMBER(struct packed, member)

static const struct frame_field fields[] = {
	MEMBER(version),
	MEMBER(arrival.number),
	MEMBER(arrival.state),
	MEMBER(arrival.origin),
	MEMBER(arrival.parent),
	MEMBER(arrival.original),
	MEMBER(arrival.inbox),
	MEMBER(arrival.name),
	MEMBER(arrival.digest),
	MEMBER(arrival.size),
	MEMBER(arrival.received_ms),
	MEMBER(arrival.settled_ms),
	MEMBER(arrival.attempts),
	MEMBER(arrival.retries),
	MEMBER(arrival.not_before_ms),
	MEMBER(arrival.device),
	MEMBER(arrival.inode),
	MEMBER(arrival.mtime_ns),
	MEMBER(arrival.owner),
	MEMBER(arrival.media_type),
	MEMBER(arrival.language),
	MEMBER(arrival.class),
	MEMBER(arrival.symbols),
	MEMBER(arrival.date),
	MEMBER(arrival.title),
	MEMBER(arrival.stage),
	MEMBER(arrival.plugin),
	MEMBER(arrival.reason),
	MEMBER(arrival.detail),
	{ FRAME_END, 0 },
};

const char *
arrival_state_name(enum arrival_state state)
{
	return state < ARRIVAL_STATE_COUNT ? states[state].name : "unknown";
}

int
arrival_state_of(const char *name)
{
	for (int state = 0; state < ARRIVAL_STATE_COUNT; state++)
		if (!strcmp(states[state].name, name))
			return state;
	return -1;
}

const char *
arrival_origin_name(enum arrival_origin origin)
{
	return origin < ORIGIN_COUNT && origins[origin] ? origins[origin]
							: "unknown";
}

bool
arrival_is_final(enum arrival_state state)
{
	return state < ARRIVAL_STATE_COUNT && states[state].is_final;
}

const char *
arrival_cure(const struct arrival *arrival)
{
	return arrival->state == ARRIVAL_QUARANTINED
		       ? cure_find(arrival->reason)
		       : NULL;
}

void
arrival_encode(struct buffer *out, const struct arrival *arrival)
{
	struct packed packed = { ARRIVAL_VERSION, *arrival };

	frame_put_struct(out, fields, &packed);
}

int
arrival_decode(struct docket_bytes from, struct arrival *out_arrival)
{
	struct packed packed;
	int result = frame_get_struct(from, fields, &packed);

	if (result < 0)
		return result;
	if (packed.version != ARRIVAL_VERSION ||
	    packed.arrival.state >= ARRIVAL_STATE_COUNT ||
	    packed.arrival.origin >= ORIGIN_COUNT)
		return -EBADMSG;
	*out_arrival = packed.arrival;
	return 0;
}

void
arrival_put_name(struct json *json, struct docket_bytes name)
{
	auto_buffer struct buffer base64 = { 0 };

	if (escape_is_utf8(name)) {
		json_member(json, "name", name);
		json_key(json, "name_base64");
		json_null(json);
		return;
	}
	escape_put_base64(&base64, name);
	json_key(json, "name");
	json_null(json);
	json_member(json, "name_base64", buffer_bytes(&base64));
}

void
arrival_put_symbols(struct json *json, struct docket_bytes symbols)
{
	const char *at = symbols.data;
	const char *end = at + symbols.size;

	json_key(json, "symbols");
	json_begin_array(json);
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t size = (size_t)((stop ? stop : end) - at);

		if (size > 0)
			json_string(json, (struct docket_bytes){ at, size });
		at += size + 1;
	}
	json_end_array(json);
}

/* A number that is null where it is 0. */
static void
put_number(struct json *json, const char *key, uint64_t number)
{
	json_key(json, key);
	if (number > 0)
		json_uint(json, number);
	else
		json_null(json);
}

/* A time that is null where it is 0. */
static void
put_time(struct json *json, const char *key, int64_t time_ms)
{
	auto_buffer struct buffer text = { 0 };

	if (time_ms != 0)
		json_put_time(&text, time_ms);
	json_member(json, key, buffer_bytes(&text));
}

static void
put_digest(struct json *json, const struct digest *digest)
{
	char text[DIGEST_TEXT_SIZE];

	json_key(json, "id");
	if (digest_is_zero(digest))
		json_null(json);
	else
		json_text(json, digest_format(digest, text));
}

/* A string that is null where it is empty. */
static void
put_string(struct json *json, const char *key, struct docket_bytes value)
{
	if (value.size == 0)
		value.data = NULL;
	json_member(json, key, value);
}

void
arrival_put_json(struct json *json, const struct arrival *arrival)
{
	json_key(json, "arrival");
	json_uint(json, arrival->number);
	json_key(json, "state");
	json_text(json, arrival_state_name(arrival->state));
	json_key(json, "origin");
	json_text(json, arrival_origin_name(arrival->origin));
	put_string(json, "inbox", arrival->inbox);
	arrival_put_name(json, arrival->name);
	put_digest(json, &arrival->digest);
	json_key(json, "size");
	json_uint(json, arrival->size);
	put_time(json, "received", arrival->received_ms);
	put_time(json, "settled", arrival->settled_ms);
	json_key(json, "attempts");
	json_uint(json, arrival->attempts);
	put_time(json, "not_before", arrival->not_before_ms);
	put_number(json, "parent", arrival->parent);
	put_number(json, "original", arrival->original);
	put_string(json, "media_type", arrival->media_type);
	put_string(json, "language", arrival->language);
	put_string(json, "class", arrival->class);
	arrival_put_symbols(json, arrival->symbols);
	put_string(json, "date", arrival->date);
	put_string(json, "title", arrival->title);
	put_string(json, "stage", arrival->stage);
	put_string(json, "plugin", arrival->plugin);
	put_string(json, "reason", arrival->reason);
	put_string(json, "detail", arrival->detail);
	json_member(json, "cure", bytes_of(arrival_cure(arrival)));
}
