/* SPDX-License-Identifier: Apache-2.0 */
/*
 * follow.c - the followers' roles: one indexer, or notifiers
 *
 * Committed events come in, in order; what a plugin made of them goes back.
 * Whether and when to try again is docketd's to decide. Owns what is kept from
 * message to message. Ends the process only where docketd breaks the protocol.
 */
#include <stdlib.h>
#include <string.h>

#include "content.h"
#include "event.h"
#include "farewell.h"
#include "find.h"
#include "host.h"
#include "log.h"
#include "outcome.h"
#include "record.h"
#include "tokens.h"
#include "worker.h"

struct follower {
	struct worker *worker;
	struct plugin *plugin;	      /* NULL if it was refused */
	struct word_breaker *breaker; /* for queries and tokens; or NULL */
	bool has_failed; /* something was not put since the last commit */
};

/* What the follower does with a message. The answer is sent by then. */
struct duty {
	enum message_type type;
	enum docket_status (*carry_out)(struct follower *follower,
					const struct frame *frame);
};

static void
answer(struct follower *follower, enum message_type type, uint64_t number,
       const struct outcome *outcome)
{
	struct message_failed message =
		outcome_message(outcome, number, (struct docket_bytes){ 0 });

	wire_send(&follower->worker->wire, type, &message);
}

/* ---- indexers ---- */

static struct word_breaker *
get_breaker(struct follower *follower)
{
	if (!follower->breaker)
		follower->breaker = word_breaker_new();
	return follower->breaker;
}

/* Tokens that the plugin wants and the record has not, any more. */
static void
make_tokens(struct follower *follower, struct docket_record *record,
	    struct buffer *tokens)
{
	bool is_wanted =
		follower->plugin->abi.plugin.wants & DOCKET_WANT_TOKENS;

	if (!is_wanted || docket_record_tokens(record).size > 0)
		return;
	word_breaker_see_many(get_breaker(follower));
	tokens_make(get_breaker(follower), record, tokens);
	record_lend_tokens(record, buffer_bytes(tokens));
}

/* SKIP is as good as OK: there was nothing in it for the index. */
static enum docket_status
put_image(struct follower *follower, const struct message_put *order,
	  struct docket_bytes image,
	  enum docket_status (*callback)(void *self, uint64_t arrival,
					 const struct docket_record *record))
{
	const struct plugin *plugin = follower->plugin;
	struct outcome outcome = { .stage = "index",
				   .plugin = plugin->abi.plugin.name };
	auto_buffer struct buffer tokens = { 0 };
	struct docket_record record;
	enum docket_status status = DOCKET_OK;

	farewell_set_lease(order->sequence);
	host_enter(plugin->abi.plugin.name);
	if (record_open(image, &record)) {
		outcome_find(&outcome, DOCKET_REJECT, "damaged",
			     "The record of arrival %llu cannot be opened.",
			     (unsigned long long)order->arrival);
	} else {
		make_tokens(follower, &record, &tokens);
		if (callback)
			status =
				callback(plugin->self, order->arrival, &record);
		if (status == DOCKET_SKIP)
			status = DOCKET_OK;
		outcome_set(&outcome, "index", plugin->abi.plugin.name, status,
			    "");
	}
	host_leave();
	if (outcome.status != DOCKET_OK)
		answer(follower, MESSAGE_FAILED, order->sequence, &outcome);
	follower->has_failed |= outcome.status == DOCKET_RETRY;
	return outcome.status;
}

static enum docket_status
put_frame(struct follower *follower, const struct frame *frame,
	  enum docket_status (*callback)(void *self, uint64_t arrival,
					 const struct docket_record *record))
{
	struct message_put order;
	struct content image;
	enum docket_status status;

	wire_decode_fd(frame, &order);
	content_open(frame, order.image, order.size, &image);
	status = put_image(follower, &order, image.bytes, callback);
	content_close(&image);
	return status;
}

static enum docket_status
put(struct follower *follower, const struct frame *frame)
{
	return put_frame(follower, frame, follower->plugin->abi.indexer.put);
}

static enum docket_status
remove_document(struct follower *follower, const struct frame *frame)
{
	return put_frame(follower, frame, follower->plugin->abi.indexer.remove);
}

/*
 * The first commit after a put that is to be tried again is refused without
 * asking: docketd may have sent it before it knew, and the index would
 * claim to have what it has not.
 */
static void
commit_index(struct follower *follower, uint64_t sequence,
	     struct outcome *out_outcome)
{
	const struct plugin *plugin = follower->plugin;
	const char *name = plugin->abi.plugin.name;
	enum docket_status status = DOCKET_OK;

	farewell_set_lease(sequence);
	host_enter(name);
	if (follower->has_failed)
		status = DOCKET_RETRY;
	else if (plugin->abi.indexer.commit)
		status = plugin->abi.indexer.commit(plugin->self, sequence);
	/* A commit is of no document: there is nothing that could be left out. */
	if (status == DOCKET_REJECT || status == DOCKET_SKIP)
		status = DOCKET_RETRY;
	host_leave();
	outcome_set(out_outcome, "index", name, status,
		    follower->has_failed
			    ? "Something before it has not been put."
			    : "");
	follower->has_failed = false;
}

static enum docket_status
commit(struct follower *follower, const struct frame *frame)
{
	struct message_sequence order;
	struct outcome outcome;

	wire_decode(frame, &order);
	commit_index(follower, order.sequence, &outcome);
	if (outcome.status == DOCKET_OK)
		wire_send(&follower->worker->wire, MESSAGE_COMMITTED, &order);
	else
		answer(follower, MESSAGE_FAILED, order.sequence, &outcome);
	return outcome.status;
}

static enum docket_status
find(struct follower *follower, const struct frame *frame)
{
	return find_and_answer(&follower->worker->wire, follower->plugin,
			       get_breaker(follower), frame);
}

/* From where the indexer goes on. */
static void
resume(const struct plugin *plugin, uint64_t *out_sequence,
       struct outcome *out_outcome)
{
	const char *name = plugin->abi.plugin.name;
	enum docket_status status = DOCKET_OK;

	host_enter(name);
	if (plugin->abi.indexer.resume)
		status = plugin->abi.indexer.resume(plugin->self, out_sequence);
	host_leave();
	outcome_set(out_outcome, "index", name, status, "");
}

/* ---- notifiers ---- */

static size_t
count_strings(const char *const *strings)
{
	size_t count = 0;

	while (strings && strings[count])
		count++;
	return count;
}

static void
notify_event(struct follower *follower, const struct event *event,
	     struct outcome *out_outcome)
{
	const struct plugin *plugin = follower->plugin;
	const struct docket_notifier *notifier = &plugin->abi.notifier;
	enum docket_status status = DOCKET_SKIP;
	auto_buffer struct buffer topic = { 0 };
	auto_buffer struct buffer json = { 0 };
	struct docket_event told = {
		.number = event->number,
		.time_ms = event->time_ms,
		.type = event_type_name(event->type),
		.arrival = event->arrival,
	};

	event_put_topic(&topic, event);
	told.topic = buffer_bytes(&topic);
	if (event_topic_matches(told.topic, notifier->topics,
				count_strings(notifier->topics))) {
		event_put_json(&json, event, follower->worker->setup.source, "",
			       0);
		told.json = buffer_bytes(&json);
		farewell_set_lease(event->number);
		host_enter(plugin->abi.plugin.name);
		status = notifier->notify(plugin->self, &told);
		host_leave();
	}
	outcome_set(out_outcome, "notify", plugin->abi.plugin.name, status, "");
}

static enum docket_status
notify(struct follower *follower, const struct frame *frame)
{
	struct message_notify order;
	struct outcome outcome;
	struct event event;

	wire_decode(frame, &order);
	if (event_decode(order.event, &event))
		wire_refuse("an event that does not decode");
	notify_event(follower, &event, &outcome);
	answer(follower, MESSAGE_NOTIFIED, order.number, &outcome);
	return outcome.status;
}

/* ---- both ---- */

static const struct duty indexer_duties[] = {
	{ MESSAGE_PUT, put },
	{ MESSAGE_REMOVE, remove_document },
	{ MESSAGE_COMMIT, commit },
	{ MESSAGE_FIND, find },
	{ 0, NULL },
};

static const struct duty notifier_duties[] = {
	{ MESSAGE_NOTIFY, notify },
	{ 0, NULL },
};

static const struct duty *
find_duty(const struct duty *duties, const struct frame *frame)
{
	while (duties->carry_out && duties->type != frame->type)
		duties++;
	if (!duties->carry_out)
		wire_refuse("a %s to a follower of another kind",
			    message_type_name(frame->type));
	return duties;
}

static int
serve(struct follower *follower, const struct duty *duties, uint64_t sequence)
{
	struct wire *wire = &follower->worker->wire;
	struct frame frame;

	wire_send(wire, MESSAGE_READY, &(struct message_sequence){ sequence });
	while (wire_receive(wire, &frame)) {
		const struct duty *duty = find_duty(duties, &frame);

		if (!follower->plugin)
			wire_refuse("a %s for a plugin that was refused",
				    message_type_name(frame.type));
		if (duty->carry_out(follower, &frame) != DOCKET_BROKEN)
			continue;
		log_error("plugin %s is broken, starting afresh",
			  follower->plugin->abi.plugin.name);
		return FAULT_EXIT_SOFTWARE;
	}
	return 0;
}

/* Messages to a follower do not say whom they are for. */
static struct follower
make_follower(struct worker *worker)
{
	if (worker->plugin_count > 1)
		wire_refuse("%zu plugins for one follower",
			    worker->plugin_count);
	return (struct follower){
		.worker = worker,
		.plugin = worker->plugin_count ? worker->plugins[0] : NULL,
	};
}

int
follow_as_indexer(struct worker *worker)
{
	struct follower follower = make_follower(worker);
	struct outcome outcome = { 0 };
	uint64_t sequence = 0;
	int code;

	if (follower.plugin)
		resume(follower.plugin, &sequence, &outcome);
	if (outcome.status != DOCKET_OK) {
		answer(&follower, MESSAGE_FAILED, 0, &outcome);
		log_error("%s", outcome.detail.text);
		return FAULT_EXIT_SOFTWARE;
	}
	code = serve(&follower, indexer_duties, sequence);
	word_breaker_free(follower.breaker);
	return code;
}

int
follow_as_notifier(struct worker *worker)
{
	struct follower follower = make_follower(worker);

	return serve(&follower, notifier_duties, 0);
}
