/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_journal_file.c - what is written in a row goes to the disk as one
 *
 * The calls that SQLite's own files make are counted, and can be made to fail.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "journal_file.h"
#include "mem.h"

static char path[] = "/tmp/docket-test-XXXXXX";
static sqlite3_file *file;
static int writes;
static bool is_full;

static ssize_t
count_write(int fd, const void *data, size_t size, off_t offset)
{
	writes++;
	if (!is_full)
		return pwrite(fd, data, size, offset);
	errno = ENOSPC;
	return -1;
}

static int
set_up(void **state)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(journal_file_register());
	sqlite3_syscall_ptr counter = (sqlite3_syscall_ptr)count_write;
	int fd;

	(void)state;
	strcpy(path + strlen(path) - 6, "XXXXXX");
	fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(vfs->xSetSystemCall(vfs, "pwrite", counter), 0);
	assert_int_equal(vfs->xSetSystemCall(vfs, "pwrite64", counter), 0);
	file = mem_alloc((size_t)vfs->szOsFile);
	writes = 0;
	is_full = false;
	return vfs->xOpen(vfs, path, file,
			  SQLITE_OPEN_READWRITE | SQLITE_OPEN_MAIN_DB, NULL);
}

static int
tear_down(void **state)
{
	(void)state;
	file->pMethods->xClose(file);
	free(file);
	return unlink(path);
}

static int
put(const char *text, sqlite3_int64 at)
{
	return file->pMethods->xWrite(file, text, (int)strlen(text), at);
}

static void
check_bytes(const char *expected)
{
	char bytes[64] = { 0 };

	assert_int_equal(
		file->pMethods->xRead(file, bytes, (int)strlen(expected), 0),
		SQLITE_OK);
	assert_string_equal(bytes, expected);
}

static void
writes_in_a_row_are_one(void **state)
{
	(void)state;
	put("one ", 0);
	put("two ", 4);
	put("three", 8);
	assert_int_equal(writes, 0);
	assert_int_equal(file->pMethods->xSync(file, SQLITE_SYNC_NORMAL),
			 SQLITE_OK);
	assert_int_equal(writes, 1);
	check_bytes("one two three");
}

static void
writes_elsewhere_keep_their_order(void **state)
{
	(void)state;
	put("one two", 0);
	put("ONE", 0);
	put(" three", 7);
	check_bytes("ONE two three");
	assert_int_equal(writes, 3);
}

static void
what_is_held_is_read_and_measured(void **state)
{
	sqlite3_int64 size;

	(void)state;
	put("held", 0);
	assert_int_equal(file->pMethods->xFileSize(file, &size), SQLITE_OK);
	assert_int_equal(size, 4);
	put(" back", 4);
	check_bytes("held back");
}

static void
more_than_a_call_takes_is_several(void **state)
{
	auto_free char *page = mem_alloc(8192);
	sqlite3_int64 size;

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_int_equal(
			file->pMethods->xWrite(file, page, 8192, 8192 * i),
			SQLITE_OK);
	assert_int_equal(file->pMethods->xFileSize(file, &size), SQLITE_OK);
	assert_int_equal(size, 819200);
	assert_int_equal(writes, 7);
}

static void
full_disk_is_told_by_the_sync(void **state)
{
	(void)state;
	is_full = true;
	assert_int_equal(put("lost", 0), SQLITE_OK);
	assert_int_equal(file->pMethods->xSync(file, SQLITE_SYNC_NORMAL),
			 SQLITE_FULL);
	is_full = false;
	put("kept", 0);
	check_bytes("kept");
}

#define FILE_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FILE_TEST(writes_in_a_row_are_one),
		FILE_TEST(writes_elsewhere_keep_their_order),
		FILE_TEST(what_is_held_is_read_and_measured),
		FILE_TEST(more_than_a_call_takes_is_several),
		FILE_TEST(full_disk_is_told_by_the_sync),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
