/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_babble.c - puts text without end on "BABBLE NOW", skips all else
 *
 * Without end is until nothing is taken any more, and then it says that all
 * went well.
 */
#include <docket/parser.h>

#include "spell.h"

static enum docket_status
babble_parse(void *self, struct docket_job *job)
{
	static const char text[] = "and so on and so on and so on and so on\n";
	struct docket_bytes bytes = { text, sizeof(text) - 1 };
	uint32_t last = 0;

	(void)self;
	if (!has_spell(docket_job_bytes(job), "BABBLE NOW"))
		return DOCKET_SKIP;
	docket_put_text(job, bytes);
	for (uint32_t at = docket_put_text(job, bytes); at != last;) {
		last = at;
		at = docket_put_text(job, bytes);
	}
	return DOCKET_OK;
}

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = babble_parse,
};

DOCKET_PLUGIN = {
	.name = "babble",
	.summary = "Yields text without end when it is told to",
	.parser = &parser,
};
