/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fuzz_message.c - a frame of any type from another process
 *
 * The first two bytes are the type, the rest is the body. What is taken packs
 * to the same bytes again.
 */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "event.h"
#include "message.h"

/* Room for any message. */
union any {
	struct message_hello hello;
	struct message_plugin_row row;
	struct arrival arrival;
	struct event event;
	char bytes[1024];
};

static void
list_arrival(const struct arrival *arrival)
{
	auto_buffer struct buffer out = { 0 };
	struct json json;

	json_init(&json, &out);
	json_begin_object(&json);
	arrival_put_json(&json, arrival);
	json_end_object(&json);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	auto_buffer struct buffer again = { 0 };
	struct frame frame = { .fd = -1 };
	union any message;

	if (size < sizeof(frame.type))
		return 0;
	memcpy(&frame.type, data, sizeof(frame.type));
	frame.data = (const char *)data + sizeof(frame.type);
	frame.size = (uint32_t)(size - sizeof(frame.type));
	assert(message_type_name(frame.type));
	if (message_decode(&frame, &message) < 0)
		return 0;
	message_encode(&again, (enum message_type)frame.type, &message);
	/* An event of an older version grows by what it lacked. */
	if (frame.type == MESSAGE_EVENT &&
	    again.size > FRAME_HEADER_SIZE + frame.size)
		return 0;
	assert(again.size == FRAME_HEADER_SIZE + frame.size);
	assert(!memcmp(again.data + FRAME_HEADER_SIZE, frame.data, frame.size));
	if (frame.type == MESSAGE_ARRIVAL)
		list_arrival(&message.arrival);
	return 0;
}
