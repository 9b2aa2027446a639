/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool.c - the readers: who reads what, for how long, and what came of it
 *
 * Owns the reader processes, their leases, and what they take out of documents
 * until the document's own fact is put. What they say is pool_answer.c's.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pool_private.h"

/* Large libraries and their models, read by all readers at once. */
#define SPECIALIST_READY_TIMEOUT_MS 180000

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
	.on_frame = pool_take_frame,
	.on_exit = pool_bury,
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
	  struct catalog *catalog, const struct config *config,
	  const struct store *store, int lock,
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
		members_init(&reader->members, loop, store, pool_take_on);
		child_init(&reader->child, loop, name, pool->argv, lock,
			   &child_events);
		if (specialist != NULL)
			reader->child.ready_timeout_ms =
				SPECIALIST_READY_TIMEOUT_MS;
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
	if (reader->child.state != CHILD_READY || reader->is_alone ||
	    reader->parting != NULL)
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

/*
 * The media types that its inbox takes; empty: all. What is in a document that
 * it takes is read, whatever it is.
 */
static struct docket_bytes
find_types(const struct config *config, const struct arrival *arrival)
{
	if (arrival->parent != 0)
		return (struct docket_bytes){ "", 0 };
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
			 pool_make_fact(FACT_RETURNED, arrival->number));
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
		pool_renew_deadline(reader); /* to begin it */
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
		if (!child_is_gone(&pool->readers[i].child) ||
		    pool->readers[i].members.is_busy)
			return false;
	return true;
}

void
pool_fini(struct pool *pool)
{
	for (size_t i = 0; i < pool->count; i++) {
		uv_close((uv_handle_t *)&pool->readers[i].deadline, NULL);
		child_fini(&pool->readers[i].child);
		members_fini(&pool->readers[i].members);
		free(pool->readers[i].last_word);
	}
}

void
pool_free(struct pool *pool)
{
	free(pool->readers);
	*pool = (struct pool){ 0 };
}
