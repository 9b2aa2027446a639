/* SPDX-License-Identifier: Apache-2.0 */
/*
 * match.c - a query as FTS5 wants it
 *
 * Owns nothing. Groups become alternatives joined by AND; what is excluded
 * comes behind one NOT:
 *
 *   ("a" OR "b c" *) AND ("d") NOT ("e")
 *
 * Tokens are between quotes, so nothing typed is ever syntax.
 */
#include "match.h"

#include <sqlite3.h>

/* The tokens of a variant in a row: "a b" or "a b" * */
static void
put_row(sqlite3_str *out, const struct docket_query *query, size_t clause,
	size_t variant)
{
	struct docket_clause shape = docket_query_clause(query, clause);

	sqlite3_str_appendchar(out, 1, '"');
	for (size_t i = 0; i < shape.tokens; i++) {
		struct docket_bytes token =
			docket_query_token(query, clause, variant, i);

		if (i > 0)
			sqlite3_str_appendchar(out, 1, ' ');
		for (size_t k = 0; k < token.size; k++)
			if (token.data[k] != '"')
				sqlite3_str_appendchar(out, 1, token.data[k]);
	}
	sqlite3_str_appendall(out, shape.is_prefix ? "\" *" : "\"");
}

static void
put_variants(sqlite3_str *out, const struct docket_query *query, size_t clause)
{
	struct docket_clause shape = docket_query_clause(query, clause);

	for (size_t i = 0; i < shape.variants; i++) {
		if (i > 0)
			sqlite3_str_appendall(out, " OR ");
		put_row(out, query, clause, i);
	}
}

/* Clauses of a group stand one after another, but for excluded ones. */
static void
put_wanted(sqlite3_str *out, const struct docket_query *query)
{
	size_t group = 0;
	int is_open = 0;

	for (size_t i = 0; i < docket_query_clauses(query); i++) {
		struct docket_clause shape = docket_query_clause(query, i);

		if (shape.is_excluded)
			continue;
		if (!is_open)
			sqlite3_str_appendall(out, "((");
		else if (shape.group == group)
			sqlite3_str_appendall(out, " OR ");
		else
			sqlite3_str_appendall(out, ") AND (");
		put_variants(out, query, i);
		group = shape.group;
		is_open = 1;
	}
	sqlite3_str_appendall(out, "))");
}

static void
put_excluded(sqlite3_str *out, const struct docket_query *query)
{
	int is_open = 0;

	for (size_t i = 0; i < docket_query_clauses(query); i++) {
		if (!docket_query_clause(query, i).is_excluded)
			continue;
		sqlite3_str_appendall(out, is_open ? " OR " : " NOT (");
		put_variants(out, query, i);
		is_open = 1;
	}
	if (is_open)
		sqlite3_str_appendchar(out, 1, ')');
}

char *
match_write(const struct docket_query *query)
{
	sqlite3_str *out = sqlite3_str_new(NULL);

	put_wanted(out, query);
	put_excluded(out, query);
	return sqlite3_str_finish(out);
}
