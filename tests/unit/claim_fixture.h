/* SPDX-License-Identifier: Apache-2.0 */
/*
 * claim_fixture.h - an inbox, its spool and a store, for test_claim*.c
 */
#ifndef TESTS_CLAIM_FIXTURE_H
#define TESTS_CLAIM_FIXTURE_H

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "claim.h"

struct fixture {
	char path[32];
	char *inbox_path;
	int root;
	int inbox, spool;
	struct config_inbox config;
	struct inbox_folder *folder;
	struct store store;
	struct claim *claim;
};

static inline int
open_folder(int at, const char *name)
{
	int fd;

	assert_int_equal(mkdirat(at, name, 0700), 0);
	fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(fd >= 0);
	return fd;
}

static inline int
make_folders(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));
	struct fault fault;

	strcpy(fixture->path, "/tmp/test_claim.XXXXXX");
	assert_non_null(mkdtemp(fixture->path));
	fixture->root = open(fixture->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fixture->inbox = open_folder(fixture->root, "inbox");
	fixture->inbox_path = mem_format("%s/inbox", fixture->path);
	assert_int_equal(store_open(fixture->root, &fixture->store, &fault), 0);
	fixture->config = (struct config_inbox){
		.name = "letters",
		.path = fixture->inbox_path,
		.size_limit_bytes = 1 << 20,
	};
	assert_int_equal(
		inbox_folder_open(&fixture->config, &fixture->folder, &fault),
		0);
	fixture->spool = fixture->folder->spool;
	*state = fixture;
	return 0;
}

static inline int
remove_entry(const char *path, const struct stat *status, int flag,
	     struct FTW *ftw)
{
	(void)status, (void)flag, (void)ftw;
	return remove(path);
}

static inline int
remove_folders(void **state)
{
	struct fixture *fixture = *state;

	claim_free(fixture->claim);
	store_close(&fixture->store);
	assert_int_equal(fixture->folder->holders, 1);
	inbox_folder_drop(fixture->folder);
	free(fixture->inbox_path);
	close(fixture->inbox);
	close(fixture->root);
	nftw(fixture->path, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	free(fixture);
	return 0;
}

#define CLAIM_TEST(name) \
	cmocka_unit_test_setup_teardown(name, make_folders, remove_folders)

static inline void
write_file(int at, const char *name, const void *data, size_t size)
{
	int fd = openat(at, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, data, size), size);
	close(fd);
}

/* A file of so many bytes, no two of which runs are alike. */
static inline void
write_sized(int at, const char *name, size_t size)
{
	auto_free char *data = mem_alloc(size + 1);

	for (size_t i = 0; i < size; i++)
		data[i] = (char)(i * 31 + i / 257);
	write_file(at, name, data, size);
}

static inline struct claim *
start_claim(struct fixture *fixture, const char *name)
{
	claim_free(fixture->claim);
	fixture->claim = claim_new(NULL, &fixture->config, fixture->folder,
				   name, ORIGIN_MOVED);
	return fixture->claim;
}

static inline struct claim *
copy(struct fixture *fixture, const char *name)
{
	struct claim *claim = start_claim(fixture, name);

	claim_copy(claim, &fixture->store);
	return claim;
}

static inline bool
exists(int at, const char *name)
{
	struct stat meta;

	return fstatat(at, name, &meta, AT_SYMLINK_NOFOLLOW) == 0;
}

static inline void
expect_refusal(const struct claim *claim, enum claim_result result,
	       const char *reason)
{
	auto_buffer struct buffer detail = { 0 };

	assert_int_equal(claim->result, result);
	assert_string_equal(claim_reason(claim->result), reason);
	claim_put_detail(claim, &detail);
	assert_true(detail.size > 10);
}

#endif
