/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_receipt.c - what a receipt says, what it is called, where it goes
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "receipt.h"

struct place {
	char path[32];
	int folder;
};

static const struct event quarantined = {
	.type = EVENT_DOCUMENT_QUARANTINED,
	.time_ms = 1795428000123,
	.arrival = 17,
	.has_digest = true,
	.digest = { { 1, 2, 3 } },
	.inbox = { "letters", 7 },
	.name = { "a\n.txt", 6 },
	.reason = { "too-large", 9 },
	.detail = { "it is too large", 15 },
};

static int
make_place(void **state)
{
	struct place *place = mem_alloc(sizeof(*place));

	strcpy(place->path, "/tmp/test_receipt.XXXXXX");
	assert_non_null(mkdtemp(place->path));
	place->folder = open(place->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*state = place;
	return 0;
}

static int
remove_entry(const char *path, const struct stat *status, int flag,
	     struct FTW *ftw)
{
	(void)status, (void)flag, (void)ftw;
	return remove(path);
}

static int
remove_place(void **state)
{
	struct place *place = *state;

	close(place->folder);
	nftw(place->path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	free(place);
	return 0;
}

static void
put_file(struct place *place, const char *name, const char *text)
{
	auto_fd int fd = openat(place->folder, name,
				O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

static char *
read_file(struct place *place, const char *name)
{
	auto_fd int fd = openat(place->folder, name, O_RDONLY | O_CLOEXEC);
	char *text = mem_alloc(4096);

	assert_true(fd >= 0);
	assert_true(read(fd, text, 4095) >= 0);
	return text;
}

static size_t
count_files(struct place *place)
{
	auto_free char *command = mem_format("ls -Ab %s | wc -l", place->path);
	FILE *pipe = popen(command, "re");
	size_t count;

	assert_non_null(pipe);
	assert_int_equal(fscanf(pipe, "%zu", &count), 1);
	pclose(pipe);
	return count;
}

static void
receipt_of_an_attachment_says_what_it_was_in(void **state)
{
	auto_buffer struct buffer text = { 0 };
	auto_buffer struct buffer name = { 0 };
	const struct event event = {
		.type = EVENT_DOCUMENT_PARSED,
		.arrival = 18,
		.parent = 17,
		.children = 2,
		.inbox = { "letters", 7 },
		.name = { "in/a.txt", 8 },
	};

	(void)state;
	receipt_put_text(&text, &event);
	buffer_put(&text, "", 1);
	assert_non_null(strstr(text.data, "It was in arrival 17, where it was "
					  "called in/a.txt.\n"));
	assert_non_null(strstr(text.data, "Documents that were in it: 2. "));
	receipt_put_name(&name, &event, 1);
	buffer_put(&name, "", 1);
	assert_string_equal(name.data, "in_a.txt.18.txt");
}

static void
receipt_says_what_became_of_a_document(void **state)
{
	auto_buffer struct buffer text = { 0 };

	(void)state;
	receipt_put_text(&text, &quarantined);
	buffer_put(&text, "", 1);
	assert_string_equal(
		text.data,
		"Arrival 17 of inbox letters is quarantined, for the reason "
		"too-large.\n"
		"Its file was called a\\n.txt.\n"
		"The SHA-256 of its bytes is 01020300000000000000000000000000"
		"00000000000000000000000000000000.\n"
		"Why: it is too large.\n"
		"What to do: Raise the inbox's size_limit and drop it again.\n"
		"It was settled at 2026-11-23T10:00:00.123Z.\n");
}

static void
only_what_is_settled_has_a_receipt(void **state)
{
	size_t due = 0;

	(void)state;
	for (int type = 0; type < EVENT_TYPE_COUNT; type++)
		due += receipt_is_due(
			&(struct event){ .type = (enum event_type)type });
	assert_int_equal(due, 4);
}

static void
name_is_cut_on_a_character_to_what_file_systems_take(void **state)
{
	char name[256];
	struct event event = quarantined;
	auto_buffer struct buffer out = { 0 };

	(void)state;
	for (size_t i = 0; i < 255; i += 3)
		memcpy(name + i, "\xe5\xae\x89", 3);
	event.name = (struct docket_bytes){ name, 255 };
	receipt_put_name(&out, &event, 1);
	assert_in_range(out.size, RECEIPT_NAME_LIMIT - 3, RECEIPT_NAME_LIMIT);
	assert_memory_equal(out.data + out.size - 10, "\xe5\xae\x89.17.txt",
			    10);
	out.size = 0;
	receipt_put_name(&out, &quarantined, 2);
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, "a\n.txt.17-2.txt");
}

static void
receipt_is_written_once(void **state)
{
	struct place *place = *state;

	assert_int_equal(receipt_write(place->folder, &quarantined), 0);
	assert_int_equal(receipt_write(place->folder, &quarantined), 0);
	assert_int_equal(count_files(place), 1);
}

static void
second_outcome_is_a_second_receipt(void **state)
{
	struct place *place = *state;
	struct event done = quarantined;
	struct stat meta;

	done.type = EVENT_DOCUMENT_PARSED;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(receipt_write(place->folder, &quarantined), 0);
		assert_int_equal(receipt_write(place->folder, &done), 0);
	}
	assert_int_equal(count_files(place), 2);
	assert_int_equal(fstatat(place->folder, "a\n.txt.17-2.txt", &meta, 0),
			 0);
	assert_int_equal(meta.st_mode & 0777, 0644);
}

static void
what_lies_there_is_not_written_over(void **state)
{
	struct place *place = *state;
	auto_free char *there = NULL;
	auto_free char *receipt = NULL;

	put_file(place, "a\n.txt.17.txt", "mine");
	assert_int_equal(receipt_write(place->folder, &quarantined), 0);
	there = read_file(place, "a\n.txt.17.txt");
	receipt = read_file(place, "a\n.txt.17-2.txt");
	assert_string_equal(there, "mine");
	assert_memory_equal(receipt, "Arrival 17", 10);
}

static void
links_are_not_followed(void **state)
{
	struct place *place = *state;
	auto_free char *target = NULL;
	struct stat meta;

	put_file(place, "target", "mine");
	assert_int_equal(
		symlinkat("target", place->folder, ".docket-receipt-17"), 0);
	assert_int_equal(symlinkat("nowhere", place->folder, "a\n.txt.17.txt"),
			 0);
	assert_int_equal(receipt_write(place->folder, &quarantined), 0);
	target = read_file(place, "target");
	assert_string_equal(target, "mine");
	assert_int_equal(fstatat(place->folder, "nowhere", &meta, 0), -1);
	assert_int_equal(fstatat(place->folder, "a\n.txt.17-2.txt", &meta, 0),
			 0);
}

static void
what_a_crash_left_is_taken_away(void **state)
{
	struct place *place = *state;

	put_file(place, ".docket-receipt-17", "half");
	assert_int_equal(receipt_write(place->folder, &quarantined), 0);
	assert_int_equal(count_files(place), 1);
}

static void
folder_that_is_gone_is_an_error(void **state)
{
	struct place *place = *state;

	rmdir(place->path);
	assert_int_equal(receipt_write(place->folder, &quarantined), -ENOENT);
}

#define PLACE_TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(receipt_says_what_became_of_a_document),
		cmocka_unit_test(receipt_of_an_attachment_says_what_it_was_in),
		cmocka_unit_test(only_what_is_settled_has_a_receipt),
		cmocka_unit_test(
			name_is_cut_on_a_character_to_what_file_systems_take),
		PLACE_TEST(receipt_is_written_once),
		PLACE_TEST(second_outcome_is_a_second_receipt),
		PLACE_TEST(what_lies_there_is_not_written_over),
		PLACE_TEST(links_are_not_followed),
		PLACE_TEST(what_a_crash_left_is_taken_away),
		PLACE_TEST(folder_that_is_gone_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
