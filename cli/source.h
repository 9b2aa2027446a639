/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.h - a document that somebody named on the command line
 */
#ifndef CLI_SOURCE_H
#define CLI_SOURCE_H

#include "digest.h"

struct source {
	const char *label;	  /* for messages: the path, "standard input" */
	struct docket_bytes name; /* the file's; none for standard input */
	struct docket_bytes media_type; /* as which it is read; none: sniffed */
	int fd;				/* regular or in memory, at its start */
	uint64_t size;			/* bytes */
};

/*
 * Open a path, or standard input for "-". What is no regular file (a pipe, a
 * terminal) is read to its end first. Borrows path. 0, 1 or 74, said.
 */
int source_open(const char *path, struct source *out_source);

/* Some bytes, copied, under this label and name (both borrowed). 0 or 74. */
int source_hold(const char *label, struct docket_bytes name,
		struct docket_bytes bytes, struct source *out_source);
void source_close(struct source *source);

/* Append all of it; its SHA-256. Both read the file. 0 or 74, said. */
int source_read(const struct source *source, struct buffer *out);
int source_hash(const struct source *source, struct digest *out_digest);

#endif
