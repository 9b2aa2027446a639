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

struct dispatch_entry {
	STAILQ_ENTRY(dispatch_entry) next;
	uint64_t number;
	bool is_alone; /* it brought a reader down before */
	int64_t not_before_ms;
};

struct dispatch {
	STAILQ_HEAD(dispatch_list, dispatch_entry) queue;
	struct dispatch_list resting;
	size_t count; /* in the queue */
	size_t resting_count;
};

void dispatch_init(struct dispatch *dispatch);
void dispatch_fini(struct dispatch *dispatch);

/* not_before_ms: since 1970, as a row has it; 0: at once. */
void dispatch_put(struct dispatch *dispatch, uint64_t number, bool is_alone,
		  int64_t not_before_ms);

/* Those that have rested join the queue; true if there are any. */
bool dispatch_wake(struct dispatch *dispatch, int64_t now_ms);

/* The first; NULL if there is none. Borrowed until dispatch_drop_first(). */
const struct dispatch_entry *dispatch_first(const struct dispatch *dispatch);
void dispatch_drop_first(struct dispatch *dispatch);

#endif
