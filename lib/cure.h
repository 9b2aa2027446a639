/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cure.h - what a person can do about a document that was set aside
 */
#ifndef LIB_CURE_H
#define LIB_CURE_H

#include <docket/plugin.h>
#include <stddef.h>

struct cure {
	const char *reason; /* one word; "signal-" stands for all such words */
	const char *sentence;
};

/* The index-th of the table; NULL past its end. */
const struct cure *cure_at(size_t index);

/* The sentence for a reason; one that is not known has a general one. */
const char *cure_find(struct docket_bytes reason);

#endif
