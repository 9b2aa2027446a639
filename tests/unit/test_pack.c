/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_pack.c - small bytes as rows
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "pack.h"

struct fixture {
	sqlite3 *db;
	struct pack pack;
};

static int
open_pack(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));

	assert_int_equal(sqlite3_open(":memory:", &fixture->db), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(fixture->db, pack_schema, NULL, NULL, NULL),
		SQLITE_OK);
	assert_int_equal(pack_open(fixture->db, &fixture->pack), 0);
	*state = fixture;
	return 0;
}

static int
close_pack(void **state)
{
	struct fixture *fixture = *state;

	pack_close(&fixture->pack);
	assert_int_equal(sqlite3_close(fixture->db), SQLITE_OK);
	free(fixture);
	return 0;
}

static struct digest
put(struct fixture *fixture, struct docket_bytes bytes)
{
	struct digest digest = digest_of(bytes);

	assert_int_equal(pack_put(&fixture->pack, &digest, bytes), 0);
	return digest;
}

static void
expect(struct fixture *fixture, const struct digest *digest,
       struct docket_bytes expected)
{
	auto_buffer struct buffer out = { 0 };

	assert_int_equal(pack_get(&fixture->pack, digest, &out), 0);
	assert_true(bytes_equal(buffer_bytes(&out), expected));
}

static void
bytes_come_back_under_their_digest(void **state)
{
	struct docket_bytes bytes = { "a\0b", 3 };
	struct digest digest = put(*state, bytes);
	struct digest nothing = put(*state, (struct docket_bytes){ 0 });
	auto_buffer struct buffer out = { 0 };

	expect(*state, &digest, bytes);
	expect(*state, &nothing, bytes_of(""));
	buffer_put(&out, "before", 6);
	assert_int_equal(
		pack_get(&((struct fixture *)*state)->pack, &digest, &out), 0);
	assert_int_equal(out.size, 9);
}

static void
bytes_that_are_there_are_kept_once(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = put(fixture, bytes_of("same"));

	put(fixture, bytes_of("same"));
	expect(fixture, &digest, bytes_of("same"));
	assert_int_equal(sqlite3_total_changes(fixture->db), 1);
}

static void
unknown_digest_is_no_entry(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = digest_of(bytes_of("never put"));
	auto_buffer struct buffer out = { 0 };

	assert_int_equal(pack_get(&fixture->pack, &digest, &out), -ENOENT);
	assert_int_equal(out.size, 0);
}

static void
no_statement_is_left_running(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = put(fixture, bytes_of("text"));

	expect(fixture, &digest, bytes_of("text"));
	assert_false(sqlite3_stmt_busy(fixture->pack.put));
	assert_false(sqlite3_stmt_busy(fixture->pack.get));
	assert_true(sqlite3_get_autocommit(fixture->db));
}

static void
full_disk_is_no_space_and_works_again_later(void **state)
{
	struct fixture *fixture = *state;
	size_t size = 1 << 20;
	auto_free char *bytes = mem_alloc(size);
	struct docket_bytes large = { bytes, size };
	struct digest digest = digest_of(large);

	sqlite3_exec(fixture->db, "PRAGMA max_page_count = 20", NULL, NULL,
		     NULL);
	assert_int_equal(pack_put(&fixture->pack, &digest, large), -ENOSPC);
	sqlite3_exec(fixture->db, "PRAGMA max_page_count = 100000", NULL, NULL,
		     NULL);
	assert_int_equal(pack_put(&fixture->pack, &digest, large), 0);
	expect(fixture, &digest, large);
}

static void
more_than_a_row_takes_is_told_apart(void **state)
{
	struct fixture *fixture = *state;
	static const char bytes[200];
	struct docket_bytes large = { bytes, sizeof(bytes) };
	struct digest digest = digest_of(large);

	sqlite3_limit(fixture->db, SQLITE_LIMIT_LENGTH, 100);
	assert_int_equal(pack_put(&fixture->pack, &digest, large), -E2BIG);
}

static void
refused_write_is_an_error_of_ours(void **state)
{
	struct fixture *fixture = *state;
	struct digest digest = digest_of(bytes_of("text"));

	sqlite3_exec(fixture->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
	assert_int_equal(pack_put(&fixture->pack, &digest, bytes_of("text")),
			 -EIO);
}

static void
pack_without_its_table_does_not_open(void **state)
{
	struct pack pack = { 0 };
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(pack_open(db, &pack), -EIO);
	pack_close(&pack);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_pack, close_pack)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bytes_come_back_under_their_digest),
		TEST(bytes_that_are_there_are_kept_once),
		TEST(unknown_digest_is_no_entry),
		TEST(no_statement_is_left_running),
		TEST(full_disk_is_no_space_and_works_again_later),
		TEST(more_than_a_row_takes_is_told_apart),
		TEST(refused_write_is_an_error_of_ours),
		cmocka_unit_test(pack_without_its_table_does_not_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
