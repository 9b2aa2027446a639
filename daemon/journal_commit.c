/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_commit.c - the facts of one turn, decided and committed together
 *
 * Runs on the journal's thread. Facts are taken in order, each against the
 * row as the facts before it left it: look up what the decision needs, ask
 * state.c, write down its answer and the events it names. Nobody hears of any
 * of it before the COMMIT at the end.
 */
#include "journal_commit.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "journal_event.h"
#include "journal_forget.h"
#include "journal_keep.h"
#include "journal_members.h"
#include "journal_tie.h"
#include "log.h"
#include "record.h"
#include "state.h"

/* What is being worked on: a fact and its row. */
struct work {
	struct journal *journal;
	struct fact *fact;
	struct journal_row row;
	struct docket_record record; /* of a document that was read */
	/* what it is tied to, while that is told */
	struct docket_bytes relation;
	uint64_t other;
	int64_t now_ms;
	struct buffer text; /* strings that were made for the row */
	struct journal_forget forget;
};

static int64_t
read_clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
bind_bytes(sqlite3_stmt *statement, int at, struct docket_bytes bytes)
{
	sqlite3_bind_blob64(statement, at, bytes.data ? bytes.data : "",
			    bytes.size, SQLITE_STATIC);
}

/* ---- events ---- */

/* The event of that type, as the row says it now. */
static void
append_arrival_event(struct work *work, enum event_type type)
{
	const struct arrival *arrival = &work->row.arrival;
	bool is_about_why = type == EVENT_DOCUMENT_QUARANTINED ||
			    type == EVENT_PLUGIN_CRASHED;
	struct event event = {
		.type = type,
		.time_ms = work->now_ms,
		.arrival = arrival->number,
		.parent = arrival->parent,
		.original = arrival->original,
		.has_digest = !digest_is_zero(&arrival->digest),
		.digest = arrival->digest,
		.inbox = arrival->inbox,
		.name = arrival->name,
		.language = arrival->language,
		.class = arrival->class,
		.symbols = arrival->symbols,
		.title = arrival->title,
	};

	if (is_about_why) {
		event.stage = arrival->stage;
		event.plugin = arrival->plugin;
		event.reason = arrival->reason;
		event.detail = arrival->detail;
	} else if (type == EVENT_DOCUMENT_PARSED) {
		event.children = fact_count_members(work->fact);
	} else if (type == EVENT_DOCUMENT_RELATED) {
		event.original = work->other;
		event.reason = work->relation;
	} else if (type == EVENT_DOCUMENT_FORGOTTEN) {
		event.reason = bytes_of("discarded");
	} else if (event_is_report(type)) {
		event.plugin = arrival->plugin;
	}
	journal_event_append(work->journal, &event);
	work->fact->event_number = event.number;
}

static void
tell_relation(void *owner, uint64_t other, uint32_t relation)
{
	struct work *work = owner;
	auto_free char *name = tie_relation_name(relation);

	work->relation = bytes_of(name);
	work->other = other;
	append_arrival_event(work, EVENT_DOCUMENT_RELATED);
}

/* Its event comes before those of what it is tied to. */
static void
tie(struct work *work)
{
	const struct journal_tie_teller teller = { tell_relation, work };
	struct docket_bytes bytes = work->fact->sketch;
	struct sketch sketch;
	bool has_sketch = bytes.size == sizeof(sketch);

	if (has_sketch)
		memcpy(&sketch, bytes.data, sizeof(sketch));
	journal_tie(work->journal, &work->row.arrival, &work->record,
		    has_sketch ? &sketch : NULL, &teller);
}

/* ---- what a decision needs to know ---- */

static bool
load_row(struct work *work, uint64_t number)
{
	sqlite3_stmt *get;

	get = journal_statement(work->journal, JOURNAL_ARRIVAL_GET);
	sqlite3_bind_int64(get, 1, (int64_t)number);
	if (!journal_step(work->journal, get))
		return false;
	journal_row_read(get, &work->row); /* lends until the next one */
	return true;
}

static uint64_t
find_twin(struct work *work)
{
	const struct arrival *arrival = &work->row.arrival;
	sqlite3_stmt *twin;
	uint64_t number = 0;

	twin = journal_statement(work->journal, JOURNAL_ARRIVAL_TWIN);
	sqlite3_bind_text64(twin, 1, arrival->inbox.data, arrival->inbox.size,
			    SQLITE_STATIC, SQLITE_UTF8);
	bind_bytes(twin, 2,
		   (struct docket_bytes){ (const char *)arrival->digest.bytes,
					  sizeof(arrival->digest.bytes) });
	if (journal_step(work->journal, twin))
		number = (uint64_t)sqlite3_column_int64(twin, 0);
	sqlite3_reset(twin);
	return number;
}

/* A row of this very file, from before a crash that left it in place? */
static uint64_t
find_known(struct work *work)
{
	const struct arrival *arrival = &work->row.arrival;
	sqlite3_stmt *known;
	uint64_t number = 0;

	if (arrival->inode == 0)
		return 0;
	known = journal_statement(work->journal, JOURNAL_ARRIVAL_KNOWN);
	sqlite3_bind_int64(known, 1, (int64_t)arrival->inode);
	sqlite3_bind_int64(known, 2, (int64_t)arrival->device);
	sqlite3_bind_int64(known, 3, arrival->mtime_ns);
	if (!digest_is_zero(&arrival->digest))
		sqlite3_bind_blob(known, 4, arrival->digest.bytes,
				  sizeof(arrival->digest.bytes), SQLITE_STATIC);
	sqlite3_bind_text64(known, 5, arrival->inbox.data, arrival->inbox.size,
			    SQLITE_STATIC, SQLITE_UTF8);
	if (!work->fact->is_name_cut)
		bind_bytes(known, 6, arrival->name);
	if (journal_step(work->journal, known))
		number = (uint64_t)sqlite3_column_int64(known, 0);
	sqlite3_reset(known);
	return number;
}

/* ---- what a record says of its document ---- */

static struct docket_bytes
join_symbols(struct work *work, const struct docket_record *record)
{
	size_t start = work->text.size;
	struct docket_bytes symbol;

	for (size_t i = 0;; i++) {
		symbol = docket_record_field(record, DOCKET_FIELD_SYMBOL, i);
		if (symbol.data == NULL)
			break;
		if (i > 0)
			buffer_put_string(&work->text, "\n");
		buffer_put_bytes(&work->text, symbol);
	}
	if (work->text.size == start)
		return (struct docket_bytes){ NULL, 0 };
	return (struct docket_bytes){ work->text.data + start,
				      work->text.size - start };
}

static void
describe_by_record(struct work *work, const struct docket_record *record)
{
	static const struct {
		enum docket_field field;
		size_t offset;
	} members[] = {
		{ DOCKET_FIELD_MEDIA_TYPE,
		  offsetof(struct arrival, media_type) },
		{ DOCKET_FIELD_LANGUAGE, offsetof(struct arrival, language) },
		{ DOCKET_FIELD_CLASS, offsetof(struct arrival, class) },
		{ DOCKET_FIELD_DATE, offsetof(struct arrival, date) },
		{ DOCKET_FIELD_TITLE, offsetof(struct arrival, title) },
	};
	char *arrival = (char *)&work->row.arrival;

	for (size_t i = 0; i < ARRAY_SIZE(members); i++)
		*(struct docket_bytes *)(void *)(arrival + members[i].offset) =
			docket_record_field(record, members[i].field, 0);
	work->row.arrival.symbols = join_symbols(work, record);
}

/* A worker wrote the record; one that cannot be opened is the worker's crash. */
static void
check_record(struct work *work)
{
	struct fact *fact = work->fact;

	if (record_open_without_tokens(buffer_bytes(&fact->content),
				       &work->record) == 0) {
		describe_by_record(work, &work->record);
		return;
	}
	fact->kind = FACT_CRASHED;
	fact_explain(fact, "read", fact->arrival.plugin, bytes_of("protocol"),
		     bytes_of("the reader sent a record that is not one"));
}

/* ---- writing it down ---- */

/* Its file was discarded with another arrival after it had been copied. */
static bool
is_lost(const struct work *work)
{
	const struct fact *fact = work->fact;

	return fact->kind == FACT_TAKEN && fact->is_stored &&
	       !store_has(&work->journal->store, &fact->arrival.digest);
}

/* A person gives it another try: what was said of it before is void. */
static void
clear_reasons(struct arrival *arrival)
{
	static const struct docket_bytes none = { NULL, 0 };

	arrival->settled_ms = 0;
	arrival->stage = arrival->plugin = none;
	arrival->reason = arrival->detail = none;
}

/* The reasons that a fact brings go into the row. */
static void
copy_reasons(struct work *work)
{
	const struct arrival *from = &work->fact->arrival;
	struct arrival *to = &work->row.arrival;

	if (from->reason.data == NULL)
		return;
	to->stage = from->stage;
	to->plugin = from->plugin;
	to->reason = from->reason;
	to->detail = from->detail;
	if (from->media_type.size > 0)
		to->media_type = from->media_type;
}

static void
write_row(struct work *work, bool is_new)
{
	struct journal *journal = work->journal;
	sqlite3_stmt *put;

	put = journal_statement(journal, is_new ? JOURNAL_ARRIVAL_PUT
						: JOURNAL_ARRIVAL_SET);
	journal_row_bind(put, &work->row);
	journal_run(journal, put);
}

/* Nothing else changed: a whole row would be written to every index. */
static void
clear_row(struct work *work)
{
	struct journal *journal = work->journal;
	sqlite3_stmt *clear = journal_statement(journal, JOURNAL_ARRIVAL_CLEAR);

	sqlite3_bind_int64(clear, 1, (int64_t)work->row.arrival.number);
	journal_run(journal, clear);
}

static void
change_state(struct work *work, const struct state_answer *answer,
	     uint64_t twin)
{
	struct arrival *arrival = &work->row.arrival;

	arrival->state = answer->next;
	arrival->original = answer->next == ARRIVAL_DUPLICATE ? twin : 0;
	arrival->not_before_ms =
		answer->delay_ms > 0 ? work->now_ms + answer->delay_ms : 0;
	if (arrival_is_final(answer->next))
		arrival->settled_ms = work->now_ms;
	else if (work->fact->kind == FACT_RETRY_ASKED)
		clear_reasons(arrival);
}

static void
apply(struct work *work, const struct state_answer *answer, uint64_t twin)
{
	struct arrival *arrival = &work->row.arrival;
	bool is_new = arrival->number == 0;
	bool is_only_cleared = (work->fact->kind == FACT_CLEARED ||
				work->fact->kind == FACT_SUPERSEDED) &&
			       arrival->state == answer->next;

	if (is_new) {
		arrival->number = ++work->journal->last_number;
		arrival->received_ms = work->now_ms;
	}
	if (arrival->state != answer->next)
		change_state(work, answer, twin);
	arrival->attempts = answer->attempts;
	arrival->retries = answer->retries;
	work->row.is_cleared |= answer->is_cleared;
	copy_reasons(work);
	journal_keep(work->journal, &work->row, work->fact);
	if (is_only_cleared)
		clear_row(work);
	else
		write_row(work, is_new);
	if (answer->is_forgotten)
		journal_forget_bytes(work->journal, &work->forget, arrival);
	for (size_t i = 0;
	     i < ARRAY_SIZE(answer->events) && answer->events[i] != EVENT_NONE;
	     i++)
		append_arrival_event(work, answer->events[i]);
	if (work->fact->kind == FACT_READ && arrival->state == ARRIVAL_DONE)
		tie(work);
	arrival_encode(&work->fact->row, arrival);
}

static void
decide_arrival(struct work *work)
{
	struct journal *journal = work->journal;
	struct fact *fact = work->fact;
	struct state_question question = {
		.attempts_limit = (uint32_t)journal->config->daemon.attempts,
		.has_reader = fact->worker != NULL,
		.may_block = fact->may_block,
		.is_too_deep = fact->is_too_deep,
	};
	struct state_answer answer;

	if (is_lost(work)) {
		fact->outcome = OUTCOME_LOST;
		return;
	}
	if (fact->arrival.number == 0) {
		work->row.arrival = fact->arrival;
		work->row.is_cleared = fact->arrival.origin == ORIGIN_CHILD;
		fact->arrival.number = find_known(work);
		question.is_known = fact->arrival.number != 0;
	} else if (!load_row(work, fact->arrival.number)) {
		return; /* forgotten meanwhile */
	}
	if (fact->kind == FACT_READ)
		check_record(work);
	if (fact->kind == FACT_TAKEN || fact->kind == FACT_READ)
		question.twin = find_twin(work);
	if (fact->kind == FACT_READ && question.twin == 0)
		journal_members_check(journal, fact, &work->row.arrival);
	question.fact = fact->kind;
	question.state = work->row.arrival.state;
	question.attempts = work->row.arrival.attempts;
	question.retries = work->row.arrival.retries;
	question.has_bytes = !digest_is_zero(&work->row.arrival.digest);
	answer = state_decide(&question);
	fact->outcome = answer.outcome;
	if (answer.outcome == OUTCOME_MOVED)
		apply(work, &answer, question.twin);
	else if (answer.outcome == OUTCOME_REFUSED)
		arrival_encode(&fact->row, &work->row.arrival);
}

/* ---- followers ---- */

static void
get_follower(struct journal *journal, const char *name, uint64_t *out_cursor,
	     uint64_t *out_high_water)
{
	sqlite3_stmt *get = journal_statement(journal, JOURNAL_FOLLOWER_GET);

	*out_cursor = *out_high_water = 0;
	sqlite3_bind_text(get, 1, name, -1, SQLITE_STATIC);
	if (journal_step(journal, get)) {
		*out_cursor = (uint64_t)sqlite3_column_int64(get, 0);
		*out_high_water = (uint64_t)sqlite3_column_int64(get, 1);
	}
	sqlite3_reset(get);
}

/*
 * A cursor may go back (an index that is built again), its high-water mark
 * never does: what is below it was announced before.
 */
static void
note_report(struct work *work)
{
	struct fact *fact = work->fact;
	struct journal *journal = work->journal;
	uint64_t cursor, high_water;
	sqlite3_stmt *put;

	get_follower(journal, fact->follower, &cursor, &high_water);
	for (size_t i = 0; i < fact->subject_count; i++) {
		const struct fact_subject *subject = &fact->subjects[i];

		if (subject->event <= high_water ||
		    !load_row(work, subject->arrival))
			continue;
		work->row.arrival.plugin = bytes_of(fact->follower);
		append_arrival_event(work, fact->report);
	}
	put = journal_statement(journal, JOURNAL_FOLLOWER_PUT);
	sqlite3_bind_text(put, 1, fact->follower, -1, SQLITE_STATIC);
	sqlite3_bind_int64(put, 2, (int64_t)fact->cursor);
	sqlite3_bind_int64(put, 3,
			   (int64_t)(fact->cursor > high_water ? fact->cursor
							       : high_water));
	journal_run(journal, put);
	fact->outcome = OUTCOME_MOVED;
}

/* ---- the transaction ---- */

static void
work_on(struct work *work, struct fact *fact)
{
	work->fact = fact;
	work->row = (struct journal_row){ 0 };
	work->text.size = 0;
	if (fact->kind < FACT_ARRIVAL_COUNT) {
		decide_arrival(work);
	} else if (fact->kind == FACT_REPORTED) {
		note_report(work);
	} else {
		fact->event.time_ms = work->now_ms;
		journal_event_append(work->journal, &fact->event);
		fact->event_number = fact->event.number;
		fact->outcome = OUTCOME_MOVED;
	}
}

/* What was in the document is decided on behind it, or is not to be. */
static void
work_on_members(struct work *work, struct fact *fact)
{
	struct journal *journal = work->journal;
	struct fact *member = fact->members;

	if (member == NULL)
		return;
	if (!journal_members_prepare(journal, fact)) {
		journal_members_forget(journal, &work->forget, fact);
		return;
	}
	for (; member != NULL && !journal->is_full; member = member->next)
		work_on(work, member);
}

/* ---- what a full disk takes back ---- */

/* As they were before they were worked on, to be decided anew. */
static void
forget_verdict(struct fact *fact)
{
	struct fact *member = fact->members;

	for (; member != NULL; member = member->next)
		forget_verdict(member);
	fact->outcome = OUTCOME_NOTHING;
	fact->event_number = 0;
	fact->row.size = 0;
	if (fact->kind == FACT_LEASED) {
		fact->content.size = 0;
		fact->is_stored = false;
	} else if (fact->kind == FACT_TAKEN || fact->kind == FACT_REFUSED ||
		   fact->kind == FACT_VANISHED) {
		fact->arrival.number = 0;
	}
}

/* ---- the job ---- */

static void
work_through(struct journal *journal, struct journal_job *job)
{
	struct journal_commit *commit =
		container_of(job, struct journal_commit, job);
	struct work work = { .journal = journal, .now_ms = read_clock_ms() };
	struct fact *fact;

	journal_begin(journal);
	for (fact = commit->facts; fact != NULL && !journal->is_full;
	     fact = fact->next) {
		work_on(&work, fact);
		work_on_members(&work, fact);
	}
	commit->is_full = journal_end(journal) < 0;
	for (fact = commit->facts; fact != NULL; fact = fact->next) {
		if (commit->is_full)
			forget_verdict(fact);
		else if (fact->kind == FACT_READ &&
			 fact->outcome == OUTCOME_MOVED)
			journal_keep_fresh(journal, fact);
	}
	if (!commit->is_full)
		journal_forget_finish(journal, &work.forget);
	free(take(work.forget.digests));
	buffer_fini(&work.text);
}

static void
hand_back(struct journal_job *job)
{
	struct journal_commit *commit =
		container_of(job, struct journal_commit, job);

	commit->done(commit);
}

void
journal_commit(struct journal *journal, struct journal_commit *commit)
{
	commit->job.work = work_through;
	commit->job.done = hand_back;
	journal_submit(journal, &commit->job);
}
