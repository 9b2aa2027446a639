/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gather.h - when a group should wait for company
 *
 * What is written together is synced once, so under load a group that waits a
 * few milliseconds costs less than two. When little happens nothing waits: the
 * group before was small, and this one goes at once. Pure: times are given.
 */
#ifndef DAEMON_GATHER_H
#define DAEMON_GATHER_H

#include "mem.h"

struct gather {
	size_t busy;	   /* a group of so many shows that there is load */
	size_t enough;	   /* so many need not wait */
	uint64_t limit_ms; /* nor does what came so long after the last group */
	size_t last_count;
	uint64_t last_ms;
};

/* A group of that size has been dealt with now. */
void gather_note(struct gather *gather, size_t count, uint64_t now_ms);

/* How long so many should wait for others; 0: not at all. */
uint64_t gather_wait(const struct gather *gather, size_t count,
		     uint64_t now_ms);

#endif
