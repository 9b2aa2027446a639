/* SPDX-License-Identifier: Apache-2.0 */
/*
 * specialists.h - readers of their own for parsers that want them
 *
 * Programs, and plugins that need a process for each document. Each has a pool
 * with a queue: started when the first document comes that the light readers
 * leave to it, stopped when none has come for a while. So one that is slow
 * delays its own documents only, and what it loads nobody else pays for.
 */
#ifndef DAEMON_SPECIALISTS_H
#define DAEMON_SPECIALISTS_H

#include "dispatch.h"
#include "pool.h"

struct specialists_pool {
	struct pool pool;
	struct dispatch waiting;
	uint64_t used_ms; /* on the loop's clock: when it last had something */
};

struct specialists {
	uv_loop_t *loop;	  /* borrowed */
	struct fact_queue *queue; /* borrowed */
	struct specialists_pool *pools;
	size_t count;
};

void specialists_init(struct specialists *specialists, uv_loop_t *loop,
		      struct fact_queue *queue, struct catalog *catalog,
		      const struct config *config, const struct store *store,
		      int lock);

/* A queued arrival is that one's to read. Asks for a turn. */
void specialists_put(struct specialists *specialists,
		     const struct catalog_plugin *plugin, uint64_t number,
		     struct route route);

/* Room for the next that waits, as pool_reserve(); it waits no more. */
struct pool_reader *specialists_reserve(struct specialists *specialists,
					uint64_t *out_number,
					struct route *out_route);

/* How many wait, in all. */
size_t specialists_waiting(const struct specialists *specialists);

/* As those of a pool. */
void specialists_flush(struct specialists *specialists);
void specialists_stop(struct specialists *specialists);
bool specialists_is_gone(const struct specialists *specialists);
void specialists_fini(struct specialists *specialists);
void specialists_free(struct specialists *specialists);

/* Now and then: who has nothing to do is stopped. */
void specialists_tend(struct specialists *specialists);

#endif
