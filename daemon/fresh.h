/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fresh.h - records that were just committed, whole, for the index that is next
 *
 * The journal keeps records without their tokens. The first follower that asks
 * for a record mostly does so at once and is given it as its reader made it; for
 * whoever comes later its own worker makes the tokens again. On the journal's
 * thread.
 */
#ifndef DAEMON_FRESH_H
#define DAEMON_FRESH_H

#include "mem.h"

#define FRESH_SLOTS 1024
#define FRESH_LIMIT_BYTES (8u << 20)

/* Zeroed is empty. */
struct fresh {
	struct fresh_slot {
		uint64_t number; /* of the arrival; 0: empty */
		struct buffer image;
	} slots[FRESH_SLOTS];
	size_t bytes;
};

/* Takes the image, which may be dropped at once. */
void fresh_put(struct fresh *fresh, uint64_t number, struct buffer *image);
/* Hand over the image in place of what out has; false: it is not here. */
bool fresh_take(struct fresh *fresh, uint64_t number, struct buffer *out);
void fresh_fini(struct fresh *fresh);

#endif
