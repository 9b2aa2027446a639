/* SPDX-License-Identifier: Apache-2.0 */
/*
 * event.h - one thing that happened: its shape, its topic, its two encodings
 *
 * The journal and every socket carry event_encode()'s form; people and the bus
 * get CloudEvents 1.0. docs/bus.md is the contract for what is in them.
 */
#ifndef LIB_EVENT_H
#define LIB_EVENT_H

#include "digest.h"
#include "json.h"

/* Numbers are stored: append only. */
enum event_type {
	EVENT_NONE = 0,
	EVENT_DOCUMENT_RECEIVED = 1,
	EVENT_DOCUMENT_PARSED = 2,
	EVENT_DOCUMENT_INDEXED = 3,
	EVENT_DOCUMENT_MATCHED = 4,
	EVENT_DOCUMENT_DUPLICATE = 5,
	EVENT_DOCUMENT_QUARANTINED = 6,
	EVENT_DOCUMENT_RETRIED = 7,
	EVENT_DOCUMENT_FORGOTTEN = 8,
	EVENT_NOTIFICATION_SENT = 9,
	EVENT_NOTIFICATION_FAILED = 10,
	EVENT_PLUGIN_CRASHED = 11,
	EVENT_PLUGIN_LOADED = 12,
	EVENT_PLUGIN_REFUSED = 13,
	EVENT_DAEMON_STARTED = 14,
	EVENT_DAEMON_RELOADED = 15,
	EVENT_DAEMON_STOPPING = 16,
	EVENT_DOCUMENT_RELATED = 17, /* to `original`, as `reason` says */
	EVENT_TYPE_COUNT
};

/* Borrowed strings, "" or data NULL where they do not apply. */
struct event {
	uint64_t number; /* in the journal */
	enum event_type type;
	int64_t time_ms; /* since 1970-01-01 UTC; data, never order */
	uint64_t arrival;
	uint64_t
		original; /* the arrival that it is a duplicate of, or tied to */
	bool has_digest;
	struct digest digest;
	struct docket_bytes inbox;
	struct docket_bytes name; /* any bytes */
	struct docket_bytes level;
	struct docket_bytes language;
	struct docket_bytes class;
	struct docket_bytes symbols; /* separated by line feeds */
	struct docket_bytes title;
	struct docket_bytes stage;  /* quarantined: intake, read, ... */
	struct docket_bytes plugin; /* indexed, quarantined, plugin.* */
	struct docket_bytes reason; /* one word, docs/operations.md */
	struct docket_bytes detail; /* a sentence */
	uint64_t parent;   /* the arrival that it came out of; 0: none */
	uint64_t children; /* parsed: how many came out of it */
};

const char *event_type_name(enum event_type type);
/* EVENT_NONE where there is none of that name. */
enum event_type event_type_of(struct docket_bytes name);

/* A report tells what a follower did; followers other than the bus skip it. */
bool event_is_report(enum event_type type);

/*
 * Pair. A body begins with its version, as that of an arrival does. Decoding
 * lends from the bytes. 0, or -EBADMSG; a type that is not known is bad.
 */
void event_encode(struct buffer *out, const struct event *event);
int event_decode(struct docket_bytes from, struct event *out_event);

/*
 * Append <type>/<inbox>/<language>/<class> for documents, else the type. What
 * is not known is "-"; a value is cut at 64 bytes, with "_" for slashes,
 * control characters and what is not UTF-8.
 */
void event_put_topic(struct buffer *out, const struct event *event);

/* Does a topic start with one of the prefixes (count 0: everything does)? */
bool event_topic_matches(struct docket_bytes topic, const char *const *prefixes,
			 size_t count);

/*
 * Append the CloudEvent, at most EVENT_JSON_LIMIT bytes: strings are cut at
 * 512 bytes, and all of them at less where the whole would not fit. stream ""
 * leaves out what belongs to a stream: the id is "<source>:<number>" then, and
 * there is no sequence.
 */
#define EVENT_JSON_LIMIT 4096
void event_put_json(struct buffer *out, const struct event *event,
		    const char *source, const char *stream, uint64_t sequence);

#endif
