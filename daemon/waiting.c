/* SPDX-License-Identifier: Apache-2.0 */
/*
 * waiting.c - names in an inbox that are not claimed yet, and until when
 *
 * Each state has one list. Within a list every entry waits equally long and
 * one that is renewed goes to the end, so lists are ordered by due time and
 * only their heads are ever looked at.
 */
#include "waiting.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_BUCKETS 64

static const unsigned char
	next_state[WAITING_STATE_COUNT][SIGHTING_COUNT] = {
		[WAITING_ABSENT] = {
			[SIGHTING_CREATED] = WAITING_OPEN,
			[SIGHTING_CLOSED] = WAITING_SETTLING,
			[SIGHTING_MOVED_IN] = WAITING_READY,
			[SIGHTING_SCANNED] = WAITING_FOUND,
		},
		[WAITING_OPEN] = {
			[SIGHTING_CREATED] = WAITING_OPEN,
			[SIGHTING_CLOSED] = WAITING_SETTLING,
			[SIGHTING_MOVED_IN] = WAITING_READY,
			[SIGHTING_SCANNED] = WAITING_OPEN,
		},
		[WAITING_SETTLING] = {
			[SIGHTING_CREATED] = WAITING_OPEN,
			[SIGHTING_CLOSED] = WAITING_SETTLING,
			[SIGHTING_MOVED_IN] = WAITING_READY,
			[SIGHTING_SCANNED] = WAITING_SETTLING,
		},
		[WAITING_FOUND] = {
			[SIGHTING_CREATED] = WAITING_OPEN,
			[SIGHTING_CLOSED] = WAITING_SETTLING,
			[SIGHTING_MOVED_IN] = WAITING_READY,
			[SIGHTING_SCANNED] = WAITING_FOUND,
		},
		[WAITING_READY] = {
			[SIGHTING_CREATED] = WAITING_OPEN,
			[SIGHTING_CLOSED] = WAITING_SETTLING,
			[SIGHTING_MOVED_IN] = WAITING_READY,
			[SIGHTING_SCANNED] = WAITING_READY,
		},
	};

void
waiting_init(struct waiting_table *table, uint64_t quiet_ms,
	     uint64_t found_quiet_ms)
{
	*table = (struct waiting_table){
		.quiet_ms = quiet_ms,
		.found_quiet_ms = found_quiet_ms,
		.bucket_count = FIRST_BUCKETS,
	};
	table->buckets =
		mem_alloc_array(FIRST_BUCKETS, sizeof(*table->buckets));
	for (int i = 0; i < WAITING_STATE_COUNT; i++)
		TAILQ_INIT(&table->lists[i]);
}

void
waiting_fini(struct waiting_table *table)
{
	for (int i = 0; i < WAITING_STATE_COUNT; i++) {
		struct waiting *waiting;

		while ((waiting = TAILQ_FIRST(&table->lists[i])) != NULL)
			waiting_drop(table, waiting);
	}
	free(table->buckets);
	table->buckets = NULL;
}

/* FNV-1a */
static struct waiting **
find_bucket(const struct waiting_table *table, const char *name)
{
	uint64_t hash = 14695981039346656037u;

	for (; *name != '\0'; name++)
		hash = (hash ^ (unsigned char)*name) * 1099511628211u;
	return &table->buckets[hash & (table->bucket_count - 1)];
}

static struct waiting *
find(const struct waiting_table *table, const char *name)
{
	struct waiting *waiting = *find_bucket(table, name);

	while (waiting != NULL && strcmp(waiting->name, name) != 0)
		waiting = waiting->next_in_bucket;
	return waiting;
}

static void
double_buckets(struct waiting_table *table)
{
	free(table->buckets);
	table->bucket_count *= 2;
	table->buckets =
		mem_alloc_array(table->bucket_count, sizeof(*table->buckets));
	for (int i = 0; i < WAITING_STATE_COUNT; i++) {
		struct waiting *waiting;

		TAILQ_FOREACH(waiting, &table->lists[i], in_state)
		{
			struct waiting **bucket =
				find_bucket(table, waiting->name);

			waiting->next_in_bucket = *bucket;
			*bucket = waiting;
		}
	}
}

static uint64_t
patience(const struct waiting_table *table, enum waiting_state state)
{
	switch (state) {
	case WAITING_OPEN:
	case WAITING_SETTLING:
		return table->quiet_ms;
	case WAITING_FOUND:
		return table->found_quiet_ms;
	case WAITING_ABSENT:
	case WAITING_READY:
	case WAITING_STATE_COUNT:
		break;
	}
	return 0;
}

static void
enter(struct waiting_table *table, struct waiting *waiting,
      enum waiting_state state, uint64_t now_ms)
{
	if (waiting->state != WAITING_ABSENT)
		TAILQ_REMOVE(&table->lists[waiting->state], waiting, in_state);
	waiting->state = state;
	waiting->due_ms = now_ms + patience(table, state);
	TAILQ_INSERT_TAIL(&table->lists[state], waiting, in_state);
}

static struct waiting *
add(struct waiting_table *table, const char *name, uint64_t now_ms)
{
	size_t size = strlen(name) + 1;
	struct waiting *waiting = mem_alloc(sizeof(*waiting) + size);
	struct waiting **bucket;

	memcpy(waiting->name, name, size);
	waiting->first_seen_ms = now_ms;
	if (table->count >= table->bucket_count)
		double_buckets(table);
	bucket = find_bucket(table, name);
	waiting->next_in_bucket = *bucket;
	*bucket = waiting;
	table->count++;
	return waiting;
}

struct waiting *
waiting_note(struct waiting_table *table, const char *name,
	     enum waiting_sighting sighting, uint64_t now_ms)
{
	struct waiting *waiting = find(table, name);
	enum waiting_state state;

	if (waiting == NULL)
		waiting = add(table, name, now_ms);
	state = next_state[waiting->state][sighting];
	if (sighting == SIGHTING_SCANNED && state == waiting->state)
		return waiting; /* nothing that was not known */
	enter(table, waiting, state, now_ms);
	waiting->since_ms = now_ms;
	waiting->was_moved = state == WAITING_READY;
	waiting->was_found = state == WAITING_FOUND;
	return waiting;
}

void
waiting_renew(struct waiting_table *table, struct waiting *waiting,
	      uint64_t now_ms)
{
	enter(table, waiting, waiting->state, now_ms);
}

void
waiting_settle(struct waiting_table *table, struct waiting *waiting)
{
	enter(table, waiting, WAITING_READY, waiting->due_ms);
}

void
waiting_drop(struct waiting_table *table, struct waiting *waiting)
{
	struct waiting **at = find_bucket(table, waiting->name);

	while (*at != waiting)
		at = &(*at)->next_in_bucket;
	*at = waiting->next_in_bucket;
	TAILQ_REMOVE(&table->lists[waiting->state], waiting, in_state);
	table->count--;
	free(waiting);
}

static const enum waiting_state quiet_states[] = { WAITING_OPEN,
						   WAITING_SETTLING,
						   WAITING_FOUND };

struct waiting *
waiting_due(struct waiting_table *table, uint64_t now_ms)
{
	for (size_t i = 0; i < ARRAY_SIZE(quiet_states); i++) {
		struct waiting *waiting =
			TAILQ_FIRST(&table->lists[quiet_states[i]]);

		if (waiting != NULL && waiting->due_ms <= now_ms)
			return waiting;
	}
	return NULL;
}

uint64_t
waiting_next_due(const struct waiting_table *table)
{
	uint64_t due = UINT64_MAX;

	for (size_t i = 0; i < ARRAY_SIZE(quiet_states); i++) {
		const struct waiting *waiting =
			TAILQ_FIRST(&table->lists[quiet_states[i]]);

		if (waiting != NULL && waiting->due_ms < due)
			due = waiting->due_ms;
	}
	return due;
}

struct waiting *
waiting_ready(struct waiting_table *table)
{
	return TAILQ_FIRST(&table->lists[WAITING_READY]);
}

bool
waiting_shape_equal(const struct waiting_shape *a,
		    const struct waiting_shape *b)
{
	return a->inode == b->inode && a->size == b->size &&
	       a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns;
}
