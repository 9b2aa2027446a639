/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_fixture.h - a journal in a folder of a test's own, for test_journal*.c
 */
#ifndef TESTS_JOURNAL_FIXTURE_H
#define TESTS_JOURNAL_FIXTURE_H

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "journal_commit.h"
#include "journal_query.h"
#include "record.h"

struct fixture {
	char folder[32];
	char path[64]; /* of the database */
	int state;
	struct config config;
	struct config_bus buses[2];
	uv_loop_t loop;
	struct journal journal;
	struct fault fault;
	bool is_done;
	struct journal_query *answer;
};

/* ---- a journal in a folder of its own ---- */

static inline int
open_journal(struct fixture *fixture)
{
	fixture->fault.text[0] = '\0';
	return journal_open(&fixture->journal, &fixture->config, fixture->state,
			    &fixture->fault);
}

static inline void
start_journal(struct fixture *fixture)
{
	if (open_journal(fixture) < 0)
		fail_msg("%s", fixture->fault.text);
	uv_loop_init(&fixture->loop);
	journal_start(&fixture->journal, &fixture->loop);
}

static inline void
stop_journal(struct fixture *fixture)
{
	if (fixture->journal.db == NULL)
		return;
	journal_stop(&fixture->journal);
	uv_run(&fixture->loop, UV_RUN_DEFAULT);
	assert_int_equal(uv_loop_close(&fixture->loop), 0);
}

static inline void
restart_journal(struct fixture *fixture)
{
	stop_journal(fixture);
	start_journal(fixture);
}

static inline int
make_folder(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));

	strcpy(fixture->folder, "/tmp/test_journal.XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	snprintf(fixture->path, sizeof(fixture->path), "%s/journal.db",
		 fixture->folder);
	fixture->state =
		open(fixture->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fixture->buses[0] = (struct config_bus){ .name = "all",
						 .topics = "",
						 .inboxes = "" };
	fixture->buses[1] =
		(struct config_bus){ .name = "some",
				     .topics = "document.parsed daemon.",
				     .inboxes = "letters" };
	fixture->config = (struct config){
		.daemon = { .state = fixture->folder, .attempts = 3 },
		.buses = fixture->buses,
		.bus_count = 2,
	};
	*state = fixture;
	return 0;
}

static inline int
make_journal(void **state)
{
	make_folder(state);
	start_journal(*state);
	return 0;
}

static inline int
remove_entry(const char *path, const struct stat *status, int flag,
	     struct FTW *ftw)
{
	(void)status, (void)flag, (void)ftw;
	return remove(path);
}

static inline int
remove_journal(void **state)
{
	struct fixture *fixture = *state;

	journal_query_free(fixture->answer);
	stop_journal(fixture);
	close(fixture->state);
	nftw(fixture->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	free(fixture);
	return 0;
}

#define FOLDER_TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_folder, remove_journal)
#define JOURNAL_TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_journal, remove_journal)

/* ---- facts ---- */

struct waiting_commit {
	struct journal_commit commit;
	struct fixture *fixture;
};

static inline void
on_committed(struct journal_commit *commit)
{
	container_of(commit, struct waiting_commit, commit)->fixture->is_done =
		true;
}

static inline void
wait_done(struct fixture *fixture)
{
	while (!fixture->is_done)
		uv_run(&fixture->loop, UV_RUN_ONCE);
	fixture->is_done = false;
}

/* Commit a chain of facts; they stay the caller's. */
static inline void
commit(struct fixture *fixture, struct fact *facts)
{
	struct waiting_commit waiting = {
		.commit = { .facts = facts, .done = on_committed },
		.fixture = fixture,
	};

	journal_commit(&fixture->journal, &waiting.commit);
	wait_done(fixture);
}

static inline struct fact *
make_taken(const char *inbox, const char *name, const char *text)
{
	struct fact *fact = fact_new(FACT_TAKEN);

	fact->arrival = (struct arrival){
		.origin = ORIGIN_MOVED,
		.inbox = bytes_of(inbox),
		.name = bytes_of(name),
		.digest = digest_of(bytes_of(text)),
		.size = strlen(text),
	};
	buffer_put_string(&fact->content, text);
	return fact;
}

/* Commit one fact and free it; what the row says then, or the outcome. */
static inline enum fact_outcome
settle(struct fixture *fixture, struct fact *fact, uint64_t *out_number)
{
	enum fact_outcome outcome;

	commit(fixture, fact);
	outcome = fact->outcome;
	if (out_number != NULL) {
		struct arrival arrival;

		*out_number = fact->arrival.number;
		if (outcome == OUTCOME_MOVED) {
			assert_int_equal(
				arrival_decode(buffer_bytes(&fact->row),
					       &arrival),
				0);
			*out_number = arrival.number;
		}
	}
	fact_free(fact);
	return outcome;
}

static inline uint64_t
take_in(struct fixture *fixture, const char *inbox, const char *name,
	const char *text)
{
	uint64_t number;

	assert_int_equal(
		settle(fixture, make_taken(inbox, name, text), &number),
		OUTCOME_MOVED);
	return number;
}

static inline struct fact *
make_about(enum fact_kind kind, uint64_t number)
{
	struct fact *fact = fact_new(kind);

	fact->arrival.number = number;
	return fact;
}

static inline void
happen(struct fixture *fixture, enum fact_kind kind, uint64_t number)
{
	assert_int_equal(settle(fixture, make_about(kind, number), NULL),
			 OUTCOME_MOVED);
}

/* One that no other document has. */
static inline void
put_symbol(struct record_builder *builder, const char *organ, uint64_t number)
{
	auto_free char *symbol =
		mem_format("%s/%llu", organ, (unsigned long long)number);

	record_put_field(builder, DOCKET_FIELD_SYMBOL, bytes_of(symbol));
}

/* A reader's fact with a record whose title and text are given. */
static inline struct fact *
make_read(uint64_t number, const char *title, size_t text_size)
{
	static const struct record_limits ample = { 1 << 20, 1000, 1000, 1000 };
	struct record_builder *builder = record_builder_new(&ample);
	struct fact *fact = make_about(FACT_READ, number);
	auto_free char *text = mem_alloc(text_size + 1);

	memset(text, 'x', text_size);
	record_put_text(builder, bytes_of(text));
	record_put_field(builder, DOCKET_FIELD_TITLE, bytes_of(title));
	record_put_field(builder, DOCKET_FIELD_LANGUAGE, bytes_of("fr"));
	record_put_field(builder, DOCKET_FIELD_CLASS, bytes_of("letter"));
	put_symbol(builder, "S", number);
	put_symbol(builder, "A", number);
	record_settle(builder);
	record_finish(builder, &fact->content);
	record_builder_free(builder);
	return fact;
}

static inline void
read_it(struct fixture *fixture, uint64_t number, const char *title)
{
	happen(fixture, FACT_LEASED, number);
	assert_int_equal(settle(fixture, make_read(number, title, 10), NULL),
			 OUTCOME_MOVED);
}

/* ---- a full disk ---- */

/* The database may not grow: as on a full disk. */
static inline void
limit_pages(struct fixture *fixture, int pages)
{
	auto_free char *sql = mem_format("PRAGMA max_page_count=%d", pages);

	assert_int_equal(
		sqlite3_exec(fixture->journal.db, sql, NULL, NULL, NULL),
		SQLITE_OK);
}

/* Small enough for the pack, too large for what is left. */
static inline struct fact *
make_bulky(const char *name)
{
	auto_free char *text = mem_alloc(200001);

	memset(text, name[0], 200000);
	return make_taken("letters", name, text);
}

static inline bool
is_taken_back(struct fixture *fixture, struct fact *facts)
{
	struct waiting_commit waiting = {
		.commit = { .facts = facts, .done = on_committed },
		.fixture = fixture,
	};

	journal_commit(&fixture->journal, &waiting.commit);
	wait_done(fixture);
	return waiting.commit.is_full;
}

/* ---- questions ---- */

static inline void
on_answered(struct journal_query *query)
{
	struct fixture *fixture = query->owner;

	fixture->answer = query;
	fixture->is_done = true;
}

static inline struct journal_query *
new_query(struct fixture *fixture, enum journal_question question)
{
	fixture->answer = journal_query_free(fixture->answer);
	return journal_query_new(question, fixture, on_answered);
}

static inline struct journal_query *
ask(struct fixture *fixture, struct journal_query *query)
{
	journal_ask(&fixture->journal, query);
	wait_done(fixture);
	return fixture->answer;
}

static inline struct arrival
look_up(struct fixture *fixture, uint64_t number)
{
	struct journal_query *query = new_query(fixture, QUERY_ARRIVAL);
	struct arrival arrival;

	query->number = number;
	ask(fixture, query);
	assert_int_equal(query->count, 1);
	assert_int_equal(
		arrival_decode(buffer_bytes(&query->items[0].row), &arrival),
		0);
	return arrival;
}

static inline void
expect_state(struct fixture *fixture, uint64_t number, enum arrival_state state)
{
	assert_string_equal(
		arrival_state_name(
			(enum arrival_state)look_up(fixture, number).state),
		arrival_state_name(state));
}

static inline void
expect_bytes(struct docket_bytes bytes, const char *expected)
{
	auto_free char *text = mem_format("%.*s", (int)bytes.size,
					  bytes.data != NULL ? bytes.data : "");

	assert_string_equal(text, expected);
}

/* The types of all events after that number, by name, a blank after each. */
static inline void
expect_events(struct fixture *fixture, uint64_t after, const char *expected)
{
	struct journal_query *query = new_query(fixture, QUERY_EVENTS);
	auto_buffer struct buffer types = { 0 };

	query->after = after;
	ask(fixture, query);
	for (size_t i = 0; i < query->count; i++) {
		struct event event;

		assert_int_equal(
			event_decode(buffer_bytes(&query->items[i].body),
				     &event),
			0);
		assert_int_equal(event.number, after + 1 + i);
		assert_int_equal(event.number, query->items[i].key);
		buffer_format(&types, "%s ", event_type_name(event.type));
	}
	expect_bytes(buffer_bytes(&types), expected);
}

static inline size_t
count_stream(struct fixture *fixture, size_t stream)
{
	struct journal_query *query = new_query(fixture, QUERY_STREAM);

	query->stream = stream;
	ask(fixture, query);
	for (size_t i = 0; i < query->count; i++)
		assert_int_equal(query->items[i].key, i + 1);
	return query->count;
}

#endif
