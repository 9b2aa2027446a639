/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dispatch.h - arrivals that wait for a reader, in order
 *
 * Only numbers: what they are is in the journal.
 */
#ifndef DAEMON_DISPATCH_H
#define DAEMON_DISPATCH_H

#include <sys/queue.h>

#include "mem.h"

struct dispatch_entry {
	STAILQ_ENTRY(dispatch_entry) next;
	uint64_t number;
	bool is_alone; /* it brought a reader down before */
};

struct dispatch {
	STAILQ_HEAD(, dispatch_entry) queue;
	size_t count;
};

void dispatch_init(struct dispatch *dispatch);
void dispatch_fini(struct dispatch *dispatch);
void dispatch_put(struct dispatch *dispatch, uint64_t number, bool is_alone);

/* The first; NULL if there is none. Borrowed until dispatch_drop_first(). */
const struct dispatch_entry *dispatch_first(const struct dispatch *dispatch);
void dispatch_drop_first(struct dispatch *dispatch);

#endif
