/* SPDX-License-Identifier: Apache-2.0 */
/*
 * indexer_mute.c - never answers once it was given a document with "MUTE NOW"
 */
#include <unistd.h>

#include <docket/indexer.h>

#include "spell.h"

static enum docket_status
mute_put(void *self, uint64_t arrival, const struct docket_record *record)
{
	(void)self, (void)arrival;
	if (has_spell(docket_record_text(record), "MUTE NOW"))
		for (;;)
			pause();
	return DOCKET_OK;
}

static const struct docket_indexer indexer = {
	.put = mute_put,
};

DOCKET_PLUGIN = {
	.name = "mute",
	.summary = "Does not answer",
	.indexer = &indexer,
};
