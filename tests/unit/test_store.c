/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_store.c - large bytes as files named by their digest
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "store.h"

/* SHA-256 of "abc" (FIPS 180-4) */
#define ABC "ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

struct fixture {
	char path[32];
	int state;
	struct store store;
};

static int
open_store(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));
	struct fault fault = { 0 };

	strcpy(fixture->path, "/tmp/test_store.XXXXXX");
	assert_non_null(mkdtemp(fixture->path));
	fixture->state =
		open(fixture->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(fixture->state >= 0);
	assert_int_equal(store_open(fixture->state, &fixture->store, &fault),
			 0);
	*state = fixture;
	return 0;
}

static int
remove_entry(const char *path, const struct stat *status, int flag,
	     struct FTW *ftw)
{
	(void)status;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static int
close_store(void **state)
{
	struct fixture *fixture = *state;

	store_close(&fixture->store);
	close(fixture->state);
	nftw(fixture->path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	free(fixture);
	return 0;
}

static int
count_entries(const struct store *store)
{
	DIR *folder = fdopendir(
		openat(store->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	int count = -2; /* "." and ".." */

	assert_non_null(folder);
	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

static struct digest
put(struct store *store, const char *text)
{
	struct store_writer writer;
	struct digest digest;

	assert_int_equal(store_begin(store, &writer), 0);
	assert_int_equal(store_write(&writer, text, strlen(text)), 0);
	assert_int_equal(store_finish(&writer, &digest), 0);
	return digest;
}

static void
expect(const struct store *store, const struct digest *digest,
       const char *expected)
{
	auto_fd int fd = store_read(store, digest);
	char text[64] = { 0 };

	assert_true(fd >= 0);
	assert_int_equal(read(fd, text, sizeof(text)), strlen(expected));
	assert_string_equal(text, expected);
	assert_int_equal(write(fd, "x", 1), -1);
}

static void
bytes_are_read_only_under_their_digest(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = put(&fixture->store, "abc");
	struct stat status;

	expect(&fixture->store, &digest, "abc");
	assert_int_equal(fstatat(fixture->store.folder, ABC, &status, 0), 0);
	assert_int_equal(status.st_mode, S_IFREG | 0400);
	assert_int_equal(status.st_size, 3);
	assert_int_equal(count_entries(&fixture->store), 1);
}

static void
bytes_that_are_there_are_kept_once(void **state)
{
	struct fixture *fixture = *state;
	struct digest first = put(&fixture->store, "abc");
	struct digest second = put(&fixture->store, "abc");

	assert_true(digest_equal(&first, &second));
	expect(&fixture->store, &first, "abc");
	assert_int_equal(count_entries(&fixture->store), 1);
}

static void
writers_do_not_meet(void **state)
{
	struct fixture *fixture = *state;
	struct store_writer a;
	struct store_writer b;
	struct digest digest;

	assert_int_equal(store_begin(&fixture->store, &a), 0);
	assert_int_equal(store_begin(&fixture->store, &b), 0);
	assert_string_not_equal(a.name, b.name);
	assert_int_equal(store_write(&a, "one", 3), 0);
	assert_int_equal(store_write(&b, "two", 3), 0);
	assert_int_equal(store_finish(&a, &digest), 0);
	expect(&fixture->store, &digest, "one");
	assert_int_equal(store_finish(&b, &digest), 0);
	expect(&fixture->store, &digest, "two");
}

static void
aborted_writing_leaves_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct store_writer writer;

	assert_int_equal(store_begin(&fixture->store, &writer), 0);
	assert_int_equal(store_write(&writer, "abc", 3), 0);
	assert_int_equal(count_entries(&fixture->store), 1);
	store_abort(&writer);
	store_abort(&writer);
	assert_int_equal(count_entries(&fixture->store), 0);
}

static void
unknown_digest_is_no_entry(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = digest_of(bytes_of("never put"));

	assert_int_equal(store_read(&fixture->store, &digest), -ENOENT);
}

static void
failing_write_tells_and_leaves_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct rlimit small = { 1000, RLIM_INFINITY };
	struct rlimit old;
	struct store_writer writer;
	static const char bytes[4000];

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	small.rlim_max = old.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(store_begin(&fixture->store, &writer), 0);
	assert_int_equal(store_write(&writer, bytes, sizeof(bytes)), -EFBIG);
	store_abort(&writer);
	assert_int_equal(count_entries(&fixture->store), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
}

static void
name_that_cannot_be_given_leaves_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct store_writer writer;
	struct digest digest;
	auto_fd int in_the_way = openat(fixture->store.folder, "ba",
					O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

	assert_int_equal(store_begin(&fixture->store, &writer), 0);
	assert_int_equal(store_write(&writer, "abc", 3), 0);
	assert_int_equal(store_finish(&writer, &digest), -ENOTDIR);
	assert_int_equal(count_entries(&fixture->store), 1);
}

static void
sweep_removes_what_has_no_name_yet_and_only_that(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = put(&fixture->store, "abc");
	struct store_writer writer;

	assert_int_equal(store_begin(&fixture->store, &writer), 0);
	close(writer.fd); /* as if killed here */
	digest_free(writer.digest);
	close(openat(fixture->store.folder, "note",
		     O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	assert_int_equal(count_entries(&fixture->store), 3);
	assert_int_equal(store_sweep(&fixture->store), 0);
	assert_int_equal(count_entries(&fixture->store), 2);
	expect(&fixture->store, &digest, "abc");
}

static void
link_is_not_followed_to_other_bytes(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = put(&fixture->store, "abc");

	assert_int_equal(unlinkat(fixture->store.folder, ABC, 0), 0);
	assert_int_equal(symlinkat("/etc/passwd", fixture->store.folder, ABC),
			 0);
	assert_int_equal(store_read(&fixture->store, &digest), -ELOOP);
}

static void
store_that_is_there_opens_again(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = put(&fixture->store, "abc");
	struct fault fault = { 0 };

	store_close(&fixture->store);
	store_close(&fixture->store);
	assert_int_equal(store_open(fixture->state, &fixture->store, &fault),
			 0);
	expect(&fixture->store, &digest, "abc");
}

static void
store_that_is_no_folder_is_told_in_a_sentence(void **state)
{
	struct fixture *fixture = *state;
	struct fault fault = { 0 };
	struct store store = { .folder = -1 };

	store_close(&fixture->store);
	unlinkat(fixture->state, "store", AT_REMOVEDIR);
	close(openat(fixture->state, "store", O_CREAT | O_WRONLY | O_CLOEXEC,
		     0600));
	assert_int_equal(store_open(fixture->state, &store, &fault), -ENOTDIR);
	assert_non_null(strstr(fault.text, "store"));
	assert_int_equal(store.folder, -1);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, open_store, close_store)

static void
a_small_disk_keeps_an_eighth_free(void **state)
{
	(void)state;
	assert_int_equal(store_floor(64u << 20), 8u << 20);
	assert_int_equal(store_floor(1ull << 40), 16u << 20);
	assert_int_equal(store_floor(0), 0);
}

static void
what_would_eat_into_the_floor_has_no_room(void **state)
{
	struct fixture *fixture = *state;
	uint64_t free_bytes = store_free_bytes(&fixture->store);

	fixture->store.floor_bytes = 0;
	assert_true(store_has_room(&fixture->store, 1000));
	assert_false(store_has_room(&fixture->store, free_bytes));
	fixture->store.floor_bytes = 2 * free_bytes;
	assert_false(store_has_room(&fixture->store, 0));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bytes_are_read_only_under_their_digest),
		TEST(bytes_that_are_there_are_kept_once),
		TEST(writers_do_not_meet),
		TEST(aborted_writing_leaves_nothing),
		TEST(unknown_digest_is_no_entry),
		TEST(failing_write_tells_and_leaves_nothing),
		TEST(name_that_cannot_be_given_leaves_nothing),
		TEST(sweep_removes_what_has_no_name_yet_and_only_that),
		TEST(link_is_not_followed_to_other_bytes),
		TEST(store_that_is_there_opens_again),
		TEST(store_that_is_no_folder_is_told_in_a_sentence),
		TEST(a_small_disk_keeps_an_eighth_free),
		TEST(what_would_eat_into_the_floor_has_no_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
