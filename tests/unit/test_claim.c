/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_claim.c - files on their way in, in folders of a test's own
 */
#include "claim_fixture.h"

/* ---- into the spool ---- */

static void
claimed_file_stays_until_it_is_cleared(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;
	struct digest digest = digest_of(bytes_of("Dear Sir"));

	write_file(fixture->inbox, "a", "Dear Sir", 8);
	claim = copy(fixture, "a");
	assert_int_equal(claim->result, CLAIM_TAKEN);
	assert_int_equal(claim->lane, 0);
	assert_false(exists(fixture->inbox, "a"));
	assert_true(exists(fixture->spool, "0/a"));
	assert_true(digest_equal(&claim->digest, &digest));
	assert_int_equal(claim->size, 8);
	assert_int_equal(claim->owner, getuid());
	claim_clear(claim);
	assert_false(claim->is_superseded);
	assert_false(exists(fixture->spool, "0/a"));
}

static void
name_that_is_taken_goes_into_the_next_lane(void **state)
{
	struct fixture *fixture = *state;
	char path[16];

	for (int i = 0; i < 5; i++) {
		write_sized(fixture->inbox, "a", (size_t)i);
		assert_int_equal(copy(fixture, "a")->lane, i);
		assert_int_equal(fixture->claim->size, i);
	}
	for (int i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), "%d/a", i);
		assert_true(exists(fixture->spool, path));
	}
	write_file(fixture->inbox, "b", "", 0);
	assert_int_equal(copy(fixture, "b")->lane, 0);
}

static void
clearing_one_lane_leaves_the_same_name_in_the_other(void **state)
{
	struct fixture *fixture = *state;

	write_file(fixture->inbox, "a", "1", 1);
	copy(fixture, "a");
	write_file(fixture->inbox, "a", "2", 1);
	claim_clear(copy(fixture, "a"));
	assert_true(exists(fixture->spool, "0/a"));
	assert_false(exists(fixture->spool, "1/a"));
}

static void
file_that_finds_no_lane_stays_and_is_known_by_its_shape(void **state)
{
	struct fixture *fixture = *state;
	struct stat meta;
	char path[16];

	write_file(fixture->inbox, "a", "1", 1);
	for (int i = 0; i < 64; i++) {
		snprintf(path, sizeof(path), "%d", i);
		close(open_folder(fixture->spool, path));
		snprintf(path, sizeof(path), "%d/a", i);
		write_file(fixture->spool, path, "", 0);
	}
	expect_refusal(copy(fixture, "a"), CLAIM_UNMOVABLE, "unmovable");
	assert_int_equal(fixture->claim->lane, -1);
	assert_int_equal(fstatat(fixture->inbox, "a", &meta, 0), 0);
	/* What stays is met again at every scan, and must be recognised. */
	assert_int_equal(fixture->claim->inode, meta.st_ino);
}

static void
file_that_is_gone_has_vanished(void **state)
{
	expect_refusal(copy(*state, "a"), CLAIM_VANISHED, "vanished");
}

static void
file_that_leaves_the_spool_has_vanished(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;

	write_file(fixture->inbox, "a", "1", 1);
	copy(fixture, "a");
	unlinkat(fixture->spool, "0/a", 0);
	claim = start_claim(fixture, "a");
	claim->lane = 0; /* as after a crash */
	claim_copy(claim, &fixture->store);
	assert_int_equal(claim->result, CLAIM_VANISHED);
}

static void
what_a_crash_left_in_a_lane_is_copied_there(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;

	close(open_folder(fixture->spool, "3"));
	write_file(fixture->spool, "3/a", "rest", 4);
	claim = start_claim(fixture, "a");
	claim->lane = 3;
	claim_copy(claim, &fixture->store);
	assert_int_equal(claim->result, CLAIM_TAKEN);
	claim_clear(claim);
	assert_false(exists(fixture->spool, "3/a"));
}

static void
spool_that_is_a_symlink_is_not_followed(void **state)
{
	struct fixture *fixture = *state;

	write_file(fixture->inbox, "a", "1", 1);
	close(open_folder(fixture->root, "elsewhere"));
	assert_int_equal(symlinkat("../../elsewhere", fixture->spool, "0"), 0);
	assert_int_equal(copy(fixture, "a")->result, CLAIM_UNMOVABLE);
	assert_true(exists(fixture->inbox, "a"));
}

/* ---- what is no file ---- */

static void
symlink_is_refused_and_its_target_not_read(void **state)
{
	struct fixture *fixture = *state;

	write_file(fixture->root, "secret", "1", 1);
	assert_int_equal(symlinkat("../secret", fixture->inbox, "a"), 0);
	expect_refusal(copy(fixture, "a"), CLAIM_NOT_REGULAR, "not-regular");
	assert_int_equal(fixture->claim->file, -1);
	assert_true(exists(fixture->spool, "0/a"));
	assert_true(exists(fixture->root, "secret"));
}

static void
fifo_is_refused_without_being_opened(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(mkfifoat(fixture->inbox, "a", 0600), 0);
	expect_refusal(copy(fixture, "a"), CLAIM_NOT_REGULAR, "not-regular");
	assert_int_equal(fixture->claim->file, -1);
}

static void
folder_is_refused(void **state)
{
	struct fixture *fixture = *state;

	close(open_folder(fixture->inbox, "a"));
	expect_refusal(copy(fixture, "a"), CLAIM_NOT_REGULAR, "not-regular");
}

static void
socket_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s/inbox/a",
		 fixture->path);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)),
			 0);
	expect_refusal(copy(fixture, "a"), CLAIM_NOT_REGULAR, "not-regular");
	close(fd);
}

static void
unreadable_file_is_refused(void **state)
{
	struct fixture *fixture = *state;

	if (geteuid() == 0)
		skip();
	write_file(fixture->inbox, "a", "1", 1);
	assert_int_equal(fchmodat(fixture->inbox, "a", 0, 0), 0);
	expect_refusal(copy(fixture, "a"), CLAIM_UNREADABLE, "unreadable");
}

/* ---- sizes ---- */

static void
file_at_the_size_limit_is_taken_and_above_it_refused(void **state)
{
	struct fixture *fixture = *state;

	write_sized(fixture->inbox, "a", 1 << 20);
	assert_int_equal(copy(fixture, "a")->result, CLAIM_TAKEN);
	write_sized(fixture->inbox, "b", (1 << 20) + 1);
	expect_refusal(copy(fixture, "b"), CLAIM_TOO_LARGE, "too-large");
	assert_true(exists(fixture->spool, "0/b"));
}

static void
small_file_is_memory_and_one_byte_more_a_file(void **state)
{
	struct fixture *fixture = *state;
	struct digest small;
	int fd;

	write_sized(fixture->inbox, "a", STORE_SMALL_LIMIT);
	copy(fixture, "a");
	assert_int_equal(fixture->claim->result, CLAIM_TAKEN);
	assert_false(fixture->claim->is_stored);
	assert_int_equal(fixture->claim->content.size, STORE_SMALL_LIMIT);
	small = digest_of(buffer_bytes(&fixture->claim->content));
	assert_true(digest_equal(&small, &fixture->claim->digest));
	assert_int_equal(store_read(&fixture->store, &small), -ENOENT);

	write_sized(fixture->inbox, "b", STORE_SMALL_LIMIT + 1);
	copy(fixture, "b");
	assert_int_equal(fixture->claim->result, CLAIM_TAKEN);
	assert_true(fixture->claim->is_stored);
	assert_int_equal(fixture->claim->content.size, 0);
	fd = store_read(&fixture->store, &fixture->claim->digest);
	assert_true(fd >= 0);
	assert_int_equal(lseek(fd, 0, SEEK_END), STORE_SMALL_LIMIT + 1);
	close(fd);
}

static void
empty_file_is_taken(void **state)
{
	struct fixture *fixture = *state;

	write_file(fixture->inbox, "a", "", 0);
	assert_int_equal(copy(fixture, "a")->result, CLAIM_TAKEN);
	assert_int_equal(fixture->claim->content.size, 0);
	assert_false(digest_is_zero(&fixture->claim->digest));
}

static void
file_that_shrank_between_two_tries_is_not_sought_in_the_store(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;

	write_sized(fixture->inbox, "a", STORE_SMALL_LIMIT + 1);
	claim = copy(fixture, "a");
	assert_true(claim->is_stored);
	/* As it is tried again after it changed. */
	claim_shut(claim);
	write_file(fixture->spool, "0/a", "short", 5);
	claim_copy(claim, &fixture->store);
	assert_int_equal(claim->result, CLAIM_TAKEN);
	assert_int_equal(claim->content.size, 5);
	assert_false(claim->is_stored);
}

/* ---- the last look ---- */

static void
file_that_changed_after_the_copy_is_superseded(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;

	write_file(fixture->inbox, "a", "first", 5);
	claim = copy(fixture, "a");
	write_file(fixture->spool, "0/a", "other", 5);
	claim_clear(claim);
	assert_true(claim->is_superseded);
	assert_true(exists(fixture->spool, "0/a"));
}

static void
file_that_grew_after_the_copy_is_superseded(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;
	int fd;

	write_file(fixture->inbox, "a", "first", 5);
	fd = openat(fixture->inbox, "a", O_WRONLY | O_APPEND);
	claim = copy(fixture, "a");
	assert_int_equal(write(fd, "x", 1), 1); /* a writer that held it */
	close(fd);
	claim_clear(claim);
	assert_true(claim->is_superseded);
}

static void
file_that_was_replaced_in_the_lane_is_superseded(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;

	write_file(fixture->inbox, "a", "first", 5);
	claim = copy(fixture, "a");
	write_file(fixture->root, "b", "first", 5);
	assert_int_equal(renameat(fixture->root, "b", fixture->spool, "0/a"),
			 0);
	claim_clear(claim);
	assert_true(claim->is_superseded);
}

static void
other_mode_or_times_after_the_copy_are_no_change(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;

	write_file(fixture->inbox, "a", "first", 5);
	claim = copy(fixture, "a");
	assert_int_equal(fchmodat(fixture->spool, "0/a", 0640, 0), 0);
	assert_int_equal(utimensat(fixture->spool, "0/a", NULL, 0), 0);
	claim_clear(claim);
	assert_false(claim->is_superseded);
	assert_false(exists(fixture->spool, "0/a"));
}

static void
name_elsewhere_that_goes_away_is_no_change(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;

	write_file(fixture->root, "mine", "first", 5);
	assert_int_equal(linkat(fixture->root, "mine", fixture->inbox, "a", 0),
			 0);
	claim = copy(fixture, "a");
	assert_int_equal(claim->result, CLAIM_TAKEN);
	assert_int_equal(unlinkat(fixture->root, "mine", 0), 0);
	claim_clear(claim);
	assert_false(claim->is_superseded);
}

static void
file_that_is_gone_at_the_last_look_is_cleared(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;

	write_file(fixture->inbox, "a", "first", 5);
	claim = copy(fixture, "a");
	unlinkat(fixture->spool, "0/a", 0);
	claim_clear(claim);
	assert_false(claim->is_superseded);
}

/* ---- docket add ---- */

static struct claim *
add(struct fixture *fixture, int fd)
{
	struct claim *claim =
		claim_new(NULL, &fixture->config, NULL, "added", ORIGIN_ADDED);

	claim_free(fixture->claim);
	fixture->claim = claim;
	claim->file = fd;
	claim_copy(claim, &fixture->store);
	return claim;
}

static void
descriptor_is_copied_and_its_file_left_alone(void **state)
{
	struct fixture *fixture = *state;

	write_file(fixture->root, "mine", "words", 5);
	add(fixture, openat(fixture->root, "mine", O_RDONLY));
	assert_int_equal(fixture->claim->result, CLAIM_TAKEN);
	assert_int_equal(fixture->claim->content.size, 5);
	claim_clear(fixture->claim);
	assert_true(exists(fixture->root, "mine"));
}

static void
descriptor_of_no_file_is_refused(void **state)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	close(ends[1]);
	assert_int_equal(add(*state, ends[0])->result, CLAIM_NOT_REGULAR);
}

static void
descriptor_that_cannot_be_read_is_refused(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, openat(fixture->root, "mine", O_WRONLY | O_CREAT, 0600));
	expect_refusal(fixture->claim, CLAIM_UNREADABLE, "unreadable");
}

static void
file_with_more_bytes_than_it_says_is_not_taken_for_whole(void **state)
{
	int fd = open("/proc/self/status", O_RDONLY); /* of size 0 */

	add(*state, fd);
	expect_refusal(((struct fixture *)*state)->claim, CLAIM_UNSTABLE,
		       "unstable");
}

static void
file_that_a_full_disk_has_no_room_for_waits(void **state)
{
	struct fixture *fixture = *state;
	struct claim *claim;

	write_sized(fixture->inbox, "a", 10);
	fixture->store.floor_bytes = UINT64_MAX / 2;
	claim = copy(fixture, "a");
	assert_int_equal(claim->result, CLAIM_NO_ROOM);
	fixture->store.floor_bytes = 0;
	claim_copy(claim, &fixture->store);
	assert_int_equal(claim->result, CLAIM_TAKEN);
}

static void
store_that_fails_is_not_the_fault_of_the_file(void **state)
{
	struct fixture *fixture = *state;
	int store = fixture->store.folder;

	write_sized(fixture->inbox, "a", STORE_SMALL_LIMIT + 1);
	/* A store whose folder is not one: nothing can be made there. */
	fixture->store.folder = open("/dev/null", O_RDONLY | O_CLOEXEC);
	assert_int_equal(copy(fixture, "a")->result, CLAIM_BROKEN);
	close(fixture->store.folder);
	fixture->store.folder = store;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CLAIM_TEST(claimed_file_stays_until_it_is_cleared),
		CLAIM_TEST(name_that_is_taken_goes_into_the_next_lane),
		CLAIM_TEST(clearing_one_lane_leaves_the_same_name_in_the_other),
		CLAIM_TEST(
			file_that_finds_no_lane_stays_and_is_known_by_its_shape),
		CLAIM_TEST(file_that_is_gone_has_vanished),
		CLAIM_TEST(file_that_leaves_the_spool_has_vanished),
		CLAIM_TEST(what_a_crash_left_in_a_lane_is_copied_there),
		CLAIM_TEST(spool_that_is_a_symlink_is_not_followed),
		CLAIM_TEST(symlink_is_refused_and_its_target_not_read),
		CLAIM_TEST(fifo_is_refused_without_being_opened),
		CLAIM_TEST(folder_is_refused),
		CLAIM_TEST(socket_is_refused),
		CLAIM_TEST(unreadable_file_is_refused),
		CLAIM_TEST(
			file_at_the_size_limit_is_taken_and_above_it_refused),
		CLAIM_TEST(small_file_is_memory_and_one_byte_more_a_file),
		CLAIM_TEST(empty_file_is_taken),
		CLAIM_TEST(
			file_that_shrank_between_two_tries_is_not_sought_in_the_store),
		CLAIM_TEST(file_that_changed_after_the_copy_is_superseded),
		CLAIM_TEST(file_that_grew_after_the_copy_is_superseded),
		CLAIM_TEST(file_that_was_replaced_in_the_lane_is_superseded),
		CLAIM_TEST(other_mode_or_times_after_the_copy_are_no_change),
		CLAIM_TEST(name_elsewhere_that_goes_away_is_no_change),
		CLAIM_TEST(file_that_is_gone_at_the_last_look_is_cleared),
		CLAIM_TEST(descriptor_is_copied_and_its_file_left_alone),
		CLAIM_TEST(descriptor_of_no_file_is_refused),
		CLAIM_TEST(descriptor_that_cannot_be_read_is_refused),
		CLAIM_TEST(
			file_with_more_bytes_than_it_says_is_not_taken_for_whole),
		CLAIM_TEST(file_that_a_full_disk_has_no_room_for_waits),
		CLAIM_TEST(store_that_fails_is_not_the_fault_of_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
