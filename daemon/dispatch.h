/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dispatch.h - arrivals that wait for a reader, in order
 *
 * Only numbers: what they are is in the journal. Some are to rest for a while
 * first: a plugin asked for that.
 */
#ifndef DAEMON_DISPATCH_H
#define DAEMON_DISPATCH_H

#include <sys/queue.h>

#include "mem.h"
#include "route.h"

struct dispatch_entry {
	STAILQ_ENTRY(dispatch_entry) next;
	uint64_t number;
	bool is_alone; /* it brought a reader down before */
	uint64_t wakes_ms;
	struct route route;
};

struct dispatch {
	STAILQ_HEAD(dispatch_list, dispatch_entry) queue;
	struct dispatch_list resting;
	size_t count; /* in the queue */
	size_t resting_count;
};

void dispatch_init(struct dispatch *dispatch);
void dispatch_fini(struct dispatch *dispatch);

/*
 * A row says when in the time of day, which may be set while it rests: what is
 * left of the rest is measured by the loop's clock, and is never longer than
 * the longest there is. 0 for a row that says nothing.
 */
uint64_t dispatch_choose_time(int64_t not_before_ms, int64_t clock_ms,
			      uint64_t now_ms);

/* wakes_ms: on the loop's clock; 0: at once. */
void dispatch_put(struct dispatch *dispatch, uint64_t number, bool is_alone,
		  uint64_t wakes_ms);

/* The same at once, of what has come some way already. */
void dispatch_put_routed(struct dispatch *dispatch, uint64_t number,
			 bool is_alone, struct route route);

/* Those that have rested join the queue; true if there are any. */
bool dispatch_wake(struct dispatch *dispatch, uint64_t now_ms);

/* The first; NULL if there is none. Borrowed until dispatch_drop_first(). */
const struct dispatch_entry *dispatch_first(const struct dispatch *dispatch);
void dispatch_drop_first(struct dispatch *dispatch);

#endif
