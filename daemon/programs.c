/* SPDX-License-Identifier: Apache-2.0 */
/*
 * programs.c - readers of their own for parsers that are programs
 *
 * Owns their pools and what waits for each: numbers only, so that a docketd
 * that starts again begins with them at the light readers. Never ends the
 * process.
 */
#include "programs.h"

#include <stdlib.h>

/* Starting one costs some 30 ms, keeping it some MiB. */
#define IDLE_MS 60000

static bool
has_pool(const struct catalog_plugin *plugin)
{
	return plugin->is_program && plugin->state == CATALOG_LOADED &&
	       plugin->about.kind == PLUGIN_PARSER;
}

void
programs_init(struct programs *programs, uv_loop_t *loop,
	      struct fact_queue *queue, struct catalog *catalog,
	      const struct config *config, int lock)
{
	*programs = (struct programs){ .loop = loop, .queue = queue };
	programs->pools =
		mem_alloc_array(catalog->count + 1, sizeof(*programs->pools));
	for (size_t i = 0; i < catalog->count; i++) {
		struct catalog_plugin *plugin = &catalog->plugins[i];
		struct programs_pool *pool = &programs->pools[programs->count];

		if (!has_pool(plugin))
			continue;
		pool_init(&pool->pool, loop, queue, catalog, config, lock,
			  plugin);
		dispatch_init(&pool->waiting);
		programs->count++;
	}
}

void
programs_put(struct programs *programs, const struct catalog_plugin *program,
	     uint64_t number, struct route route)
{
	for (size_t i = 0; i < programs->count; i++) {
		struct programs_pool *pool = &programs->pools[i];

		if (pool->pool.program != program)
			continue;
		dispatch_put_routed(&pool->waiting, number, false, route);
		pool->used_ms = uv_now(programs->loop);
		pool_start(&pool->pool);
		fact_want_turn(programs->queue);
	}
}

struct pool_reader *
programs_reserve(struct programs *programs, uint64_t *out_number,
		 struct route *out_route)
{
	for (size_t i = 0; i < programs->count; i++) {
		struct programs_pool *pool = &programs->pools[i];
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
programs_waiting(const struct programs *programs)
{
	size_t count = 0;

	for (size_t i = 0; i < programs->count; i++)
		count += programs->pools[i].waiting.count;
	return count;
}

void
programs_tend(struct programs *programs)
{
	uint64_t now_ms = uv_now(programs->loop);

	for (size_t i = 0; i < programs->count; i++) {
		struct programs_pool *pool = &programs->pools[i];

		if (pool->waiting.count > 0 || pool_busy(&pool->pool) > 0)
			pool->used_ms = now_ms;
		if (now_ms - pool->used_ms > IDLE_MS)
			pool_stop(&pool->pool);
	}
}

void
programs_flush(struct programs *programs)
{
	for (size_t i = 0; i < programs->count; i++)
		pool_flush(&programs->pools[i].pool);
}

void
programs_stop(struct programs *programs)
{
	for (size_t i = 0; i < programs->count; i++)
		pool_stop(&programs->pools[i].pool);
}

bool
programs_is_gone(const struct programs *programs)
{
	for (size_t i = 0; i < programs->count; i++)
		if (!pool_is_gone(&programs->pools[i].pool))
			return false;
	return true;
}

void
programs_fini(struct programs *programs)
{
	for (size_t i = 0; i < programs->count; i++)
		pool_fini(&programs->pools[i].pool);
}

void
programs_free(struct programs *programs)
{
	for (size_t i = 0; i < programs->count; i++) {
		dispatch_fini(&programs->pools[i].waiting);
		pool_free(&programs->pools[i].pool);
	}
	free(programs->pools);
	*programs = (struct programs){ 0 };
}
