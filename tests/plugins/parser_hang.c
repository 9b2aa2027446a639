/* SPDX-License-Identifier: Apache-2.0 */
/* parser_hang.c - never comes back from "HANG NOW", skips all else */
#include <unistd.h>

#include <docket/parser.h>

#include "spell.h"

static enum docket_status
hang_parse(void *self, struct docket_job *job)
{
	struct docket_bytes bytes = docket_job_bytes(job);

	(void)self;
	/* Busily, which the CPU limit ends; or asleep, which a deadline ends. */
	while (has_spell(bytes, "HANG NOW"))
		;
	if (has_spell(bytes, "SLEEP NOW"))
		docket_job_progress(job, 1, 2);
	while (has_spell(bytes, "SLEEP NOW"))
		pause();
	return DOCKET_SKIP;
}

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = hang_parse,
};

DOCKET_PLUGIN = {
	.name = "hang",
	.summary = "Hangs when it is told to",
	.parser = &parser,
};
