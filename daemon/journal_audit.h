/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_audit.h - the journal's part of an audit, page by page
 *
 * A page is one job of the journal's thread: some hundred rows, so that
 * commits come in between. What is compared with one another (a row, its bytes,
 * its events) is read in one page, hence at one moment; sums of pages that were
 * read at different moments are never compared.
 */
#ifndef DAEMON_JOURNAL_AUDIT_H
#define DAEMON_JOURNAL_AUDIT_H

#include "audit_files.h"
#include "journal.h"

enum journal_audit_step {
	AUDIT_STEP_SPOOLS = 0, /* whose are the files in the spools? */
	AUDIT_STEP_ARRIVALS,   /* have they their bytes and events? */
	AUDIT_STEP_PACK,       /* is each row of it some arrival's? */
	AUDIT_STEP_STORE,      /* and each file? */
	AUDIT_STEP_STREAMS,    /* are their sequences without holes? */
	AUDIT_STEP_COUNT
};

/* Numbers of arrivals that something is wrong with: how many, and some. */
#define AUDIT_EXAMPLES 20
struct audit_numbers {
	uint64_t count;
	uint64_t examples[AUDIT_EXAMPLES];
};

struct audit_stream {
	const char *name; /* borrowed */
	uint64_t events;
	uint64_t first, last;
	uint64_t holes;
};

struct journal_audit {
	struct journal_job job;
	enum journal_audit_step step;
	void (*done)(struct journal_audit *audit); /* a page, or all of it */

	/* what is asked for; borrowed */
	struct audit_inbox *inboxes;
	size_t inbox_count;
	const struct audit_digests *store;

	/* where it is */
	uint64_t after;
	size_t at;

	/* the sums */
	uint64_t states[ARRIVAL_STATE_COUNT];
	uint64_t with_bytes;   /* arrivals whose bytes were taken in */
	uint64_t received;     /* document.received of those */
	uint64_t settled;      /* arrivals in a state that an event ends in */
	uint64_t settled_told; /* whose last such event says that state */
	uint64_t older;	       /* their events are kept no longer */
	uint64_t pack_used, pack_spare;
	uint64_t store_used, store_spare;
	struct audit_numbers lost;    /* their bytes or record are missing */
	struct audit_numbers untold;  /* their events do not fit their state */
	struct audit_stream *streams; /* heap */
	size_t stream_count;
};

/* Do the next page; done() follows. step is AUDIT_STEP_COUNT at the end. */
void journal_audit_page(struct journal *journal, struct journal_audit *audit);

void journal_audit_fini(struct journal_audit *audit);

#endif
