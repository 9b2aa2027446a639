/* SPDX-License-Identifier: Apache-2.0 */
/*
 * indexer_older.c - an indexer of a time when there were put and remove only
 *
 * Behind them lies what must not be called.
 */
#include <stdlib.h>

#include "abi_1_host.h"

static enum abi1_status
older_put(void *self, uint64_t arrival, const struct abi1_record *record)
{
	(void)self;
	(void)arrival;
	(void)record;
	return ABI1_OK;
}

static enum abi1_status
older_commit(void *self, uint64_t sequence)
{
	(void)self;
	(void)sequence;
	abort();
}

static enum abi1_status
older_find(void *self, const struct abi1_query *query, size_t limit,
	   struct abi1_finding *finding)
{
	(void)self;
	(void)query;
	(void)limit;
	(void)finding;
	abort();
}

static const struct abi1_indexer indexer = {
	.put = older_put,
	.remove = older_put,
	.commit = older_commit,
	.find = older_find,
};

ABI1_PLUGIN(112, 56, 0, 0, offsetof(struct abi1_indexer, commit), 0) = {
	.name = "older",
	.indexer = &indexer,
};
