/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_keep.c - bytes and records of arrivals, into the pack or the store
 *
 * Runs on the journal's thread, inside a transaction. Ends the process with 74
 * where the store fails; a full disk is for the transaction to find.
 */
#include "journal_keep.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "message.h"
#include "record.h"

/* What is kept, and for which row. */
struct keeping {
	struct journal *journal;
	struct journal_row *row;
	struct fact *fact;
};

/* Large ones are files before the row that names them is committed. */
static void
store_large(struct journal *journal, struct docket_bytes bytes)
{
	struct store_writer writer;
	struct digest digest;
	int status = store_begin(&journal->store, &writer);

	if (status == 0) {
		status = store_write(&writer, bytes.data, bytes.size);
		if (status == 0)
			status = store_finish(&writer, &digest);
		else
			store_abort(&writer);
	}
	if (status == -ENOSPC || status == -EDQUOT) {
		journal->is_full = true;
	} else if (status < 0) {
		log_error("store: %s; docketd ends", strerror(-status));
		_exit(FAULT_EXIT_IO);
	}
}

static void
keep_small(const struct keeping *keeping, enum pack_kind kind,
	   struct docket_bytes bytes)
{
	struct journal *journal = keeping->journal;

	if (!journal->is_full &&
	    pack_put(&journal->pack, keeping->row->arrival.number, kind,
		     bytes) < 0)
		journal_check(journal, SQLITE_IOERR);
}

/* Without its tokens; while they are fresh they are in fresh.h. */
static void
keep_record(const struct keeping *keeping, struct docket_bytes image)
{
	auto_buffer struct buffer bare = { 0 };
	struct docket_bytes bytes;

	record_put_bare(&bare, image);
	bytes = buffer_bytes(&bare);
	keeping->row->record_size = bytes.size;
	if (bytes.size <= STORE_SMALL_LIMIT) {
		keep_small(keeping, PACK_RECORD, bytes);
		return;
	}
	keeping->row->record = digest_of(bytes);
	if (!keeping->journal->is_full)
		store_large(keeping->journal, bytes);
}

/* It was read beside its twin, which was done first and has the same bytes. */
static void
drop_content(const struct keeping *keeping)
{
	struct journal *journal = keeping->journal;

	if (!journal->is_full &&
	    pack_remove(&journal->pack, keeping->row->arrival.number,
			PACK_BLOB) < 0)
		journal_check(journal, SQLITE_IOERR);
}

/* What was queued goes to its reader with the bytes it was admitted with. */
static void
fetch_content(const struct keeping *keeping)
{
	struct fact *fact = keeping->fact;

	fact->is_stored =
		pack_get(&keeping->journal->pack, keeping->row->arrival.number,
			 PACK_BLOB, &fact->content) < 0;
}

void
journal_keep(struct journal *journal, struct journal_row *row,
	     struct fact *fact)
{
	const struct keeping keeping = { journal, row, fact };
	struct docket_bytes bytes = buffer_bytes(&fact->content);
	bool is_twin = row->arrival.original != 0;

	if (fact->kind == FACT_TAKEN && !fact->is_stored && !is_twin)
		keep_small(&keeping, PACK_BLOB, bytes);
	else if (fact->kind == FACT_READ && !is_twin)
		keep_record(&keeping, bytes);
	else if (fact->kind == FACT_READ)
		drop_content(&keeping);
	else if (fact->kind == FACT_LEASED)
		fetch_content(&keeping);
}

void
journal_keep_fresh(struct journal *journal, struct fact *fact)
{
	if (fact->content.size <= MESSAGE_INLINE_LIMIT)
		fresh_put(&journal->fresh, fact->arrival.number,
			  &fact->content);
}
