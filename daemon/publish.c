/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish.c - docket-bus: its process, and how far each stream has got
 *
 * Owns the process. Never waits for it: what it does not take stays in the
 * journal.
 */
#include "publish.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"

#define BATCH_EVENTS 256
/* So many starts in vain, and docketd is ready without it. */
#define FAILURES_LIMIT 3
#define BACKLOG_LIMIT (1u << 20)
/* Strangers' subscriptions, and what waits for slow ones. */
#define MEMORY_LIMIT (512ull << 20)

static void ask(struct publish_stream *stream);
static const struct child_events child_events;

static size_t
index_of(const struct publish_stream *stream)
{
	return (size_t)(stream - stream->publish->streams);
}

static void
take_batch(struct journal_query *query)
{
	struct publish_stream *stream = query->owner;
	struct link *link = &stream->publish->child.link;

	stream->is_asking = false;
	if (stream->publish->child.state == CHILD_READY &&
	    query->after == stream->given) {
		stream->is_behind =
			query->count == BATCH_EVENTS ||
			query->last_event < stream->publish->last_event;
		for (size_t i = 0; i < query->count; i++) {
			struct message_publish message = {
				.index = (uint32_t)index_of(stream),
				.sequence = query->items[i].key,
				.event = buffer_bytes(&query->items[i].body),
			};

			link_put(link, MESSAGE_PUBLISH, &message);
			stream->given = message.sequence;
		}
		link_flush(link);
	}
	journal_query_free(query);
	ask(stream);
}

static void
ask(struct publish_stream *stream)
{
	struct publish *publish = stream->publish;
	struct journal_query *query;

	if (publish->child.state != CHILD_READY || stream->is_asking ||
	    !stream->is_behind || !stream->knows_cursor ||
	    link_backlog(&publish->child.link) > BACKLOG_LIMIT)
		return;
	stream->is_asking = true;
	stream->is_behind = false;
	query = journal_query_new(QUERY_STREAM, stream, take_batch);
	query->stream = index_of(stream);
	query->after = stream->given;
	query->limit = BATCH_EVENTS;
	journal_ask(publish->journal, query);
}

void
publish_expect(struct publish *publish)
{
	for (size_t i = 0; i < publish->count; i++) {
		publish->streams[i].is_behind = true;
		ask(&publish->streams[i]);
	}
}

void
publish_wake(struct publish *publish, uint64_t last_event)
{
	publish->last_event = last_event;
	publish_expect(publish);
}

void
publish_report(struct publish *publish)
{
	for (size_t i = 0; i < publish->count; i++) {
		struct publish_stream *stream = &publish->streams[i];
		struct fact *fact;

		if (stream->published <= stream->reported)
			continue;
		fact = fact_new(FACT_REPORTED);
		fact->follower = stream->name;
		fact->cursor = stream->reported = stream->published;
		fact->is_lazy = true;
		fact_put(publish->queue, fact);
	}
}

/* ---- the process ---- */

static bool
take_published(struct publish *publish, const struct frame *frame)
{
	struct message_published message;

	if (message_decode(frame, &message) < 0 ||
	    message.index >= publish->count ||
	    message.sequence > publish->streams[message.index].given)
		return false;
	publish->streams[message.index].published = message.sequence;
	ask(&publish->streams[message.index]);
	return true;
}

/* Takes the sentence. It is said once, however often docket-bus says it. */
static void
refuse(struct publish *publish, char *refusal)
{
	auto_free char *before = publish->refusal;

	publish->refusal = refusal;
	if (before != NULL && strcmp(before, refusal) == 0)
		return;
	log_error("%s", refusal);
	fact_tell(publish->queue, EVENT_PLUGIN_REFUSED, "docket-bus", refusal);
}

static bool
take_refusal(struct publish *publish, const struct frame *frame)
{
	struct message_refused refused;

	if (message_decode(frame, &refused) < 0)
		return false;
	refuse(publish,
	       mem_format("[bus %.*s] %.*s", (int)refused.plugin.size,
			  refused.plugin.data, (int)refused.detail.size,
			  refused.detail.data));
	return true;
}

static void
on_frame(struct child *child, struct frame *frame)
{
	static const struct {
		enum message_type type;
		bool (*handle)(struct publish *, const struct frame *);
	} handlers[] = {
		{ MESSAGE_PUBLISHED, take_published },
		{ MESSAGE_FETCH, publish_fetch },
		{ MESSAGE_REFUSED, take_refusal },
	};
	struct publish *publish = container_of(child, struct publish, child);
	bool is_good = false;

	for (size_t i = 0; i < ARRAY_SIZE(handlers); i++)
		if (handlers[i].type == frame->type)
			is_good = handlers[i].handle(publish, frame);
	if (frame->fd >= 0)
		close(frame->fd);
	if (!is_good) {
		log_error("docket-bus made no sense; it is killed");
		child_kill(child);
	}
}

static void
set_up(struct child *child)
{
	struct publish *publish = container_of(child, struct publish, child);
	auto_free char *source =
		mem_format("/docket/%s", publish->config->daemon.name);
	struct message_hello hello = {
		.role = ROLE_BUS,
		.source = bytes_of(source),
		.memory_limit_bytes = MEMORY_LIMIT,
	};

	link_put(&child->link, MESSAGE_HELLO, &hello);
	for (size_t i = 0; i < publish->count; i++) {
		struct message_endpoint endpoint = {
			.index = (uint32_t)i,
			.name = bytes_of(publish->config->buses[i].name),
			.address = bytes_of(publish->config->buses[i].address),
			.replay = bytes_of(publish->config->buses[i].replay),
			.stream = bytes_of(publish->journal->streams[i].id),
			.head = publish->streams[i].published,
		};

		link_put(&child->link, MESSAGE_ENDPOINT, &endpoint);
	}
	link_put(&child->link, MESSAGE_START, NULL);
}

static void
on_ready(struct child *child, uint64_t sequence)
{
	struct publish *publish = container_of(child, struct publish, child);

	(void)sequence;
	free(take(publish->refusal));
	for (size_t i = 0; i < publish->count; i++) {
		struct publish_stream *stream = &publish->streams[i];

		stream->given = stream->reported = stream->published;
		stream->is_behind = true;
		ask(stream);
	}
	fact_want_turn(publish->queue);
}

static void
on_exit_of(struct child *child, const struct child_exit *how)
{
	struct publish *publish = container_of(child, struct publish, child);

	publish->life++;
	publish->is_fetching = false; /* its answer is nobody's */
	if (child->is_wanted)
		log_error("docket-bus ended with status %d, signal %d; it is "
			  "started again",
			  how->status, how->signal);
	if (child->is_wanted && child->failures >= FAILURES_LIMIT &&
	    publish->refusal == NULL)
		refuse(publish, mem_format("docket-bus does not start: status "
					   "%d, signal %d",
					   how->status, how->signal));
	fact_want_turn(publish->queue);
}

static const struct child_events child_events = {
	.set_up = set_up,
	.on_ready = on_ready,
	.on_frame = on_frame,
	.on_exit = on_exit_of,
};

void
publish_init(struct publish *publish, uv_loop_t *loop, struct fact_queue *queue,
	     struct journal *journal, struct catalog *catalog,
	     const struct config *config, int lock)
{
	*publish = (struct publish){
		.queue = queue,
		.journal = journal,
		.config = config,
		.count = config->bus_count,
		.argv = { catalog->bus, NULL },
	};
	publish->streams =
		mem_alloc_array(publish->count, sizeof(*publish->streams));
	for (size_t i = 0; i < publish->count; i++) {
		publish->streams[i].publish = publish;
		publish->streams[i].name =
			mem_format("bus %s", config->buses[i].name);
	}
	child_init(&publish->child, loop, "docket-bus", publish->argv, lock,
		   &child_events);
}

/* docket-bus is told where its streams are, so that comes first. */
static void
take_cursor(struct journal_query *query)
{
	struct publish_stream *stream = query->owner;
	struct publish *publish = stream->publish;

	if (query->count > 0)
		stream->published = query->items[0].key;
	stream->knows_cursor = true;
	stream->is_asking = false;
	journal_query_free(query);
	for (size_t i = 0; i < publish->count; i++)
		if (!publish->streams[i].knows_cursor)
			return;
	if (!publish->is_stopping)
		child_start(&publish->child);
}

void
publish_start(struct publish *publish)
{
	for (size_t i = 0; i < publish->count; i++) {
		struct publish_stream *stream = &publish->streams[i];
		struct journal_query *query =
			journal_query_new(QUERY_CURSOR, stream, take_cursor);

		query->follower = stream->name;
		stream->is_asking = true;
		journal_ask(publish->journal, query);
	}
}

bool
publish_is_settled(const struct publish *publish)
{
	return publish->child.state == CHILD_READY || publish->refusal != NULL;
}

bool
publish_is_even(const struct publish *publish)
{
	if (publish->child.state != CHILD_READY)
		return true; /* the journal keeps it for the next start */
	for (size_t i = 0; i < publish->count; i++)
		if (publish->streams[i].is_asking ||
		    publish->streams[i].is_behind)
			return false;
	return true;
}

void
publish_stop(struct publish *publish)
{
	publish->is_stopping = true;
	child_stop(&publish->child);
}

bool
publish_is_gone(const struct publish *publish)
{
	for (size_t i = 0; i < publish->count; i++)
		if (publish->streams[i].is_asking)
			return false;
	return !publish->is_fetching && child_is_gone(&publish->child);
}

void
publish_fini(struct publish *publish)
{
	child_fini(&publish->child);
}

void
publish_free(struct publish *publish)
{
	for (size_t i = 0; i < publish->count; i++)
		free(publish->streams[i].name);
	free(publish->streams);
	free(publish->refusal);
	*publish = (struct publish){ 0 };
}
