/* SPDX-License-Identifier: Apache-2.0 */
/*
 * indexer_list.c - keeps the last documents in a list, in memory
 *
 * A document with "RETRY NOW" is to be put again, one with "BROKEN NOW" is the
 * end, and one with "SPOIL NOW" has the next commit rejected. A query finds every document whose tokens have that of its first
 * clause; "reject" as a token is one it cannot answer.
 */
#include <stdlib.h>

#include <docket/indexer.h>

#include "spell.h"

#define LIST_SIZE 16

struct list {
	struct {
		uint64_t arrival;
		char *tokens; /* with a space before each */
	} rows[LIST_SIZE];
	int64_t resumes_at;
	int is_spoilt;
};

static enum docket_status
list_resume(void *self, uint64_t *out_sequence)
{
	const struct list *list = self;

	*out_sequence = (uint64_t)list->resumes_at;
	return DOCKET_OK;
}

static enum docket_status
list_remove(void *self, uint64_t arrival, const struct docket_record *record)
{
	struct list *list = self;

	(void)record;
	for (size_t i = 0; i < LIST_SIZE; i++) {
		if (list->rows[i].arrival != arrival)
			continue;
		free(list->rows[i].tokens);
		list->rows[i].tokens = NULL;
		list->rows[i].arrival = 0;
	}
	return DOCKET_OK;
}

static enum docket_status
list_put(void *self, uint64_t arrival, const struct docket_record *record)
{
	struct list *list = self;
	struct docket_bytes tokens = docket_record_tokens(record);
	struct docket_bytes text = docket_record_text(record);
	char *copy;

	if (has_spell(text, "RETRY NOW"))
		return DOCKET_RETRY;
	if (has_spell(text, "BROKEN NOW"))
		return DOCKET_BROKEN;
	if (has_spell(text, "SPOIL NOW"))
		list->is_spoilt = 1;
	list_remove(self, arrival, record);
	list_remove(self, list->rows[arrival % LIST_SIZE].arrival, record);
	copy = calloc(1, tokens.size + 2);
	if (!copy)
		return DOCKET_RETRY;
	copy[0] = ' ';
	memcpy(copy + 1, tokens.data, tokens.size);
	list->rows[arrival % LIST_SIZE].arrival = arrival;
	list->rows[arrival % LIST_SIZE].tokens = copy;
	return DOCKET_OK;
}

static enum docket_status
list_commit(void *self, uint64_t sequence)
{
	struct list *list = self;
	int was_spoilt = list->is_spoilt;

	(void)sequence;
	list->is_spoilt = 0;
	return was_spoilt ? DOCKET_REJECT : DOCKET_OK;
}

static enum docket_status
list_find(void *self, const struct docket_query *query, size_t limit,
	  struct docket_finding *finding)
{
	const struct list *list = self;
	struct docket_bytes token = docket_query_token(query, 0, 0, 0);
	char needle[64] = " ";

	(void)limit;
	if (token.size > sizeof(needle) - 3)
		return DOCKET_OK;
	memcpy(needle + 1, token.data, token.size);
	needle[token.size + 1] = ' ';
	if (strcmp(needle, " reject ") == 0) {
		docket_finding_explain(finding, "Not with %s.", "me");
		return DOCKET_REJECT;
	}
	for (size_t i = 0; i < LIST_SIZE; i++)
		if (list->rows[i].tokens &&
		    strstr(list->rows[i].tokens, needle))
			docket_put_hit(finding, list->rows[i].arrival, 1.0);
	return DOCKET_OK;
}

static void
list_close(void *self)
{
	struct list *list = self;

	for (size_t i = 0; i < LIST_SIZE; i++)
		free(list->rows[i].tokens);
}

static const struct docket_option options[] = {
	{
		.name = "resumes_at",
		.type = DOCKET_OPTION_INT,
		.offset = offsetof(struct list, resumes_at),
		.fallback = "0",
		.summary = "The sequence it claims to have",
		.minimum = 0,
		.maximum = 1000,
	},
	{ .name = NULL },
};

static const struct docket_indexer indexer = {
	.resume = list_resume,
	.put = list_put,
	.remove = list_remove,
	.commit = list_commit,
	.find = list_find,
};

DOCKET_PLUGIN = {
	.name = "list",
	.summary = "Keeps the last documents in memory",
	.wants = DOCKET_WANT_TOKENS,
	.self_size = sizeof(struct list),
	.options = options,
	.close = list_close,
	.indexer = &indexer,
};
