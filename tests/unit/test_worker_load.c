/* SPDX-License-Identifier: Apache-2.0 */
/* test_worker_load.c - from the set-up to READY, and what is given up by then */
#include <fcntl.h>
#include <sys/stat.h>

#include "fault.h"
#include "worker_process.h"

static void
greet(struct worker_process *worker, int lock)
{
	worker->hello.role = ROLE_READER;
	worker_spawn(worker, "reader", lock);
	worker_say(worker, MESSAGE_HELLO, &worker->hello);
}

/* ---- plugins that are taken, and refused ---- */

static void
host_has_every_function_of_the_headers(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	greet(&worker, -1);
	worker_wishes(&worker, "annotator_every");
	worker_say(&worker, MESSAGE_START, NULL);
	worker_loads(&worker, "every");
	worker_is_ready(&worker);
	worker_dismiss(&worker);
}

static void
refused_plugins_do_not_stop_the_others(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	greet(&worker, -1);
	worker_wishes(&worker, "parser_abi");
	worker_wishes(&worker, "parser_plain");
	worker_wishes(&worker, "parser_large");
	worker_wishes(&worker, "parser_nothing");
	worker_wishes(&worker, "parser_nowhere");
	worker_wishes(&worker, "parser_crash");
	worker_say(&worker, MESSAGE_START, NULL);
	worker_refuses(&worker, "version 4711");
	worker_loads(&worker, "plain");
	worker_refuses(&worker, "struct docket_parser");
	worker_refuses(&worker, "no DOCKET_PLUGIN");
	worker_refuses(&worker, "No such file");
	worker_loads(&worker, "crash");
	worker_is_ready(&worker);
	worker_dismiss(&worker);
}

static void
plugin_of_another_role_is_refused(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	greet(&worker, -1);
	worker_wishes(&worker, "notifier_file");
	worker_say(&worker, MESSAGE_START, NULL);
	worker_refuses(&worker, "of kind notifier");
	worker_is_ready(&worker);
	worker_dismiss(&worker);
}

static void
second_plugin_of_a_name_is_refused(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	greet(&worker, -1);
	worker_wishes(&worker, "parser_plain");
	worker_wishes(&worker, "parser_plain");
	worker_say(&worker, MESSAGE_START, NULL);
	worker_loads(&worker, "plain");
	worker_refuses(&worker, "both hold a plugin plain");
	worker_is_ready(&worker);
	worker_dismiss(&worker);
}

static void
unknown_and_bad_options_refuse_the_plugin(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	greet(&worker, -1);
	worker_wishes(&worker, "parser_plain");
	worker_sets(&worker, "colour", "blue");
	worker_say(&worker, MESSAGE_START, NULL);
	worker_refuses(&worker, "no option colour");
	worker_is_ready(&worker);
	worker_dismiss(&worker);
}

/* Ask for a copy of parser_plain.so that was made worse. */
static void
refuse_copy(void (*spoil)(const char *path), const char *why)
{
	char folder[] = "/tmp/docket-test-XXXXXX";
	auto_free char *from = plugin_path("parser_plain");
	auto_free char *path = NULL;
	auto_free char *command = NULL;
	struct worker_process worker = { 0 };
	struct message_plugin plugin = { .name = bytes_of("plain") };

	assert_non_null(mkdtemp(folder));
	path = mem_format("%s/parser_plain.so", folder);
	command = mem_format("cp '%s' '%s'", from, path);
	assert_int_equal(system(command), 0);
	spoil(path);
	plugin.path = bytes_of(path);
	greet(&worker, -1);
	worker_say(&worker, MESSAGE_PLUGIN, &plugin);
	worker_say(&worker, MESSAGE_START, NULL);
	worker_refuses(&worker, why);
	worker_is_ready(&worker);
	worker_dismiss(&worker);
	remove(path);
	rmdir(folder);
}

static void
open_to_all(const char *path)
{
	assert_int_equal(chmod(path, 0666), 0);
}

static void
make_folder(const char *path)
{
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
}

static void
give_away(const char *path)
{
	assert_int_equal(chown(path, 12345, (gid_t)-1), 0);
}

static void
file_that_others_may_write_is_refused(void **state)
{
	(void)state;
	refuse_copy(open_to_all, "written by everybody");
}

static void
what_is_no_regular_file_is_refused(void **state)
{
	(void)state;
	refuse_copy(make_folder, "not a regular file");
}

static void
file_of_another_user_is_refused(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip(); /* only root can make one */
	refuse_copy(give_away, "belongs to user 12345");
}

/* ---- the set-up ---- */

static void
worker_ends_quietly_when_docketd_closes_at_any_time(void **state)
{
	struct worker_process at_once = { 0 };
	struct worker_process greeted = { 0 };

	(void)state;
	worker_spawn(&at_once, "reader", -1);
	worker_dismiss(&at_once);
	greet(&greeted, -1);
	worker_dismiss(&greeted);
}

static void
set_up_out_of_order_ends_the_process(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	worker_spawn(&worker, "reader", -1);
	worker_say(&worker, MESSAGE_START, NULL);
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);

	worker = (struct worker_process){ .hello.role = ROLE_INDEXER };
	worker_spawn(&worker, "reader", -1);
	worker_say(&worker, MESSAGE_HELLO, &worker.hello);
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);

	worker = (struct worker_process){ 0 };
	greet(&worker, -1);
	worker_sets(&worker, "an", "option");
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

static void
unasked_descriptor_ends_the_process(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	greet(&worker, -1);
	worker_say_fd(&worker, MESSAGE_START, NULL, 0);
	worker_ends_with(&worker, FAULT_EXIT_SOFTWARE);
}

/* ---- the sandbox ---- */

static void
start_plain(struct worker_process *worker, int lock)
{
	greet(worker, lock);
	worker_wishes(worker, "parser_plain");
	worker_say(worker, MESSAGE_START, NULL);
	worker_loads(worker, "plain");
	worker_is_ready(worker);
}

static void
lock_dies_with_the_process_and_not_before(void **state)
{
	struct worker_process worker = { 0 };
	int pipes[2];
	char byte;

	(void)state;
	assert_int_equal(pipe2(pipes, O_CLOEXEC | O_NONBLOCK), 0);
	start_plain(&worker, pipes[1]);
	close(pipes[1]);
	assert_int_equal(read(pipes[0], &byte, 1), -1);
	assert_int_equal(errno, EAGAIN);
	worker_dismiss(&worker);
	assert_int_equal(read(pipes[0], &byte, 1), 0);
	close(pipes[0]);
}

static void
other_descriptors_are_closed_before_plugins_are_loaded(void **state)
{
	struct worker_process worker = { 0 };
	int pipes[2];
	int leaked;
	char byte;

	(void)state;
	assert_int_equal(pipe2(pipes, O_CLOEXEC | O_NONBLOCK), 0);
	leaked = fcntl(pipes[1], F_DUPFD, 50); /* not close-on-exec */
	start_plain(&worker, -1);
	close(pipes[1]);
	close(leaked);
	assert_int_equal(read(pipes[0], &byte, 1), 0);
	worker_dismiss(&worker);
	close(pipes[0]);
}

/* A line of /proc/PID/<file> that begins so and has this in it. */
static void
proc_says(const struct worker_process *worker, const char *file,
	  const char *begin, const char *what)
{
	auto_free char *path = mem_format("/proc/%d/%s", worker->pid, file);
	auto_file FILE *lines = fopen(path, "re");
	char line[512];

	assert_non_null(lines);
	while (fgets(line, sizeof(line), lines))
		if (strncmp(line, begin, strlen(begin)) == 0 &&
		    strstr(line, what))
			return;
	fail_msg("%s does not say \"%s\" of %s", path, what, begin);
}

static void
reader_gives_up_what_it_does_not_need(void **state)
{
	struct worker_process worker = { 0 };

	(void)state;
	start_plain(&worker, -1);
	proc_says(&worker, "status", "NoNewPrivs:", "\t1\n");
	proc_says(&worker, "limits", "Max core file size", " 0  ");
	proc_says(&worker, "limits", "Max open files", " 64  ");
	proc_says(&worker, "oom_score_adj", "", "1000");
	worker_dismiss(&worker);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(host_has_every_function_of_the_headers),
		cmocka_unit_test(refused_plugins_do_not_stop_the_others),
		cmocka_unit_test(plugin_of_another_role_is_refused),
		cmocka_unit_test(second_plugin_of_a_name_is_refused),
		cmocka_unit_test(unknown_and_bad_options_refuse_the_plugin),
		cmocka_unit_test(file_that_others_may_write_is_refused),
		cmocka_unit_test(what_is_no_regular_file_is_refused),
		cmocka_unit_test(file_of_another_user_is_refused),
		cmocka_unit_test(
			worker_ends_quietly_when_docketd_closes_at_any_time),
		cmocka_unit_test(set_up_out_of_order_ends_the_process),
		cmocka_unit_test(unasked_descriptor_ends_the_process),
		cmocka_unit_test(lock_dies_with_the_process_and_not_before),
		cmocka_unit_test(
			other_descriptors_are_closed_before_plugins_are_loaded),
		cmocka_unit_test(reader_gives_up_what_it_does_not_need),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
