/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_state.c - what becomes of an arrival, cell by cell
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "state.h"

#define BIT(fact) (1u << (fact))
/* Answers to a question that was settled meanwhile. */
#define ANSWERS                                                      \
	(BIT(FACT_LEASED) | BIT(FACT_READ) | BIT(FACT_SKIPPED) |     \
	 BIT(FACT_REJECTED) | BIT(FACT_FAILED) | BIT(FACT_CRASHED) | \
	 BIT(FACT_RETURNED) | BIT(FACT_POSTPONED))
#define ASKED (BIT(FACT_RETRY_ASKED) | BIT(FACT_DISCARD_ASKED))
#define CLEARINGS (BIT(FACT_SUPERSEDED) | BIT(FACT_CLEARED))

/* Which facts can happen to an arrival in which state. */
static const unsigned can_happen[ARRIVAL_STATE_COUNT] = {
	[ARRIVAL_NEW] =
		BIT(FACT_TAKEN) | BIT(FACT_REFUSED) | BIT(FACT_VANISHED),
	[ARRIVAL_QUEUED] = BIT(FACT_LEASED) | CLEARINGS | ASKED,
	[ARRIVAL_READING] = (ANSWERS & ~BIT(FACT_LEASED)) | CLEARINGS | ASKED,
	[ARRIVAL_BLOCKED] = CLEARINGS | ASKED,
	[ARRIVAL_DONE] = ANSWERS | CLEARINGS | ASKED,
	[ARRIVAL_DUPLICATE] = ANSWERS | CLEARINGS | ASKED,
	[ARRIVAL_QUARANTINED] = ANSWERS | CLEARINGS | ASKED,
	[ARRIVAL_IGNORED] = ANSWERS | CLEARINGS | ASKED,
	[ARRIVAL_VANISHED] = ANSWERS | CLEARINGS | ASKED,
	[ARRIVAL_SUPERSEDED] = ANSWERS | CLEARINGS | ASKED,
	[ARRIVAL_DISCARDED] = ANSWERS | CLEARINGS | ASKED,
};

static struct state_question
ask(enum arrival_state state, enum fact_kind fact)
{
	return (struct state_question){
		.fact = fact,
		.state = state,
		.attempts = state == ARRIVAL_READING ? 1 : 0,
		.attempts_limit = 3,
	};
}

static void
expect_move(const struct state_answer *answer, enum arrival_state next,
	    enum event_type first, enum event_type second)
{
	assert_int_equal(answer->outcome, OUTCOME_MOVED);
	assert_int_equal(answer->next, next);
	assert_int_equal(answer->events[0], first);
	assert_int_equal(answer->events[1], second);
	assert_int_equal(answer->events[2], EVENT_NONE);
}

static struct state_answer
decide(struct state_question question)
{
	return state_decide(&question);
}

/* Does the process end of this question? */
static bool
is_fatal(const struct state_question *question)
{
	pid_t pid = fork();
	int how;

	assert_true(pid >= 0);
	if (pid == 0) {
		signal(SIGABRT, SIG_DFL);
		close(STDERR_FILENO);
		state_decide(question);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &how, 0), pid);
	return WIFSIGNALED(how) && WTERMSIG(how) == SIGABRT;
}

static void
whatever_can_happen_has_an_answer(void **state)
{
	(void)state;
	for (int at = 0; at < ARRIVAL_STATE_COUNT; at++)
		for (int fact = 0; fact < FACT_ARRIVAL_COUNT; fact++) {
			struct state_question question = ask(
				(enum arrival_state)at, (enum fact_kind)fact);
			struct state_answer answer;

			if ((can_happen[at] & BIT(fact)) == 0)
				continue;
			answer = state_decide(&question);
			assert_true(answer.outcome != OUTCOME_MOVED ||
				    answer.next != ARRIVAL_NEW);
		}
}

static void
what_cannot_happen_ends_the_process(void **state)
{
	(void)state;
	for (int at = 0; at < ARRIVAL_STATE_COUNT; at++)
		for (int fact = 0; fact < FACT_ARRIVAL_COUNT; fact++) {
			struct state_question question = ask(
				(enum arrival_state)at, (enum fact_kind)fact);

			if ((can_happen[at] & BIT(fact)) == 0)
				assert_true(is_fatal(&question));
		}
}

static void
final_states_are_left_for_nobody_but_a_person(void **state)
{
	(void)state;
	for (int at = ARRIVAL_DONE; at < ARRIVAL_STATE_COUNT; at++)
		for (int fact = 0; fact < FACT_ARRIVAL_COUNT; fact++) {
			struct state_answer answer;

			assert_true(arrival_is_final((enum arrival_state)at));
			if ((can_happen[at] & BIT(fact)) == 0)
				continue;
			if (at == ARRIVAL_QUARANTINED && (ASKED & BIT(fact)))
				continue; /* a person may */
			answer = decide(ask((enum arrival_state)at,
					    (enum fact_kind)fact));
			if (answer.outcome == OUTCOME_MOVED)
				assert_int_equal(answer.next, at);
			assert_int_equal(answer.events[0], EVENT_NONE);
		}
}

static void
late_answers_change_nothing(void **state)
{
	(void)state;
	for (int fact = FACT_LEASED; fact <= FACT_RETURNED; fact++)
		assert_int_equal(
			decide(ask(ARRIVAL_SUPERSEDED, (enum fact_kind)fact))
				.outcome,
			OUTCOME_NOTHING);
}

/* ---- coming in ---- */

static void
taken_file_waits_for_a_reader(void **state)
{
	struct state_answer answer = decide(ask(ARRIVAL_NEW, FACT_TAKEN));

	(void)state;
	expect_move(&answer, ARRIVAL_QUEUED, EVENT_DOCUMENT_RECEIVED,
		    EVENT_NONE);
	assert_int_equal(answer.attempts, 0);
	assert_false(answer.is_cleared);
}

static void
taken_file_is_leased_at_once_where_there_is_room(void **state)
{
	struct state_question question = ask(ARRIVAL_NEW, FACT_TAKEN);
	struct state_answer answer;

	(void)state;
	question.has_reader = true;
	answer = state_decide(&question);
	expect_move(&answer, ARRIVAL_READING, EVENT_DOCUMENT_RECEIVED,
		    EVENT_NONE);
	assert_int_equal(answer.attempts, 1);
}

static void
twin_of_a_done_document_is_a_duplicate_even_with_a_reader(void **state)
{
	struct state_question question = ask(ARRIVAL_NEW, FACT_TAKEN);
	struct state_answer answer;

	(void)state;
	question.has_reader = true;
	question.twin = 7;
	answer = state_decide(&question);
	expect_move(&answer, ARRIVAL_DUPLICATE, EVENT_DOCUMENT_RECEIVED,
		    EVENT_DOCUMENT_DUPLICATE);
	assert_int_equal(answer.attempts, 0);
}

static void
known_file_is_not_taken_again(void **state)
{
	static const enum fact_kind facts[] = { FACT_TAKEN, FACT_REFUSED };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(facts); i++) {
		struct state_question question = ask(ARRIVAL_NEW, facts[i]);

		question.is_known = true;
		question.twin = 7;
		question.has_reader = true;
		assert_int_equal(state_decide(&question).outcome,
				 OUTCOME_KNOWN);
	}
}

static void
refused_file_is_quarantined_and_stays(void **state)
{
	struct state_answer answer = decide(ask(ARRIVAL_NEW, FACT_REFUSED));

	(void)state;
	expect_move(&answer, ARRIVAL_QUARANTINED, EVENT_DOCUMENT_QUARANTINED,
		    EVENT_NONE);
	assert_false(answer.is_cleared);
}

static void
vanished_file_leaves_nothing_to_clear(void **state)
{
	struct state_answer answer = decide(ask(ARRIVAL_NEW, FACT_VANISHED));

	(void)state;
	expect_move(&answer, ARRIVAL_VANISHED, EVENT_NONE, EVENT_NONE);
	assert_true(answer.is_cleared);
}

/* ---- being read ---- */

static void
lease_counts_as_an_attempt_and_return_takes_it_back(void **state)
{
	struct state_question question = ask(ARRIVAL_QUEUED, FACT_LEASED);
	struct state_answer answer;

	(void)state;
	question.attempts = 1;
	answer = state_decide(&question);
	expect_move(&answer, ARRIVAL_READING, EVENT_NONE, EVENT_NONE);
	assert_int_equal(answer.attempts, 2);
	question = ask(ARRIVAL_READING, FACT_RETURNED);
	question.attempts = 2;
	answer = state_decide(&question);
	expect_move(&answer, ARRIVAL_QUEUED, EVENT_NONE, EVENT_NONE);
	assert_int_equal(answer.attempts, 1);
	question.attempts = 0;
	assert_int_equal(state_decide(&question).attempts, 0);
}

static void
what_lies_too_deep_waits_and_is_not_read(void **state)
{
	struct state_question question = ask(ARRIVAL_NEW, FACT_TAKEN);
	struct state_answer answer;

	(void)state;
	question.is_too_deep = true;
	question.has_reader = true;
	answer = decide(question);
	expect_move(&answer, ARRIVAL_QUARANTINED, EVENT_DOCUMENT_RECEIVED,
		    EVENT_DOCUMENT_QUARANTINED);
	question.twin = 7;
	answer = decide(question);
	expect_move(&answer, ARRIVAL_DUPLICATE, EVENT_DOCUMENT_RECEIVED,
		    EVENT_DOCUMENT_DUPLICATE);
}

static void
first_twin_to_be_read_is_the_document(void **state)
{
	struct state_question question = ask(ARRIVAL_READING, FACT_READ);
	struct state_answer answer = state_decide(&question);

	(void)state;
	expect_move(&answer, ARRIVAL_DONE, EVENT_DOCUMENT_PARSED, EVENT_NONE);
	question.twin = 7;
	answer = state_decide(&question);
	expect_move(&answer, ARRIVAL_DUPLICATE, EVENT_DOCUMENT_DUPLICATE,
		    EVENT_NONE);
}

static void
failure_is_tried_again_until_the_limit(void **state)
{
	struct state_question question = ask(ARRIVAL_READING, FACT_FAILED);
	struct state_answer answer;

	(void)state;
	for (question.attempts = 1; question.attempts < 3;
	     question.attempts++) {
		answer = state_decide(&question);
		expect_move(&answer, ARRIVAL_QUEUED, EVENT_NONE, EVENT_NONE);
		assert_int_equal(answer.attempts, question.attempts);
	}
	answer = state_decide(&question);
	expect_move(&answer, ARRIVAL_QUARANTINED, EVENT_DOCUMENT_QUARANTINED,
		    EVENT_NONE);
}

static void
crash_is_told_each_time(void **state)
{
	struct state_question question = ask(ARRIVAL_READING, FACT_CRASHED);
	struct state_answer answer;

	(void)state;
	question.attempts = 2;
	answer = state_decide(&question);
	expect_move(&answer, ARRIVAL_QUEUED, EVENT_PLUGIN_CRASHED, EVENT_NONE);
	question.attempts = 3;
	answer = state_decide(&question);
	expect_move(&answer, ARRIVAL_QUARANTINED, EVENT_PLUGIN_CRASHED,
		    EVENT_DOCUMENT_QUARANTINED);
}

static void
with_a_limit_of_one_the_first_crash_is_the_last(void **state)
{
	struct state_question question = ask(ARRIVAL_READING, FACT_CRASHED);

	(void)state;
	question.attempts_limit = 1;
	assert_int_equal(state_decide(&question).next, ARRIVAL_QUARANTINED);
}

static void
rejected_document_is_not_tried_again(void **state)
{
	struct state_answer answer =
		decide(ask(ARRIVAL_READING, FACT_REJECTED));

	(void)state;
	expect_move(&answer, ARRIVAL_QUARANTINED, EVENT_DOCUMENT_QUARANTINED,
		    EVENT_NONE);
}

static void
skipped_document_waits_for_a_plugin_that_did_not_load(void **state)
{
	struct state_question question = ask(ARRIVAL_READING, FACT_SKIPPED);
	struct state_answer answer = state_decide(&question);

	(void)state;
	expect_move(&answer, ARRIVAL_QUARANTINED, EVENT_DOCUMENT_QUARANTINED,
		    EVENT_NONE);
	question.may_block = true;
	answer = state_decide(&question);
	expect_move(&answer, ARRIVAL_BLOCKED, EVENT_NONE, EVENT_NONE);
}

static void
plugin_that_asks_for_time_gets_more_of_it_each_time(void **state)
{
	struct state_question question = ask(ARRIVAL_READING, FACT_POSTPONED);
	uint32_t before = 0;

	(void)state;
	for (question.retries = 0; question.retries < 19; question.retries++) {
		struct state_answer answer = state_decide(&question);
		uint32_t wanted = before == 0 ? 1000 : 2 * before;

		expect_move(&answer, ARRIVAL_QUEUED, EVENT_NONE, EVENT_NONE);
		assert_int_equal(answer.delay_ms,
				 wanted < 300000 ? wanted : 300000);
		assert_int_equal(answer.retries, question.retries + 1);
		assert_int_equal(answer.attempts, 0);
		before = answer.delay_ms;
	}
}

static void
plugin_that_always_asks_for_time_is_asked_twenty_times(void **state)
{
	struct state_question question = ask(ARRIVAL_READING, FACT_POSTPONED);
	struct state_answer answer;

	(void)state;
	question.retries = 19;
	answer = state_decide(&question);
	expect_move(&answer, ARRIVAL_QUARANTINED, EVENT_DOCUMENT_QUARANTINED,
		    EVENT_NONE);
	assert_int_equal(answer.delay_ms, 0);
}

/* ---- what people ask for ---- */

static void
retried_arrival_has_all_its_attempts_before_it(void **state)
{
	static const enum arrival_state waiting[] = { ARRIVAL_QUARANTINED,
						      ARRIVAL_BLOCKED };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(waiting); i++) {
		struct state_question question =
			ask(waiting[i], FACT_RETRY_ASKED);
		struct state_answer answer;

		question.attempts = 3;
		question.retries = 20;
		question.has_bytes = true;
		answer = state_decide(&question);
		expect_move(&answer, ARRIVAL_QUEUED, EVENT_DOCUMENT_RETRIED,
			    EVENT_NONE);
		assert_int_equal(answer.attempts, 0);
		assert_int_equal(answer.retries, 0);
	}
}

static void
what_was_refused_at_intake_cannot_be_retried(void **state)
{
	(void)state;
	assert_int_equal(
		decide(ask(ARRIVAL_QUARANTINED, FACT_RETRY_ASKED)).outcome,
		OUTCOME_REFUSED);
}

static void
discarded_arrival_forgets_the_bytes_it_has(void **state)
{
	struct state_question question =
		ask(ARRIVAL_QUARANTINED, FACT_DISCARD_ASKED);
	struct state_answer answer = state_decide(&question);

	(void)state;
	expect_move(&answer, ARRIVAL_DISCARDED, EVENT_DOCUMENT_FORGOTTEN,
		    EVENT_NONE);
	assert_false(answer.is_forgotten);
	question.has_bytes = true;
	assert_true(state_decide(&question).is_forgotten);
}

static void
only_what_waits_for_a_person_is_moved_by_one(void **state)
{
	(void)state;
	for (int at = ARRIVAL_QUEUED; at < ARRIVAL_STATE_COUNT; at++) {
		if (at == ARRIVAL_QUARANTINED)
			continue;
		assert_int_equal(
			decide(ask((enum arrival_state)at, FACT_DISCARD_ASKED))
				.outcome,
			OUTCOME_REFUSED);
		if (at == ARRIVAL_BLOCKED)
			continue;
		assert_int_equal(
			decide(ask((enum arrival_state)at, FACT_RETRY_ASKED))
				.outcome,
			OUTCOME_REFUSED);
	}
}

/* ---- the file in the spool ---- */

static void
changed_file_supersedes_what_is_not_settled(void **state)
{
	static const enum arrival_state open_states[] = { ARRIVAL_QUEUED,
							  ARRIVAL_READING,
							  ARRIVAL_BLOCKED };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(open_states); i++) {
		struct state_answer answer =
			decide(ask(open_states[i], FACT_SUPERSEDED));

		assert_int_equal(answer.next, ARRIVAL_SUPERSEDED);
		assert_true(answer.is_cleared);
	}
	assert_int_equal(decide(ask(ARRIVAL_DONE, FACT_SUPERSEDED)).next,
			 ARRIVAL_DONE);
}

static void
cleared_file_leaves_the_state_as_it_is(void **state)
{
	(void)state;
	for (int at = ARRIVAL_QUEUED; at < ARRIVAL_STATE_COUNT; at++) {
		struct state_question question =
			ask((enum arrival_state)at, FACT_CLEARED);
		struct state_answer answer;

		question.attempts = 2;
		answer = state_decide(&question);
		expect_move(&answer, (enum arrival_state)at, EVENT_NONE,
			    EVENT_NONE);
		assert_int_equal(answer.attempts, 2);
		assert_true(answer.is_cleared);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_can_happen_has_an_answer),
		cmocka_unit_test(what_cannot_happen_ends_the_process),
		cmocka_unit_test(final_states_are_left_for_nobody_but_a_person),
		cmocka_unit_test(late_answers_change_nothing),
		cmocka_unit_test(taken_file_waits_for_a_reader),
		cmocka_unit_test(
			taken_file_is_leased_at_once_where_there_is_room),
		cmocka_unit_test(
			twin_of_a_done_document_is_a_duplicate_even_with_a_reader),
		cmocka_unit_test(known_file_is_not_taken_again),
		cmocka_unit_test(refused_file_is_quarantined_and_stays),
		cmocka_unit_test(vanished_file_leaves_nothing_to_clear),
		cmocka_unit_test(
			lease_counts_as_an_attempt_and_return_takes_it_back),
		cmocka_unit_test(what_lies_too_deep_waits_and_is_not_read),
		cmocka_unit_test(first_twin_to_be_read_is_the_document),
		cmocka_unit_test(failure_is_tried_again_until_the_limit),
		cmocka_unit_test(crash_is_told_each_time),
		cmocka_unit_test(
			with_a_limit_of_one_the_first_crash_is_the_last),
		cmocka_unit_test(rejected_document_is_not_tried_again),
		cmocka_unit_test(
			skipped_document_waits_for_a_plugin_that_did_not_load),
		cmocka_unit_test(
			plugin_that_asks_for_time_gets_more_of_it_each_time),
		cmocka_unit_test(
			plugin_that_always_asks_for_time_is_asked_twenty_times),
		cmocka_unit_test(
			retried_arrival_has_all_its_attempts_before_it),
		cmocka_unit_test(what_was_refused_at_intake_cannot_be_retried),
		cmocka_unit_test(discarded_arrival_forgets_the_bytes_it_has),
		cmocka_unit_test(only_what_waits_for_a_person_is_moved_by_one),
		cmocka_unit_test(changed_file_supersedes_what_is_not_settled),
		cmocka_unit_test(cleared_file_leaves_the_state_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
