/* SPDX-License-Identifier: Apache-2.0 */
/* test_worker_apart.c - documents that are read in a process of their own */
#include "worker_process.h"

#include <sys/mman.h>

#include <docket/indexer.h>

#include "fault.h"
#include "record.h"

#define LEASE 11

static void
start(struct worker_process *worker)
{
	worker->hello.role = ROLE_READER;
	worker_spawn(worker, "reader", -1);
	worker_say(worker, MESSAGE_HELLO, &worker->hello);
	worker_wishes(worker, "parser_apart");
	worker_say(worker, MESSAGE_START, NULL);
	worker_loads(worker, "apart");
	worker_is_ready(worker);
}

static void
start_with_annotator(struct worker_process *worker)
{
	worker->hello.role = ROLE_READER;
	worker_spawn(worker, "reader", -1);
	worker_say(worker, MESSAGE_HELLO, &worker->hello);
	worker_wishes(worker, "annotator_stray");
	worker_wishes(worker, "parser_apart");
	worker_say(worker, MESSAGE_START, NULL);
	worker_loads(worker, "stray");
	worker_loads(worker, "apart");
	worker_is_ready(worker);
}

static void
give(struct worker_process *worker, const char *text)
{
	struct message_job job = {
		.lease = LEASE,
		.name = bytes_of("letter.txt"),
		.size = strlen(text),
		.content = bytes_of(text),
	};

	worker_say(worker, MESSAGE_JOB, &job);
}

static void
hear_started(struct worker_process *worker)
{
	struct message_lease started;

	worker_hear(worker, MESSAGE_STARTED, &started);
	assert_int_equal(started.lease, LEASE);
}

static void
hear_record(struct worker_process *worker, struct docket_record *out_record)
{
	struct message_record message;

	worker_hear(worker, MESSAGE_RECORD, &message);
	assert_int_equal(message.lease, LEASE);
	assert_true(bytes_equal(message.plugin, bytes_of("apart")));
	assert_int_equal(record_open(message.image, out_record), 0);
}

static void
hear_text(struct worker_process *worker, const char *words)
{
	struct docket_record record;

	hear_started(worker);
	hear_record(worker, &record);
	if (!has_words(docket_record_text(&record), words))
		fail_msg("\"%.*s\" does not say \"%s\"",
			 (int)docket_record_text(&record).size,
			 docket_record_text(&record).data, words);
}

static void
hear_failed(struct worker_process *worker, enum docket_status status,
	    const char *plugin)
{
	struct message_failed failed;

	worker_hear(worker, MESSAGE_FAILED, &failed);
	assert_int_equal(failed.lease, LEASE);
	assert_int_equal(failed.status, status);
	assert_true(bytes_equal(failed.plugin, bytes_of(plugin)));
	assert_true(bytes_equal(failed.media_type, bytes_of("text/plain")));
}

static void
hear_last_word_of(struct worker_process *worker, const char *plugin,
		  uint32_t signal)
{
	struct message_dying dying;

	worker_hear(worker, MESSAGE_DYING, &dying);
	assert_int_equal(dying.lease, LEASE);
	assert_int_equal(dying.signal, signal);
	assert_true(bytes_equal(dying.plugin, bytes_of(plugin)));
}

static void
hear_last_word(struct worker_process *worker, uint32_t signal)
{
	hear_last_word_of(worker, "apart", signal);
}

static void
dies_of(struct worker_process *worker, int signal)
{
	int status;

	worker_hear_end(worker);
	status = worker_join(worker);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), signal);
}

/* The process that this one has made last. */
static int
find_child(int pid)
{
	auto_free char *path =
		mem_format("/proc/%d/task/%d/children", pid, pid);
	auto_file FILE *file = fopen(path, "re");
	int child;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &child), 1);
	return child;
}

static void
each_document_is_the_first_of_its_process(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker);
	for (int i = 0; i < 5; i++) {
		give(&worker, "APART");
		hear_text(&worker, "before: 0,");
	}
	worker_dismiss(&worker);
}

/* They lie in its socket, or in its memory already when it forks. */
static void
documents_that_wait_are_read_one_by_one(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker);
	give(&worker, "APART one");
	give(&worker, "APART two");
	give(&worker, "APART three");
	hear_text(&worker, "APART one");
	hear_text(&worker, "APART two");
	hear_text(&worker, "APART three");
	worker_dismiss(&worker);
}

static void
large_document_comes_as_a_descriptor(void **state)
{
	struct worker_process worker = { 0 };
	size_t size = 1u << 20;
	auto_free char *text = mem_alloc(size);
	auto_fd int fd = memfd_create("document", MFD_CLOEXEC);
	struct message_job job = { .lease = LEASE, .size = size };

	(void)state;
	memset(text, 'x', size);
	memcpy(text, "APART ", 6);
	assert_int_equal(write(fd, text, size), size);
	start(&worker);
	/* More often than there may be descriptors. */
	for (int i = 0; i < 70; i++) {
		worker_say_fd(&worker, MESSAGE_JOB, &job, fd);
		hear_text(&worker, "before: 0,");
	}
	worker_dismiss(&worker);
}

static void
what_the_plugin_opened_is_there_and_forking_is_not(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker);
	give(&worker, "APART");
	hear_text(&worker, "by: copy");
#if !defined(__SANITIZE_ADDRESS__)
	if (geteuid() != 0) { /* whom no limit of processes holds */
		give(&worker, "APART");
		hear_text(&worker, "forks: no");
	}
#endif
	worker_dismiss(&worker);
}

static void
memory_of_a_document_is_gone_with_it(void **state)
{
	struct worker_process worker = {
		.hello.memory_limit_bytes = 300u << 20,
	};

	(void)state;
	start(&worker);
	for (int i = 0; i < 6; i++) {
		give(&worker, "APART BLOAT NOW");
		hear_text(&worker, "before: 0,");
	}
	worker_dismiss(&worker);
}

static void
crash_ends_the_reader_in_the_same_way(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker);
	give(&worker, "APART CRASH NOW");
	hear_started(&worker);
	hear_last_word(&worker, SIGSEGV);
	dies_of(&worker, SIGSEGV);
}

static void
processor_time_is_limited_in_the_copy(void **state)
{
	struct worker_process worker = { .hello.cpu_limit_ms = 200 };

	(void)state;
	start(&worker);
	give(&worker, "APART SPIN NOW");
	hear_started(&worker);
	hear_last_word(&worker, SIGXCPU);
	dies_of(&worker, SIGXCPU);
}

static void
leaving_without_an_answer_ends_the_reader_with_that_code(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker);
	give(&worker, "APART EXIT NOW");
	hear_started(&worker);
	hear_last_word(&worker, 0);
	worker_ends_with(&worker, 0);
}

static void
broken_plugin_is_told_and_ends_the_reader(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker);
	give(&worker, "APART BREAK NOW");
	hear_started(&worker);
	hear_failed(&worker, DOCKET_BROKEN, "apart");
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

static void
copy_that_hands_over_no_record_ends_the_reader(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker);
	give(&worker, "APART");
	hear_text(&worker, "before: 0,");
	give(&worker, "APART PRETEND NOW");
	hear_started(&worker);
	hear_failed(&worker, DOCKET_BROKEN, "apart");
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

/* ---- what the reader does when the copy has ended ---- */

static void
what_the_copy_parsed_is_annotated_and_broken_into_words(void **state)
{
	struct worker_process worker = { .hello.wants = DOCKET_WANT_TOKENS };
	struct docket_record record;

	(void)state;
	start_with_annotator(&worker);
	for (int i = 0; i < 3; i++) {
		give(&worker, "APART\n");
		hear_started(&worker);
		hear_record(&worker, &record);
		assert_true(bytes_equal(
			docket_record_field(&record, DOCKET_FIELD_TITLE, 0),
			bytes_of("Found astray")));
		assert_true(bytes_equal(
			docket_record_field(&record, DOCKET_FIELD_PARSER, 0),
			bytes_of("apart " DOCKET_VERSION)));
		assert_true(has_words(docket_record_tokens(&record),
				      "apart before 0 forks"));
	}
	worker_dismiss(&worker);
}

static void
annotator_that_crashes_is_named(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_with_annotator(&worker);
	give(&worker, "APART FALL NOW");
	hear_started(&worker);
	hear_last_word_of(&worker, "stray", SIGSEGV);
	dies_of(&worker, SIGSEGV);
}

static void
hear_child(struct worker_process *worker)
{
	struct message_child child;

	worker_hear(worker, MESSAGE_CHILD, &child);
	assert_int_equal(child.lease, LEASE);
	assert_true(bytes_equal(child.name, bytes_of("one")));
}

static void
child_comes_from_the_copy_before_the_record(void **state)
{
	struct worker_process worker = { 0 };
	struct docket_record record;

	(void)state;
	start_with_annotator(&worker);
	give(&worker, "APART WITH CHILD");
	hear_started(&worker);
	hear_child(&worker);
	hear_record(&worker, &record);
	assert_true(has_words(
		docket_record_field(&record, DOCKET_FIELD_CHILD, 0), " one"));
	worker_dismiss(&worker);
}

/* Nobody takes the mould away but from outside. */
static void
reader_ends_with_its_mould(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker);
	assert_int_equal(kill(find_child(worker.pid), SIGKILL), 0);
	give(&worker, "APART");
	hear_started(&worker);
	dies_of(&worker, SIGKILL);
}

static void
what_an_annotator_refuses_failed_after_its_children(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_with_annotator(&worker);
	give(&worker, "APART WITH CHILD REFUSE NOW");
	hear_started(&worker);
	hear_child(&worker);
	hear_failed(&worker, DOCKET_REJECT, "stray");
	give(&worker, "APART");
	hear_text(&worker, "before: 0,");
	worker_dismiss(&worker);
}

static void
processor_time_of_the_copy_is_no_reason_to_end_the_reader(void **state)
{
	struct worker_process worker = { .hello.cpu_limit_ms = 60000 };

	(void)state;
	start_with_annotator(&worker);
	for (int i = 0; i < 3; i++) {
		give(&worker, "APART");
		hear_text(&worker, "before: 0,");
	}
	worker_dismiss(&worker);
}

/* ---- overdue ---- */

/* Until the copy that parses is asleep; then its plugin hangs. */
static void
wait_for_hanging_copy(struct worker_process *worker)
{
	auto_free char *path = NULL;
	struct message_lease progress;
	char state = 'R';

	hear_started(worker);
	worker_hear(worker, MESSAGE_PROGRESS, &progress);
	path = mem_format("/proc/%d/stat", find_child(find_child(worker->pid)));
	while (state != 'S') {
		auto_file FILE *stat = fopen(path, "re");

		assert_non_null(stat);
		assert_int_equal(fscanf(stat, "%*d (%*[^)]) %c", &state), 1);
	}
}

static void
one_that_is_overdue_says_so_and_goes(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker);
	give(&worker, "APART HANG NOW");
	wait_for_hanging_copy(&worker);
	assert_int_equal(kill(worker.pid, SIGTERM), 0);
	hear_last_word(&worker, SIGTERM);
	dies_of(&worker, SIGTERM);
}

/* Its end of the socket closes only when it is gone, too. */
static void
copy_dies_with_its_reader(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start(&worker);
	give(&worker, "APART HANG NOW");
	wait_for_hanging_copy(&worker);
	assert_int_equal(kill(worker.pid, SIGKILL), 0);
	dies_of(&worker, SIGKILL);
}

static void
file_that_is_elsewhere_is_known_by_its_types(void **state)
{
	struct worker_process worker = { .hello.role = ROLE_READER };
	struct message_plugin plugin = {
		.name = bytes_of("letters"),
		.path = bytes_of("/nowhere/parser_letters.so"),
		.is_elsewhere = true,
		.types = bytes_of("text/x-none\ntext/plain\n"),
	};
	struct message_failed failed;

	(void)state;
	worker_spawn(&worker, "reader", -1);
	worker_say(&worker, MESSAGE_HELLO, &worker.hello);
	worker_say(&worker, MESSAGE_PLUGIN, &plugin);
	worker_say(&worker, MESSAGE_START, NULL);
	worker_loads(&worker, "letters");
	worker_is_ready(&worker);
	give(&worker, "a letter");
	hear_started(&worker);
	worker_hear(&worker, MESSAGE_FAILED, &failed);
	assert_int_equal(failed.status, DOCKET_SKIP);
	assert_true(bytes_equal(failed.reason, bytes_of("elsewhere")));
	assert_true(bytes_equal(failed.plugin, bytes_of("letters")));
	worker_dismiss(&worker);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_document_is_the_first_of_its_process),
		cmocka_unit_test(documents_that_wait_are_read_one_by_one),
		cmocka_unit_test(large_document_comes_as_a_descriptor),
		cmocka_unit_test(
			what_the_plugin_opened_is_there_and_forking_is_not),
		cmocka_unit_test(memory_of_a_document_is_gone_with_it),
		cmocka_unit_test(crash_ends_the_reader_in_the_same_way),
		cmocka_unit_test(processor_time_is_limited_in_the_copy),
		cmocka_unit_test(
			leaving_without_an_answer_ends_the_reader_with_that_code),
		cmocka_unit_test(broken_plugin_is_told_and_ends_the_reader),
		cmocka_unit_test(
			copy_that_hands_over_no_record_ends_the_reader),
		cmocka_unit_test(
			what_the_copy_parsed_is_annotated_and_broken_into_words),
		cmocka_unit_test(annotator_that_crashes_is_named),
		cmocka_unit_test(reader_ends_with_its_mould),
		cmocka_unit_test(child_comes_from_the_copy_before_the_record),
		cmocka_unit_test(
			what_an_annotator_refuses_failed_after_its_children),
		cmocka_unit_test(
			processor_time_of_the_copy_is_no_reason_to_end_the_reader),
		cmocka_unit_test(one_that_is_overdue_says_so_and_goes),
		cmocka_unit_test(copy_dies_with_its_reader),
		cmocka_unit_test(file_that_is_elsewhere_is_known_by_its_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
