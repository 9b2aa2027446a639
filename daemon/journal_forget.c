/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_forget.c - bytes go with the last arrival that has them
 *
 * Removes rows of the pack and files of the store, all on the journal's thread.
 * A file goes after the commit that says so, when it has been looked up once
 * more whether somebody has taken the same bytes in. A copy that was made
 * meanwhile and is not committed yet loses its file here; its own commit
 * notices that, and it is made again. What cannot be removed stays and is found
 * by docket audit.
 */
#include "journal_forget.h"

#include <stdlib.h>
#include <string.h>

#include "log.h"

static bool
is_used(struct journal *journal, const struct digest *digest)
{
	sqlite3_stmt *used = journal_statement(journal, JOURNAL_DIGEST_USED);
	bool answer;

	sqlite3_bind_blob(used, 1, digest->bytes, sizeof(digest->bytes),
			  SQLITE_STATIC);
	answer =
		journal_step(journal, used) && sqlite3_column_int(used, 0) != 0;
	sqlite3_reset(used);
	return answer;
}

void
journal_forget_bytes(struct journal *journal, struct journal_forget *forget,
		     const struct arrival *arrival)
{
	if (journal->is_full)
		return;
	if (pack_remove(&journal->pack, arrival->number, PACK_BLOB) < 0)
		journal_check(journal, SQLITE_IOERR);
	journal_forget_file(journal, forget, &arrival->digest);
}

void
journal_forget_file(struct journal *journal, struct journal_forget *forget,
		    const struct digest *digest)
{
	if (journal->is_full || is_used(journal, digest))
		return;
	forget->digests =
		mem_grow_array(forget->digests, forget->count,
			       &forget->capacity, sizeof(*forget->digests));
	forget->digests[forget->count++] = *digest;
}

void
journal_forget_finish(struct journal *journal, struct journal_forget *forget)
{
	for (size_t i = 0; i < forget->count; i++) {
		const struct digest *digest = &forget->digests[i];
		int status = 0;

		if (!is_used(journal, digest))
			status = store_remove(&journal->store, digest);
		if (status < 0)
			log_error("store: the file of a discarded document "
				  "stays: %s",
				  strerror(-status));
	}
	free(forget->digests);
	*forget = (struct journal_forget){ 0 };
}
