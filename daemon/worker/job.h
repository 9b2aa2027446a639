/* SPDX-License-Identifier: Apache-2.0 */
/*
 * job.h - one document in the hands of plugins
 *
 * The state behind every function of parser.h and annotator.h. A job is tried
 * with one parser after the other until one takes it; each begins with an empty
 * record. Then it is settled, and annotators add to it.
 */
#ifndef WORKER_JOB_H
#define WORKER_JOB_H

#include <docket/annotator.h>

#include "children.h"
#include "fault.h"
#include "kept.h"
#include "record.h"
#include "wire.h"

struct docket_job {
	/* lent for the life of the job */
	struct wire *wire;
	uint64_t lease;
	struct docket_bytes content;
	struct docket_bytes name;
	struct docket_bytes media_type;
	/* of the trial at hand */
	const char *plugin; /* whose callback runs; lent */
	struct record_builder *record;
	bool is_settled;
	bool is_restructured;	  /* since the last time it was settled */
	struct children children; /* that were put */
	const char *stray; /* a function that was not the plugin's to call */
	/* of a status that is not OK: one word, if its own does not do; or "" */
	char reason[24];
	/* by docket_job_explain(), as the plugin said it; "" if it did not */
	char explained[sizeof(((struct fault *)0)->text)];
	int64_t progress_ms; /* when progress was last sent */
	struct kept kept;    /* by annotators, for one another */
};

/* Begin a trial: nothing is put yet, nobody is asked yet. */
void job_begin(struct docket_job *job, uint64_t text_limit_bytes);
/* The parser took it: only annotators may add from here on. */
void job_settle(struct docket_job *job, const char *parser,
		const char *version);
/*
 * Instead of a trial and settling it: what another process saved of a job that
 * is settled. -EBADMSG: whatever that is, it is none, and there is no record.
 */
int job_load(struct docket_job *job, struct docket_bytes saved,
	     uint64_t text_limit_bytes);
/* Release the record; the job may begin again. */
void job_end(struct docket_job *job);

/* Around each callback. */
void job_enter(struct docket_job *job, const char *plugin);
void job_leave(struct docket_job *job);

/*
 * What counts in the end, whatever the plugin answered: limits that the document
 * ran into, calls that were not its to make.
 */
void job_judge(const struct docket_job *job, const char *stage,
	       const char *plugin, enum docket_status status,
	       struct outcome *out_outcome);

/*
 * Tell docketd why it came to nothing. The exit code with which this process is
 * to end, since a plugin is broken; 0: it goes on.
 */
int job_fail(const struct docket_job *job, const struct outcome *outcome);

#endif
