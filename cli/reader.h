/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader.h - docket-workers of our own, for reading without a daemon
 *
 * The first one is started at the first document and again after it died. What
 * it leaves to a specialist goes to a worker with that parser, which is started
 * when there is something for it. Functions block; they return 0 or an exit code,
 * as command.h says.
 */
#ifndef CLI_READER_H
#define CLI_READER_H

#include "fault.h"
#include "own_worker.h"
#include "source.h"

struct reader {
	const struct worker_setup *setup; /* borrowed */
	struct own_worker worker;	  /* the first one */
	struct own_worker *specialists;	  /* as many as the setup has */
	struct own_worker *asked;	  /* one of these */
	int64_t deadline_ms;		  /* of one document, 0: none */
	uint64_t lease;
	bool is_broken; /* a worker is ending: the next document needs another */
	uint64_t *child_sizes; /* of the document that was read last */
	size_t child_count, child_capacity;
};

/* What became of a document. */
enum reading_end {
	READING_RECORD, /* image */
	READING_FAILED, /* failed: a plugin or its host said why not */
	READING_LOST,	/* lost: the worker is gone */
};

/* Lent until the next one. */
struct reading {
	enum reading_end end;
	struct digest digest;	     /* of the document */
	struct docket_bytes image;   /* for record_open() */
	const uint64_t *child_sizes; /* of what was in it, as in the record */
	size_t child_count;
	struct message_failed failed; /* status is an enum docket_status */
	struct fault lost;	      /* goes on after "the worker " */
};

/*
 * The setup is complete. A deadline that is over ends the worker. Starts nothing
 * yet.
 */
void reader_init(struct reader *reader, const struct worker_setup *setup,
		 int64_t deadline_ms);
void reader_fini(struct reader *reader);

/* End the workers: the next document is read in fresh ones. */
void reader_end(struct reader *reader);

/*
 * Start the first worker if none is running, and warn of plugins that are
 * refused. reader_read() does it, too.
 */
int reader_start(struct reader *reader);

/* 0: out_reading says what became of it. */
int reader_read(struct reader *reader, const struct source *source,
		struct reading *out_reading);

/* Say why a document was not read, and how to cure that; returns 1. */
int reader_explain(const struct source *source, const struct reading *reading);

#endif
