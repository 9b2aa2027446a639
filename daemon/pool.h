/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pool.h - the readers: who reads what, for how long, and what came of it
 *
 * Room in a reader is reserved before the lease is committed and used after,
 * so no document is leased to nobody and none is sent before its lease is on
 * disk. Results become facts.
 */
#ifndef DAEMON_POOL_H
#define DAEMON_POOL_H

#include "catalog.h"
#include "child.h"
#include "config.h"
#include "fact.h"
#include "members.h"

/*
 * Documents that a reader has at once; one is read, the others wait in it. Of
 * large ones it has fewer: they would wait for long while others are idle.
 */
#define POOL_DEPTH 32
#define POOL_DEPTH_BYTES (512u << 10)
/* Of a specialist: the next ones, so that it need not wait for them. */
#define POOL_DEPTH_SPECIALIST 4

struct pool_lease {
	uint64_t number; /* of the arrival */
	uint64_t size;
	bool is_started;
	struct route route;
};

struct pool;

struct pool_reader {
	struct child child;
	struct pool *pool;
	uv_timer_t deadline;
	struct pool_lease leases[POOL_DEPTH]; /* in the order they were sent */
	size_t count;
	uint64_t bytes; /* of those */
	size_t reserved;
	bool is_alone; /* what it has brought readers down before */
	bool is_overdue;
	char *last_word;	/* the plugin that was running, or NULL */
	struct members members; /* out of the document that it has read */
	/* Their parent's fact, which waits for one to be taken; or NULL. */
	struct fact *parting;
};

struct pool {
	struct fact_queue *queue;	   /* borrowed */
	struct catalog *catalog;	   /* borrowed */
	const struct config *config;	   /* borrowed */
	struct catalog_plugin *specialist; /* borrowed; NULL: light readers */
	struct pool_reader *readers;
	size_t count;
	size_t depth; /* documents of a reader at a time */
	const char *argv[3];
};

/*
 * The light readers, which have every parser that is no specialist and leave
 * to specialists what is theirs; or those of one specialist.
 */
void pool_init(struct pool *pool, uv_loop_t *loop, struct fact_queue *queue,
	       struct catalog *catalog, const struct config *config,
	       const struct store *store, int lock,
	       struct catalog_plugin *specialist);
/* Start those that do not run; also after a pool_stop(). */
void pool_start(struct pool *pool);

/*
 * Reserve room for one document, alone in its reader if it brought one down
 * before. NULL: there is none now. The fact of its lease carries it.
 */
struct pool_reader *pool_reserve(struct pool *pool, bool is_alone);
void pool_unreserve(struct pool_reader *reader);

/*
 * Use the reservation: content, or a descriptor (taken), goes to the reader.
 * Only parsers are asked that its route leaves.
 */
void pool_send(struct pool_reader *reader, const struct arrival *arrival,
	       struct route route, struct docket_bytes content, int fd);

/* Send what pool_send() queued; once a turn. */
void pool_flush(struct pool *pool);

/* How many more documents they may be given. */
size_t pool_room(const struct pool *pool);
/* How many documents are in readers. */
size_t pool_busy(const struct pool *pool);
size_t pool_ready(const struct pool *pool);

void pool_stop(struct pool *pool);
bool pool_is_gone(const struct pool *pool);
/* Close the handles; the loop runs once more; then free the memory. */
void pool_fini(struct pool *pool);
void pool_free(struct pool *pool);

#endif
