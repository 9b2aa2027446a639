/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_inbox.c - watched folders, on a loop
 */
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "inbox.h"

#define MANY 70000

struct fixture {
	char folder[32];
	char path[64];	/* FOLDER/up/inbox */
	char other[64]; /* another name of it */
	struct config_inbox configs[2];
	struct config config;
	uv_loop_t loop;
	struct fact_queue queue;
	struct inboxes inboxes;
	struct fault fault;
};

static int
make_inbox(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));
	auto_free char *up = NULL;

	strcpy(fixture->folder, "/tmp/test_inbox.XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	up = mem_format("%s/up", fixture->folder);
	snprintf(fixture->path, sizeof(fixture->path), "%s/inbox", up);
	snprintf(fixture->other, sizeof(fixture->other), "%s/../up/inbox", up);
	mkdir(up, 0700);
	mkdir(fixture->path, 0700);
	for (int i = 0; i < 2; i++)
		fixture->configs[i] = (struct config_inbox){
			.name = i == 0 ? "a" : "b",
			.path = i == 0 ? fixture->path : fixture->other,
			.quiet_ms = 10,
			.found_quiet_ms = 50,
			.ignore = ".*",
			.may_notify = true,
			.poll_ms = 100,
		};
	fixture->config = (struct config){
		.daemon = { .rescan_ms = 100 },
		.inboxes = fixture->configs,
		.inbox_count = 1,
	};
	uv_loop_init(&fixture->loop);
	fact_queue_init(&fixture->queue, &fixture->loop);
	*state = fixture;
	return 0;
}

static void
start(struct fixture *fixture)
{
	assert_int_equal(inboxes_open(&fixture->inboxes, &fixture->loop,
				      &fixture->config, &fixture->queue,
				      &fixture->fault),
			 0);
	inboxes_start(&fixture->inboxes);
}

static int
remove_entry(const char *path, const struct stat *status, int flag,
	     struct FTW *ftw)
{
	(void)status, (void)flag, (void)ftw;
	return remove(path);
}

static int
remove_inbox(void **state)
{
	struct fixture *fixture = *state;

	alarm(0);
	if (fixture->inboxes.timer.loop != NULL)
		inboxes_stop(&fixture->inboxes);
	uv_close((uv_handle_t *)&fixture->queue.idle, NULL);
	uv_run(&fixture->loop, UV_RUN_DEFAULT);
	inboxes_fini(&fixture->inboxes);
	assert_int_equal(uv_loop_close(&fixture->loop), 0);
	nftw(fixture->folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	free(fixture);
	return 0;
}

#define INBOX_TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_inbox, remove_inbox)

static void
make_file(const char *folder, const char *name)
{
	auto_free char *path = mem_format("%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	close(fd);
}

/* Turn the loop until there is a candidate, and take it. */
static struct inbox_candidate
wait_candidate(struct fixture *fixture)
{
	struct inbox_candidate candidate;

	alarm(20);
	while (!inboxes_take(&fixture->inboxes, &candidate)) {
		fact_take_wish(&fixture->queue);
		uv_run(&fixture->loop, UV_RUN_ONCE);
	}
	alarm(0);
	return candidate;
}

static void
expect_candidate(struct fixture *fixture, const char *name,
		 enum arrival_origin origin)
{
	struct inbox_candidate candidate = wait_candidate(fixture);

	assert_string_equal(candidate.name, name);
	assert_int_equal(candidate.origin, origin);
	free(candidate.name);
}

static void
file_that_is_moved_in_may_be_claimed(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *from = mem_format("%s/x", fixture->folder);
	auto_free char *to = mem_format("%s/x", fixture->path);

	start(fixture);
	make_file(fixture->folder, "x");
	assert_int_equal(rename(from, to), 0);
	expect_candidate(fixture, "x", ORIGIN_MOVED);
}

static void
file_that_is_written_in_place_may_be_claimed_when_quiet(void **state)
{
	struct fixture *fixture = *state;

	start(fixture);
	make_file(fixture->path, ".ignored");
	make_file(fixture->path, "x");
	expect_candidate(fixture, "x", ORIGIN_WRITTEN);
}

static void
file_that_lay_there_is_found_by_a_scan(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *folder = mem_format("%s/folder", fixture->path);

	mkdir(folder, 0700);
	make_file(fixture->path, "x");
	start(fixture);
	expect_candidate(fixture, "x", ORIGIN_FOUND);
}

static void
old_file_that_is_still_open_is_not_ready(void **state)
{
	struct fixture *fixture = *state;
	const struct timespec old[2] = { { .tv_nsec = UTIME_OMIT }, { 0, 0 } };
	auto_free char *path = mem_format("%s/x", fixture->path);
	int fd = open(path, O_WRONLY | O_CREAT, 0600);

	futimens(fd, old);
	fixture->configs[0].found_quiet_ms = 0; /* so it has rested */
	start(fixture);
	assert_null(waiting_ready(&fixture->inboxes.items[0].waiting));
	close(fd);
	expect_candidate(fixture, "x", ORIGIN_WRITTEN);
}

static void
name_that_is_in_hand_is_not_offered_again(void **state)
{
	struct fixture *fixture = *state;
	struct inbox_hand hand = { 0 };
	struct inbox *inbox;
	auto_free char *path = mem_format("%s/x", fixture->path);

	start(fixture);
	inbox = &fixture->inboxes.items[0];
	inbox_folder_take_in_hand(inbox->folder, &hand, "x");
	make_file(fixture->path, "x"); /* closed while it is in hand */
	make_file(fixture->path, "y");
	expect_candidate(fixture, "y", ORIGIN_WRITTEN);
	assert_int_equal(unlink(path), 0); /* as a claim takes it away */
	inbox_folder_let_go(&hand);
	alarm(20);
	while (inbox->waiting.count > 0) {
		struct inbox_candidate candidate;

		assert_false(inboxes_take(&fixture->inboxes, &candidate));
		uv_run(&fixture->loop, UV_RUN_ONCE);
	}
}

static void
two_names_of_one_folder_are_refused(void **state)
{
	struct fixture *fixture = *state;

	fixture->config.inbox_count = 2;
	assert_true(inboxes_open(&fixture->inboxes, &fixture->loop,
				 &fixture->config, &fixture->queue,
				 &fixture->fault) < 0);
	assert_non_null(strstr(fixture->fault.text, "the same folder"));
}

static void
folder_whose_place_another_took_is_left_for_it(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *up = mem_format("%s/up", fixture->folder);
	auto_free char *was = mem_format("%s/was", fixture->folder);

	start(fixture);
	/* inotify says nothing of what happens above the folder. */
	assert_int_equal(rename(up, was), 0);
	mkdir(up, 0700);
	mkdir(fixture->path, 0700);
	make_file(fixture->path, "x");
	expect_candidate(fixture, "x", ORIGIN_FOUND);
}

static void
folder_that_is_removed_is_found_when_it_is_there_again(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *spool = mem_format("%s/.docket", fixture->path);

	start(fixture);
	rmdir(spool);
	assert_int_equal(rmdir(fixture->path), 0);
	alarm(20);
	while (fixture->inboxes.items[0].folder != NULL)
		uv_run(&fixture->loop, UV_RUN_ONCE);
	mkdir(fixture->path, 0700);
	make_file(fixture->path, "x");
	expect_candidate(fixture, "x", ORIGIN_FOUND);
}

static void
inbox_that_is_full_leaves_the_loop_alone(void **state)
{
	struct fixture *fixture = *state;
	struct inbox *inbox;
	char name[16];

	start(fixture);
	inbox = &fixture->inboxes.items[0];
	for (int i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		waiting_note(&inbox->waiting, name, SIGHTING_MOVED_IN, 0);
	}
	inbox->must_scan = true;
	alarm(20);
	make_file(fixture->path, "x"); /* sets the timer */
	for (int i = 0; i < 20; i++)
		uv_run(&fixture->loop, UV_RUN_ONCE);
	assert_true(inbox->must_scan);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		INBOX_TEST(file_that_is_moved_in_may_be_claimed),
		INBOX_TEST(
			file_that_is_written_in_place_may_be_claimed_when_quiet),
		INBOX_TEST(file_that_lay_there_is_found_by_a_scan),
		INBOX_TEST(old_file_that_is_still_open_is_not_ready),
		INBOX_TEST(name_that_is_in_hand_is_not_offered_again),
		INBOX_TEST(two_names_of_one_folder_are_refused),
		INBOX_TEST(folder_whose_place_another_took_is_left_for_it),
		INBOX_TEST(
			folder_that_is_removed_is_found_when_it_is_there_again),
		INBOX_TEST(inbox_that_is_full_leaves_the_loop_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
