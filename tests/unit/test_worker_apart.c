/* SPDX-License-Identifier: Apache-2.0 */
/* test_worker_apart.c - documents that are read in a process of their own */
#include "worker_process.h"

#include <sys/mman.h>

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
hear_text(struct worker_process *worker, const char *words)
{
	struct message_record message;
	struct docket_record record;

	hear_started(worker);
	worker_hear(worker, MESSAGE_RECORD, &message);
	assert_int_equal(record_open(message.image, &record), 0);
	if (!has_words(docket_record_text(&record), words))
		fail_msg("\"%.*s\" does not say \"%s\"",
			 (int)docket_record_text(&record).size,
			 docket_record_text(&record).data, words);
}

static void
hear_last_word(struct worker_process *worker, uint32_t signal)
{
	struct message_dying dying;

	worker_hear(worker, MESSAGE_DYING, &dying);
	assert_int_equal(dying.lease, LEASE);
	assert_int_equal(dying.signal, signal);
	assert_true(bytes_equal(dying.plugin, bytes_of("apart")));
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
	struct message_failed failed;

	(void)state;
	start(&worker);
	give(&worker, "APART BREAK NOW");
	hear_started(&worker);
	worker_hear(&worker, MESSAGE_FAILED, &failed);
	assert_int_equal(failed.status, DOCKET_BROKEN);
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

/* Until the copy of it that reads is asleep; then its plugin hangs. */
static void
wait_for_hanging_copy(struct worker_process *worker)
{
	auto_free char *children = mem_format("/proc/%d/task/%d/children",
					      worker->pid, worker->pid);
	auto_free char *path = NULL;
	auto_file FILE *file = fopen(children, "re");
	struct message_lease progress;
	char state = 'R';
	int copy;

	hear_started(worker);
	worker_hear(worker, MESSAGE_PROGRESS, &progress);
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &copy), 1);
	path = mem_format("/proc/%d/stat", copy);
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
		cmocka_unit_test(
			leaving_without_an_answer_ends_the_reader_with_that_code),
		cmocka_unit_test(broken_plugin_is_told_and_ends_the_reader),
		cmocka_unit_test(one_that_is_overdue_says_so_and_goes),
		cmocka_unit_test(copy_dies_with_its_reader),
		cmocka_unit_test(file_that_is_elsewhere_is_known_by_its_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
