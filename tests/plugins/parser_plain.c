/* SPDX-License-Identifier: Apache-2.0 */
/* parser_plain.c - documents that already are text: the smallest parser */
#include <docket/parser.h>

static enum docket_status
plain_parse(void *self, struct docket_job *job)
{
	(void)self;
	docket_put_text(job, docket_job_bytes(job));
	return DOCKET_OK;
}

static const char *const types[] = { "text/plain", "text/markdown", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = plain_parse,
};

DOCKET_PLUGIN = {
	.name = "plain",
	.summary = "Text files, taken as they are",
	.parser = &parser,
};
