/* SPDX-License-Identifier: Apache-2.0 */
/*
 * turn.c - the one place where arrivals move
 *
 * Once a loop turn: take candidates from the inboxes while intake has room,
 * give what waits to readers that have room, hand the queued facts to the
 * journal as one transaction, and when that is committed act on its verdicts.
 * While one transaction is on its way facts gather for the next, so commits
 * group themselves: at once when idle, by the hundred under load.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "house.h"
#include "journal_log.h"
#include "log.h"
#include "notify.h"

#define TICK_MS 1000
#define STOPPING_TICK_MS 20
#define STAGE_LIMIT_MS 12000
/* What a full disk does not take by then the next start finds out again. */
#define FULL_STAGE_LIMIT_MS 1000
/* Arrivals on the way to a reader; beyond it files stay in their inbox. */
#define BACKLOG_LIMIT 512
/* The same of those that wait for a specialist: numbers, which take no room. */
#define SPECIALISTS_LIMIT 65536
/* Records and documents on the way into the journal; beyond it none is read. */
#define CONTENT_LIMIT_BYTES (16u << 20)
/* So long they are waited for before more is taken than they have room for. */
#define KEEP_UP_MS 100
/* Facts of a commit that shows load; as many as need not wait for others. */
#define GATHER_BUSY 24
#define GATHER_ENOUGH 192
#define GATHER_MS 4

/* ---- before the commit ---- */

/*
 * An arrival that is leased with the commit which admits it costs half of one
 * that must wait for a lease. So while readers keep up, no more is taken than
 * they have room for; what is not taken is safe where it is.
 */
static bool
is_readers_pace(struct house *house)
{
	uint64_t now_ms = uv_now(&house->loop);

	if (house->dispatch.count == 0 &&
	    intake_count(&house->intake) < pool_room(&house->pool)) {
		house->kept_up_ms = now_ms;
		return true;
	}
	return now_ms - house->kept_up_ms > KEEP_UP_MS;
}

static bool
may_take(struct house *house)
{
	return house->stage == STAGE_RUNNING &&
	       house->dispatch.count < BACKLOG_LIMIT &&
	       specialists_waiting(&house->specialists) < SPECIALISTS_LIMIT &&
	       !fact_queue_is_long(&house->queue) &&
	       intake_has_room(&house->intake) &&
	       !room_is_short(&house->room) && is_readers_pace(house);
}

static void
take_candidates(struct house *house)
{
	struct inbox_candidate candidate;
	struct inbox *inbox;

	while (house->stage == STAGE_RUNNING &&
	       (inbox = inboxes_take_reopened(&house->inboxes)) != NULL) {
		int status = intake_recover(&house->intake, inbox->folder);

		if (status < 0)
			log_error("[inbox %s] its spool cannot be read: %s",
				  inbox->config->name, strerror(-status));
	}
	while (may_take(house) && inboxes_take(&house->inboxes, &candidate)) {
		intake_claim(&house->intake, candidate.inbox->folder,
			     candidate.name, candidate.origin, candidate.move);
		free(candidate.name);
	}
	intake_flush(&house->intake);
}

/* What readers make must find its way into the journal. */
static bool
may_lease(const struct house *house)
{
	return house->stage == STAGE_RUNNING && !house->room.is_full &&
	       house->queue.bytes + house->committing_bytes <
		       CONTENT_LIMIT_BYTES;
}

static void
lease(struct house *house, struct pool_reader *reader, uint64_t number,
      struct route route)
{
	struct fact *fact = fact_new(FACT_LEASED);

	fact->arrival.number = number;
	fact->worker = reader;
	fact->route = route;
	fact_put(&house->queue, fact);
}

static void
lease_to_specialists(struct house *house)
{
	struct pool_reader *reader;
	struct route route;
	uint64_t number;

	while (may_lease(house) &&
	       (reader = specialists_reserve(&house->specialists, &number,
					     &route)) != NULL)
		lease(house, reader, number, route);
}

/* Those that waited longest come first. */
static void
lease_waiting(struct house *house)
{
	const struct dispatch_entry *entry;

	while (may_lease(house) &&
	       (entry = dispatch_first(&house->dispatch)) != NULL) {
		struct pool_reader *reader =
			pool_reserve(&house->pool, entry->is_alone);

		if (reader == NULL)
			return;
		lease(house, reader, entry->number, entry->route);
		dispatch_drop_first(&house->dispatch);
	}
}

/* What is new may go to a reader in the very transaction that admits it. */
static void
lease_new(struct house *house)
{
	struct fact *fact = house->queue.first;

	if (house->dispatch.count > 0 || !may_lease(house))
		return;
	for (; fact != NULL; fact = fact->next)
		if (fact->kind == FACT_TAKEN && fact->worker == NULL)
			fact->worker = pool_reserve(&house->pool, false);
}

/* ---- after it ---- */

static void
send_to_reader(struct house *house, struct fact *fact,
	       const struct arrival *arrival)
{
	int fd = -1;

	if (fact->is_stored) {
		fd = store_read(&house->journal.store, &arrival->digest);
		if (fd < 0) {
			log_error("the store has lost a blob of arrival %llu",
				  (unsigned long long)arrival->number);
			_exit(FAULT_EXIT_IO);
		}
	}
	pool_send(fact->worker, arrival, fact->route,
		  buffer_bytes(&fact->content), fd);
	fact->worker = NULL;
}

static void
log_settled(const struct arrival *arrival)
{
	if (arrival->state == ARRIVAL_QUARANTINED)
		log_warning("arrival %llu (%.*s) is quarantined: %.*s: %.*s",
			    (unsigned long long)arrival->number,
			    (int)arrival->name.size, arrival->name.data,
			    (int)arrival->reason.size, arrival->reason.data,
			    (int)arrival->detail.size, arrival->detail.data);
}

static void
log_postponed(const struct arrival *arrival)
{
	if (arrival->plugin.size == 0)
		log_warning("arrival %llu is put off: %.*s",
			    (unsigned long long)arrival->number,
			    (int)arrival->detail.size, arrival->detail.data);
	else
		log_info(
			"arrival %llu: plugin %.*s asks for another time: %.*s",
			(unsigned long long)arrival->number,
			(int)arrival->plugin.size, arrival->plugin.data,
			(int)arrival->detail.size, arrival->detail.data);
}

static int64_t
read_clock_ms(void)
{
	uv_timeval64_t now;

	uv_gettimeofday(&now);
	return now.tv_sec * 1000 + now.tv_usec / 1000;
}

void
turn_queue(struct house *house, uint64_t number, uint32_t attempts,
	   int64_t not_before_ms)
{
	dispatch_put(&house->dispatch, number, attempts > 0,
		     dispatch_choose_time(not_before_ms, read_clock_ms(),
					  uv_now(&house->loop)));
	fact_want_turn(&house->queue);
}

/* Where the one who had it says; else with the light readers, from the start. */
static void
queue_again(struct house *house, const struct fact *fact,
	    const struct arrival *arrival)
{
	if (fact->elsewhere != NULL) {
		specialists_put(&house->specialists, fact->elsewhere,
				arrival->number, fact->route);
	} else if (fact->route.past != NULL) {
		dispatch_put_routed(&house->dispatch, arrival->number,
				    arrival->attempts > 0, fact->route);
		fact_want_turn(&house->queue);
	} else {
		turn_queue(house, arrival->number, arrival->attempts,
			   arrival->not_before_ms);
	}
}

/* The arrival is in a state in which somebody must do something. */
static void
act_on_state(struct house *house, struct fact *fact,
	     const struct arrival *arrival)
{
	bool is_asked_again = fact->kind != FACT_CLEARED;

	switch ((enum arrival_state)arrival->state) {
	case ARRIVAL_QUEUED:
		if (fact->kind == FACT_POSTPONED)
			log_postponed(arrival);
		if (is_asked_again)
			queue_again(house, fact, arrival);
		break;
	case ARRIVAL_READING:
		if (fact->worker != NULL)
			send_to_reader(house, fact, arrival);
		break;
	case ARRIVAL_QUARANTINED:
		if (is_asked_again)
			log_settled(arrival);
		break;
	case ARRIVAL_NEW:
	case ARRIVAL_BLOCKED:
	case ARRIVAL_DONE:
	case ARRIVAL_DUPLICATE:
	case ARRIVAL_IGNORED:
	case ARRIVAL_VANISHED:
	case ARRIVAL_SUPERSEDED:
	case ARRIVAL_DISCARDED:
	case ARRIVAL_STATE_COUNT:
		break;
	}
}

static void
act_on_claim(struct house *house, struct fact *fact, uint64_t number)
{
	bool is_taken = fact->kind == FACT_TAKEN;

	if (fact->claim == NULL)
		return;
	if (fact->outcome == OUTCOME_LOST)
		intake_repeat(&house->intake, fact->claim);
	else if (is_taken)
		intake_settle(&house->intake, fact->claim, number);
	else
		intake_leave(&house->intake, fact->claim);
}

static void
act_on(struct house *house, struct fact *fact)
{
	struct arrival arrival = { .number = fact->arrival.number };

	if (fact->event_number > house->last_event)
		house->last_event = fact->event_number;
	if (fact->kind >= FACT_ARRIVAL_COUNT)
		return;
	if (fact->outcome == OUTCOME_MOVED &&
	    arrival_decode(buffer_bytes(&fact->row), &arrival) == 0)
		act_on_state(house, fact, &arrival);
	if (fact->worker != NULL)
		pool_unreserve(fact->worker);
	act_on_claim(house, fact, arrival.number);
	if (fact->request != NULL && fact->outcome != OUTCOME_LOST)
		control_answer(fact->request, fact->outcome,
			       buffer_bytes(&fact->row));
}

/* Then with what came out of it. */
static void
act_on_all(struct house *house, struct fact *fact)
{
	struct fact *member = fact->members;

	act_on(house, fact);
	for (; member != NULL; member = member->next)
		act_on(house, member);
}

static void
on_committed(struct journal_commit *commit)
{
	struct house *house = container_of(commit, struct house, commit);
	uint64_t last_event = house->last_event;
	struct fact *fact, *next;

	if (commit->is_full) {
		pause_for_room(house);
		return;
	}
	for (fact = commit->facts; fact != NULL; fact = next) {
		next = fact->next;
		act_on_all(house, fact);
		fact_free(fact);
	}
	commit->facts = NULL;
	gather_note(&house->gather, house->committing_count,
		    uv_now(&house->loop));
	house->is_committing = false;
	house->committing_bytes = 0;
	pause_end(house);
	pool_flush(&house->pool);
	specialists_flush(&house->specialists);
	intake_flush(&house->intake);
	if (house->last_event > last_event) {
		follow_wake(&house->follow, house->last_event);
		publish_wake(&house->publish, house->last_event);
		receipts_wake(&house->receipts);
		control_wake(&house->control, house->last_event);
	}
	if (house->is_wanted_again || house->queue.urgent > 0)
		fact_want_turn(&house->queue);
	house->is_wanted_again = false;
}

/* ---- the turn ---- */

/* Once: readers are there, and the bus can be subscribed to. */
static void
announce(struct house *house)
{
	if (house->is_announced || !services_are_ready(house))
		return;
	house->is_announced = true;
	log_notice("ready");
	notify_systemd("READY=1\nSTATUS=watching");
	house->is_paused = false; /* and if not so, say that behind it */
	reload_answer(&house->reload);
}

/* What waited for company has waited for long enough. */
static void
on_gathered(uv_timer_t *timer)
{
	struct house *house = container_of(timer, struct house, gathered);

	fact_want_turn(&house->queue);
}

static bool
waits_for_company(struct house *house)
{
	uint64_t wait_ms = gather_wait(&house->gather, house->queue.count,
				       uv_now(&house->loop));

	if (wait_ms == 0 || house->stage != STAGE_RUNNING)
		return false;
	if (!uv_is_active((uv_handle_t *)&house->gathered))
		uv_timer_start(&house->gathered, on_gathered, wait_ms, 0);
	return true;
}

static bool
may_commit(const struct house *house)
{
	if (house->is_waiting_for_room)
		return false;
	return house->queue.urgent > 0 ||
	       (house->is_tick_due && house->queue.count > 0);
}

static void
run_turn(struct house *house)
{
	announce(house);
	take_candidates(house);
	lease_to_specialists(house);
	lease_waiting(house);
	lease_new(house);
	if (!may_commit(house) || waits_for_company(house))
		return;
	house->is_tick_due = false;
	house->committing_bytes = house->queue.bytes;
	house->committing_count = house->queue.count < house->commit_limit
					  ? house->queue.count
					  : house->commit_limit;
	house->commit.facts = fact_gather(&house->queue, house->commit_limit);
	house->committing_bytes -= house->queue.bytes;
	house->commit.done = on_committed;
	house->is_committing = true;
	journal_commit(&house->journal, &house->commit);
	follow_expect(&house->follow);
	publish_expect(&house->publish);
}

static void
on_check(uv_check_t *check)
{
	struct house *house = container_of(check, struct house, check);

	if (!fact_take_wish(&house->queue))
		return;
	if (house->is_committing)
		house->is_wanted_again = true;
	else
		run_turn(house);
}

/* ---- the end, stage by stage ---- */

static void
enter_stage(struct house *house, enum house_stage stage)
{
	house->stage = stage;
	house->stage_began_ms = uv_now(&house->loop);
	switch (stage) {
	case STAGE_CLOSING:
		inboxes_stop(&house->inboxes);
		intake_stop(&house->intake);
		retain_stop(&house->retain);
		break;
	case STAGE_READING:
		pool_stop(&house->pool);
		specialists_stop(&house->specialists);
		follow_stop(&house->follow);
		receipts_stop(&house->receipts);
		break;
	case STAGE_PUBLISHING:
		publish_stop(&house->publish);
		break;
	case STAGE_ENDED:
		uv_close((uv_handle_t *)&house->check, NULL);
		uv_close((uv_handle_t *)&house->tick, NULL);
		uv_close((uv_handle_t *)&house->gathered, NULL);
		uv_close((uv_handle_t *)&house->queue.idle, NULL);
		control_stop(&house->control);
		pool_fini(&house->pool);
		specialists_fini(&house->specialists);
		follow_fini(&house->follow);
		publish_fini(&house->publish);
		break;
	case STAGE_RUNNING:
		break;
	}
}

static bool
is_stage_done(const struct house *house)
{
	bool is_written = !house->is_committing && house->queue.count == 0;

	switch (house->stage) {
	case STAGE_CLOSING:
		return is_written && intake_is_idle(&house->intake);
	case STAGE_READING:
		return is_written && pool_is_gone(&house->pool) &&
		       specialists_is_gone(&house->specialists) &&
		       follow_is_gone(&house->follow) &&
		       receipts_is_gone(&house->receipts) &&
		       publish_is_even(&house->publish);
	case STAGE_PUBLISHING:
		return is_written && publish_is_gone(&house->publish);
	case STAGE_RUNNING:
	case STAGE_ENDED:
		break;
	}
	return false;
}

/* Nothing is lost: a kill would leave no less. */
static void
end_in_the_middle(const struct house *house, uint64_t waited_ms)
{
	bool is_full = house->room.is_full;

	if (is_full && waited_ms > FULL_STAGE_LIMIT_MS) {
		log_warning("the disk is full; docketd leaves what is not "
			    "written down to the next start");
		_exit(house->reload.is_due ? FAULT_EXIT_IO : EXIT_SUCCESS);
	}
	if (waited_ms > STAGE_LIMIT_MS) {
		log_error("the end takes too long; docketd leaves the rest to "
			  "the next start");
		_exit(EXIT_FAILURE);
	}
}

static void
tend_end(struct house *house)
{
	uint64_t waited = uv_now(&house->loop) - house->stage_began_ms;

	if (house->stage == STAGE_RUNNING || house->stage == STAGE_ENDED)
		return;
	if (is_stage_done(house))
		enter_stage(house, house->stage + 1);
	else
		end_in_the_middle(house, waited);
}

/* Those are deleted that are old enough, and seen by all who want to. */
static void
tend_old_events(struct house *house)
{
	uint64_t consumed = follow_consumed(&house->follow);
	uint64_t receipted = receipts_consumed(&house->receipts);

	retain_wake(&house->retain, house->last_event,
		    receipted < consumed ? receipted : consumed);
}

static void
on_tick(uv_timer_t *tick)
{
	struct house *house = container_of(tick, struct house, tick);

	publish_report(&house->publish);
	follow_tend(&house->follow);
	control_tend(&house->control);
	pause_tend(house);
	specialists_tend(&house->specialists);
	receipts_tend(&house->receipts);
	tend_old_events(house);
	journal_log_tidy(&house->journal);
	house->is_tick_due = true;
	dispatch_wake(&house->dispatch, uv_now(&house->loop));
	fact_want_turn(&house->queue);
	notify_systemd("WATCHDOG=1");
	tend_end(house);
}

void
turn_init(struct house *house)
{
	uv_check_init(&house->loop, &house->check);
	uv_timer_init(&house->loop, &house->tick);
	uv_timer_init(&house->loop, &house->gathered);
	house->gather = (struct gather){
		.busy = GATHER_BUSY,
		.enough = GATHER_ENOUGH,
		.limit_ms = GATHER_MS,
	};
	house->commit_limit = SIZE_MAX;
}

void
turn_start(struct house *house)
{
	uv_check_start(&house->check, on_check);
	uv_timer_start(&house->tick, on_tick, TICK_MS, TICK_MS);
}

static void
tell_stop(struct house *house)
{
	struct fact *fact = fact_new(FACT_HAPPENED);

	log_notice("stopping");
	notify_systemd("STOPPING=1");
	fact->event.type = EVENT_DAEMON_STOPPING;
	fact_put(&house->queue, fact);
}

void
turn_stop(struct house *house, bool is_reload)
{
	if (!is_reload) {
		/* Whoever stops docketd does not want it to begin again. */
		house->reload.is_due = false;
		if (house->stage < STAGE_ENDED)
			tell_stop(house);
	}
	if (house->stage != STAGE_RUNNING)
		return;
	enter_stage(house, STAGE_CLOSING);
	uv_timer_start(&house->tick, on_tick, STOPPING_TICK_MS,
		       STOPPING_TICK_MS);
}
