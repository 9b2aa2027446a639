/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_program_plugin.c - docket-worker hosts programs as it does plugins
 */
#include "worker_process.h"

#include "record.h"

#define LEASE 7

static void
start(struct worker_process *worker, const char *role, uint32_t number)
{
	worker->hello.role = number;
	worker_spawn(worker, role, -1);
	worker_say(worker, MESSAGE_HELLO, &worker->hello);
}

/* Ask for a program; its options may follow. */
static void
wish(struct worker_process *worker, const char *name, bool is_elsewhere)
{
	struct message_plugin plugin = {
		.name = bytes_of(name),
		.path = bytes_of(""),
		.is_elsewhere = is_elsewhere,
	};

	worker_say(worker, MESSAGE_PLUGIN, &plugin);
	worker_sets(worker, "exec", "/bin/cat");
}

static void
give(struct worker_process *worker, const char *name, const char *past)
{
	struct message_job job = {
		.lease = LEASE,
		.name = bytes_of(name),
		.past = bytes_of(past),
		.size = 5,
		.content = bytes_of("hello"),
	};
	struct message_lease started;

	worker_say(worker, MESSAGE_JOB, &job);
	worker_hear(worker, MESSAGE_STARTED, &started);
}

static void
reads_by(struct worker_process *worker, const char *plugin)
{
	struct message_record message;
	struct message_lease alive;
	struct docket_record record;

	while (frame_receive(&worker->in, PATIENCE_MS, &worker->frame) == 1 &&
	       worker->frame.type == MESSAGE_PROGRESS)
		assert_int_equal(message_decode(&worker->frame, &alive), 0);
	assert_int_equal(worker->frame.type, MESSAGE_RECORD);
	assert_int_equal(message_decode(&worker->frame, &message), 0);
	assert_true(bytes_equal(message.plugin, bytes_of(plugin)));
	assert_int_equal(record_open(message.image, &record), 0);
	assert_true(has_words(docket_record_text(&record), "hello"));
}

static void
leaves_it_to(struct worker_process *worker, const char *plugin)
{
	struct message_failed failed;

	worker_hear(worker, MESSAGE_FAILED, &failed);
	assert_int_equal(failed.status, DOCKET_SKIP);
	assert_true(bytes_equal(failed.plugin, bytes_of(plugin)));
}

static void
program_reads_what_fits_its_names_or_types(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker, "reader", ROLE_READER);
	wish(&worker, "copy", false);
	worker_sets(&worker, "names", "*.ics *.ifb");
	worker_sets(&worker, "types", "text/x-none");
	worker_say(&worker, MESSAGE_START, NULL);
	worker_loads(&worker, "copy");
	worker_is_ready(&worker);
	give(&worker, "a.ifb", NULL);
	reads_by(&worker, "copy");
	give(&worker, "a.txt", NULL);
	leaves_it_to(&worker, "");
	worker_dismiss(&worker);
}

/* Those by name come first, then those by type in the order of plugins. */
static void
document_of_a_program_elsewhere_is_left_to_it(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker, "reader", ROLE_READER);
	wish(&worker, "copy", true);
	worker_sets(&worker, "names", "*.ics");
	wish(&worker, "other", true);
	worker_sets(&worker, "types", "text/plain");
	worker_wishes(&worker, "parser_plain");
	worker_say(&worker, MESSAGE_START, NULL);
	worker_loads(&worker, "copy");
	worker_loads(&worker, "other");
	worker_loads(&worker, "plain");
	worker_is_ready(&worker);
	give(&worker, "a.ics", NULL);
	leaves_it_to(&worker, "copy");
	give(&worker, "a.ics", "copy");
	leaves_it_to(&worker, "other");
	give(&worker, "a.ics", "other");
	reads_by(&worker, "plain");
	give(&worker, "a.ics", "plain");
	leaves_it_to(&worker, "");
	worker_dismiss(&worker);
}

static void
program_cannot_be_an_indexer_and_needs_a_name(void **state)
{
	struct worker_process worker = { 0 };
	struct message_plugin nothing = {
		.name = bytes_of("nothing"),
		.path = bytes_of(""),
	};

	(void)state;
	start(&worker, "indexer", ROLE_INDEXER);
	wish(&worker, "copy", false);
	worker_say(&worker, MESSAGE_START, NULL);
	worker_refuses(&worker, "cannot be an indexer");
	worker_is_ready(&worker);
	worker_dismiss(&worker);

	worker = (struct worker_process){ 0 };
	start(&worker, "reader", ROLE_READER);
	worker_say(&worker, MESSAGE_PLUGIN, &nothing);
	worker_say(&worker, MESSAGE_START, NULL);
	worker_refuses(&worker, "did not prepare");
	worker_is_ready(&worker);
	worker_dismiss(&worker);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(program_reads_what_fits_its_names_or_types),
		cmocka_unit_test(document_of_a_program_elsewhere_is_left_to_it),
		cmocka_unit_test(program_cannot_be_an_indexer_and_needs_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
