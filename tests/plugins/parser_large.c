/* SPDX-License-Identifier: Apache-2.0 */
/* parser_large.c - built with a larger struct docket_parser: refused */
#include <docket/parser.h>

#undef DOCKET_PARSER_SIZE
#define DOCKET_PARSER_SIZE (sizeof(struct docket_parser) + sizeof(void *))

static enum docket_status
large_parse(void *self, struct docket_job *job)
{
	(void)self;
	(void)job;
	return DOCKET_SKIP;
}

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser[2] = {
	{ .types = types, .parse = large_parse },
};

DOCKET_PLUGIN = {
	.name = "large",
	.parser = parser,
};
