/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kept.h - what annotators keep of a document for those that come after them
 */
#ifndef WORKER_KEPT_H
#define WORKER_KEPT_H

#include <stdbool.h>
#include <stddef.h>

#define KEPT_MAX 8
#define KEPT_NAME 64

/* Zeroed, it is empty. */
struct kept {
	struct {
		char name[KEPT_NAME];
		void *value;
		void (*release)(void *value);
	} items[KEPT_MAX];
	size_t count;
};

/* The value of that name, or NULL; borrowed. */
void *kept_find(const struct kept *kept, const char *name);

/*
 * Take the value. false, and it stays the caller's, where the name is taken or
 * too long, or there is no room.
 */
bool kept_put(struct kept *kept, const char *name, void *value,
	      void (*release)(void *value));

/* Release the values; those kept last go first. */
void kept_fini(struct kept *kept);

#endif
