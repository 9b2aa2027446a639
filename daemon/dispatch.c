/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dispatch.c - arrivals that wait for a reader, in order
 */
#include "dispatch.h"

#include <stdlib.h>

/* What state.c gives, the last time and whenever after it. */
#define LONGEST_REST_MS (5 * 60 * 1000)

static void
append(struct dispatch *dispatch, struct dispatch_entry *entry)
{
	STAILQ_INSERT_TAIL(&dispatch->queue, entry, next);
	dispatch->count++;
}

void
dispatch_init(struct dispatch *dispatch)
{
	*dispatch = (struct dispatch){ .count = 0 };
	STAILQ_INIT(&dispatch->queue);
	STAILQ_INIT(&dispatch->resting);
}

void
dispatch_fini(struct dispatch *dispatch)
{
	dispatch_wake(dispatch, UINT64_MAX);
	while (dispatch->count > 0)
		dispatch_drop_first(dispatch);
}

uint64_t
dispatch_choose_time(int64_t not_before_ms, int64_t clock_ms, uint64_t now_ms)
{
	int64_t rest_ms = not_before_ms - clock_ms;

	if (not_before_ms == 0)
		return 0;
	if (rest_ms > LONGEST_REST_MS)
		rest_ms = LONGEST_REST_MS;
	return rest_ms > 0 ? now_ms + (uint64_t)rest_ms : now_ms;
}

static struct dispatch_entry *
make_entry(uint64_t number, bool is_alone)
{
	struct dispatch_entry *entry = mem_alloc(sizeof(*entry));

	entry->number = number;
	entry->is_alone = is_alone;
	return entry;
}

void
dispatch_put_routed(struct dispatch *dispatch, uint64_t number, bool is_alone,
		    struct route route)
{
	struct dispatch_entry *entry = make_entry(number, is_alone);

	entry->route = route;
	append(dispatch, entry);
}

void
dispatch_put(struct dispatch *dispatch, uint64_t number, bool is_alone,
	     uint64_t wakes_ms)
{
	struct dispatch_entry *entry = make_entry(number, is_alone);

	entry->wakes_ms = wakes_ms;
	if (wakes_ms == 0) {
		append(dispatch, entry);
		return;
	}
	STAILQ_INSERT_TAIL(&dispatch->resting, entry, next);
	dispatch->resting_count++;
}

bool
dispatch_wake(struct dispatch *dispatch, uint64_t now_ms)
{
	struct dispatch_list resting = STAILQ_HEAD_INITIALIZER(resting);
	struct dispatch_entry *entry;
	size_t before = dispatch->count;

	STAILQ_CONCAT(&resting, &dispatch->resting);
	while ((entry = STAILQ_FIRST(&resting)) != NULL) {
		STAILQ_REMOVE_HEAD(&resting, next);
		if (entry->wakes_ms <= now_ms) {
			dispatch->resting_count--;
			append(dispatch, entry);
		} else {
			STAILQ_INSERT_TAIL(&dispatch->resting, entry, next);
		}
	}
	return dispatch->count > before;
}

const struct dispatch_entry *
dispatch_first(const struct dispatch *dispatch)
{
	return STAILQ_FIRST(&dispatch->queue);
}

void
dispatch_drop_first(struct dispatch *dispatch)
{
	struct dispatch_entry *entry = STAILQ_FIRST(&dispatch->queue);

	STAILQ_REMOVE_HEAD(&dispatch->queue, next);
	dispatch->count--;
	free(entry);
}
