/* SPDX-License-Identifier: Apache-2.0 */
/*
 * specialists.c - readers of their own for parsers that want them
 *
 * Owns their pools and what waits for each: numbers only, so that a docketd
 * that starts again begins with them at the light readers. Never ends the
 * process.
 */
#include "specialists.h"

#include <stdlib.h>

/* Starting one costs some 30 ms, keeping it some MiB. */
#define IDLE_MS 60000

void
specialists_init(struct specialists *specialists, uv_loop_t *loop,
		 struct fact_queue *queue, struct catalog *catalog,
		 const struct config *config, const struct store *store,
		 int lock)
{
	*specialists = (struct specialists){ .loop = loop, .queue = queue };
	specialists->pools = mem_alloc_array(catalog->count + 1,
					     sizeof(*specialists->pools));
	for (size_t i = 0; i < catalog->count; i++) {
		struct catalog_plugin *plugin = &catalog->plugins[i];
		struct specialists_pool *pool =
			&specialists->pools[specialists->count];

		if (plugin->state != CATALOG_LOADED ||
		    !catalog_is_specialist(plugin))
			continue;
		pool_init(&pool->pool, loop, queue, catalog, config, store,
			  lock, plugin);
		dispatch_init(&pool->waiting);
		specialists->count++;
	}
}

void
specialists_put(struct specialists *specialists,
		const struct catalog_plugin *plugin, uint64_t number,
		struct route route)
{
	for (size_t i = 0; i < specialists->count; i++) {
		struct specialists_pool *pool = &specialists->pools[i];

		if (pool->pool.specialist != plugin)
			continue;
		dispatch_put_routed(&pool->waiting, number, false, route);
		pool->used_ms = uv_now(specialists->loop);
		pool_start(&pool->pool);
		fact_want_turn(specialists->queue);
	}
}

struct pool_reader *
specialists_reserve(struct specialists *specialists, uint64_t *out_number,
		    struct route *out_route)
{
	for (size_t i = 0; i < specialists->count; i++) {
		struct specialists_pool *pool = &specialists->pools[i];
		const struct dispatch_entry *entry =
			dispatch_first(&pool->waiting);
		struct pool_reader *reader = NULL;

		if (entry != NULL)
			reader = pool_reserve(&pool->pool, false);
		if (reader == NULL)
			continue;
		*out_number = entry->number;
		*out_route = entry->route;
		dispatch_drop_first(&pool->waiting);
		return reader;
	}
	return NULL;
}

size_t
specialists_waiting(const struct specialists *specialists)
{
	size_t count = 0;

	for (size_t i = 0; i < specialists->count; i++)
		count += specialists->pools[i].waiting.count;
	return count;
}

void
specialists_tend(struct specialists *specialists)
{
	uint64_t now_ms = uv_now(specialists->loop);

	for (size_t i = 0; i < specialists->count; i++) {
		struct specialists_pool *pool = &specialists->pools[i];

		if (pool->waiting.count > 0 || pool_busy(&pool->pool) > 0)
			pool->used_ms = now_ms;
		if (now_ms - pool->used_ms > IDLE_MS)
			pool_stop(&pool->pool);
	}
}

void
specialists_flush(struct specialists *specialists)
{
	for (size_t i = 0; i < specialists->count; i++)
		pool_flush(&specialists->pools[i].pool);
}

void
specialists_stop(struct specialists *specialists)
{
	for (size_t i = 0; i < specialists->count; i++)
		pool_stop(&specialists->pools[i].pool);
}

bool
specialists_is_gone(const struct specialists *specialists)
{
	for (size_t i = 0; i < specialists->count; i++)
		if (!pool_is_gone(&specialists->pools[i].pool))
			return false;
	return true;
}

void
specialists_fini(struct specialists *specialists)
{
	for (size_t i = 0; i < specialists->count; i++)
		pool_fini(&specialists->pools[i].pool);
}

void
specialists_free(struct specialists *specialists)
{
	for (size_t i = 0; i < specialists->count; i++) {
		dispatch_fini(&specialists->pools[i].waiting);
		pool_free(&specialists->pools[i].pool);
	}
	free(specialists->pools);
	*specialists = (struct specialists){ 0 };
}
