/* SPDX-License-Identifier: Apache-2.0 */
/* parser_crash.c - ends the process in one of three ways, or skips */
#include <signal.h>
#include <stdlib.h>

#include <docket/parser.h>

#include "spell.h"

/* Ends so late that no stack is deep enough. */
static int
recurse(int depth)
{
	volatile char frame[4096];

	if (depth > 1 << 24)
		return 0;
	frame[depth % 4096] = 1;
	return recurse(depth + 1) + frame[depth % 4096];
}

static enum docket_status
crash_parse(void *self, struct docket_job *job)
{
	(void)self;
	if (has_spell(docket_job_bytes(job), "CRASH NOW"))
		raise(SIGSEGV);
	if (has_spell(docket_job_bytes(job), "EXIT NOW"))
		exit(0);
	while (has_spell(docket_job_bytes(job), "RECURSE NOW"))
		recurse(0);
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
