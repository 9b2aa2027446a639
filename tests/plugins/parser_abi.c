/* SPDX-License-Identifier: Apache-2.0 */
/* parser_abi.c - built for an interface that is not there yet: refused */
#include <docket/parser.h>

#undef DOCKET_ABI_VERSION
#define DOCKET_ABI_VERSION 4711

static enum docket_status
abi_parse(void *self, struct docket_job *job)
{
	(void)self;
	(void)job;
	return DOCKET_SKIP;
}

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = abi_parse,
};

DOCKET_PLUGIN = {
	.name = "abi",
	.parser = &parser,
};
