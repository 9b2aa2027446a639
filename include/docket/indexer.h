/* SPDX-License-Identifier: Apache-2.0 */
/*
 * indexer.h - plugins that make documents findable
 *
 * An indexer is a follower: it is given every parsed document in the order of
 * the journal and keeps, durably and with its own data, the sequence up to
 * which it has them. It may be given again what it has already: putting an
 * arrival twice must leave it there once.
 */
#ifndef DOCKET_INDEXER_H
#define DOCKET_INDEXER_H

#include <docket/record.h>

#ifdef __cplusplus
extern "C" {
#endif

#pragma GCC visibility push(default)

enum docket_want {
	DOCKET_WANT_TOKENS = 1, /* put docket_record_tokens() into records */
};

/*
 * What is looked for, already broken, folded and stemmed as documents are.
 *
 * A query is a list of clauses. Clauses of one group are alternatives; every
 * group must be met, and no excluded clause may be. A clause is met where the
 * tokens of one of its variants (one a language, as stems differ) stand in a
 * row; if it is a prefix, the last of them need only begin the word.
 */
struct docket_query;

struct docket_clause {
	size_t group;	 /* 0, 1, 2 ... in order; of none if excluded */
	size_t variants; /* at least 1 */
	size_t tokens;	 /* in each variant, at least 1 */
	uint8_t is_excluded;
	uint8_t is_prefix;
};

size_t docket_query_clauses(const struct docket_query *query);
struct docket_clause docket_query_clause(const struct docket_query *query,
					 size_t clause);
/* Lent as long as the query. Letters and digits only. */
struct docket_bytes docket_query_token(const struct docket_query *query,
				       size_t clause, size_t variant,
				       size_t token);

/* Where hits go; valid during find(). */
struct docket_finding;

/*
 * RETRY from put, remove or commit says that nothing since the last commit may
 * be counted on: the host waits and gives all of it again, in the same order.
 */

struct docket_indexer {
	/*
	 * The sequence that the last successful commit() was given, 0 if none.
	 * Absent: 0, the whole history is put again at every start.
	 */
	enum docket_status (*resume)(void *self, uint64_t *out_sequence);

	/* Required. Add the document of this arrival. */
	enum docket_status (*put)(void *self, uint64_t arrival,
				  const struct docket_record *record);

	/* Forget the document of this arrival; record is what was put. */
	enum docket_status (*remove)(void *self, uint64_t arrival,
				     const struct docket_record *record);

	/* Everything put since the last commit is durable up to sequence. */
	enum docket_status (*commit)(void *self, uint64_t sequence);

	/*
	 * Answer a query: docket_put_hit() for the best `limit` arrivals (0:
	 * all), best first. REJECT with docket_finding_explain() where it
	 * cannot be answered. Absent: this indexer answers no queries.
	 */
	enum docket_status (*find)(void *self, const struct docket_query *query,
				   size_t limit,
				   struct docket_finding *finding);
};
#undef DOCKET_INDEXER_SIZE
#define DOCKET_INDEXER_SIZE sizeof(struct docket_indexer)

/* The folder in which the indexer keeps its data; to be called from open(). */
const char *docket_state_folder(void);

/*
 * What tokens are made by. When it is another number than the one an index was
 * built with, the same words have other tokens: that index is of no use.
 */
uint32_t docket_word_version(void);

/* Score: higher is better; only its order within one answer means anything. */
void docket_put_hit(struct docket_finding *finding, uint64_t arrival,
		    double score);
void docket_finding_explain(struct docket_finding *finding, const char *format,
			    ...) __attribute__((format(printf, 2, 3)));

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
