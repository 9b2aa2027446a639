/* SPDX-License-Identifier: Apache-2.0 */
/*
 * name_type.h - the media type that a document's name claims
 *
 * A claim and no more: what is read is what the bytes are. Where the two
 * contradict one another somebody ought to know.
 */
#ifndef WORKER_NAME_TYPE_H
#define WORKER_NAME_TYPE_H

#include "job.h"

struct name_type {
	const char *suffix; /* without its dot */
	const char *type;
};

struct name_types {
	struct name_type *rows;
	size_t count, capacity;
	char *text; /* which the rows are lent from */
};

/*
 * DATA/media-types, which is as mime.types: a type and the suffixes of names,
 * "#" begins a comment. Without it no name claims anything.
 */
void name_types_load(struct name_types *types, const char *data_folder);
void name_types_fini(struct name_types *types);

/* NULL: it has no suffix, or one that nobody knows. */
const char *name_types_find(const struct name_types *types,
			    struct docket_bytes name);

/*
 * Can a document be of both? So it is where they are the same, or one is what
 * the other is made of: ZIP and Word, XML and web pages, text and any text.
 */
bool name_type_is_kin(const char *named, const char *found);

/* What the name claims, if a document of its type cannot be that; or NULL. */
const char *name_types_find_wrong(const struct name_types *types,
				  const struct docket_job *job);

/* Put what the name claims into the record, with a warning if it is wrong. */
void name_types_put(const struct name_types *types, struct docket_job *job);

#endif
