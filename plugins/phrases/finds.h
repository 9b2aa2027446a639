/* SPDX-License-Identifier: Apache-2.0 */
/*
 * finds.h - marks that were found, until they may be put
 *
 * The record's text is lent only until something is put; so what is found in it
 * is kept aside.
 */
#ifndef PHRASES_FINDS_H
#define PHRASES_FINDS_H

#include <docket/annotator.h>

#include <stdbool.h>

/* More of them is no document's prose. */
#define FINDS_LIMIT 100000

struct find {
	uint32_t start;
	uint32_t end;
	enum docket_mark_kind kind;
	uint32_t value; /* where its text begins; both end with a zero */
	uint32_t uri;
};

struct finds {
	struct find *items;
	size_t count;
	size_t room;
	char *strings;
	size_t size;
	size_t strings_room;
	bool is_full; /* something was left out */
};

/* Zeroed, it is empty. */
void finds_fini(struct finds *finds);

/* Keep a mark; value and uri are copied, uri may be NULL. */
void finds_add(struct finds *finds, uint32_t start, uint32_t end,
	       enum docket_mark_kind kind, const char *value, const char *uri);

static inline const char *
finds_string(const struct finds *finds, uint32_t at)
{
	return finds->strings + at;
}

/* Put them all, and a warning where some were left out. */
void finds_put(const struct finds *finds, struct docket_job *job);

#endif
