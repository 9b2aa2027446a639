/* SPDX-License-Identifier: Apache-2.0 */
/*
 * query.h - what a person types, as clauses (docket/indexer.h); and snippets
 *
 *   word word      both            "word word"  in a row
 *   -word          not this one    word*        words that begin so
 *   a OR b         either          A/58/444     a row too: it has inner marks
 *
 * Nothing that can be typed is an error but an empty query, one with nothing to
 * look for (only exclusions), and one over 4 KiB or 64 clauses.
 */
#ifndef LIB_QUERY_H
#define LIB_QUERY_H

#include <docket/indexer.h>

#include "fault.h"
#include "record.h"
#include "word.h"

#define QUERY_LIMIT_BYTES 4096

struct docket_query; /* heap */

/* 0 and the caller's query, or -EINVAL with a sentence. */
int query_parse(struct docket_bytes text, struct word_breaker *breaker,
		struct docket_query **out_query, struct fault *fault);
struct docket_query *query_free(struct docket_query *query);

/* A byte range of the text that matched. */
struct query_match {
	uint32_t start;
	uint32_t end;
};

#define QUERY_MATCHES_MAX 16

/* The passage of a record that answers a query best. */
struct query_passage {
	size_t block;	/* index of the innermost block; SIZE_MAX if none */
	uint32_t start; /* bytes into the text: what to show */
	uint32_t end;
	struct query_match matches[QUERY_MATCHES_MAX]; /* in order, within it */
	size_t match_count;
};

/*
 * Find it: the block where most clauses are met, the earliest of them; about
 * width bytes around the first match, cut at words. false where nothing of
 * the query is found (then start and end are those of the first block).
 */
bool query_find_passage(const struct docket_query *query,
			struct word_breaker *breaker,
			const struct docket_record *record, size_t width,
			struct query_passage *out_passage);

#endif
