/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader.h - a docket-worker of our own, for reading without a daemon
 *
 * It is started at the first document and again after it died. Functions block;
 * they return 0 or an exit code, as command.h says.
 */
#ifndef CLI_READER_H
#define CLI_READER_H

#include <sys/types.h>

#include "message.h"
#include "source.h"

struct reader {
	pid_t pid; /* 0: none is running */
	int fd;	   /* our end of the socketpair */
	struct frame_stream stream;
	int64_t deadline_ms; /* of one document, 0: none */
	uint64_t lease;
};

/* What reading a document yielded. */
struct reading {
	struct digest digest;	   /* of the document */
	struct docket_bytes image; /* for record_open(); lent until the next */
};

/* A deadline that is over ends the worker. Starts nothing yet. */
void reader_init(struct reader *reader, int64_t deadline_ms);
void reader_fini(struct reader *reader);

/* Read one document. 1: it could not be read. */
int reader_read(struct reader *reader, const struct source *source,
		struct reading *out_reading);

#endif
