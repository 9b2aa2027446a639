/* SPDX-License-Identifier: Apache-2.0 */
/*
 * query.c - what a person types, as clauses
 *
 * Owns the query. Reads what was typed, item by item (query_item.c); each
 * becomes clauses (query_clause.c); here they are put into groups.
 */
#include "query.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "query_private.h"

/* Where the next clause belongs. */
struct grouping {
	size_t typed;	/* items that have words */
	size_t groups;	/* begun so far */
	bool is_joined; /* OR stands before the next one */
};

size_t
docket_query_clauses(const struct docket_query *query)
{
	return query->count;
}

struct docket_clause
docket_query_clause(const struct docket_query *query, size_t clause)
{
	assert(clause < query->count);
	return query->clauses[clause].shape;
}

struct docket_bytes
docket_query_token(const struct docket_query *query, size_t clause,
		   size_t variant, size_t token)
{
	const struct query_clause *whole = &query->clauses[clause];
	const struct query_token *found;

	assert(clause < query->count && variant < whole->shape.variants &&
	       token < whole->shape.tokens);
	found = &query->tokens[whole->first + variant * whole->shape.tokens +
			       token];
	return (struct docket_bytes){ query->letters.data + found->at,
				      found->size };
}

static void
add_item(struct docket_query *query, struct word_breaker *breaker,
	 const struct query_item *item, struct grouping *grouping)
{
	bool is_joined = grouping->is_joined && grouping->groups > 0;
	size_t group = grouping->groups - is_joined;

	if (item->is_or) {
		grouping->is_joined = true;
		return;
	}
	if (item->is_excluded)
		group = QUERY_NO_GROUP;
	if (!query_clause_add(query, breaker, item, group))
		return;
	grouping->typed++;
	grouping->is_joined = false;
	if (!item->is_excluded && !is_joined)
		grouping->groups++;
}

static int
add_items(struct docket_query *query, struct word_breaker *breaker,
	  struct docket_bytes text, struct fault *fault)
{
	struct grouping grouping = { .typed = 0 };
	struct query_item item;
	size_t at = 0;

	while (query_item_next(text, &at, &item)) {
		add_item(query, breaker, &item, &grouping);
		if (grouping.typed > QUERY_TYPED_MAX)
			return fault_set(fault, -EINVAL,
					 "The query has more than %d words.",
					 QUERY_TYPED_MAX);
	}
	if (grouping.groups > 0)
		return 0;
	if (grouping.typed > 0)
		return fault_set(fault, -EINVAL,
				 "The query only says what is not wanted.");
	return fault_set(fault, -EINVAL, "The query has no words.");
}

int
query_parse(struct docket_bytes text, struct word_breaker *breaker,
	    struct docket_query **out_query, struct fault *fault)
{
	struct docket_query *query;
	int error;

	if (text.size > QUERY_LIMIT_BYTES)
		return fault_set(fault, -EINVAL,
				 "The query is longer than %d bytes.",
				 QUERY_LIMIT_BYTES);
	query = mem_alloc(sizeof *query);
	error = add_items(query, breaker, text, fault);
	if (error)
		query = query_free(query);
	else
		*out_query = query;
	return error;
}

struct docket_query *
query_free(struct docket_query *query)
{
	if (!query)
		return NULL;
	free(query->tokens);
	buffer_fini(&query->letters);
	free(query);
	return NULL;
}
