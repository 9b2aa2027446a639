/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_mood.c - reads what says MOOD, or not, as its options say
 */
#include <docket/parser.h>

#include "spell.h"

struct mood {
	int64_t status; /* enum docket_status */
	int64_t times;	/* so often, then it reads */
};

static enum docket_status
mood_parse(void *self, struct docket_job *job)
{
	struct mood *mood = self;
	struct docket_bytes bytes = docket_job_bytes(job);

	if (!has_spell(bytes, "MOOD"))
		return DOCKET_SKIP;
	if (mood->times > 0) {
		mood->times--;
		docket_job_explain(job, "It is in no mood.");
		return (enum docket_status)mood->status;
	}
	docket_put_text(job, bytes);
	return DOCKET_OK;
}

static const struct docket_option options[] = {
	{
		.name = "status",
		.type = DOCKET_OPTION_INT,
		.offset = offsetof(struct mood, status),
		.fallback = "3",
		.summary = "How it answers: 2 retry, 3 reject",
		.minimum = 1,
		.maximum = 4,
	},
	{
		.name = "times",
		.type = DOCKET_OPTION_INT,
		.offset = offsetof(struct mood, times),
		.fallback = "0",
		.summary = "How often it answers so",
		.minimum = 0,
		.maximum = 1000000,
	},
	{ .name = NULL },
};

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = mood_parse,
};

DOCKET_PLUGIN = {
	.name = "mood",
	.summary = "Reads or not, as its options say",
	.self_size = sizeof(struct mood),
	.options = options,
	.parser = &parser,
};
