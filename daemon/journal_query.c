/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_query.c - questions to the journal, answered from its thread
 *
 * A table says for each question how its statement is bound and how a row
 * becomes an item. Nothing here writes.
 */
#include "journal_query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"

struct journal_query *
journal_query_new(enum journal_question question, void *owner,
		  void (*done)(struct journal_query *))
{
	struct journal_query *query = mem_alloc(sizeof(*query));

	query->question = question;
	query->owner = owner;
	query->done = done;
	return query;
}

struct journal_query *
journal_query_free(struct journal_query *query)
{
	if (query == NULL)
		return NULL;
	for (size_t i = 0; i < query->count; i++) {
		struct journal_item *item = &query->items[i];

		buffer_fini(&item->row);
		buffer_fini(&item->parent);
		buffer_fini(&item->body);
		buffer_fini(&item->content);
		if (item->fd >= 0)
			close(item->fd);
	}
	free(query->items);
	free(query->numbers);
	free(query->inbox);
	free(query);
	return NULL;
}

int
journal_item_take_fd(struct journal_item *item)
{
	return take_fd(&item->fd);
}

static struct journal_item *
add_item(struct journal_query *query)
{
	struct journal_item *item;

	query->items = mem_grow_array(query->items, query->count,
				      &query->capacity, sizeof(*query->items));
	item = &query->items[query->count++];
	*item = (struct journal_item){ .fd = -1 };
	return item;
}

/* ---- content ---- */

/* Out of the pack, or as a file of the store. */
static void
fetch(struct journal *journal, struct journal_item *item, uint64_t number,
      enum pack_kind kind, const struct digest *digest)
{
	struct stat meta;

	if (pack_get(&journal->pack, number, kind, &item->content) == 0) {
		item->size = item->content.size;
		return;
	}
	item->fd = store_read(&journal->store, digest);
	if (item->fd >= 0 && fstat(item->fd, &meta) == 0) {
		item->size = (uint64_t)meta.st_size;
		return;
	}
	log_error("the store has lost a blob: %s; docketd ends",
		  strerror(-item->fd));
	_exit(FAULT_EXIT_IO);
}

static void
fetch_by_row(struct journal *journal, const struct journal_query *query,
	     struct journal_item *item, const struct journal_row *row)
{
	const struct arrival *arrival = &row->arrival;

	if (query->content == CONTENT_BLOB &&
	    arrival->state != ARRIVAL_DISCARDED &&
	    !digest_is_zero(&arrival->digest))
		fetch(journal, item,
		      arrival->original != 0 ? arrival->original
					     : arrival->number,
		      PACK_BLOB, &arrival->digest);
	else if (query->content == CONTENT_RECORD && row->record_size > 0)
		fetch(journal, item, arrival->number, PACK_RECORD,
		      &row->record);
}

/* ---- rows into items ---- */

static void
read_arrival(struct journal *journal, struct journal_query *query,
	     sqlite3_stmt *statement)
{
	struct journal_item *item = add_item(query);
	struct journal_row row;

	journal_row_read(statement, &row);
	item->key = item->arrival = row.arrival.number;
	item->attempts = row.arrival.attempts;
	arrival_encode(&item->row, &row.arrival);
	fetch_by_row(journal, query, item, &row);
}

static void
put_column(struct buffer *out, sqlite3_stmt *statement, int at)
{
	const void *data = sqlite3_column_blob(statement, at);

	buffer_put(out, data, (size_t)sqlite3_column_bytes(statement, at));
}

static void
read_event(struct journal *journal, struct journal_query *query,
	   sqlite3_stmt *statement)
{
	struct journal_item *item = add_item(query);

	(void)journal;
	item->key = (uint64_t)sqlite3_column_int64(statement, 0);
	put_column(&item->body, statement, 1);
}

static void
read_parsed(struct journal *journal, struct journal_query *query,
	    sqlite3_stmt *statement)
{
	struct journal_item *item;
	struct digest record = { 0 };

	read_event(journal, query, statement);
	item = &query->items[query->count - 1];
	item->arrival = (uint64_t)sqlite3_column_int64(statement, 2);
	if (sqlite3_column_bytes(statement, 3) == sizeof(record))
		memcpy(&record, sqlite3_column_blob(statement, 3),
		       sizeof(record));
	if (fresh_take(&journal->fresh, item->arrival, &item->content))
		item->size = item->content.size;
	else
		fetch(journal, item, item->arrival, PACK_RECORD, &record);
}

static void
read_numbers(struct journal *journal, struct journal_query *query,
	     sqlite3_stmt *statement)
{
	struct journal_item *item = add_item(query);

	(void)journal;
	item->key = (uint64_t)sqlite3_column_int64(statement, 0);
	item->size = (uint64_t)sqlite3_column_int64(statement, 1);
}

/* Append the row of one arrival, if there is one. */
static void
put_row(struct journal *journal, uint64_t number, struct buffer *out)
{
	sqlite3_stmt *get = journal_statement(journal, JOURNAL_ARRIVAL_GET);
	struct journal_row row;

	sqlite3_bind_int64(get, 1, (int64_t)number);
	if (journal_step(journal, get)) {
		journal_row_read(get, &row);
		arrival_encode(out, &row.arrival);
	}
	sqlite3_reset(get);
}

static void
read_relation(struct journal *journal, struct journal_query *query,
	      sqlite3_stmt *statement)
{
	struct journal_item *item = add_item(query);
	uint64_t other = (uint64_t)sqlite3_column_int64(statement, 2);

	item->key = (uint64_t)sqlite3_column_int64(statement, 0);
	put_column(&item->body, statement, 1);
	if (other > 0)
		put_row(journal, other, &item->row);
}

static void
read_queued(struct journal *journal, struct journal_query *query,
	    sqlite3_stmt *statement)
{
	struct journal_item *item = add_item(query);

	(void)journal;
	item->key = (uint64_t)sqlite3_column_int64(statement, 0);
	item->attempts = (uint32_t)sqlite3_column_int64(statement, 1);
	item->not_before_ms = sqlite3_column_int64(statement, 2);
}

/* ---- binding ---- */

static int64_t
limit_of(const struct journal_query *query)
{
	return query->limit > 0 ? (int64_t)query->limit : -1;
}

static void
bind_nothing(struct journal *journal, const struct journal_query *query,
	     sqlite3_stmt *statement)
{
	(void)journal, (void)query, (void)statement;
}

static void
bind_page(struct journal *journal, const struct journal_query *query,
	  sqlite3_stmt *statement)
{
	(void)journal;
	sqlite3_bind_int64(statement, 1, (int64_t)query->after);
	sqlite3_bind_int64(statement, 2, limit_of(query));
}

static void
bind_list(struct journal *journal, const struct journal_query *query,
	  sqlite3_stmt *statement)
{
	(void)journal;
	sqlite3_bind_int64(statement, 1, (int64_t)query->after);
	sqlite3_bind_int64(statement, 2,
			   query->states ? query->states : 0xffffffff);
	if (query->inbox != NULL)
		sqlite3_bind_text(statement, 3, query->inbox, -1,
				  SQLITE_STATIC);
	sqlite3_bind_int64(statement, 4, limit_of(query));
}

/* Where the newest begin. */
static void
skip_old(struct journal *journal, struct journal_query *query)
{
	sqlite3_stmt *statement =
		journal_statement(journal, JOURNAL_ARRIVAL_NEWEST);

	bind_list(journal, query, statement);
	sqlite3_bind_int64(statement, 4, query->newest);
	if (journal_step(journal, statement))
		query->after = (uint64_t)sqlite3_column_int64(statement, 0);
	sqlite3_reset(statement);
}

static void
bind_number(struct journal *journal, const struct journal_query *query,
	    sqlite3_stmt *statement)
{
	(void)journal;
	if (query->number != 0)
		sqlite3_bind_int64(statement, 1, (int64_t)query->number);
	else
		sqlite3_bind_blob(statement, 1, query->digest.bytes,
				  sizeof(query->digest.bytes), SQLITE_STATIC);
}

/* Of what was deleted only the parsed events are left: no whole history. */
static void
bind_events(struct journal *journal, const struct journal_query *query,
	    sqlite3_stmt *statement)
{
	uint64_t after =
		query->after > journal->floor ? query->after : journal->floor;

	sqlite3_bind_int64(statement, 1, (int64_t)after);
	sqlite3_bind_int64(statement, 2, limit_of(query));
}

static void
bind_stream(struct journal *journal, const struct journal_query *query,
	    sqlite3_stmt *statement)
{
	sqlite3_bind_int64(statement, 1, journal->streams[query->stream].key);
	sqlite3_bind_int64(statement, 2, (int64_t)query->after);
	sqlite3_bind_int64(statement, 3, limit_of(query));
}

static void
bind_follower(struct journal *journal, const struct journal_query *query,
	      sqlite3_stmt *statement)
{
	(void)journal;
	sqlite3_bind_text(statement, 1, query->follower, -1, SQLITE_STATIC);
}

static void
bind_relations(struct journal *journal, const struct journal_query *query,
	       sqlite3_stmt *statement)
{
	(void)journal;
	sqlite3_bind_int64(statement, 1, (int64_t)query->number);
	sqlite3_bind_int64(statement, 2, query->states);
}

static const struct {
	enum journal_statement statement;
	void (*bind)(struct journal *, const struct journal_query *,
		     sqlite3_stmt *);
	void (*read)(struct journal *, struct journal_query *, sqlite3_stmt *);
} questions[] = {
	[QUERY_ARRIVALS] = { JOURNAL_ARRIVAL_LIST, bind_list, read_arrival },
	[QUERY_ARRIVAL] = { JOURNAL_ARRIVAL_GET, bind_number, read_arrival },
	[QUERY_FAMILY] = { JOURNAL_ARRIVAL_GET, bind_number, read_arrival },
	[QUERY_NUMBERS] = { JOURNAL_ARRIVAL_GET, bind_number, read_arrival },
	[QUERY_EVENTS] = { JOURNAL_EVENT_LIST, bind_events, read_event },
	[QUERY_PARSED] = { JOURNAL_EVENT_PARSED, bind_page, read_parsed },
	[QUERY_STREAM] = { JOURNAL_STREAM_LIST, bind_stream, read_event },
	[QUERY_QUEUED] = { JOURNAL_ARRIVAL_OPEN, bind_nothing, read_queued },
	[QUERY_COUNTS] = { JOURNAL_ARRIVAL_COUNTS, bind_nothing, read_numbers },
	[QUERY_RELATIONS] = { JOURNAL_RELATION_LIST, bind_relations,
			      read_relation },
	[QUERY_CURSOR] = { JOURNAL_FOLLOWER_GET, bind_follower, read_numbers },
};

/* The number of an arrival by number or digest; 0: there is none. */
static uint64_t
find_number(struct journal *journal, const struct journal_query *query)
{
	sqlite3_stmt *find = journal_statement(
		journal, query->number != 0 ? JOURNAL_ARRIVAL_GET
					    : JOURNAL_ARRIVAL_BY_DIGEST);
	struct journal_row row = { .arrival = { .number = 0 } };

	bind_number(journal, query, find);
	if (journal_step(journal, find))
		journal_row_read(find, &row);
	sqlite3_reset(find);
	return row.arrival.number;
}

/* What there is to be asked for, at the moment of the answer. */
static void
note_range(struct journal *journal, struct journal_query *query)
{
	if (query->question == QUERY_EVENTS) {
		query->floor = journal->floor;
		query->head = journal->last_event;
	} else if (query->question == QUERY_STREAM) {
		query->floor = journal->streams[query->stream].floor;
		query->head = journal->streams[query->stream].head;
	} else if (query->question == QUERY_RELATIONS) {
		query->number = find_number(journal, query);
		query->head = query->number;
	}
}

static void
run_question(struct journal *journal, struct journal_query *query)
{
	enum journal_statement which = questions[query->question].statement;
	uint64_t bytes = 0;
	sqlite3_stmt *statement;

	query->last_event = journal->last_event;
	note_range(journal, query);
	if (query->newest > 0)
		skip_old(journal, query);
	if (which == JOURNAL_ARRIVAL_GET && query->number == 0)
		which = JOURNAL_ARRIVAL_BY_DIGEST;
	statement = journal_statement(journal, which);
	questions[query->question].bind(journal, query, statement);
	while (journal_step(journal, statement)) {
		questions[query->question].read(journal, query, statement);
		bytes += query->items[query->count - 1].size;
		if (query->limit_bytes > 0 && bytes >= query->limit_bytes)
			break;
	}
	sqlite3_reset(statement);
}

/* ---- what came out of what ---- */

static void
add_children(struct journal *journal, struct journal_query *query,
	     uint64_t number)
{
	sqlite3_stmt *rows =
		journal_statement(journal, JOURNAL_ARRIVAL_CHILDREN);

	sqlite3_bind_int64(rows, 1, (int64_t)number);
	while (journal_step(journal, rows)) {
		struct journal_row row;

		journal_row_read(rows, &row);
		arrival_encode(&add_item(query)->row, &row.arrival);
	}
}

/* Of the item that was added last. */
static void
add_relatives(struct journal *journal, struct journal_query *query)
{
	struct journal_item *item = &query->items[query->count - 1];
	struct arrival arrival;

	if (arrival_decode(buffer_bytes(&item->row), &arrival) < 0)
		return;
	if (arrival.parent != 0)
		put_row(journal, arrival.parent, &item->parent);
	if (query->question == QUERY_FAMILY)
		add_children(journal, query, arrival.number);
}

static void
answer(struct journal *journal, struct journal_job *job)
{
	struct journal_query *query =
		container_of(job, struct journal_query, job);
	bool is_list = query->question == QUERY_NUMBERS;
	size_t count = is_list ? query->number_count : 1;

	for (size_t i = 0; i < count; i++) {
		size_t before = query->count;

		if (is_list)
			query->number = query->numbers[i];
		run_question(journal, query);
		if (query->count > before &&
		    (is_list || query->question == QUERY_FAMILY))
			add_relatives(journal, query);
	}
}

static void
hand_back(struct journal_job *job)
{
	struct journal_query *query =
		container_of(job, struct journal_query, job);

	query->done(query);
}

void
journal_ask(struct journal *journal, struct journal_query *query)
{
	query->job.work = answer;
	query->job.done = hand_back;
	journal_submit(journal, &query->job);
}
