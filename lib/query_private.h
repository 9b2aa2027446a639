/* SPDX-License-Identifier: Apache-2.0 */
/*
 * query_private.h - a query as query*.c see it
 */
#ifndef LIB_QUERY_PRIVATE_H
#define LIB_QUERY_PRIVATE_H

#include "query.h"

/*
 * So many may be typed; a prefix makes two alternatives of one. One more is
 * there until it is refused.
 */
#define QUERY_TYPED_MAX 64
#define QUERY_CLAUSES_MAX (2 * QUERY_TYPED_MAX + 2)
#define QUERY_VARIANTS_MAX 16

/* The group of an excluded clause. */
#define QUERY_NO_GROUP SIZE_MAX

struct query_token {
	uint32_t at; /* bytes into letters */
	uint32_t size;
};

struct query_clause {
	struct docket_clause shape;
	size_t first; /* token of its first variant; the others follow */
};

struct docket_query {
	struct query_clause clauses[QUERY_CLAUSES_MAX];
	size_t count;
	struct query_token *tokens;
	size_t token_count;
	size_t token_capacity;
	struct buffer letters;
};

/* ---- query_item.c: what was typed, in pieces ---- */

/* A word or what stands between quotes, with its signs taken off. */
struct query_item {
	struct docket_bytes text;
	bool is_excluded; /* -item */
	bool is_prefix;	  /* item* */
	bool is_or;	  /* the operator; the rest says nothing then */
};

/* The item at *at of the text, which moves behind it; false at the end. */
bool query_item_next(struct docket_bytes text, size_t *at,
		     struct query_item *out_item);

/* ---- query_clause.c: an item as clauses ---- */

/*
 * Append the clauses of an item, all of one group; false if it has no words.
 * There must be room for two.
 */
bool query_clause_add(struct docket_query *query, struct word_breaker *breaker,
		      const struct query_item *item, size_t group);

/* Is a token one Han or kana, without successor? */
bool query_clause_is_lone(struct docket_bytes token);

/* ---- query_match.c: clauses found in words ---- */

struct query_matcher; /* heap; lends from the query */

struct query_matcher *query_matcher_new(const struct docket_query *query);
struct query_matcher *query_matcher_free(struct query_matcher *matcher);

/* Every group of the query, a bit each. */
uint64_t query_matcher_groups(const struct query_matcher *matcher);

/* Words of another text follow, which is lent until the next start. */
void query_matcher_start(struct query_matcher *matcher,
			 struct docket_bytes text);

/*
 * The next word of the text. Returns the groups that have a clause which ends
 * with it, and how far the longest of these reaches back; 0 if there is none.
 */
uint64_t query_matcher_feed(struct query_matcher *matcher,
			    const struct word *word,
			    struct query_match *out_match);

#endif
