/* SPDX-License-Identifier: Apache-2.0 */
/*
 * indexer_memory.c - every token of every document, in memory
 *
 * Nothing is durable, so there is neither resume nor commit, and the host gives
 * the whole history again at every start.
 */
#include <stdlib.h>
#include <string.h>

#include <docket/indexer.h>

struct row {
	uint64_t arrival;
	char *tokens; /* " token token ", as the host broke the text */
};

struct memory {
	struct row *rows;
	size_t count;
};

static enum docket_status
memory_remove(void *self, uint64_t arrival, const struct docket_record *record)
{
	struct memory *memory = self;

	(void)record;
	for (size_t i = 0; i < memory->count; i++) {
		if (memory->rows[i].arrival != arrival)
			continue;
		free(memory->rows[i].tokens);
		memory->rows[i] = memory->rows[--memory->count];
	}
	return DOCKET_OK;
}

/* It may have been given before: then this takes its place. */
static enum docket_status
memory_put(void *self, uint64_t arrival, const struct docket_record *record)
{
	struct memory *memory = self;
	struct docket_bytes tokens = docket_record_tokens(record);
	char *copy = malloc(tokens.size + 2);

	memory_remove(self, arrival, record);
	memory->rows =
		realloc(memory->rows, (memory->count + 1) * sizeof(struct row));
	if (!copy || !memory->rows)
		return DOCKET_BROKEN;
	copy[0] = ' ';
	memcpy(copy + 1, tokens.data, tokens.size);
	copy[tokens.size + 1] = '\0';
	memory->rows[memory->count++] = (struct row){ arrival, copy };
	return DOCKET_OK;
}

/* Do the tokens of one variant stand in a row? */
static int
has_variant(const char *tokens, const struct docket_query *query, size_t clause,
	    size_t variant)
{
	struct docket_clause about = docket_query_clause(query, clause);
	char needle[4096] = " ";
	size_t size = 1;

	for (size_t i = 0; i < about.tokens; i++) {
		struct docket_bytes token =
			docket_query_token(query, clause, variant, i);

		if (token.size + 2 > sizeof(needle) - size)
			return 0;
		memcpy(needle + size, token.data, token.size);
		size += token.size;
		needle[size++] = ' ';
	}
	needle[about.is_prefix ? size - 1 : size] = '\0';
	return strstr(tokens, needle) != NULL;
}

static int
has_clause(const char *tokens, const struct docket_query *query, size_t clause)
{
	size_t count = docket_query_clause(query, clause).variants;

	for (size_t i = 0; i < count; i++)
		if (has_variant(tokens, query, clause, i))
			return 1;
	return 0;
}

/* Of every group one clause is met, and none that is excluded. */
static int
is_hit(const char *tokens, const struct docket_query *query)
{
	size_t groups = 0;
	size_t met = 0; /* they come in order */

	for (size_t i = 0; i < docket_query_clauses(query); i++) {
		struct docket_clause clause = docket_query_clause(query, i);
		int has = has_clause(tokens, query, i);

		if (clause.is_excluded && has)
			return 0;
		if (clause.is_excluded)
			continue;
		groups = clause.group + 1;
		met += has && clause.group == met;
	}
	return met == groups;
}

static enum docket_status
memory_find(void *self, const struct docket_query *query, size_t limit,
	    struct docket_finding *finding)
{
	const struct memory *memory = self;

	(void)limit; /* the host takes no more than that */
	for (size_t i = 0; i < memory->count; i++)
		if (is_hit(memory->rows[i].tokens, query))
			docket_put_hit(finding, memory->rows[i].arrival, 1.0);
	return DOCKET_OK;
}

static void
memory_close(void *self)
{
	struct memory *memory = self;

	for (size_t i = 0; i < memory->count; i++)
		free(memory->rows[i].tokens);
	free(memory->rows);
}

static const struct docket_indexer indexer = {
	.put = memory_put,
	.remove = memory_remove,
	.find = memory_find,
};

DOCKET_PLUGIN = {
	.name = "memory",
	.summary = "An index as long as its process lives",
	.wants = DOCKET_WANT_TOKENS,
	.self_size = sizeof(struct memory),
	.close = memory_close,
	.indexer = &indexer,
};
