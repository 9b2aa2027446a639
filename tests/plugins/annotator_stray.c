/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator_stray.c - gives a title, and on "STRAY NOW" puts text, which only
 * parsers may
 */
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
	return DOCKET_OK;
}

static const struct docket_annotator annotator = {
	.annotate = stray_annotate,
};

DOCKET_PLUGIN = {
	.name = "stray",
	.summary = "Leaves the path when it is told to",
	.annotator = &annotator,
};
