/* SPDX-License-Identifier: Apache-2.0 */
/*
 * follow_give.c - what comes after a follower's cursor, to its process
 *
 * A batch is given as its documents come, and closed when it is large enough or
 * no more come: an index works meanwhile, and what it costs to commit is shared.
 * One batch is in flight at a time, and one question to the journal. What
 * differs between the kinds is one table.
 */
#include <stdlib.h>
#include <string.h>

#include "follow_private.h"

#define BATCH_BYTES (8u << 20)
/* Company that has not come by then comes no more. */
#define QUIET_MS 30

static bool
give_record(struct follower *follower, struct journal_item *item)
{
	struct link *link = &follower->child.link;
	struct message_put put = {
		.sequence = item->key,
		.arrival = item->arrival,
		.size = item->size,
		.image = buffer_bytes(&item->content),
	};
	int fd = journal_item_take_fd(item);

	if (item->size == 0)
		return false; /* a record that was forgotten */
	if (fd >= 0)
		link_put_fd(link, MESSAGE_PUT, &put, fd);
	else
		link_put(link, MESSAGE_PUT, &put);
	return true;
}

static void
commit_batch(struct follower *follower)
{
	struct message_sequence commit = { follower->given };

	link_put(&follower->child.link, MESSAGE_COMMIT, &commit);
}

/* Does the plugin name a topic that this one starts with (none: all)? */
static bool
wants_topic(const struct follower *follower, const struct event *event)
{
	struct docket_bytes topics = follower->plugin->about.types;
	auto_buffer struct buffer topic = { 0 };
	const char *at = topics.data, *end = at + topics.size;

	if (topics.size == 0)
		return true;
	event_put_topic(&topic, event);
	while (at < end) {
		const char *line = memchr(at, '\n', (size_t)(end - at));
		size_t size = (size_t)((line != NULL ? line : end) - at);

		if (size > 0 && size <= topic.size &&
		    memcmp(topic.data, at, size) == 0)
			return true;
		at += size + 1;
	}
	return false;
}

static bool
give_event(struct follower *follower, struct journal_item *item)
{
	struct message_notify notify = { item->key, buffer_bytes(&item->body) };
	struct event event;

	if (event_decode(notify.event, &event) < 0 ||
	    event_is_report(event.type) || !wants_topic(follower, &event))
		return false;
	item->arrival = event.arrival;
	link_put(&follower->child.link, MESSAGE_NOTIFY, &notify);
	return true;
}

static const struct follower_kind kinds[] = {
	{
		.plugin = PLUGIN_INDEXER,
		.role = ROLE_INDEXER,
		.argument = "indexer",
		.question = QUERY_PARSED,
		.keeps_cursor = true,
		.batch_limit = FOLLOW_BATCH_EVENTS,
		.give = give_record,
		.close_batch = commit_batch,
	},
	{
		.plugin = PLUGIN_NOTIFIER,
		.role = ROLE_NOTIFIER,
		.argument = "notifier",
		.question = QUERY_EVENTS,
		/* What follows one that must wait was not sent before it. */
		.batch_limit = 1,
		.give = give_event,
	},
};

static void
note_subject(struct follower *follower, const struct journal_item *item)
{
	follower->subjects = mem_grow_array(
		follower->subjects, follower->subject_count,
		&follower->subject_capacity, sizeof(*follower->subjects));
	follower->subjects[follower->subject_count++] =
		(struct fact_subject){ item->key, item->arrival };
}

/* Write down how far it is, with what it did on the way. */
void
follow_report(struct follower *follower, uint64_t cursor, enum event_type type,
	      size_t subjects)
{
	struct fact *fact = fact_new(FACT_REPORTED);
	size_t size = subjects * sizeof(*fact->subjects);

	follower->cursor = cursor;
	follower->is_trying = false;
	follower->is_closed = false;
	follower->given_bytes = 0;
	fact->follower = follower->plugin->name;
	fact->cursor = cursor;
	fact->report = type;
	fact->is_lazy = subjects == 0;
	if (subjects > 0) {
		fact->subjects = mem_dup(follower->subjects, size);
		fact->subject_count = subjects;
		follower->subject_count -= subjects;
		memmove(follower->subjects, follower->subjects + subjects,
			follower->subject_count * sizeof(*fact->subjects));
	}
	fact_put(follower->follow->queue, fact);
}

/* What an index had when it began is not put again, but may be to be told. */
static bool
give(struct follower *follower, struct journal_item *item)
{
	if (item->key <= follower->own)
		return item->size > 0;
	return follower->kind->give(follower, item);
}

static void
give_items(struct follower *follower, struct journal_query *query)
{
	for (size_t i = 0; i < query->count; i++) {
		struct journal_item *item = &query->items[i];

		follower->given_bytes += item->size;
		if (give(follower, item))
			note_subject(follower, item);
		follower->given = item->key;
		if (follower->subject_count >= follower->kind->batch_limit)
			break;
	}
}

/* What needs no answer is written down at once. */
static void
give_batch(struct follower *follower, struct journal_query *query)
{
	give_items(follower, query);
	if (follower->subject_count == 0) {
		/* Nothing was for it: the cursor moves all the same. */
		if (follower->given > follower->cursor)
			follow_report(follower, follower->given, EVENT_NONE, 0);
		return;
	}
	if (follower->given <= follower->own) {
		follow_report(follower, follower->given, EVENT_DOCUMENT_INDEXED,
			      follower->subject_count);
		return;
	}
	if (query->count > 0)
		follower->given_ms = uv_now(follower->follow->loop);
	link_flush(&follower->child.link);
}

static void
close_batch(struct follower *follower)
{
	follower->is_closed = true;
	uv_timer_stop(&follower->gathered);
	if (follower->kind->close_batch != NULL)
		follower->kind->close_batch(follower);
	link_flush(&follower->child.link);
}

/* What waited for company has waited for long enough. */
static void
on_gathered(uv_timer_t *timer)
{
	struct follower *follower =
		container_of(timer, struct follower, gathered);

	/* What was asked for is given first; then it is looked at again. */
	if (!follower->is_asking)
		close_batch(follower);
}

static uint64_t
wait_for_company(const struct follower *follower)
{
	if (follower->given_bytes >= BATCH_BYTES)
		return 0;
	return gather_wait(&follower->gather, follower->subject_count,
			   uv_now(follower->follow->loop));
}

/* Is there enough for an answer, or is more to come? */
static void
close_or_wait(struct follower *follower)
{
	uint64_t wait_ms = wait_for_company(follower);

	if (follower->subject_count == 0 || follower->is_closed)
		return;
	if (wait_ms == 0)
		close_batch(follower);
	else
		uv_timer_start(&follower->gathered, on_gathered,
			       wait_ms < QUIET_MS ? wait_ms : QUIET_MS, 0);
}

static void
take_batch(struct journal_query *query)
{
	struct follower *follower = query->owner;

	follower->is_asking = false;
	if (follower->child.state == CHILD_READY &&
	    query->after == follower->given) {
		follower->is_behind =
			query->count > 0 ||
			query->last_event < follower->follow->last_event;
		give_batch(follower, query);
		close_or_wait(follower);
	}
	journal_query_free(query);
	follow_ask(follower);
}

void
follow_ask(struct follower *follower)
{
	struct journal_query *query;

	if (follower->child.state != CHILD_READY || !follower->knows_cursor ||
	    follower->is_asking || !follower->is_behind ||
	    follower->is_closed ||
	    fact_queue_is_long(follower->follow->queue) ||
	    uv_is_active((uv_handle_t *)&follower->pause))
		return;
	follower->is_asking = true;
	follower->is_behind = false;
	query = journal_query_new(follower->kind->question, follower,
				  take_batch);
	query->after = follower->given;
	query->limit = FOLLOW_BATCH_EVENTS - follower->subject_count;
	query->limit_bytes = BATCH_BYTES - follower->given_bytes;
	journal_ask(follower->follow->journal, query);
}

void
follow_expect(struct follow *follow)
{
	for (size_t i = 0; i < follow->count; i++) {
		follow->followers[i].is_behind = true;
		follow_ask(&follow->followers[i]);
	}
}

void
follow_wake(struct follow *follow, uint64_t last_event)
{
	follow->last_event = last_event;
	follow_expect(follow);
}

uint64_t
follow_consumed(const struct follow *follow)
{
	uint64_t consumed = UINT64_MAX;

	for (size_t i = 0; i < follow->count; i++) {
		const struct follower *follower = &follow->followers[i];

		if (follower->kind->question == QUERY_EVENTS &&
		    follower->cursor < consumed)
			consumed = follower->cursor;
	}
	return consumed;
}

void
follow_forget_batch(struct follower *follower)
{
	uv_timer_stop(&follower->gathered);
	follower->subject_count = 0;
	follower->given_bytes = 0;
	follower->is_closed = false;
}

void
follow_begin_at(struct follower *follower, uint64_t cursor)
{
	follower->cursor = follower->given = cursor;
	follower->knows_cursor = true;
	follower->is_behind = true;
	follow_forget_batch(follower);
	follow_ask(follower);
}

const struct follower_kind *
follow_find_kind(const struct catalog_plugin *plugin)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (plugin->state == CATALOG_LOADED &&
		    kinds[i].plugin == plugin->about.kind)
			return &kinds[i];
	return NULL;
}
