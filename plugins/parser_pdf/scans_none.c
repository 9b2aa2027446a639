/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scans_none.c - no page is read by looking at it: tesseract is not there
 *
 * Owns nothing.
 */
#include "scans.h"

void
scans_read(struct scans *scans, struct docket_job *job,
	   struct library_document *source, struct document *document,
	   const struct scans_options *options)
{
	(void)scans;
	(void)job;
	(void)source;
	(void)document;
	(void)options;
}

uint32_t
scans_next_page(const struct scans *scans)
{
	(void)scans;
	return 0;
}

void
scans_put(struct scans *scans, struct docket_job *job)
{
	(void)scans;
	(void)job;
}

void
scans_fini(struct scans *scans)
{
	(void)scans;
}
