/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_fickle.c - reads a document otherwise each time, and some not at all
 *
 * What docket plugins test must find out: it counts, it crashes on zeros, it
 * asks for another time where the document ends too early, and it leaves the
 * process with a code of its own.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <docket/parser.h>

#include "spell.h"

struct fickle {
	int count;
	const char *word;
};

static enum docket_status
fickle_parse(void *self, struct docket_job *job)
{
	struct fickle *fickle = self;
	struct docket_bytes bytes = docket_job_bytes(job);
	char line[32];
	int size = snprintf(line, sizeof(line), "Document %d\n\n",
			    ++fickle->count);

	if (bytes.data[0] == '\0')
		abort();
	if (!has_spell(bytes, "END"))
		return DOCKET_RETRY;
	docket_put_text(job, (struct docket_bytes){ line, (size_t)size });
	docket_put_text(job, bytes);
	return DOCKET_OK;
}

static void
fickle_close(void *self)
{
	(void)self;
	_exit(3);
}

static const struct docket_option options[] = {
	{
		.name = "word",
		.type = DOCKET_OPTION_STRING,
		.offset = offsetof(struct fickle, word),
		.summary = "With limits, which no word has",
		.minimum = 5,
		.maximum = 9,
	},
	{ .name = NULL },
};

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = fickle_parse,
};

DOCKET_PLUGIN = {
	.name = "fickle",
	.self_size = sizeof(struct fickle),
	.options = options,
	.close = fickle_close,
	.parser = &parser,
};
