/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator_stray.c - gives a title, and on "STRAY NOW" puts text, which only
 * parsers may. On "FALL NOW" it crashes, on "REFUSE NOW" it rejects.
 */
#include <signal.h>

#include <docket/annotator.h>

#include "spell.h"

static enum docket_status
stray_annotate(void *self, struct docket_job *job)
{
	static const char title[] = "Found astray";
	struct docket_bytes bytes = { title, sizeof(title) - 1 };

	(void)self;
	docket_put_field(job, DOCKET_FIELD_TITLE, bytes);
	if (has_spell(docket_job_text(job), "STRAY NOW"))
		docket_put_text(job, bytes);
	if (has_spell(docket_job_text(job), "FALL NOW"))
		raise(SIGSEGV);
	return has_spell(docket_job_text(job), "REFUSE NOW") ? DOCKET_REJECT
							     : DOCKET_OK;
}

static const struct docket_annotator annotator = {
	.annotate = stray_annotate,
};

DOCKET_PLUGIN = {
	.name = "stray",
	.summary = "Leaves the path when it is told to",
	.annotator = &annotator,
};
