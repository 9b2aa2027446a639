/* SPDX-License-Identifier: Apache-2.0 */
/*
 * state.c - the life of an arrival as one table
 *
 *   (file) --taken--> QUEUED --leased--> READING --read--> DONE
 *                        ^                  |
 *                        +--failed, returned+--> QUARANTINED, BLOCKED
 *                        ^                             |
 *                        +--- a person retries --------+--> DISCARDED
 *
 * Every fact about an arrival meets every state here. IMPOSSIBLE cells are
 * bugs and stop the daemon; LATE ones are answers to a question that was
 * settled meanwhile.
 */
#include "state.h"

#include <assert.h>

/* A plugin that asks for another time is asked after 1 s, 2 s, 4 s ... */
#define RETRIES_LIMIT 20
#define RETRY_FIRST_MS 1000u
#define RETRY_LAST_MS (5 * 60 * 1000u)

enum action {
	IMPOSSIBLE = 0,
	LATE,
	ADMIT,
	SET_ASIDE,
	NOTE_VANISHED,
	LEASE,
	FINISH,
	GIVE_UP,
	SKIP,
	TRY_ANEW,
	PUT_OFF,
	TAKE_BACK,
	SUPERSEDE,
	CLEAR,
	REFUSE,
	RETRY,
	DISCARD,
};

/* Cells of a settled arrival, and of one that people cannot move. */
#define FINAL                                                                  \
	[FACT_LEASED] = LATE, [FACT_READ] = LATE, [FACT_SKIPPED] = LATE,       \
	[FACT_REJECTED] = LATE, [FACT_FAILED] = LATE, [FACT_POSTPONED] = LATE, \
	[FACT_CRASHED] = LATE, [FACT_RETURNED] = LATE,                         \
	[FACT_SUPERSEDED] = CLEAR, [FACT_CLEARED] = CLEAR
#define ASKED [FACT_RETRY_ASKED] = REFUSE, [FACT_DISCARD_ASKED] = REFUSE

static const unsigned char
	actions[ARRIVAL_STATE_COUNT][FACT_ARRIVAL_COUNT] = {
		[ARRIVAL_NEW] = {
			[FACT_TAKEN] = ADMIT,
			[FACT_REFUSED] = SET_ASIDE,
			[FACT_VANISHED] = NOTE_VANISHED,
		},
		[ARRIVAL_QUEUED] = {
			[FACT_LEASED] = LEASE,
			[FACT_SUPERSEDED] = SUPERSEDE,
			[FACT_CLEARED] = CLEAR,
			ASKED,
		},
		[ARRIVAL_READING] = {
			[FACT_READ] = FINISH,
			[FACT_SKIPPED] = SKIP,
			[FACT_REJECTED] = GIVE_UP,
			[FACT_FAILED] = TRY_ANEW,
			[FACT_CRASHED] = TRY_ANEW,
			[FACT_POSTPONED] = PUT_OFF,
			[FACT_RETURNED] = TAKE_BACK,
			[FACT_SUPERSEDED] = SUPERSEDE,
			[FACT_CLEARED] = CLEAR,
			ASKED,
		},
		[ARRIVAL_BLOCKED] = {
			[FACT_SUPERSEDED] = SUPERSEDE,
			[FACT_CLEARED] = CLEAR,
			[FACT_RETRY_ASKED] = RETRY,
			[FACT_DISCARD_ASKED] = REFUSE,
		},
		[ARRIVAL_DONE] = { FINAL, ASKED },
		[ARRIVAL_DUPLICATE] = { FINAL, ASKED },
		[ARRIVAL_QUARANTINED] = {
			FINAL,
			[FACT_RETRY_ASKED] = RETRY,
			[FACT_DISCARD_ASKED] = DISCARD,
		},
		[ARRIVAL_IGNORED] = { FINAL, ASKED },
		[ARRIVAL_VANISHED] = { FINAL, ASKED },
		[ARRIVAL_SUPERSEDED] = { FINAL, ASKED },
		[ARRIVAL_DISCARDED] = { FINAL, ASKED },
	};

static struct state_answer
move_to(const struct state_question *question, enum arrival_state next,
	enum event_type event)
{
	return (struct state_answer){
		.outcome = OUTCOME_MOVED,
		.next = next,
		.attempts = question->attempts,
		.retries = question->retries,
		.events = { event },
	};
}

static struct state_answer
admit(const struct state_question *question)
{
	struct state_answer answer;

	if (question->is_known)
		return (struct state_answer){ .outcome = OUTCOME_KNOWN };
	answer = move_to(question, ARRIVAL_QUEUED, EVENT_DOCUMENT_RECEIVED);
	if (question->twin != 0) {
		answer.next = ARRIVAL_DUPLICATE;
		answer.events[1] = EVENT_DOCUMENT_DUPLICATE;
	} else if (question->is_too_deep) {
		answer.next = ARRIVAL_QUARANTINED;
		answer.events[1] = EVENT_DOCUMENT_QUARANTINED;
	} else if (question->has_reader) {
		answer.next = ARRIVAL_READING;
		answer.attempts = 1;
	}
	return answer;
}

/* What stays in a spool is met again at every start. */
static struct state_answer
set_aside(const struct state_question *question)
{
	if (question->is_known)
		return (struct state_answer){ .outcome = OUTCOME_KNOWN };
	return move_to(question, ARRIVAL_QUARANTINED,
		       EVENT_DOCUMENT_QUARANTINED);
}

/* Twins may be read at the same time; the first to be done is the document. */
static struct state_answer
finish(const struct state_question *question)
{
	if (question->twin != 0)
		return move_to(question, ARRIVAL_DUPLICATE,
			       EVENT_DOCUMENT_DUPLICATE);
	return move_to(question, ARRIVAL_DONE, EVENT_DOCUMENT_PARSED);
}

static struct state_answer
try_again(const struct state_question *question)
{
	struct state_answer answer;

	answer = move_to(question, ARRIVAL_QUEUED, EVENT_NONE);
	if (question->attempts >= question->attempts_limit) {
		answer.next = ARRIVAL_QUARANTINED;
		answer.events[0] = EVENT_DOCUMENT_QUARANTINED;
	}
	if (question->fact == FACT_CRASHED) {
		answer.events[1] = answer.events[0];
		answer.events[0] = EVENT_PLUGIN_CRASHED;
	}
	return answer;
}

/* The plugin's reader is as sound as before: that was no attempt. */
static struct state_answer
put_off(const struct state_question *question)
{
	struct state_answer answer =
		move_to(question, ARRIVAL_QUEUED, EVENT_NONE);

	if (question->retries + 1 >= RETRIES_LIMIT)
		return move_to(question, ARRIVAL_QUARANTINED,
			       EVENT_DOCUMENT_QUARANTINED);
	answer.delay_ms = RETRY_LAST_MS;
	if (question->retries < 16 &&
	    RETRY_FIRST_MS << question->retries < RETRY_LAST_MS)
		answer.delay_ms = RETRY_FIRST_MS << question->retries;
	answer.retries++;
	if (answer.attempts > 0)
		answer.attempts--;
	return answer;
}

/* What was refused at intake has no bytes here: it must be dropped again. */
static struct state_answer
retry(const struct state_question *question)
{
	struct state_answer answer =
		move_to(question, ARRIVAL_QUEUED, EVENT_DOCUMENT_RETRIED);

	if (!question->has_bytes)
		return (struct state_answer){ .outcome = OUTCOME_REFUSED };
	answer.attempts = 0;
	answer.retries = 0;
	return answer;
}

static struct state_answer
discard(const struct state_question *question)
{
	struct state_answer answer =
		move_to(question, ARRIVAL_DISCARDED, EVENT_DOCUMENT_FORGOTTEN);

	answer.is_forgotten = question->has_bytes;
	return answer;
}

static struct state_answer
skip(const struct state_question *question)
{
	if (question->may_block)
		return move_to(question, ARRIVAL_BLOCKED, EVENT_NONE);
	return move_to(question, ARRIVAL_QUARANTINED,
		       EVENT_DOCUMENT_QUARANTINED);
}

static struct state_answer
lease_or_return(const struct state_question *question, bool is_lease)
{
	struct state_answer answer;

	answer = move_to(question, is_lease ? ARRIVAL_READING : ARRIVAL_QUEUED,
			 EVENT_NONE);
	if (is_lease)
		answer.attempts++;
	else if (answer.attempts > 0)
		answer.attempts--;
	return answer;
}

static struct state_answer
clear(const struct state_question *question, enum arrival_state next)
{
	struct state_answer answer = move_to(question, next, EVENT_NONE);

	answer.is_cleared = true;
	return answer;
}

struct state_answer
state_decide(const struct state_question *question)
{
	static const struct state_answer late = { 0 };
	static const struct state_answer refused = { .outcome =
							     OUTCOME_REFUSED };

	switch ((enum action)actions[question->state][question->fact]) {
	case LATE:
		return late;
	case ADMIT:
		return admit(question);
	case SET_ASIDE:
		return set_aside(question);
	case NOTE_VANISHED:
		return clear(question, ARRIVAL_VANISHED);
	case LEASE:
		return lease_or_return(question, true);
	case TAKE_BACK:
		return lease_or_return(question, false);
	case FINISH:
		return finish(question);
	case GIVE_UP:
		return move_to(question, ARRIVAL_QUARANTINED,
			       EVENT_DOCUMENT_QUARANTINED);
	case SKIP:
		return skip(question);
	case TRY_ANEW:
		return try_again(question);
	case PUT_OFF:
		return put_off(question);
	case RETRY:
		return retry(question);
	case DISCARD:
		return discard(question);
	case REFUSE:
		return refused;
	case SUPERSEDE:
		return clear(question, ARRIVAL_SUPERSEDED);
	case CLEAR:
		return clear(question, question->state);
	case IMPOSSIBLE:
		break;
	}
	assert(!"an arrival met a fact that cannot happen to it");
	__builtin_unreachable();
}
