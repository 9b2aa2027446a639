/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool.c - the readers: who reads what, for how long, and what came of it
 *
 * Owns the reader processes and their leases. A reader that dies costs the
 * document it had started; those that only waited in it go back. Of one that
 * must be killed the first signal is one it can answer: it says which plugin
 * was running.
 */
#include "pool.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"

static const struct child_events child_events;

/* ---- leases ---- */

static struct pool_lease *
find_lease(struct pool_reader *reader, uint64_t number)
{
	for (size_t i = 0; i < reader->count; i++)
		if (reader->leases[i].number == number)
			return &reader->leases[i];
	return NULL;
}

static void
on_deadline(uv_timer_t *timer)
{
	struct pool_reader *reader =
		container_of(timer, struct pool_reader, deadline);

	reader->is_overdue = true;
	child_interrupt(&reader->child);
}

static void
renew_deadline(struct pool_reader *reader)
{
	uint64_t deadline =
		(uint64_t)reader->pool->config->daemon.read_deadline_ms;

	uv_timer_start(&reader->deadline, on_deadline, deadline, 0);
}

static void
drop_lease(struct pool_reader *reader, struct pool_lease *lease)
{
	size_t at = (size_t)(lease - reader->leases);

	reader->count--;
	reader->bytes -= lease->size;
	memmove(lease, lease + 1,
		(reader->count - at) * sizeof(*reader->leases));
	if (reader->count > 0) {
		renew_deadline(reader); /* to begin the next one */
		return;
	}
	reader->is_alone = false;
	uv_timer_stop(&reader->deadline);
}

/* ---- what readers say ---- */

static struct fact *
make_fact(enum fact_kind kind, uint64_t number)
{
	struct fact *fact = fact_new(kind);

	fact->arrival.number = number;
	return fact;
}

static bool
take_record(struct pool_reader *reader, struct frame *frame)
{
	struct message_record record;
	struct pool_lease *lease;
	struct fact *fact;

	if (message_decode(frame, &record) < 0 ||
	    (lease = find_lease(reader, record.lease)) == NULL)
		return false;
	fact = make_fact(FACT_READ, record.lease);
	fact->arrival.plugin = fact_keep(fact, record.plugin);
	buffer_put_bytes(&fact->content, record.image);
	drop_lease(reader, lease);
	fact_put(reader->pool->queue, fact);
	return true;
}

/* What a plugin's status means for the document. */
static const unsigned char fact_of_status[] = {
	[DOCKET_SKIP] = FACT_SKIPPED,
	[DOCKET_RETRY] = FACT_POSTPONED,
	[DOCKET_REJECT] = FACT_REJECTED,
	[DOCKET_BROKEN] = FACT_FAILED,
};

/* The specialist that a light reader leaves the document to; NULL: none. */
static const struct catalog_plugin *
find_specialist(const struct pool *pool, const struct message_failed *failed)
{
	const struct catalog_plugin *plugin = NULL;

	if (failed->status == DOCKET_SKIP && failed->plugin.size > 0 &&
	    pool->specialist == NULL)
		plugin = catalog_find(pool->catalog, failed->plugin);
	return plugin != NULL && catalog_is_specialist(plugin) ? plugin : NULL;
}

/*
 * Not an answer yet: another pool is asked, each specialist once. A reader that a
 * document has taken over might send it round for ever; so hops are counted.
 */
static bool
pass_on(struct pool_reader *reader, const struct message_failed *failed,
	struct route route)
{
	struct pool *pool = reader->pool;
	const struct catalog_plugin *specialist = find_specialist(pool, failed);
	bool is_past =
		pool->specialist != NULL && failed->status == DOCKET_SKIP;
	struct fact *fact;

	if ((specialist == NULL && !is_past) ||
	    ++route.hops > 2 * pool->catalog->count)
		return false;
	if (is_past)
		route.past = pool->specialist->name;
	fact = make_fact(FACT_RETURNED, failed->lease);
	fact->elsewhere = specialist;
	fact->route = route;
	fact_put(pool->queue, fact);
	return true;
}

static bool
take_failure(struct pool_reader *reader, struct frame *frame)
{
	struct message_failed failed;
	struct pool_lease *lease;
	struct fact *fact;

	if (message_decode(frame, &failed) < 0 ||
	    (lease = find_lease(reader, failed.lease)) == NULL ||
	    failed.status == DOCKET_OK ||
	    failed.status >= ARRAY_SIZE(fact_of_status))
		return false;
	if (pass_on(reader, &failed, lease->route)) {
		drop_lease(reader, lease);
		return true;
	}
	fact = make_fact((enum fact_kind)fact_of_status[failed.status],
			 failed.lease);
	fact_explain(fact, "read", failed.plugin, failed.reason, failed.detail);
	fact->arrival.media_type = fact_keep(fact, failed.media_type);
	fact->may_block = catalog_lacks_reader(reader->pool->catalog);
	drop_lease(reader, lease);
	fact_put(reader->pool->queue, fact);
	return true;
}

static bool
take_lease(struct pool_reader *reader, struct frame *frame)
{
	struct message_lease message;
	struct pool_lease *lease;

	if (message_decode(frame, &message) < 0 ||
	    (lease = find_lease(reader, message.lease)) == NULL)
		return false;
	lease->is_started = true;
	child_note_work(&reader->child);
	renew_deadline(reader);
	return true;
}

static bool
take_last_word(struct pool_reader *reader, struct frame *frame)
{
	struct message_dying dying;

	if (message_decode(frame, &dying) < 0)
		return false;
	free(reader->last_word);
	reader->last_word =
		mem_format("%.*s", (int)dying.plugin.size, dying.plugin.data);
	return true;
}

static bool
take_refusal(struct pool_reader *reader, struct frame *frame)
{
	struct message_refused refused;
	struct catalog_plugin *plugin;

	if (message_decode(frame, &refused) < 0)
		return false;
	plugin = catalog_find(reader->pool->catalog, refused.plugin);
	if (plugin == NULL || plugin->state == CATALOG_REFUSED)
		return true;
	catalog_refuse(plugin, refused.detail);
	log_error("plugin %s is refused: %s", plugin->name, plugin->detail);
	fact_tell(reader->pool->queue, EVENT_PLUGIN_REFUSED, plugin->name,
		  plugin->detail);
	return true;
}

static void
on_frame(struct child *child, struct frame *frame)
{
	struct pool_reader *reader =
		container_of(child, struct pool_reader, child);
	bool is_good;

	switch (frame->type) {
	case MESSAGE_STARTED:
	case MESSAGE_PROGRESS:
		is_good = take_lease(reader, frame);
		break;
	case MESSAGE_RECORD:
		is_good = take_record(reader, frame);
		break;
	case MESSAGE_FAILED:
		is_good = take_failure(reader, frame);
		break;
	case MESSAGE_DYING:
		is_good = take_last_word(reader, frame);
		break;
	case MESSAGE_REFUSED:
		is_good = take_refusal(reader, frame);
		break;
	case MESSAGE_LOADED:
		is_good = true;
		break;
	default:
		is_good = false;
	}
	if (frame->fd >= 0)
		close(frame->fd); /* readers have none to give */
	if (!is_good) {
		log_error("%s: a %s message that makes no sense; it is killed",
			  child->name, message_type_name(frame->type));
		child_kill(child);
	}
}

/* ---- how readers end ---- */

static void
name_cause(const struct pool_reader *reader, const struct child_exit *how,
	   char *reason, size_t reason_size, char *detail, size_t detail_size)
{
	if (reader->is_overdue) {
		snprintf(reason, reason_size, "deadline");
		snprintf(detail, detail_size,
			 "no progress for %lld ms; the reader was killed",
			 (long long)
				 reader->pool->config->daemon.read_deadline_ms);
	} else if (how->signal != 0) {
		snprintf(reason, reason_size, "signal-%d", how->signal);
		snprintf(detail, detail_size,
			 "the reader ended in signal %d "
			 "(%s)",
			 how->signal, strsignal(how->signal));
	} else {
		snprintf(reason, reason_size, "exit-%d", how->status);
		snprintf(detail, detail_size, "the reader ended with status %d",
			 how->status);
	}
}

static void
blame(struct pool_reader *reader, const struct child_exit *how, uint64_t number)
{
	const struct catalog_plugin *specialist = reader->pool->specialist;
	const char *plugin = specialist != NULL ? specialist->name : "";
	struct fact *fact = make_fact(FACT_CRASHED, number);
	char reason[32], detail[160];

	if (reader->last_word != NULL)
		plugin = reader->last_word;
	name_cause(reader, how, reason, sizeof(reason), detail, sizeof(detail));
	log_warning("%s: %s%s%s, at arrival %llu", reader->child.name, detail,
		    *plugin != '\0' ? " in plugin " : "", plugin,
		    (unsigned long long)number);
	fact_explain(fact, "read", bytes_of(plugin), bytes_of(reason),
		     bytes_of(detail));
	fact_put(reader->pool->queue, fact);
}

static void
on_exit_of(struct child *child, const struct child_exit *how)
{
	struct pool_reader *reader =
		container_of(child, struct pool_reader, child);

	uv_timer_stop(&reader->deadline);
	for (size_t i = 0; i < reader->count; i++) {
		const struct pool_lease *lease = &reader->leases[i];

		/* One that was stopped was not brought down by a document. */
		if (lease->is_started && child->is_wanted)
			blame(reader, how, lease->number);
		else
			fact_put(reader->pool->queue,
				 make_fact(FACT_RETURNED, lease->number));
	}
	if (reader->count == 0 && child->is_wanted)
		log_warning("%s ended with status %d, signal %d", child->name,
			    how->status, how->signal);
	reader->count = 0;
	reader->bytes = 0;
	reader->is_alone = false;
	reader->is_overdue = false;
	free(take(reader->last_word));
}

/* ---- setting up ---- */

/* A specialist's readers have no other parser, but all annotators. */
static void
put_plugin(const struct pool *pool, struct buffer *out,
	   const struct catalog_plugin *plugin)
{
	bool is_parser = plugin->about.kind == PLUGIN_PARSER;

	if (plugin->state != CATALOG_LOADED ||
	    (!is_parser && plugin->about.kind != PLUGIN_ANNOTATOR))
		return;
	if (!is_parser || plugin == pool->specialist ||
	    (pool->specialist == NULL && !catalog_is_specialist(plugin)))
		catalog_put_plugin(out, plugin);
	else if (pool->specialist == NULL)
		catalog_put_elsewhere(out, plugin);
}

static void
set_up(struct child *child)
{
	struct pool_reader *reader =
		container_of(child, struct pool_reader, child);
	const struct config_daemon *config = &reader->pool->config->daemon;
	struct catalog *catalog = reader->pool->catalog;
	struct message_hello hello = {
		.role = ROLE_READER,
		.wants = catalog_wants(catalog),
		.data_folder = bytes_of(config->data),
		.text_limit_bytes = config->text_limit_bytes,
		.memory_limit_bytes = config->memory_limit_bytes,
	};

	link_put(&child->link, MESSAGE_HELLO, &hello);
	for (size_t i = 0; i < catalog->count; i++)
		put_plugin(reader->pool, &child->link.out,
			   &catalog->plugins[i]);
	link_put(&child->link, MESSAGE_START, NULL);
}

static void
on_ready(struct child *child, uint64_t sequence)
{
	struct pool_reader *reader =
		container_of(child, struct pool_reader, child);

	(void)sequence;
	fact_want_turn(reader->pool->queue);
}

static const struct child_events child_events = {
	.set_up = set_up,
	.on_ready = on_ready,
	.on_frame = on_frame,
	.on_exit = on_exit_of,
};

/* A program may be as slow as it likes: none waits behind another for it. */
static size_t
choose_depth(const struct catalog_plugin *specialist)
{
	if (specialist == NULL)
		return POOL_DEPTH;
	return specialist->is_program ? 1 : POOL_DEPTH_SPECIALIST;
}

void
pool_init(struct pool *pool, uv_loop_t *loop, struct fact_queue *queue,
	  struct catalog *catalog, const struct config *config, int lock,
	  struct catalog_plugin *specialist)
{
	*pool = (struct pool){
		.queue = queue,
		.catalog = catalog,
		.config = config,
		.specialist = specialist,
		.depth = choose_depth(specialist),
		.count = (size_t)config->daemon.readers,
		.argv = { catalog->worker, "reader", NULL },
	};
	pool->readers = mem_alloc_array(pool->count, sizeof(*pool->readers));
	for (size_t i = 0; i < pool->count; i++) {
		struct pool_reader *reader = &pool->readers[i];
		auto_free char *name = mem_format(
			"%s-%zu",
			specialist != NULL ? specialist->name : "reader",
			i + 1);

		reader->pool = pool;
		uv_timer_init(loop, &reader->deadline);
		child_init(&reader->child, loop, name, pool->argv, lock,
			   &child_events);
	}
}

void
pool_start(struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++) {
		struct child *child = &pool->readers[i].child;

		if (!child->is_wanted && child_is_gone(child))
			child_start(child);
		child->is_wanted = true; /* once it is gone, if it ends */
	}
}

/* ---- room ---- */

static size_t
load_of(const struct pool_reader *reader)
{
	return reader->count + reader->reserved;
}

static bool
can_take(const struct pool_reader *reader, bool is_alone)
{
	if (reader->child.state != CHILD_READY || reader->is_alone)
		return false;
	if (load_of(reader) == 0)
		return true;
	return !is_alone && load_of(reader) < reader->pool->depth &&
	       reader->bytes < POOL_DEPTH_BYTES;
}

struct pool_reader *
pool_reserve(struct pool *pool, bool is_alone)
{
	struct pool_reader *best = NULL;

	for (size_t i = 0; i < pool->count; i++) {
		struct pool_reader *reader = &pool->readers[i];

		if (can_take(reader, is_alone) &&
		    (best == NULL || load_of(reader) < load_of(best)))
			best = reader;
	}
	if (best != NULL) {
		best->reserved++;
		best->is_alone = is_alone;
	}
	return best;
}

void
pool_unreserve(struct pool_reader *reader)
{
	reader->reserved--;
	if (load_of(reader) == 0)
		reader->is_alone = false;
}

/* The media types that its inbox takes; empty: all. */
static struct docket_bytes
find_types(const struct config *config, const struct arrival *arrival)
{
	for (size_t i = 0; i < config->inbox_count; i++)
		if (bytes_equal(bytes_of(config->inboxes[i].name),
				arrival->inbox))
			return bytes_of(config->inboxes[i].types);
	return (struct docket_bytes){ "", 0 }; /* an inbox there was */
}

void
pool_send(struct pool_reader *reader, const struct arrival *arrival,
	  struct route route, struct docket_bytes content, int fd)
{
	const struct pool *pool = reader->pool;
	struct message_job job = {
		.lease = arrival->number,
		.name = arrival->name,
		/* A specialist's readers have no other parser. */
		.past = bytes_of(pool->specialist == NULL ? route.past : NULL),
		.types = find_types(pool->config, arrival),
		.size = arrival->size,
		.content = content,
	};

	reader->reserved--;
	if (reader->child.state != CHILD_READY) {
		fact_put(pool->queue,
			 make_fact(FACT_RETURNED, arrival->number));
		if (fd >= 0)
			close(fd);
		return;
	}
	reader->leases[reader->count++] = (struct pool_lease){
		.number = arrival->number,
		.size = arrival->size,
		.route = route,
	};
	reader->bytes += arrival->size;
	if (!uv_is_active((uv_handle_t *)&reader->deadline))
		renew_deadline(reader); /* to begin it */
	if (fd >= 0)
		link_put_fd(&reader->child.link, MESSAGE_JOB, &job, fd);
	else
		link_put(&reader->child.link, MESSAGE_JOB, &job);
}

void
pool_flush(struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++)
		if (pool->readers[i].child.state == CHILD_READY)
			link_flush(&pool->readers[i].child.link);
}

size_t
pool_room(const struct pool *pool)
{
	size_t room = 0;

	for (size_t i = 0; i < pool->count; i++)
		if (can_take(&pool->readers[i], false))
			room += pool->depth - load_of(&pool->readers[i]);
	return room;
}

size_t
pool_busy(const struct pool *pool)
{
	size_t busy = 0;

	for (size_t i = 0; i < pool->count; i++)
		busy += load_of(&pool->readers[i]);
	return busy;
}

size_t
pool_ready(const struct pool *pool)
{
	size_t ready = 0;

	for (size_t i = 0; i < pool->count; i++)
		ready += pool->readers[i].child.state == CHILD_READY;
	return ready;
}

/* ---- the end ---- */

void
pool_stop(struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++)
		child_stop(&pool->readers[i].child);
}

bool
pool_is_gone(const struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++)
		if (!child_is_gone(&pool->readers[i].child))
			return false;
	return true;
}

void
pool_fini(struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++) {
		uv_close((uv_handle_t *)&pool->readers[i].deadline, NULL);
		child_fini(&pool->readers[i].child);
		free(pool->readers[i].last_word);
	}
}

void
pool_free(struct pool *pool)
{
	free(pool->readers);
	*pool = (struct pool){ 0 };
}
