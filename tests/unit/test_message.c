/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_message.c - the table of what docket's processes say
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "event.h"
#include "message.h"

/* Room for any message, and all zeros. */
union any {
	struct message_hello hello;
	struct message_plugin_row row;
	struct arrival arrival;
	struct event event;
	char bytes[1024];
};

/* The types that there are, with the size of their structs. */
static const size_t sizes[MESSAGE_TYPE_COUNT] = {
	[MESSAGE_HELLO] = sizeof(struct message_hello),
	[MESSAGE_PLUGIN] = sizeof(struct message_plugin),
	[MESSAGE_OPTION] = sizeof(struct message_option),
	[MESSAGE_ENDPOINT] = sizeof(struct message_endpoint),
	[MESSAGE_START] = 1, /* nothing, but it is there */
	[MESSAGE_LOADED] = sizeof(struct message_loaded),
	[MESSAGE_REFUSED] = sizeof(struct message_refused),
	[MESSAGE_READY] = sizeof(struct message_sequence),
	[MESSAGE_JOB] = sizeof(struct message_job),
	[MESSAGE_STARTED] = sizeof(struct message_lease),
	[MESSAGE_PROGRESS] = sizeof(struct message_lease),
	[MESSAGE_RECORD] = sizeof(struct message_record),
	[MESSAGE_FAILED] = sizeof(struct message_failed),
	[MESSAGE_DYING] = sizeof(struct message_dying),
	[MESSAGE_CHILD] = sizeof(struct message_child),
	[MESSAGE_CHILD_BYTES] = sizeof(struct message_child_bytes),
	[MESSAGE_PUT] = sizeof(struct message_put),
	[MESSAGE_REMOVE] = sizeof(struct message_put),
	[MESSAGE_COMMIT] = sizeof(struct message_sequence),
	[MESSAGE_COMMITTED] = sizeof(struct message_sequence),
	[MESSAGE_FIND] = sizeof(struct message_find),
	[MESSAGE_HIT] = sizeof(struct message_hit),
	[MESSAGE_FOUND] = sizeof(struct message_found),
	[MESSAGE_NOTIFY] = sizeof(struct message_notify),
	[MESSAGE_NOTIFIED] = sizeof(struct message_failed),
	[MESSAGE_PUBLISH] = sizeof(struct message_publish),
	[MESSAGE_PUBLISHED] = sizeof(struct message_published),
	[MESSAGE_FETCH] = sizeof(struct message_fetch),
	[MESSAGE_FETCHED] = sizeof(struct message_publish),
	[MESSAGE_FETCH_END] = sizeof(struct message_fetch_end),
	[MESSAGE_DESCRIPTION] = sizeof(struct message_description),
	[MESSAGE_DESCRIBED_OPTION] = sizeof(struct message_described_option),
	[MESSAGE_STATUS] = 1,
	[MESSAGE_PLUGINS] = 1,
	[MESSAGE_LIST] = sizeof(struct message_list),
	[MESSAGE_SHOW] = sizeof(struct message_document),
	[MESSAGE_GET] = sizeof(struct message_document),
	[MESSAGE_ADD] = sizeof(struct message_add),
	[MESSAGE_SEARCH] = sizeof(struct message_search),
	[MESSAGE_EVENTS] = sizeof(struct message_events),
	[MESSAGE_RETRY] = sizeof(struct message_order),
	[MESSAGE_DISCARD] = sizeof(struct message_order),
	[MESSAGE_RELOAD] = 1,
	[MESSAGE_FACT] = sizeof(struct message_fact),
	[MESSAGE_PLUGIN_ROW] = sizeof(struct message_plugin_row),
	[MESSAGE_ARRIVAL] = sizeof(struct arrival),
	[MESSAGE_EVENT] = sizeof(struct event),
	[MESSAGE_CONTENT] = sizeof(struct message_content),
	[MESSAGE_FINDING] = sizeof(struct message_finding),
	[MESSAGE_END] = sizeof(struct message_end),
	[MESSAGE_ACCOUNT] = sizeof(struct message_account),
	[MESSAGE_AUDIT] = 1,
	[MESSAGE_REFS] = sizeof(struct message_refs),
	[MESSAGE_RELATION] = sizeof(struct message_relation),
};

/* What a receiver would be given of the one frame in a buffer. */
static struct frame
get_frame(const struct buffer *sent)
{
	struct frame_header header;

	assert_true(sent->size >= FRAME_HEADER_SIZE);
	memcpy(&header, sent->data, sizeof(header));
	assert_int_equal(sent->size, FRAME_HEADER_SIZE + header.size);
	return (struct frame){
		.type = header.type,
		.data = sent->data + FRAME_HEADER_SIZE,
		.size = header.size,
		.fd = -1,
	};
}

static void
encode_zeros(struct buffer *out, unsigned type)
{
	union any message = { 0 };

	if (type == MESSAGE_EVENT)
		message.event.type = EVENT_DAEMON_STARTED;
	message_encode(out, type, &message);
}

static void
every_type_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (unsigned i = 0; i < MESSAGE_TYPE_COUNT; i++) {
		const char *name = message_type_name(i);

		assert_int_equal(strcmp(name, "unknown") != 0, sizes[i] > 0);
		for (unsigned j = 0; j < i && sizes[i] > 0; j++)
			assert_string_not_equal(name, message_type_name(j));
	}
	assert_string_equal(message_type_name(MESSAGE_TYPE_COUNT), "unknown");
	assert_string_equal(message_type_name(65535), "unknown");
}

/* A member that its table forgot would keep what was there before. */
static void
every_member_of_every_type_is_packed(void **state)
{
	(void)state;
	for (unsigned type = 0; type < MESSAGE_TYPE_COUNT; type++) {
		auto_buffer struct buffer sent = { 0 };
		union any back;
		struct frame frame;
		size_t kept = 0;

		if (sizes[type] == 0)
			continue;
		encode_zeros(&sent, type);
		frame = get_frame(&sent);
		assert_int_equal(frame.type, type);
		memset(&back, 0xaa, sizeof(back));
		assert_int_equal(message_decode(&frame, &back), 0);
		for (size_t i = 0; i < sizes[type] && sizes[type] > 1; i++)
			kept += back.bytes[i] == '\xaa';
		assert_true(kept <= 8); /* padding */
		for (size_t i = sizes[type]; i < sizeof(back); i++)
			assert_int_equal(back.bytes[i], '\xaa');
	}
}

static void
body_that_does_not_fit_is_refused_and_changes_nothing(void **state)
{
	(void)state;
	for (unsigned type = 0; type < MESSAGE_TYPE_COUNT; type++) {
		auto_buffer struct buffer sent = { 0 };
		union any back;
		struct frame frame;

		if (sizes[type] == 0)
			continue;
		encode_zeros(&sent, type);
		buffer_put(&sent, "", 1);
		frame = (struct frame){ .type = (uint16_t)type,
					.data = sent.data + FRAME_HEADER_SIZE };
		memset(&back, 0xaa, sizeof(back));
		for (size_t size = 0; size <= sent.size - FRAME_HEADER_SIZE;
		     size++) {
			frame.size = (uint32_t)size;
			if (size == sent.size - FRAME_HEADER_SIZE - 1)
				continue; /* the one that fits */
			assert_int_equal(message_decode(&frame, &back),
					 -EBADMSG);
		}
		for (size_t i = 0; i < sizeof(back); i++)
			assert_int_equal(back.bytes[i], '\xaa');
	}
}

static void
type_that_nobody_knows_is_refused(void **state)
{
	struct frame frame = { .data = "", .size = 0 };
	union any back;

	(void)state;
	for (unsigned type = 0; type <= UINT16_MAX; type++) {
		frame.type = (uint16_t)type;
		if (type >= MESSAGE_TYPE_COUNT || sizes[type] == 0)
			assert_int_equal(message_decode(&frame, &back),
					 -EBADMSG);
	}
}

static void
nested_description_comes_back(void **state)
{
	const struct message_plugin_row row = {
		.description = { .kind = PLUGIN_PARSER,
				 .needs = 1,
				 .wants = 2,
				 .name = { "text", 4 },
				 .version = { "0.1", 3 },
				 .summary = { "reads text", 10 },
				 .types = { "text/plain\ntext/html", 20 } },
		.path = { "/lib/parser_text.so", 19 },
		.state = { "loaded", 6 },
		.detail = { "", 0 },
	};
	auto_buffer struct buffer sent = { 0 };
	struct message_plugin_row back;
	struct frame frame;

	(void)state;
	message_encode(&sent, MESSAGE_PLUGIN_ROW, &row);
	frame = get_frame(&sent);
	assert_int_equal(message_decode(&frame, &back), 0);
	assert_int_equal(back.description.kind, PLUGIN_PARSER);
	assert_int_equal(back.description.wants, 2);
	assert_true(bytes_equal(back.description.types, row.description.types));
	assert_true(bytes_equal(back.path, row.path));
	assert_true(bytes_equal(back.state, row.state));
}

static void
arrivals_and_events_travel_in_their_own_encoding(void **state)
{
	const struct arrival arrival = { .number = 7, .title = { "t", 1 } };
	const struct event event = { .number = 8, .type = EVENT_PLUGIN_LOADED };
	auto_buffer struct buffer sent = { 0 };
	auto_buffer struct buffer alone = { 0 };
	struct arrival arrival_back;
	struct event event_back;
	struct frame frame;

	(void)state;
	message_encode(&sent, MESSAGE_ARRIVAL, &arrival);
	arrival_encode(&alone, &arrival);
	frame = get_frame(&sent);
	assert_true(bytes_equal((struct docket_bytes){ frame.data, frame.size },
				buffer_bytes(&alone)));
	assert_int_equal(message_decode(&frame, &arrival_back), 0);
	assert_int_equal(arrival_back.number, 7);

	sent.size = 0;
	message_encode(&sent, MESSAGE_EVENT, &event);
	frame = get_frame(&sent);
	assert_int_equal(message_decode(&frame, &event_back), 0);
	assert_int_equal(event_back.type, EVENT_PLUGIN_LOADED);
}

static void
descriptor_is_announced_where_one_goes_along(void **state)
{
	const struct message_job job = { .lease = 1, .size = 3 };
	auto_buffer struct buffer plain = { 0 };
	auto_buffer struct buffer flagged = { 0 };
	struct frame_header header;

	(void)state;
	message_encode(&plain, MESSAGE_JOB, &job);
	memcpy(&header, plain.data, sizeof(header));
	assert_int_equal(header.flags, 0);
	message_encode_fd(&flagged, MESSAGE_JOB, &job);
	memcpy(&header, flagged.data, sizeof(header));
	assert_int_equal(header.flags, FRAME_HAS_FD);
	assert_int_equal(plain.size, flagged.size);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_has_a_name_of_its_own),
		cmocka_unit_test(every_member_of_every_type_is_packed),
		cmocka_unit_test(
			body_that_does_not_fit_is_refused_and_changes_nothing),
		cmocka_unit_test(type_that_nobody_knows_is_refused),
		cmocka_unit_test(nested_description_comes_back),
		cmocka_unit_test(
			arrivals_and_events_travel_in_their_own_encoding),
		cmocka_unit_test(descriptor_is_announced_where_one_goes_along),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
