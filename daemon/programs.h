/* SPDX-License-Identifier: Apache-2.0 */
/*
 * programs.h - readers of their own for parsers that are programs
 *
 * A pool for each, with a queue: started when the first document comes that the
 * light readers leave to it, stopped when none has come for a while. So a slow
 * program delays its own documents only.
 */
#ifndef DAEMON_PROGRAMS_H
#define DAEMON_PROGRAMS_H

#include "dispatch.h"
#include "pool.h"

struct programs_pool {
	struct pool pool;
	struct dispatch waiting;
	uint64_t used_ms; /* on the loop's clock: when it last had something */
};

struct programs {
	uv_loop_t *loop;	  /* borrowed */
	struct fact_queue *queue; /* borrowed */
	struct programs_pool *pools;
	size_t count;
};

void programs_init(struct programs *programs, uv_loop_t *loop,
		   struct fact_queue *queue, struct catalog *catalog,
		   const struct config *config, int lock);

/* A queued arrival is that program's to read. Asks for a turn. */
void programs_put(struct programs *programs,
		  const struct catalog_plugin *program, uint64_t number,
		  struct route route);

/* Room for the next that waits, as pool_reserve(); it waits no more. */
struct pool_reader *programs_reserve(struct programs *programs,
				     uint64_t *out_number,
				     struct route *out_route);

/* How many wait, in all. */
size_t programs_waiting(const struct programs *programs);

/* As those of a pool. */
void programs_flush(struct programs *programs);
void programs_stop(struct programs *programs);
bool programs_is_gone(const struct programs *programs);
void programs_fini(struct programs *programs);
void programs_free(struct programs *programs);

/* Now and then: who has nothing to do is stopped. */
void programs_tend(struct programs *programs);

#endif
