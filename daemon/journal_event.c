/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_event.c - an event is numbered, written, and put into its streams
 *
 * A stream is what one bus endpoint publishes. Its sequence is given here, in
 * the transaction that makes the event true, so it has no gaps whatever the
 * endpoint leaves out and whenever anybody is killed.
 */
#include "journal_event.h"

#include <string.h>

/* Does this endpoint publish an event of that topic and inbox? */
static bool
stream_wants(const struct journal_stream *stream, const struct event *event,
	     struct docket_bytes topic)
{
	const char *prefix = stream->bus->topics;
	size_t size;

	if (event->inbox.size > 0 &&
	    !config_list_has(stream->bus->inboxes, event->inbox))
		return false;
	if (*prefix == '\0')
		return true;
	for (; *prefix != '\0'; prefix += size) {
		prefix += strspn(prefix, " ");
		size = strcspn(prefix, " ");
		if (size > 0 && size <= topic.size &&
		    memcmp(prefix, topic.data, size) == 0)
			return true;
	}
	return false;
}

static void
put_into_streams(struct journal *journal, const struct event *event)
{
	auto_buffer struct buffer topic = { 0 };

	event_put_topic(&topic, event);
	for (size_t i = 0; i < journal->config->bus_count; i++) {
		struct journal_stream *stream = &journal->streams[i];
		sqlite3_stmt *put;

		if (!stream_wants(stream, event, buffer_bytes(&topic)))
			continue;
		put = journal_statement(journal, JOURNAL_STREAM_PUT);
		sqlite3_bind_int64(put, 1, stream->key);
		sqlite3_bind_int64(put, 2, (int64_t)++stream->head);
		sqlite3_bind_int64(put, 3, (int64_t)event->number);
		journal_run(journal, put);
	}
}

/* Number it, write it, put it into the streams that want it. */
void
journal_event_append(struct journal *journal, struct event *event)
{
	auto_buffer struct buffer body = { 0 };
	sqlite3_stmt *put = journal_statement(journal, JOURNAL_EVENT_PUT);

	event->number = ++journal->last_event;
	event_encode(&body, event);
	sqlite3_bind_int64(put, 1, (int64_t)event->number);
	sqlite3_bind_int64(put, 2, event->type);
	sqlite3_bind_int64(put, 3, (int64_t)event->arrival);
	sqlite3_bind_blob64(put, 4, body.data, body.size, SQLITE_STATIC);
	journal_run(journal, put);
	put_into_streams(journal, event);
}
