/* SPDX-License-Identifier: Apache-2.0 */
/*
 * waiting.h - names in an inbox that are not claimed yet, and until when
 *
 * Pure: times are given, nothing is looked at. How a file came decides how
 * long it must be quiet; a table says how sightings change that.
 */
#ifndef DAEMON_WAITING_H
#define DAEMON_WAITING_H

#include <sys/queue.h>

#include "mem.h"

enum waiting_state {
	WAITING_ABSENT = 0,
	WAITING_OPEN,	  /* made in place, its writer has not closed it */
	WAITING_SETTLING, /* written in place and closed */
	WAITING_FOUND,	  /* a scan saw it; nobody knows how it came */
	WAITING_READY,	  /* may be claimed now */
	WAITING_STATE_COUNT
};

enum waiting_sighting {
	SIGHTING_CREATED = 0,
	SIGHTING_CLOSED,
	SIGHTING_MOVED_IN,
	SIGHTING_SCANNED,
	SIGHTING_COUNT
};

/* What must not change while a file is quiet. */
struct waiting_shape {
	uint64_t inode;
	uint64_t size;
	int64_t mtime_ns;
	int64_t ctime_ns;
};

struct waiting {
	TAILQ_ENTRY(waiting) in_state;
	struct waiting *next_in_bucket;
	enum waiting_state state;
	bool was_moved; /* how it came to be READY */
	bool was_found;
	uint64_t due_ms;
	uint64_t first_seen_ms;
	uint64_t since_ms; /* nobody has seen a change since */
	unsigned move;	   /* which one into its inbox it was, if it was */
	struct waiting_shape shape;
	char name[];
};

TAILQ_HEAD(waiting_list, waiting);

struct waiting_table {
	uint64_t quiet_ms;	 /* OPEN, SETTLING */
	uint64_t found_quiet_ms; /* FOUND */
	struct waiting_list lists[WAITING_STATE_COUNT];
	struct waiting **buckets;
	size_t bucket_count;
	size_t count;
};

void waiting_init(struct waiting_table *table, uint64_t quiet_ms,
		  uint64_t found_quiet_ms);
void waiting_fini(struct waiting_table *table);

/* A sighting of that name. Returns its entry; a new one has no shape. */
struct waiting *waiting_note(struct waiting_table *table, const char *name,
			     enum waiting_sighting sighting, uint64_t now_ms);

/* It has changed or is still held: it must be quiet once more. */
void waiting_renew(struct waiting_table *table, struct waiting *waiting,
		   uint64_t now_ms);
/* It has been quiet for long enough. */
void waiting_settle(struct waiting_table *table, struct waiting *waiting);
void waiting_drop(struct waiting_table *table, struct waiting *waiting);

/* An entry whose time has come, to be looked at; NULL if none. */
struct waiting *waiting_due(struct waiting_table *table, uint64_t now_ms);
/* When waiting_due() will have one; UINT64_MAX if never. */
uint64_t waiting_next_due(const struct waiting_table *table);
/* The oldest that is READY; NULL if none. */
struct waiting *waiting_ready(struct waiting_table *table);

bool waiting_shape_equal(const struct waiting_shape *a,
			 const struct waiting_shape *b);

#endif
