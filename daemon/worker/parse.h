/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parse.h - a document in the hands of one parser after the other
 */
#ifndef WORKER_PARSE_H
#define WORKER_PARSE_H

#include "job.h"
#include "outcome.h"
#include "worker.h"

/* Who may be asked. */
struct parsers {
	const struct worker *worker; /* its plugins are sorted: parsers first */
	size_t count;
};

/*
 * The parser that took the document; then the job is settled. Or NULL, and the
 * outcome says why. Those up to `past`, if there is one, were asked before.
 */
const struct plugin *parse_document(const struct parsers *parsers,
				    struct docket_job *job,
				    struct docket_bytes past,
				    struct outcome *out_outcome);

#endif
