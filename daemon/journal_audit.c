/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_audit.c - the journal's part of an audit, page by page
 *
 * Reads rows, and looks whether files of the store are there. Writes nothing.
 */
#include "journal_audit.h"

#include <stdlib.h>
#include <string.h>

#include "event.h"

#define PAGE_ROWS 500

static void
note_number(struct audit_numbers *numbers, uint64_t number)
{
	if (numbers->count < AUDIT_EXAMPLES)
		numbers->examples[numbers->count] = number;
	numbers->count++;
}

static void
end_step(struct journal_audit *audit)
{
	audit->step++;
	audit->after = 0;
	audit->at = 0;
}

/* ---- spools ---- */

static void
explain_file(struct journal *journal, const struct audit_inbox *inbox,
	     struct audit_file *file)
{
	sqlite3_stmt *find = journal_statement(journal, JOURNAL_AUDIT_FILE);

	sqlite3_bind_int64(find, 1, (int64_t)file->inode);
	sqlite3_bind_int64(find, 2, (int64_t)file->device);
	sqlite3_bind_text(find, 3, inbox->config->name, -1, SQLITE_STATIC);
	if (journal_step(journal, find)) {
		int state = sqlite3_column_int(find, 0);

		file->reason = state == ARRIVAL_QUARANTINED ||
					       state == ARRIVAL_DISCARDED
				       ? AUDIT_SET_ASIDE
				       : AUDIT_UNDER_WAY;
	}
	sqlite3_reset(find);
}

/* `at` is the inbox, `after` the first file of it that is to be looked up. */
static void
do_spools(struct journal *journal, struct journal_audit *audit)
{
	for (size_t i = 0; i < PAGE_ROWS; i++) {
		struct audit_inbox *inbox;

		if (audit->at == audit->inbox_count) {
			end_step(audit);
			return;
		}
		inbox = &audit->inboxes[audit->at];
		if (audit->after == inbox->file_count) {
			audit->at++;
			audit->after = 0;
			continue;
		}
		if (inbox->files[audit->after].reason == AUDIT_UNEXPLAINED)
			explain_file(journal, inbox,
				     &inbox->files[audit->after]);
		audit->after++;
	}
}

/* ---- arrivals ---- */

struct entry {
	uint64_t number;
	enum arrival_state state;
	bool has_bytes; /* says the row */
	unsigned received, parsed, duplicate;
	enum event_type last; /* that settles it, or sets it going again */
};

static bool
is_digest(sqlite3_stmt *rows, int column, struct digest *out_digest)
{
	if (sqlite3_column_bytes(rows, column) != sizeof(*out_digest))
		return false;
	memcpy(out_digest, sqlite3_column_blob(rows, column),
	       sizeof(*out_digest));
	return true;
}

/* In the pack, or none, says the column; or named by the one before. */
static bool
is_kept(struct journal *journal, sqlite3_stmt *rows, int column)
{
	struct digest digest;

	return sqlite3_column_int(rows, column) != 0 ||
	       (is_digest(rows, column - 1, &digest) &&
		store_has(&journal->store, &digest));
}

static size_t
read_entries(struct journal *journal, struct journal_audit *audit,
	     struct entry entries[PAGE_ROWS])
{
	sqlite3_stmt *rows = journal_statement(journal, JOURNAL_AUDIT_ARRIVALS);
	struct digest digest;
	size_t count = 0;

	sqlite3_bind_int64(rows, 1, (int64_t)audit->after);
	sqlite3_bind_int64(rows, 2, PAGE_ROWS);
	while (journal_step(journal, rows)) {
		struct entry *entry = &entries[count++];
		int state = sqlite3_column_int(rows, 1);

		*entry = (struct entry){
			.number = (uint64_t)sqlite3_column_int64(rows, 0),
			.state = (enum arrival_state)state,
			.has_bytes = is_digest(rows, 2, &digest),
		};
		audit->states[state]++;
		if ((entry->has_bytes && state != ARRIVAL_DISCARDED &&
		     !is_kept(journal, rows, 3)) ||
		    !is_kept(journal, rows, 5))
			note_number(&audit->lost, entry->number);
	}
	sqlite3_reset(rows);
	return count;
}

static void
count_event(struct entry *entry, enum event_type type)
{
	switch ((int)type) {
	case EVENT_DOCUMENT_RECEIVED:
		entry->received++;
		break;
	case EVENT_DOCUMENT_PARSED:
		entry->parsed++;
		entry->last = type;
		break;
	case EVENT_DOCUMENT_DUPLICATE:
		entry->duplicate++;
		entry->last = type;
		break;
	case EVENT_DOCUMENT_QUARANTINED:
	case EVENT_DOCUMENT_RETRIED:
	case EVENT_DOCUMENT_FORGOTTEN:
		entry->last = type;
		break;
	default:
		break;
	}
}

/* Entries and events both come in the order of the arrivals' numbers. */
static void
read_events(struct journal *journal, struct entry *entries, size_t count)
{
	sqlite3_stmt *rows = journal_statement(journal, JOURNAL_AUDIT_EVENTS);
	size_t at = 0;

	sqlite3_bind_int64(rows, 1, (int64_t)entries[0].number);
	sqlite3_bind_int64(rows, 2, (int64_t)entries[count - 1].number);
	while (journal_step(journal, rows)) {
		uint64_t number = (uint64_t)sqlite3_column_int64(rows, 0);

		while (at < count && entries[at].number < number)
			at++;
		if (at < count && entries[at].number == number)
			count_event(
				&entries[at],
				(enum event_type)sqlite3_column_int(rows, 1));
	}
	sqlite3_reset(rows);
}

/* The event that an arrival in this state was last told by. */
static const enum event_type telling[ARRIVAL_STATE_COUNT] = {
	[ARRIVAL_DONE] = EVENT_DOCUMENT_PARSED,
	[ARRIVAL_DUPLICATE] = EVENT_DOCUMENT_DUPLICATE,
	[ARRIVAL_QUARANTINED] = EVENT_DOCUMENT_QUARANTINED,
	[ARRIVAL_DISCARDED] = EVENT_DOCUMENT_FORGOTTEN,
};

/* Every event is there, none is there twice, the last one is the state. */
static void
check_entry(struct journal_audit *audit, const struct entry *entry,
	    bool has_dropped)
{
	enum event_type wanted = telling[entry->state];
	bool is_told = wanted == EVENT_NONE
			       ? entry->last == EVENT_NONE ||
					 entry->last == EVENT_DOCUMENT_RETRIED
			       : entry->last == wanted;

	if (has_dropped && entry->received == 0 &&
	    (entry->has_bytes || entry->last == EVENT_NONE)) {
		audit->older++;
		return;
	}
	audit->with_bytes += entry->has_bytes;
	audit->received += entry->received;
	audit->settled += wanted != EVENT_NONE;
	audit->settled_told += wanted != EVENT_NONE && is_told;
	if (!is_told || entry->received != entry->has_bytes ||
	    entry->parsed > 1 || entry->duplicate > 1)
		note_number(&audit->untold, entry->number);
}

static void
do_arrivals(struct journal *journal, struct journal_audit *audit)
{
	struct entry entries[PAGE_ROWS];
	size_t count = read_entries(journal, audit, entries);

	if (count == 0) {
		end_step(audit);
		return;
	}
	read_events(journal, entries, count);
	for (size_t i = 0; i < count; i++)
		check_entry(audit, &entries[i], journal->floor > 0);
	audit->after = entries[count - 1].number;
}

/* ---- pack and store ---- */

static void
do_pack(struct journal *journal, struct journal_audit *audit)
{
	sqlite3_stmt *rows = journal_statement(journal, JOURNAL_AUDIT_PACK);
	size_t count = 0;

	sqlite3_bind_int64(rows, 1, (int64_t)audit->after);
	sqlite3_bind_int64(rows, 2, PAGE_ROWS);
	while (journal_step(journal, rows)) {
		count++;
		audit->after = (uint64_t)sqlite3_column_int64(rows, 0);
		if (sqlite3_column_int(rows, 1) != 0)
			audit->pack_used++;
		else
			audit->pack_spare++;
	}
	if (count < PAGE_ROWS)
		end_step(audit);
}

static void
do_store(struct journal *journal, struct journal_audit *audit)
{
	for (size_t i = 0; i < PAGE_ROWS; i++) {
		sqlite3_stmt *used;

		if (audit->after == audit->store->count) {
			end_step(audit);
			return;
		}
		used = journal_statement(journal, JOURNAL_DIGEST_USED);
		sqlite3_bind_blob(used, 1,
				  audit->store->items[audit->after++].bytes,
				  sizeof(struct digest), SQLITE_STATIC);
		if (journal_step(journal, used) &&
		    sqlite3_column_int(used, 0) != 0)
			audit->store_used++;
		else
			audit->store_spare++;
		sqlite3_reset(used);
	}
}

/* ---- streams ---- */

static void
begin_streams(struct journal *journal, struct journal_audit *audit)
{
	audit->stream_count = journal->config->bus_count;
	audit->streams =
		mem_alloc_array(audit->stream_count, sizeof(*audit->streams));
	for (size_t i = 0; i < audit->stream_count; i++)
		audit->streams[i].name = journal->streams[i].bus->name;
}

/* A page begins with the last row of the one before. */
static void
note_sequence(struct audit_stream *stream, uint64_t sequence, bool is_first)
{
	bool is_known = stream->events > 0 && sequence == stream->last;
	/* Old events may have been dropped since the page before. */
	bool is_cut = is_first && !is_known;

	if (is_known)
		return;
	if (stream->events == 0)
		stream->first = sequence;
	else if (sequence != stream->last + 1 && !is_cut)
		stream->holes++;
	stream->last = sequence;
	stream->events++;
}

/* `at` is the stream, `after` the last sequence of it that was read. */
static void
do_streams(struct journal *journal, struct journal_audit *audit)
{
	sqlite3_stmt *rows = journal_statement(journal, JOURNAL_AUDIT_STREAM);
	struct audit_stream *stream;
	size_t count = 0;

	if (audit->streams == NULL)
		begin_streams(journal, audit);
	if (audit->at == audit->stream_count) {
		end_step(audit);
		return;
	}
	stream = &audit->streams[audit->at];
	sqlite3_bind_int64(rows, 1, journal->streams[audit->at].key);
	sqlite3_bind_int64(rows, 2, (int64_t)audit->after);
	sqlite3_bind_int64(rows, 3, PAGE_ROWS);
	while (journal_step(journal, rows)) {
		note_sequence(stream, (uint64_t)sqlite3_column_int64(rows, 0),
			      count == 0);
		count++;
	}
	audit->after = stream->last;
	if (count < PAGE_ROWS) {
		/* What was numbered last is there. */
		if (stream->events > 0 &&
		    stream->last != journal->streams[audit->at].head)
			stream->holes++;
		audit->at++;
		audit->after = 0;
	}
}

/* ---- pages ---- */

static void (*const steps[AUDIT_STEP_COUNT])(struct journal *,
					     struct journal_audit *) = {
	[AUDIT_STEP_SPOOLS] = do_spools,   [AUDIT_STEP_ARRIVALS] = do_arrivals,
	[AUDIT_STEP_PACK] = do_pack,	   [AUDIT_STEP_STORE] = do_store,
	[AUDIT_STEP_STREAMS] = do_streams,
};

static void
work_page(struct journal *journal, struct journal_job *job)
{
	struct journal_audit *audit =
		container_of(job, struct journal_audit, job);

	steps[audit->step](journal, audit);
}

static void
hand_back(struct journal_job *job)
{
	struct journal_audit *audit =
		container_of(job, struct journal_audit, job);

	audit->done(audit);
}

void
journal_audit_page(struct journal *journal, struct journal_audit *audit)
{
	audit->job.work = work_page;
	audit->job.done = hand_back;
	journal_submit(journal, &audit->job);
}

void
journal_audit_fini(struct journal_audit *audit)
{
	free(audit->streams);
	audit->streams = NULL;
}
