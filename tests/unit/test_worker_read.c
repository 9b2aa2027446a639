/* SPDX-License-Identifier: Apache-2.0 */
/* test_worker_read.c - the reader's role, in a real process */
#include <fcntl.h>
#include <sys/mman.h>

#include <docket/indexer.h>

#include "fault.h"
#include "record.h"
#include "worker_process.h"

#define LEASE 4711

static void
start_reader(struct worker_process *worker, const char *file, const char *name)
{
	worker->hello.role = ROLE_READER;
	worker_spawn(worker, "reader", -1);
	worker_say(worker, MESSAGE_HELLO, &worker->hello);
	worker_wishes(worker, file);
	worker_say(worker, MESSAGE_START, NULL);
	worker_loads(worker, name);
	assert_int_equal(worker_is_ready(worker), 0);
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
	struct message_lease started;

	worker_say(worker, MESSAGE_JOB, &job);
	worker_hear(worker, MESSAGE_STARTED, &started);
	assert_int_equal(started.lease, LEASE);
}

static void
hear_record(struct worker_process *worker, struct docket_record *out_record)
{
	struct message_record record;

	worker_hear(worker, MESSAGE_RECORD, &record);
	assert_int_equal(record.lease, LEASE);
	assert_int_equal(record_open(record.image, out_record), 0);
}

static void
hear_failed(struct worker_process *worker, enum docket_status status,
	    const char *reason, const char *detail)
{
	struct message_failed failed;

	worker_hear(worker, MESSAGE_FAILED, &failed);
	assert_int_equal(failed.lease, LEASE);
	assert_int_equal(failed.status, status);
	assert_true(bytes_equal(failed.reason, bytes_of(reason)));
	if (!has_words(failed.detail, detail))
		fail_msg("\"%.*s\" does not say \"%s\"",
			 (int)failed.detail.size, failed.detail.data, detail);
}

static void
field_is(const struct docket_record *record, enum docket_field field,
	 const char *value)
{
	assert_true(bytes_equal(docket_record_field(record, field, 0),
				bytes_of(value)));
}

/* ---- what goes well ---- */

static void
document_becomes_a_record(void **state)
{
	struct worker_process worker = { 0 };
	struct docket_record record;

	(void)state;
	start_reader(&worker, "parser_plain", "plain");
	give(&worker, "Note verbale\n\nThe Mission presents.\n");
	hear_record(&worker, &record);
	assert_true(has_words(docket_record_text(&record), "The Mission"));
	assert_int_equal(docket_record_blocks(&record), 2);
	assert_int_equal(docket_record_tokens(&record).size, 0);
	field_is(&record, DOCKET_FIELD_PARSER, "plain " DOCKET_VERSION);
	field_is(&record, DOCKET_FIELD_MEDIA_TYPE, "text/plain");
	worker_dismiss(&worker);
}

static void
nothing_is_left_over_from_document_to_document(void **state)
{
	struct worker_process worker = { 0 };
	struct docket_record record;

	(void)state;
	worker.hello.wants = DOCKET_WANT_TOKENS;
	start_reader(&worker, "parser_plain", "plain");
	for (int i = 0; i < 20; i++) {
		auto_free char *text = mem_format("number %d", i);

		give(&worker, text);
		hear_record(&worker, &record);
		assert_true(has_words(docket_record_text(&record), text));
		assert_int_equal(docket_record_blocks(&record), 1);
	}
	worker_dismiss(&worker);
}

static void
tokens_are_put_where_they_are_wanted(void **state)
{
	struct worker_process worker = { 0 };
	struct docket_record record;

	(void)state;
	worker.hello.wants = DOCKET_WANT_TOKENS;
	start_reader(&worker, "parser_plain", "plain");
	give(&worker, "Alpha BETA\n\ngamma\n");
	hear_record(&worker, &record);
	assert_true(bytes_equal(docket_record_tokens(&record),
				bytes_of("alpha beta gamma ")));
	worker_dismiss(&worker);
}

static void
large_document_comes_as_a_descriptor(void **state)
{
	struct worker_process worker = { 0 };
	struct docket_record record;
	struct message_lease started;
	size_t size = 3u << 20;
	auto_free char *text = mem_alloc(size);
	auto_fd int fd = memfd_create("document", MFD_CLOEXEC);
	struct message_job job = { .lease = LEASE, .size = size };

	(void)state;
	memset(text, 'a', size);
	assert_int_equal(write(fd, text, size), size);
	start_reader(&worker, "parser_plain", "plain");
	worker_say_fd(&worker, MESSAGE_JOB, &job, fd);
	worker_hear(&worker, MESSAGE_STARTED, &started);
	hear_record(&worker, &record);
	assert_true(docket_record_text(&record).size >= size);
	worker_dismiss(&worker);
}

/* docketd was killed, or did not wait: no breach of the protocol. */
static void
order_that_is_cut_off_is_the_end(void **state)
{
	struct worker_process worker = { 0 };
	struct message_job job = { .lease = LEASE, .size = 1 };
	size_t half;

	(void)state;
	start_reader(&worker, "parser_plain", "plain");
	message_encode(&worker.out, MESSAGE_JOB, &job);
	half = worker.out.size / 2;
	assert_int_equal(write(worker.in.fd, worker.out.data, half), half);
	worker_dismiss(&worker);
}

static void
forced_media_type_is_not_sniffed(void **state)
{
	struct worker_process worker = { 0 };
	struct docket_record record;
	struct message_lease started;
	struct message_job job = {
		.lease = LEASE,
		.media_type = bytes_of("text/markdown"),
		.size = 5,
		.content = bytes_of("%PDF-"),
	};

	(void)state;
	start_reader(&worker, "parser_plain", "plain");
	worker_say(&worker, MESSAGE_JOB, &job);
	worker_hear(&worker, MESSAGE_STARTED, &started);
	hear_record(&worker, &record);
	field_is(&record, DOCKET_FIELD_MEDIA_TYPE, "text/markdown");
	worker_dismiss(&worker);
}

static void
type_that_the_inbox_does_not_take_is_read_by_no_plugin(void **state)
{
	struct worker_process worker = { 0 };
	struct message_lease started;
	struct message_job job = {
		.lease = LEASE,
		.types = bytes_of("image/* application/pdf"),
		.size = 6,
		.content = bytes_of("A list"),
	};

	(void)state;
	start_reader(&worker, "parser_crash", "crash");
	worker_say(&worker, MESSAGE_JOB, &job);
	worker_hear(&worker, MESSAGE_STARTED, &started);
	hear_failed(&worker, DOCKET_REJECT, "type",
		    "It is text/plain, and its inbox takes image/*");
	worker_dismiss(&worker);
}

static void
annotators_add_to_what_the_parser_read(void **state)
{
	struct worker_process worker = { .hello.role = ROLE_READER };
	struct docket_record record;

	(void)state;
	worker_spawn(&worker, "reader", -1);
	worker_say(&worker, MESSAGE_HELLO, &worker.hello);
	worker_wishes(&worker, "annotator_stray");
	worker_wishes(&worker, "parser_crash");
	worker_wishes(&worker, "parser_plain");
	worker_say(&worker, MESSAGE_START, NULL);
	worker_loads(&worker, "stray");
	worker_loads(&worker, "crash");
	worker_loads(&worker, "plain");
	worker_is_ready(&worker);
	give(&worker, "The text\n");
	hear_record(&worker, &record);
	field_is(&record, DOCKET_FIELD_TITLE, "Found astray");
	field_is(&record, DOCKET_FIELD_PARSER, "plain " DOCKET_VERSION);

	give(&worker, "STRAY NOW\n");
	hear_failed(&worker, DOCKET_BROKEN, "plugin-broken",
		    "stray called docket_put_text()");
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

static void
progress_is_told_at_most_ten_times_a_second(void **state)
{
	struct worker_process worker = { 0 };
	struct docket_record record;
	struct message_lease progress;

	(void)state;
	start_reader(&worker, "parser_answer", "answer");
	give(&worker, "0 is OK\n");
	worker_hear(&worker, MESSAGE_PROGRESS, &progress);
	assert_int_equal(progress.lease, LEASE);
	assert_int_equal(progress.done, 1);
	assert_int_equal(progress.total, 2);
	hear_record(&worker, &record);
	worker_dismiss(&worker);
}

static void
child_goes_before_the_record_that_names_it(void **state)
{
	struct worker_process worker = { 0 };
	struct docket_record record;
	struct message_lease progress;
	struct message_child child;
	struct docket_bytes named;

	(void)state;
	start_reader(&worker, "parser_answer", "answer");
	give(&worker, "0 with a CHILD\n");
	worker_hear(&worker, MESSAGE_PROGRESS, &progress);
	worker_hear(&worker, MESSAGE_CHILD, &child);
	assert_int_equal(child.lease, LEASE);
	assert_int_equal(child.size, 15);
	assert_true(bytes_equal(child.content, bytes_of("0 with a CHILD\n")));
	hear_record(&worker, &record);
	named = docket_record_field(&record, DOCKET_FIELD_CHILD, 0);
	assert_true(has_words(named, "sha256:"));
	assert_true(bytes_equal(record_child_name(named),
				bytes_of("0 with a CHILD")));
	worker_dismiss(&worker);
}

static void
child_of_a_document_that_is_not_read_is_none(void **state)
{
	struct worker_process worker = { 0 };
	struct message_lease progress;

	(void)state;
	start_reader(&worker, "parser_answer", "answer");
	give(&worker, "3 with a CHILD\n");
	worker_hear(&worker, MESSAGE_PROGRESS, &progress);
	hear_failed(&worker, DOCKET_REJECT, "rejected", "");
	worker_dismiss(&worker);
}

/* ---- what does not ---- */

static void
empty_document_is_rejected(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_reader(&worker, "parser_plain", "plain");
	give(&worker, "");
	hear_failed(&worker, DOCKET_REJECT, "empty", "no bytes");
	worker_dismiss(&worker);
}

static void
type_that_nobody_reads_is_skipped_with_its_name(void **state)
{
	struct worker_process worker = { 0 };
	struct message_failed failed;

	(void)state;
	start_reader(&worker, "parser_plain", "plain");
	give(&worker, "%PDF-1.7\n");
	worker_hear(&worker, MESSAGE_FAILED, &failed);
	assert_int_equal(failed.status, DOCKET_SKIP);
	assert_true(bytes_equal(failed.reason, bytes_of("unsupported")));
	assert_true(
		bytes_equal(failed.media_type, bytes_of("application/pdf")));
	worker_dismiss(&worker);
}

static void
document_that_all_skip_is_skipped(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_reader(&worker, "parser_crash", "crash");
	give(&worker, "nothing to crash of");
	hear_failed(&worker, DOCKET_SKIP, "unsupported", "text/plain");
	worker_dismiss(&worker);
}

static void
answer(struct worker_process *worker, const char *text)
{
	struct message_lease progress;

	give(worker, text);
	/* The second comes within the interval, so there is one. */
	worker_hear(worker, MESSAGE_PROGRESS, &progress);
}

static void
each_status_has_its_reason(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_reader(&worker, "parser_answer", "answer");
	answer(&worker, "2");
	hear_failed(&worker, DOCKET_RETRY, "retry", "answer asks");
	answer(&worker, "3");
	hear_failed(&worker, DOCKET_REJECT, "rejected", "answer found");
	answer(&worker, "4");
	hear_failed(&worker, DOCKET_BROKEN, "plugin-broken", "answer found");
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

static void
unknown_status_is_broken(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_reader(&worker, "parser_answer", "answer");
	answer(&worker, "9");
	hear_failed(&worker, DOCKET_BROKEN, "plugin-broken", "answered 9");
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

static void
plugin_explains_itself_in_one_line(void **state)
{
	struct worker_process worker = { .hello.role = ROLE_READER };

	(void)state;
	worker_spawn(&worker, "reader", -1);
	worker_say(&worker, MESSAGE_HELLO, &worker.hello);
	worker_wishes(&worker, "parser_answer");
	worker_sets(&worker, "detail", "page 3\nis upside down");
	worker_say(&worker, MESSAGE_START, NULL);
	worker_loads(&worker, "answer");
	worker_is_ready(&worker);
	answer(&worker, "3");
	hear_failed(&worker, DOCKET_REJECT, "rejected",
		    "page 3\\nis upside down");
	worker_dismiss(&worker);
}

static void
field_of_the_host_is_not_the_plugins_to_put(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_reader(&worker, "parser_answer", "answer");
	answer(&worker, "0 STRAY");
	hear_failed(&worker, DOCKET_BROKEN, "plugin-broken",
		    "docket_put_field()");
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

static void
limit_of_text_ends_the_document_whatever_the_plugin_says(void **state)
{
	struct worker_process worker = {
		.hello.text_limit_bytes = 64 << 10,
	};

	(void)state;
	start_reader(&worker, "parser_babble", "babble");
	give(&worker, "BABBLE NOW");
	hear_failed(&worker, DOCKET_REJECT, "limit", "limit of text");
	give(&worker, "and the next");
	hear_failed(&worker, DOCKET_SKIP, "unsupported", "");
	worker_dismiss(&worker);
}

/* ---- what ends the process ---- */

static void
dies_of(struct worker_process *worker, int number)
{
	int status;

	worker_hear_end(worker);
	status = worker_join(worker);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), number);
}

/* The last word: who was it? */
static void
hear_dying(struct worker_process *worker, int number, const char *plugin)
{
	struct message_dying dying;

	worker_hear(worker, MESSAGE_DYING, &dying);
	assert_int_equal(dying.lease, LEASE);
	assert_int_equal(dying.signal, number);
	assert_true(bytes_equal(dying.plugin, bytes_of(plugin)));
}

static void
crash_names_its_plugin_and_is_the_signal_it_was(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_reader(&worker, "parser_crash", "crash");
	give(&worker, "CRASH NOW");
	hear_dying(&worker, SIGSEGV, "crash");
	dies_of(&worker, SIGSEGV);
}

static void
stack_that_overflows_leaves_a_last_word(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_reader(&worker, "parser_crash", "crash");
	give(&worker, "RECURSE NOW");
	hear_dying(&worker, SIGSEGV, "crash");
	dies_of(&worker, SIGSEGV);
}

static void
plugin_that_exits_is_named(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_reader(&worker, "parser_crash", "crash");
	give(&worker, "EXIT NOW");
	hear_dying(&worker, 0, "crash");
	worker_ends_with(&worker, 0);
}

/* The state that /proc has of it, after the name in parentheses. */
static void
wait_until_asleep(const struct worker_process *worker)
{
	auto_free char *path = mem_format("/proc/%d/stat", worker->pid);
	char state = 'R';

	while (state != 'S') {
		auto_file FILE *file = fopen(path, "re");

		assert_non_null(file);
		assert_int_equal(fscanf(file, "%*d (%*[^)]) %c", &state), 1);
	}
}

static void
overdue_plugin_is_named_when_docketd_asks(void **state)
{
	struct worker_process worker = { 0 };
	struct message_lease progress;

	(void)state;
	start_reader(&worker, "parser_hang", "hang");
	give(&worker, "SLEEP NOW");
	worker_hear(&worker, MESSAGE_PROGRESS, &progress);
	wait_until_asleep(&worker);
	assert_int_equal(kill(worker.pid, SIGTERM), 0);
	hear_dying(&worker, SIGTERM, "hang");
	dies_of(&worker, SIGTERM);
}

static void
idle_worker_has_nobody_to_name(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_reader(&worker, "parser_hang", "hang");
	assert_int_equal(kill(worker.pid, SIGINT), 0);
	give(&worker, "an interrupt is docketd's business");
	hear_failed(&worker, DOCKET_SKIP, "unsupported", "");
	assert_int_equal(kill(worker.pid, SIGTERM), 0);
	dies_of(&worker, SIGTERM);
}

static void
cpu_time_of_one_document_is_limited(void **state)
{
	struct worker_process worker = { .hello.cpu_limit_ms = 100 };

	(void)state;
	start_reader(&worker, "parser_hang", "hang");
	for (int i = 0; i < 3; i++) {
		give(&worker, "no harm in it");
		hear_failed(&worker, DOCKET_SKIP, "unsupported", "");
	}
	give(&worker, "HANG NOW");
	hear_dying(&worker, SIGXCPU, "hang");
	dies_of(&worker, SIGXCPU);
}

static void
memory_is_limited(void **state)
{
	struct worker_process worker = {
		.hello.memory_limit_bytes = 64u << 20,
	};
	int status;

	(void)state;
	start_reader(&worker, "parser_bloat", "bloat");
	give(&worker, "BLOAT NOW");
	/* By a signal, with a last word; or by the sanitizer, without. */
	while (frame_receive(&worker.in, PATIENCE_MS, &worker.frame) == 1)
		assert_int_equal(worker.frame.type, MESSAGE_DYING);
	status = worker_join(&worker);
	assert_int_not_equal(status, 0);
}

static void
size_that_is_not_the_contents_ends_the_process(void **state)
{
	struct worker_process worker = { 0 };
	struct message_job job = { .size = 5, .content = bytes_of("four") };

	(void)state;
	start_reader(&worker, "parser_plain", "plain");
	worker_say(&worker, MESSAGE_JOB, &job);
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

static void
order_for_another_role_ends_the_process(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_reader(&worker, "parser_plain", "plain");
	worker_say(&worker, MESSAGE_COMMIT, &(struct message_sequence){ 1 });
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(document_becomes_a_record),
		cmocka_unit_test(
			nothing_is_left_over_from_document_to_document),
		cmocka_unit_test(tokens_are_put_where_they_are_wanted),
		cmocka_unit_test(large_document_comes_as_a_descriptor),
		cmocka_unit_test(order_that_is_cut_off_is_the_end),
		cmocka_unit_test(forced_media_type_is_not_sniffed),
		cmocka_unit_test(
			type_that_the_inbox_does_not_take_is_read_by_no_plugin),
		cmocka_unit_test(annotators_add_to_what_the_parser_read),
		cmocka_unit_test(progress_is_told_at_most_ten_times_a_second),
		cmocka_unit_test(child_goes_before_the_record_that_names_it),
		cmocka_unit_test(child_of_a_document_that_is_not_read_is_none),
		cmocka_unit_test(empty_document_is_rejected),
		cmocka_unit_test(
			type_that_nobody_reads_is_skipped_with_its_name),
		cmocka_unit_test(document_that_all_skip_is_skipped),
		cmocka_unit_test(each_status_has_its_reason),
		cmocka_unit_test(unknown_status_is_broken),
		cmocka_unit_test(plugin_explains_itself_in_one_line),
		cmocka_unit_test(field_of_the_host_is_not_the_plugins_to_put),
		cmocka_unit_test(
			limit_of_text_ends_the_document_whatever_the_plugin_says),
		cmocka_unit_test(
			crash_names_its_plugin_and_is_the_signal_it_was),
		cmocka_unit_test(stack_that_overflows_leaves_a_last_word),
		cmocka_unit_test(plugin_that_exits_is_named),
		cmocka_unit_test(overdue_plugin_is_named_when_docketd_asks),
		cmocka_unit_test(idle_worker_has_nobody_to_name),
		cmocka_unit_test(cpu_time_of_one_document_is_limited),
		cmocka_unit_test(memory_is_limited),
		cmocka_unit_test(
			size_that_is_not_the_contents_ends_the_process),
		cmocka_unit_test(order_for_another_role_ends_the_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
