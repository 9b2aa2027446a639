/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_members.c - what a document had in it becomes arrivals with it
 *
 * Runs on the journal's thread, in the transaction of the parent. Reads rows;
 * what is written is decided and written by journal_commit.c, as for a file
 * that was dropped. Owns nothing.
 */
#include "journal_members.h"

#include <string.h>

/* ---- where the parent stands ---- */

/* What that arrival came out of; 0: it was dropped. */
static uint64_t
find_parent(struct journal *journal, uint64_t number)
{
	sqlite3_stmt *get = journal_statement(journal, JOURNAL_ARRIVAL_PARENT);
	uint64_t parent = 0;

	sqlite3_bind_int64(get, 1, (int64_t)number);
	if (journal_step(journal, get))
		parent = (uint64_t)sqlite3_column_int64(get, 0);
	sqlite3_reset(get);
	return parent;
}

/* How many others is it in, and what is the outermost? */
static unsigned
count_depth(struct journal *journal, const struct arrival *arrival,
	    uint64_t *out_root)
{
	uint64_t parent = arrival->parent;
	unsigned depth = 0;

	*out_root = arrival->number;
	while (parent != 0 && depth < JOURNAL_DESCENDANTS_LIMIT) {
		*out_root = parent;
		depth++;
		parent = find_parent(journal, parent);
	}
	return depth;
}

static uint64_t
count_descendants(struct journal *journal, uint64_t number)
{
	sqlite3_stmt *count =
		journal_statement(journal, JOURNAL_ARRIVAL_DESCENDANTS);
	uint64_t descendants = 0;

	sqlite3_bind_int64(count, 1, (int64_t)number);
	sqlite3_bind_int64(count, 2, JOURNAL_DESCENDANTS_LIMIT);
	if (journal_step(journal, count))
		descendants = (uint64_t)sqlite3_column_int64(count, 0);
	sqlite3_reset(count);
	return descendants;
}

/* ---- before it is done ---- */

/* Discarded with another arrival, after it had been written. */
static bool
is_file_lost(struct journal *journal, const struct fact *fact)
{
	const struct fact *member = fact->members;

	for (; member != NULL; member = member->next)
		if (member->is_stored &&
		    !store_has(&journal->store, &member->arrival.digest))
			return true;
	return false;
}

static void
reject(struct fact *fact, uint64_t root)
{
	auto_free char *detail = mem_format(
		"with what is in it more than %u documents would come out of "
		"arrival %llu; unpack it and drop those that are wanted",
		JOURNAL_DESCENDANTS_LIMIT, (unsigned long long)root);

	fact->kind = FACT_REJECTED;
	fact_explain(fact, "read", fact->arrival.plugin, bytes_of("entries"),
		     bytes_of(detail));
}

void
journal_members_check(struct journal *journal, struct fact *fact,
		      const struct arrival *parent)
{
	uint64_t root;

	if (fact->members == NULL)
		return;
	if (is_file_lost(journal, fact)) {
		fact->kind = FACT_RETURNED; /* to be read once more */
		return;
	}
	if (count_depth(journal, parent, &root) > 0 &&
	    count_descendants(journal, root) + fact_count_members(fact) >
		    JOURNAL_DESCENDANTS_LIMIT)
		reject(fact, root);
}

/* ---- when it is ---- */

static void
explain_depth(struct fact *member)
{
	auto_free char *detail =
		mem_format("it lies in more than %u documents, one in the "
			   "other",
			   JOURNAL_DEPTH_LIMIT);

	member->is_too_deep = true;
	fact_explain(member, "read", bytes_of(""), bytes_of("nesting"),
		     bytes_of(detail));
}

bool
journal_members_prepare(struct journal *journal, struct fact *fact)
{
	struct fact *member = fact->members;
	struct arrival parent;
	bool is_too_deep;
	uint64_t root;

	if (fact->outcome != OUTCOME_MOVED ||
	    arrival_decode(buffer_bytes(&fact->row), &parent) < 0 ||
	    parent.state != ARRIVAL_DONE)
		return false;
	is_too_deep =
		count_depth(journal, &parent, &root) >= JOURNAL_DEPTH_LIMIT;
	for (; member != NULL; member = member->next) {
		member->arrival.parent = parent.number;
		member->arrival.inbox = parent.inbox;
		member->arrival.owner = parent.owner;
		if (is_too_deep)
			explain_depth(member);
	}
	return true;
}

void
journal_members_forget(struct journal *journal, struct journal_forget *forget,
		       const struct fact *fact)
{
	const struct fact *member = fact->members;

	for (; member != NULL; member = member->next)
		if (member->is_stored)
			journal_forget_file(journal, forget,
					    &member->arrival.digest);
}
