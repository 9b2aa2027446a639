/* SPDX-License-Identifier: Apache-2.0 */
/*
 * children.h - what a parser takes out of a document, until it is sent
 *
 * Attachments, members of archives. They are kept until the parser and all
 * annotators have said OK, for nothing of a document that is not read becomes
 * an arrival.
 */
#ifndef WORKER_CHILDREN_H
#define WORKER_CHILDREN_H

#include "outcome.h"
#include "record.h"
#include "wire.h"

struct child_document;

/* Zeroed is none. */
struct children {
	struct child_document *items;
	size_t count, capacity;
	uint64_t bytes;
	bool are_too_many;
	bool are_too_large;
};

/*
 * Keep a copy. One without a name is called by its place; zeros in a name
 * become underscores. Past a limit nothing more is kept.
 */
void children_put(struct children *children, struct docket_bytes name,
		  struct docket_bytes content);

/* Were there more than are taken of one document? Then the outcome says so. */
bool children_pass_limit(const struct children *children,
			 struct outcome *outcome);

/* DOCKET_FIELD_CHILD of each. */
void children_describe(const struct children *children,
		       struct record_builder *record);

/* Before the record goes. */
void children_send(const struct children *children, struct wire *wire,
		   uint64_t lease);

/* Forget them: there are none afterwards. */
void children_fini(struct children *children);

#endif
