/* SPDX-License-Identifier: Apache-2.0 */
/*
 * parser_bloat.c - takes memory without end on "BLOAT NOW", skips all else
 *
 * The memory is written to, so it is there; without a limit the machine would
 * notice. With one, the write to what could not be had ends the process.
 */
#include <stdlib.h>

#include <docket/parser.h>

#include "spell.h"

#define STEP (1u << 20)
#define PAGE 4096

static enum docket_status
bloat_parse(void *self, struct docket_job *job)
{
	(void)self;
	while (has_spell(docket_job_bytes(job), "BLOAT NOW")) {
		volatile char *block = malloc(STEP);

		for (size_t i = 0; i < STEP; i += PAGE)
			block[i] = 1;
	}
	return DOCKET_SKIP;
}

static const char *const types[] = { "text/plain", NULL };
static const struct docket_parser parser = {
	.types = types,
	.parse = bloat_parse,
};

DOCKET_PLUGIN = {
	.name = "bloat",
	.summary = "Takes all memory when it is told to",
	.parser = &parser,
};
