/* SPDX-License-Identifier: Apache-2.0 */
/* parser_leave.c - ends the process that loads it, as if all were well */
#include <unistd.h>

#include <docket/parser.h>

__attribute__((constructor)) static void
leave(void)
{
	_exit(0);
}

static enum docket_status
leave_parse(void *self, struct docket_job *job)
{
	(void)self;
	(void)job;
	return DOCKET_SKIP;
}

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = leave_parse,
};

DOCKET_PLUGIN = {
	.name = "leave",
	.parser = &parser,
};
