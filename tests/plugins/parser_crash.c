/* SPDX-License-Identifier: Apache-2.0 */
/* parser_crash.c - dies of "CRASH NOW" by SIGSEGV, skips all else */
#include <signal.h>

#include <docket/parser.h>

#include "spell.h"

static enum docket_status
crash_parse(void *self, struct docket_job *job)
{
	(void)self;
	if (has_spell(docket_job_bytes(job), "CRASH NOW")) {
		/* A sanitizer would turn the signal into an exit code. */
		signal(SIGSEGV, SIG_DFL);
		raise(SIGSEGV);
	}
	return DOCKET_SKIP;
}

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = crash_parse,
};

DOCKET_PLUGIN = {
	.name = "crash",
	.summary = "Crashes when it is told to",
	.parser = &parser,
};
