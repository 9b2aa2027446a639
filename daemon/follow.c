/* SPDX-License-Identifier: Apache-2.0 */
/*
 * follow.c - indexers and notifiers: a process and a cursor each
 *
 * Owns the processes and what was given to them (follow_give.c) and is not
 * reported. Whoever fails for the world's reasons is tried again after a pause,
 * from its cursor.
 */
#include "follow_private.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"

#define PAUSE_MS 1000
/* Documents of a batch that shows load; and how long the next one may grow. */
#define GATHER_BUSY 3
#define GATHER_MS 250

static const struct child_events child_events;

/* ---- what followers say ---- */

static void
on_pause_over(uv_timer_t *timer)
{
	struct follower *follower = container_of(timer, struct follower, pause);

	follow_begin_at(follower, follower->cursor);
}

static void
try_later(struct follower *follower, const struct message_failed *failed)
{
	if (!follower->is_trying)
		log_warning("plugin %s: %.*s (tried again every %d ms)",
			    follower->plugin->name, (int)failed->detail.size,
			    failed->detail.data, PAUSE_MS);
	follower->is_trying = true;
	uv_timer_start(&follower->pause, on_pause_over, PAUSE_MS, 0);
}

static bool
take_committed(struct follower *follower, const struct frame *frame)
{
	struct message_sequence committed;

	if (message_decode(frame, &committed) < 0 ||
	    committed.sequence != follower->given)
		return false;
	gather_note(&follower->gather, follower->subject_count,
		    uv_now(follower->follow->loop));
	follow_report(follower, committed.sequence, EVENT_DOCUMENT_INDEXED,
		      follower->subject_count);
	follow_ask(follower);
	return true;
}

/* It was not indexed: nothing is to be told of it. */
static void
forget_subject(struct follower *follower, uint64_t event)
{
	for (size_t i = 0; i < follower->subject_count; i++)
		if (follower->subjects[i].event == event)
			follower->subjects[i].arrival = 0;
}

/* An indexer that could not put or commit. */
static bool
take_failed(struct follower *follower, const struct frame *frame)
{
	struct message_failed failed;

	if (message_decode(frame, &failed) < 0)
		return false;
	forget_subject(follower, failed.lease);
	if (failed.status == DOCKET_REJECT || failed.status == DOCKET_SKIP)
		log_warning("plugin %s: event %llu: %.*s",
			    follower->plugin->name,
			    (unsigned long long)failed.lease,
			    (int)failed.detail.size, failed.detail.data);
	else
		try_later(follower, &failed);
	return true;
}

static bool
take_notified(struct follower *follower, const struct frame *frame)
{
	struct message_failed answer;
	enum event_type type = EVENT_NOTIFICATION_SENT;

	if (message_decode(frame, &answer) < 0 ||
	    follower->subject_count == 0 ||
	    answer.lease != follower->subjects[0].event)
		return false;
	if (answer.status == DOCKET_RETRY || answer.status == DOCKET_BROKEN) {
		try_later(follower, &answer);
		follow_forget_batch(follower);
		return true;
	}
	if (answer.status == DOCKET_REJECT)
		type = EVENT_NOTIFICATION_FAILED;
	follow_report(follower, answer.lease, type, 1);
	follow_ask(follower);
	return true;
}

/* Refused by name; the rest goes on. */
static void
refuse(struct follower *follower, struct docket_bytes detail)
{
	catalog_refuse(follower->plugin, detail);
	log_error("plugin %s is refused: %s", follower->plugin->name,
		  follower->plugin->detail);
	fact_tell(follower->follow->queue, EVENT_PLUGIN_REFUSED,
		  follower->plugin->name, follower->plugin->detail);
	child_stop(&follower->child);
}

static bool
take_refusal(struct follower *follower, const struct frame *frame)
{
	struct message_refused refused;

	if (message_decode(frame, &refused) < 0)
		return false;
	refuse(follower, refused.detail);
	return true;
}

/* ---- the processes ---- */

static void
on_frame(struct child *child, struct frame *frame)
{
	static const struct {
		enum message_type type;
		bool (*handle)(struct follower *, const struct frame *);
	} handlers[] = {
		{ MESSAGE_COMMITTED, take_committed },
		{ MESSAGE_FAILED, take_failed },
		{ MESSAGE_NOTIFIED, take_notified },
		{ MESSAGE_HIT, follow_search_take_hit },
		{ MESSAGE_FOUND, follow_search_take_found },
		{ MESSAGE_REFUSED, take_refusal },
	};
	struct follower *follower = container_of(child, struct follower, child);
	bool is_good =
		frame->type == MESSAGE_LOADED || frame->type == MESSAGE_DYING;

	follower->given_ms = uv_now(follower->follow->loop);
	for (size_t i = 0; i < ARRAY_SIZE(handlers); i++)
		if (handlers[i].type == frame->type)
			is_good = handlers[i].handle(follower, frame);
	if (frame->fd >= 0)
		close(frame->fd);
	if (!is_good) {
		log_error("%s: a %s message that makes no sense; it is killed",
			  child->name, message_type_name(frame->type));
		child_kill(child);
	}
}

static void
set_up(struct child *child)
{
	struct follower *follower = container_of(child, struct follower, child);
	const struct config_daemon *config = &follower->follow->config->daemon;
	auto_free char *folder = mem_format("%s/index", config->state);
	auto_free char *own =
		mem_format("%s/%s", folder, follower->plugin->name);
	auto_free char *source = mem_format("/docket/%s", config->name);
	struct message_hello hello = {
		.role = follower->kind->role,
		.data_folder = bytes_of(config->data),
		.source = bytes_of(source),
	};

	if (follower->kind->role == ROLE_INDEXER) {
		mkdir(folder, 0700);
		mkdir(own, 0700);
		hello.state_folder = bytes_of(own);
	}
	link_put(&child->link, MESSAGE_HELLO, &hello);
	catalog_put_plugin(&child->link.out, follower->plugin);
	link_put(&child->link, MESSAGE_START, NULL);
}

/* From what was reported; an index that is behind that, from where it is. */
static void
go_on_at(struct follower *follower, uint64_t cursor)
{
	if (follower->kind->keeps_cursor && follower->own < cursor)
		cursor = follower->own;
	follow_begin_at(follower, cursor);
}

/* New notifiers start at now, new indexes at the beginning. */
static void
take_cursor(struct journal_query *query)
{
	struct follower *follower = query->owner;
	uint64_t cursor = follower->kind->keeps_cursor ? 0 : query->after;

	if (query->count > 0)
		cursor = query->items[0].key;
	follower->is_asking = false;
	journal_query_free(query);
	go_on_at(follower, cursor);
}

/* It has what this journal never said: what it indexes next would be wrong. */
static void
refuse_index(struct follower *follower, uint64_t sequence)
{
	auto_free char *detail = mem_format(
		"its index has event %llu, and the journal ends at %llu: it "
		"belongs to another journal; stop docketd, move %s/index/%s "
		"away, start again, and it is built anew",
		(unsigned long long)sequence,
		(unsigned long long)follower->follow->last_event,
		follower->follow->config->daemon.state, follower->plugin->name);

	refuse(follower, bytes_of(detail));
}

static void
on_ready(struct child *child, uint64_t sequence)
{
	struct follower *follower = container_of(child, struct follower, child);
	struct journal_query *query;

	if (follower->kind->keeps_cursor &&
	    sequence > follower->follow->last_event) {
		refuse_index(follower, sequence);
		return;
	}
	follower->own = follower->kind->keeps_cursor ? sequence : 0;
	if (follower->knows_cursor) {
		go_on_at(follower, follower->cursor);
		return;
	}
	if (follower->is_asking)
		return; /* since the life before */
	follower->is_asking = true;
	query = journal_query_new(QUERY_CURSOR, follower, take_cursor);
	query->follower = follower->plugin->name;
	query->after = follower->given; /* the journal's end at the start */
	journal_ask(follower->follow->journal, query);
}

static void
on_exit_of(struct child *child, const struct child_exit *how)
{
	struct follower *follower = container_of(child, struct follower, child);

	uv_timer_stop(&follower->pause);
	follow_forget_batch(follower);
	follow_search_end_all(follower);
	if (child->is_wanted)
		log_error("%s ended with status %d, signal %d; it is started "
			  "again",
			  child->name, how->status, how->signal);
}

static const struct child_events child_events = {
	.set_up = set_up,
	.on_ready = on_ready,
	.on_frame = on_frame,
	.on_exit = on_exit_of,
};

void
follow_init(struct follow *follow, uv_loop_t *loop, struct fact_queue *queue,
	    struct journal *journal, struct catalog *catalog,
	    const struct config *config, int lock)
{
	*follow = (struct follow){
		.loop = loop,
		.queue = queue,
		.journal = journal,
		.config = config,
		.last_event = journal->last_event,
	};
	follow->followers =
		mem_alloc_array(catalog->count + 1, sizeof(*follow->followers));
	for (size_t i = 0; i < catalog->count; i++) {
		struct follower *follower = &follow->followers[follow->count];
		struct catalog_plugin *plugin = &catalog->plugins[i];
		const struct follower_kind *kind = follow_find_kind(plugin);

		if (kind == NULL)
			continue;
		*follower = (struct follower){
			.follow = follow,
			.kind = kind,
			.plugin = plugin,
			.argv = { catalog->worker, kind->argument, NULL },
			.given = journal->last_event,
			.gather = { .busy = GATHER_BUSY,
				    .enough = kind->batch_limit,
				    .limit_ms = GATHER_MS },
		};
		uv_timer_init(loop, &follower->pause);
		uv_timer_init(loop, &follower->gathered);
		child_init(&follower->child, loop, plugin->name, follower->argv,
			   lock, &child_events);
		follow->count++;
	}
}

static bool
is_overdue(const struct follower *follower, uint64_t now_ms)
{
	uint64_t deadline_ms =
		(uint64_t)follower->follow->config->daemon.follow_deadline_ms;

	return follower->child.state == CHILD_READY &&
	       follower->subject_count > 0 &&
	       !uv_is_active((const uv_handle_t *)&follower->pause) &&
	       now_ms - follower->given_ms > deadline_ms;
}

void
follow_tend(struct follow *follow)
{
	uint64_t now_ms = uv_now(follow->loop);

	for (size_t i = 0; i < follow->count; i++) {
		struct follower *follower = &follow->followers[i];

		follow_search_expire(follower, now_ms);
		if (!is_overdue(follower, now_ms))
			continue;
		log_error("plugin %s does not answer; it is killed",
			  follower->plugin->name);
		child_interrupt(&follower->child);
	}
}

void
follow_start(struct follow *follow)
{
	for (size_t i = 0; i < follow->count; i++)
		child_start(&follow->followers[i].child);
}

void
follow_stop(struct follow *follow)
{
	for (size_t i = 0; i < follow->count; i++)
		child_stop(&follow->followers[i].child);
}

bool
follow_is_gone(const struct follow *follow)
{
	for (size_t i = 0; i < follow->count; i++)
		if (!child_is_gone(&follow->followers[i].child) ||
		    follow->followers[i].is_asking)
			return false;
	return true;
}

void
follow_fini(struct follow *follow)
{
	for (size_t i = 0; i < follow->count; i++) {
		uv_close((uv_handle_t *)&follow->followers[i].pause, NULL);
		uv_close((uv_handle_t *)&follow->followers[i].gathered, NULL);
		child_fini(&follow->followers[i].child);
	}
}

void
follow_free(struct follow *follow)
{
	for (size_t i = 0; i < follow->count; i++)
		free(follow->followers[i].subjects);
	free(follow->followers);
	*follow = (struct follow){ 0 };
}
