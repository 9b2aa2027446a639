/* SPDX-License-Identifier: Apache-2.0 */
/*
 * event.c - events packed, as topics and as CloudEvents 1.0
 *
 * Owns nothing, reads packed events of the journal and of other processes.
 * Ends the process when asked to name or encode an event without a type.
 *
 * The limit of a CloudEvent is a promise to subscribers, while its strings are
 * strangers'. So the event is written with every string cut at 512 bytes, and
 * again with half of that until it fits: the long ones suffer before the short
 * ones do, and ordinary events are written once.
 */
#include "event.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "arrival.h"
#include "escape.h"
#include "frame.h"

#define EVENT_VERSION 2
#define STRING_LIMIT 512
#define SEGMENT_LIMIT 64

static const struct {
	const char *name;
	bool is_report;
	bool is_document; /* it has the members of a document */
} types[EVENT_TYPE_COUNT] = {
	[EVENT_DOCUMENT_RECEIVED] = { "document.received", false, true },
	[EVENT_DOCUMENT_PARSED] = { "document.parsed", false, true },
	[EVENT_DOCUMENT_INDEXED] = { "document.indexed", true, true },
	[EVENT_DOCUMENT_MATCHED] = { "document.matched", true, true },
	[EVENT_DOCUMENT_DUPLICATE] = { "document.duplicate", false, true },
	[EVENT_DOCUMENT_QUARANTINED] = { "document.quarantined", false, true },
	[EVENT_DOCUMENT_RETRIED] = { "document.retried", false, true },
	[EVENT_DOCUMENT_FORGOTTEN] = { "document.forgotten", false, true },
	[EVENT_NOTIFICATION_SENT] = { "notification.sent", true, false },
	[EVENT_NOTIFICATION_FAILED] = { "notification.failed", true, false },
	[EVENT_PLUGIN_CRASHED] = { "plugin.crashed", false, false },
	[EVENT_PLUGIN_LOADED] = { "plugin.loaded", false, false },
	[EVENT_PLUGIN_REFUSED] = { "plugin.refused", false, false },
	[EVENT_DAEMON_STARTED] = { "daemon.started", false, false },
	[EVENT_DAEMON_RELOADED] = { "daemon.reloaded", false, false },
	[EVENT_DAEMON_STOPPING] = { "daemon.stopping", false, false },
	[EVENT_DOCUMENT_RELATED] = { "document.related", false, true },
};

/* What is packed: the version comes first and says which members follow. */
struct packed {
	uint32_t version;
	uint32_t has_digest;
	struct event event;
};

#define MEMBER(member) FRAME_MEMBER(struct packed, member)

#define MEMBERS_1                                                              \
	MEMBER(version), MEMBER(has_digest), MEMBER(event.number),             \
		MEMBER(event.type), MEMBER(event.time_ms),                     \
		MEMBER(event.arrival), MEMBER(event.original),                 \
		MEMBER(event.digest), MEMBER(event.inbox), MEMBER(event.name), \
		MEMBER(event.level), MEMBER(event.language),                   \
		MEMBER(event.class), MEMBER(event.symbols),                    \
		MEMBER(event.title), MEMBER(event.stage),                      \
		MEMBER(event.plugin), MEMBER(event.reason),                    \
		MEMBER(event.detail)
#define MEMBERS_2 MEMBERS_1, MEMBER(event.parent), MEMBER(event.children)

static const struct frame_field fields_1[] = { MEMBERS_1, { FRAME_END, 0 } };
static const struct frame_field fields_2[] = { MEMBERS_2, { FRAME_END, 0 } };

/* By version; journals keep what was packed before. */
static const struct frame_field *const versions[EVENT_VERSION + 1] = {
	[1] = fields_1,
	[2] = fields_2,
};

static bool
is_type(uint32_t type)
{
	return type > EVENT_NONE && type < EVENT_TYPE_COUNT;
}

const char *
event_type_name(enum event_type type)
{
	assert(is_type(type));
	return types[type].name;
}

enum event_type
event_type_of(struct docket_bytes name)
{
	for (uint32_t type = EVENT_NONE + 1; type < EVENT_TYPE_COUNT; type++)
		if (bytes_equal(bytes_of(types[type].name), name))
			return (enum event_type)type;
	return EVENT_NONE;
}

bool
event_is_report(enum event_type type)
{
	assert(is_type(type));
	return types[type].is_report;
}

void
event_encode(struct buffer *out, const struct event *event)
{
	struct packed packed = { EVENT_VERSION, event->has_digest, *event };

	assert(is_type(event->type));
	frame_put_struct(out, versions[EVENT_VERSION], &packed);
}

/* The members of that version; NULL: it is none, or newer than we are. */
static const struct frame_field *
find_fields(struct docket_bytes from)
{
	struct frame_reader reader;
	uint32_t version;

	frame_reader_init(&reader, from);
	version = frame_get_u32(&reader);
	return version <= EVENT_VERSION ? versions[version] : NULL;
}

int
event_decode(struct docket_bytes from, struct event *out_event)
{
	const struct frame_field *fields = find_fields(from);
	struct packed packed = { 0 };

	if (!fields || frame_get_struct(from, fields, &packed) < 0 ||
	    packed.has_digest > 1 || !is_type(packed.event.type))
		return -EBADMSG;
	packed.event.has_digest = packed.has_digest;
	*out_event = packed.event;
	return 0;
}

/* Append one segment of a topic: on one line, without separators. */
static void
put_segment(struct buffer *out, struct docket_bytes value)
{
	struct docket_bytes cut = escape_cut(value, SEGMENT_LIMIT);
	size_t length;

	buffer_put_string(out, cut.size > 0 ? "/" : "/-");
	for (size_t at = 0; at < cut.size; at += length) {
		uint32_t code = 0;

		length = escape_decode(cut.data + at, cut.size - at, &code);
		if (length == 0 || code < 0x20 || code == 0x7f || code == '/') {
			length = 1;
			buffer_put(out, "_", 1);
		} else {
			buffer_put(out, cut.data + at, length);
		}
	}
}

void
event_put_topic(struct buffer *out, const struct event *event)
{
	buffer_put_string(out, event_type_name(event->type));
	if (!types[event->type].is_document)
		return;
	put_segment(out, event->inbox);
	put_segment(out, event->language);
	put_segment(out, event->class);
}

bool
event_topic_matches(struct docket_bytes topic, const char *const *prefixes,
		    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t size = strlen(prefixes[i]);

		if (size <= topic.size &&
		    !memcmp(topic.data, prefixes[i], size))
			return true;
	}
	return count == 0;
}

/* One CloudEvent on its way into a buffer. */
struct writer {
	struct json json;
	const struct event *event;
	size_t limit; /* bytes of every string */
};

/* A string, cut; null where it is empty. */
static void
put_string(struct writer *writer, const char *key, struct docket_bytes value)
{
	struct docket_bytes cut = escape_cut(value, writer->limit);

	if (cut.size == 0)
		cut.data = NULL;
	json_member(&writer->json, key, cut);
}

/* The same, but left out where it does not apply. */
static void
put_applying(struct writer *writer, const char *key, struct docket_bytes value)
{
	if (value.size > 0)
		put_string(writer, key, value);
}

static void
put_number(struct writer *writer, const char *key, uint64_t number)
{
	if (number == 0)
		return;
	json_key(&writer->json, key);
	json_uint(&writer->json, number);
}

/* As many whole lines as fit. */
static struct docket_bytes
cut_lines(struct docket_bytes lines, size_t limit)
{
	if (lines.size <= limit)
		return lines;
	lines.size = limit;
	while (lines.size > 0 && lines.data[lines.size] != '\n')
		lines.size--;
	return lines;
}

static void
put_document(struct writer *writer)
{
	const struct event *event = writer->event;

	json_key(&writer->json, "arrival");
	json_uint(&writer->json, event->arrival);
	put_string(writer, "inbox", event->inbox);
	arrival_put_name(&writer->json, escape_cut(event->name, writer->limit));
	put_string(writer, "level", event->level);
	put_string(writer, "language", event->language);
	put_string(writer, "class", event->class);
	arrival_put_symbols(&writer->json,
			    cut_lines(event->symbols, writer->limit));
	put_string(writer, "title", event->title);
	json_key(&writer->json, "parent");
	if (event->parent > 0)
		json_uint(&writer->json, event->parent);
	else
		json_null(&writer->json);
}

static void
put_data(struct writer *writer)
{
	const struct event *event = writer->event;

	json_key(&writer->json, "data");
	json_begin_object(&writer->json);
	if (types[event->type].is_document) {
		put_document(writer);
	} else {
		put_number(writer, "arrival", event->arrival);
		put_applying(writer, "inbox", event->inbox);
	}
	put_number(writer, "children", event->children);
	put_number(writer, "original", event->original);
	put_applying(writer, "stage", event->stage);
	put_applying(writer, "plugin", event->plugin);
	put_applying(writer, "reason", event->reason);
	put_applying(writer, "detail", event->detail);
	json_end_object(&writer->json);
}

static void
put_time(struct writer *writer)
{
	auto_buffer struct buffer time = { 0 };

	json_put_time(&time, writer->event->time_ms);
	json_member(&writer->json, "time", buffer_bytes(&time));
}

/* What names the event: unique together with its source. */
static void
put_id(struct writer *writer, struct docket_bytes scope, uint64_t number)
{
	auto_buffer struct buffer id = { 0 };

	buffer_put_bytes(&id, escape_cut(scope, writer->limit));
	buffer_format(&id, ":%" PRIu64, number);
	json_member(&writer->json, "id", buffer_bytes(&id));
}

static void
put_event(struct writer *writer, const char *source, const char *stream,
	  uint64_t sequence)
{
	const struct event *event = writer->event;
	bool has_stream = stream[0] != '\0';
	char text[DIGEST_TEXT_SIZE];

	json_begin_object(&writer->json);
	json_member(&writer->json, "specversion", bytes_of("1.0"));
	put_id(writer, bytes_of(has_stream ? stream : source),
	       has_stream ? sequence : event->number);
	put_string(writer, "source", bytes_of(source));
	json_member(&writer->json, "type",
		    bytes_of(event_type_name(event->type)));
	if (types[event->type].is_document && event->has_digest)
		json_member(&writer->json, "subject",
			    bytes_of(digest_format(&event->digest, text)));
	put_time(writer);
	if (has_stream) {
		snprintf(text, sizeof(text), "%020" PRIu64, sequence);
		json_member(&writer->json, "sequence", bytes_of(text));
	}
	put_data(writer);
	json_end_object(&writer->json);
}

void
event_put_json(struct buffer *out, const struct event *event,
	       const char *source, const char *stream, uint64_t sequence)
{
	struct writer writer = { .event = event, .limit = STRING_LIMIT };
	size_t begin = out->size;

	for (;;) {
		json_init(&writer.json, out);
		put_event(&writer, source, stream, sequence);
		if (out->size - begin <= EVENT_JSON_LIMIT)
			return;
		out->size = begin;
		writer.limit /= 2;
	}
}
