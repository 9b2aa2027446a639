/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_answer.c - answers as the document tells it
 *
 * The document's first byte is the status as a digit, the option says why; it
 * begins a record that whoever is asked next must not see. One that begins
 * otherwise is left to others.
 */
#include <docket/parser.h>

#include "spell.h"

struct answer {
	const char *detail;
};

static enum docket_status
answer_parse(void *self, struct docket_job *job)
{
	const struct answer *answer = self;
	struct docket_bytes bytes = docket_job_bytes(job);

	if (bytes.data[0] < '0' || bytes.data[0] > '9')
		return DOCKET_SKIP;
	docket_put_text(job, bytes);
	docket_job_progress(job, 1, 2);
	docket_job_progress(job, 2, 2);
	if (has_spell(bytes, "CHILD"))
		docket_put_child(job, bytes, bytes);
	if (has_spell(bytes, "STRAY"))
		docket_put_field(job, DOCKET_FIELD_PARSER, bytes);
	if (answer->detail[0])
		docket_job_explain(job, "%s", answer->detail);
	return (enum docket_status)(bytes.data[0] - '0');
}

static const struct docket_option options[] = {
	{
		.name = "detail",
		.type = DOCKET_OPTION_STRING,
		.offset = offsetof(struct answer, detail),
		.fallback = "",
		.summary = "What it says about its answers",
	},
	{ .name = NULL },
};

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = answer_parse,
};

DOCKET_PLUGIN = {
	.name = "answer",
	.summary = "Answers as the document tells it",
	.self_size = sizeof(struct answer),
	.options = options,
	.parser = &parser,
};
