/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_journal_audit.c - what does not fit together is found, page by page
 */
#include "journal_fixture.h"

#include "journal_audit.h"

struct run {
	struct journal_audit pages;
	struct audit_inbox inbox;
	struct audit_file file;
	struct config_inbox config;
	struct audit_digests store;
	struct fixture *fixture;
};

static void
on_page(struct journal_audit *pages)
{
	container_of(pages, struct run, pages)->fixture->is_done = true;
}

static void
audit(struct fixture *fixture, struct run *run)
{
	run->fixture = fixture;
	run->config.name = "letters";
	run->inbox = (struct audit_inbox){
		.config = &run->config,
		.files = &run->file,
		.file_count = run->file.name != NULL,
	};
	run->pages.inboxes = &run->inbox;
	run->pages.inbox_count = 1;
	run->pages.store = &run->store;
	run->pages.done = on_page;
	while (run->pages.step < AUDIT_STEP_COUNT) {
		journal_audit_page(&fixture->journal, &run->pages);
		wait_done(fixture);
	}
	journal_audit_fini(&run->pages);
}

/* Behind the journal's back; its thread has nothing to do. */
static void
spoil(struct fixture *fixture, const char *sql)
{
	assert_int_equal(
		sqlite3_exec(fixture->journal.db, sql, NULL, NULL, NULL),
		SQLITE_OK);
}

/* So many documents that are done, in one commit. */
static void
fill(struct fixture *fixture, size_t count)
{
	struct fact *facts = NULL, **last = &facts, *next;
	auto_free char *names = mem_alloc(32 * count);

	for (size_t i = 0; i < count; i++) {
		char *name = names + 32 * i;

		snprintf(name, 32, "text %zu", i);
		*last = make_taken("letters", name, name);
		(*last)->next = make_about(FACT_LEASED, i + 1);
		(*last)->next->next = make_read(i + 1, "T", 10);
		last = &(*last)->next->next->next;
	}
	commit(fixture, facts);
	for (; facts != NULL; facts = next) {
		next = facts->next;
		fact_free(facts);
	}
}

static void
what_fits_together_is_summed_over_many_pages(void **state)
{
	struct fixture *fixture = *state;
	struct run run = { 0 };

	fill(fixture, 1100);
	audit(fixture, &run);
	assert_int_equal(run.pages.states[ARRIVAL_DONE], 1100);
	assert_int_equal(run.pages.with_bytes, 1100);
	assert_int_equal(run.pages.received, 1100);
	assert_int_equal(run.pages.settled, 1100);
	assert_int_equal(run.pages.settled_told, 1100);
	assert_int_equal(run.pages.pack_used, 2200);
	assert_int_equal(run.pages.pack_spare, 0);
	assert_int_equal(run.pages.lost.count, 0);
	assert_int_equal(run.pages.untold.count, 0);
}

static void
streams_are_counted_over_many_pages(void **state)
{
	struct fixture *fixture = *state;
	struct run run = { .fixture = fixture };
	uint64_t events = 0;

	fill(fixture, 600);
	run.pages.step = AUDIT_STEP_STREAMS;
	run.pages.done = on_page;
	while (run.pages.step < AUDIT_STEP_COUNT) {
		journal_audit_page(&fixture->journal, &run.pages);
		wait_done(fixture);
	}
	for (size_t i = 0; i < run.pages.stream_count; i++) {
		events += run.pages.streams[i].events;
		assert_int_equal(run.pages.streams[i].holes, 0);
		assert_int_equal(run.pages.streams[i].first, 1);
	}
	assert_int_equal(events, 1200 + 600);
	journal_audit_fini(&run.pages);
}

static void
hole_in_a_stream_is_found_wherever_it_is(void **state)
{
	struct fixture *fixture = *state;
	static const char *const where[] = { "sequence = 3", "sequence = 500",
					     "sequence = 501",
					     "sequence > 1199" };

	fill(fixture, 600);
	for (size_t i = 0; i < ARRAY_SIZE(where); i++) {
		auto_free char *sql = mem_format(
			"SAVEPOINT s; DELETE FROM stream_event WHERE %s AND "
			"stream = (SELECT key FROM stream WHERE name = 'all')",
			where[i]);
		struct run run = { .fixture = fixture };

		spoil(fixture, sql);
		run.pages.step = AUDIT_STEP_STREAMS;
		run.pages.done = on_page;
		while (run.pages.step < AUDIT_STEP_COUNT) {
			journal_audit_page(&fixture->journal, &run.pages);
			wait_done(fixture);
		}
		assert_int_equal(run.pages.streams[0].holes, 1);
		journal_audit_fini(&run.pages);
		spoil(fixture, "ROLLBACK TO s; RELEASE s");
	}
}

static void
lost_bytes_and_lost_records_are_found(void **state)
{
	struct fixture *fixture = *state;
	struct run run = { 0 };

	fill(fixture, 3);
	spoil(fixture, "DELETE FROM pack WHERE id = 2 * 2;"
		       "DELETE FROM pack WHERE id = 2 * 3 + 1");
	audit(fixture, &run);
	assert_int_equal(run.pages.lost.count, 2);
	assert_int_equal(run.pages.lost.examples[0], 2);
	assert_int_equal(run.pages.lost.examples[1], 3);
}

static void
event_that_is_missing_or_there_twice_is_found(void **state)
{
	struct fixture *fixture = *state;
	struct run run = { 0 };

	fill(fixture, 4);				     /* events 1 to 8 */
	spoil(fixture, "DELETE FROM event WHERE number = 3;" /* received */
		       "DELETE FROM event WHERE number = 6;" /* parsed */
		       "INSERT INTO event SELECT 9, type, arrival, body"
		       " FROM event WHERE number = 8");
	audit(fixture, &run);
	assert_int_equal(run.pages.untold.count, 3);
	assert_int_equal(run.pages.untold.examples[0], 2);
	assert_int_equal(run.pages.untold.examples[1], 3);
	assert_int_equal(run.pages.untold.examples[2], 4);
}

static void
events_that_were_dropped_for_their_age_are_not_missed(void **state)
{
	struct fixture *fixture = *state;
	struct run run = { 0 };

	fill(fixture, 4);
	spoil(fixture, "DELETE FROM event WHERE number < 4");
	fixture->journal.floor = 3;
	audit(fixture, &run);
	assert_int_equal(run.pages.older, 2);
	assert_int_equal(run.pages.untold.count, 0);
}

static void
arrivals_on_their_way_owe_no_event(void **state)
{
	struct fixture *fixture = *state;
	struct run run = { 0 };
	uint64_t number = take_in(fixture, "letters", "a", "A");

	take_in(fixture, "letters", "b", "B");
	happen(fixture, FACT_LEASED, number);
	happen(fixture, FACT_REJECTED, number);
	happen(fixture, FACT_RETRY_ASKED, number);
	audit(fixture, &run);
	assert_int_equal(run.pages.states[ARRIVAL_QUEUED], 2);
	assert_int_equal(run.pages.untold.count, 0);
	assert_int_equal(run.pages.settled, 0);
}

static void
spare_bytes_are_counted(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = digest_of(bytes_of("nobody's"));
	struct run run = { .store = { .items = &digest, .count = 1 } };

	fill(fixture, 1);
	spoil(fixture, "INSERT INTO pack VALUES(2 * 1000, x'00')");
	audit(fixture, &run);
	assert_int_equal(run.pages.pack_spare, 1);
	assert_int_equal(run.pages.store_spare, 1);
	assert_int_equal(run.pages.store_used, 0);
}

static void
file_in_a_spool_is_known_by_its_row(void **state)
{
	static const struct {
		enum fact_kind kind;
		const char *name;
		enum audit_reason reason;
	} cases[] = {
		{ FACT_TAKEN, "a", AUDIT_UNDER_WAY },
		{ FACT_REFUSED, "b", AUDIT_SET_ASIDE },
		{ FACT_COUNT, "c", AUDIT_UNEXPLAINED },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char name[2] = { cases[i].name[0] };
		struct run run = {
			.file = { .name = name, .inode = 10 + i, .device = 6 }
		};
		struct fact *fact = make_taken("letters", name, name);

		fact->kind = cases[i].kind;
		fact->arrival.inode = 10 + i;
		fact->arrival.device = 6;
		if (cases[i].kind == FACT_REFUSED)
			fact->arrival.digest = (struct digest){ 0 };
		if (cases[i].kind == FACT_COUNT)
			fact_free(fact);
		else
			settle(fixture, fact, NULL);
		audit(fixture, &run);
		assert_int_equal(run.file.reason, cases[i].reason);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		JOURNAL_TEST(what_fits_together_is_summed_over_many_pages),
		JOURNAL_TEST(streams_are_counted_over_many_pages),
		JOURNAL_TEST(hole_in_a_stream_is_found_wherever_it_is),
		JOURNAL_TEST(lost_bytes_and_lost_records_are_found),
		JOURNAL_TEST(event_that_is_missing_or_there_twice_is_found),
		JOURNAL_TEST(
			events_that_were_dropped_for_their_age_are_not_missed),
		JOURNAL_TEST(arrivals_on_their_way_owe_no_event),
		JOURNAL_TEST(spare_bytes_are_counted),
		JOURNAL_TEST(file_in_a_spool_is_known_by_its_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
