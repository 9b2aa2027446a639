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

static void
put(struct fixture *fixture, uint64_t number, enum pack_kind kind,
    struct docket_bytes bytes)
{
	assert_int_equal(pack_put(&fixture->pack, number, kind, bytes), 0);
}

static void
expect(struct fixture *fixture, uint64_t number, enum pack_kind kind,
       struct docket_bytes expected)
{
	auto_buffer struct buffer out = { 0 };

	assert_int_equal(pack_get(&fixture->pack, number, kind, &out), 0);
	assert_true(bytes_equal(buffer_bytes(&out), expected));
}

static void
bytes_come_back_under_their_number(void **state)
{
	struct docket_bytes bytes = { "a\0b", 3 };
	auto_buffer struct buffer out = { 0 };

	put(*state, 1, PACK_BLOB, bytes);
	put(*state, 2, PACK_BLOB, (struct docket_bytes){ 0 });
	expect(*state, 1, PACK_BLOB, bytes);
	expect(*state, 2, PACK_BLOB, bytes_of(""));
	buffer_put(&out, "before", 6);
	assert_int_equal(
		pack_get(&((struct fixture *)*state)->pack, 1, PACK_BLOB, &out),
		0);
	assert_int_equal(out.size, 9);
}

static void
blob_and_record_of_an_arrival_are_two(void **state)
{
	struct fixture *fixture = *state;
	auto_buffer struct buffer out = { 0 };

	put(fixture, 7, PACK_BLOB, bytes_of("blob"));
	put(fixture, 7, PACK_RECORD, bytes_of("record"));
	expect(fixture, 7, PACK_BLOB, bytes_of("blob"));
	expect(fixture, 7, PACK_RECORD, bytes_of("record"));
	assert_int_equal(pack_remove(&fixture->pack, 7, PACK_BLOB), 0);
	assert_int_equal(pack_get(&fixture->pack, 7, PACK_BLOB, &out), -ENOENT);
	expect(fixture, 7, PACK_RECORD, bytes_of("record"));
}

static void
bytes_put_again_replace_those_that_are_there(void **state)
{
	put(*state, 1, PACK_RECORD, bytes_of("first"));
	put(*state, 1, PACK_RECORD, bytes_of("second"));
	expect(*state, 1, PACK_RECORD, bytes_of("second"));
}

static void
unknown_number_is_no_entry(void **state)
{
	struct fixture *fixture = *state;
	auto_buffer struct buffer out = { 0 };

	assert_int_equal(pack_get(&fixture->pack, 3, PACK_BLOB, &out), -ENOENT);
	assert_int_equal(out.size, 0);
}

static void
no_statement_is_left_running(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, 1, PACK_BLOB, bytes_of("text"));
	expect(fixture, 1, PACK_BLOB, bytes_of("text"));
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

	sqlite3_exec(fixture->db, "PRAGMA max_page_count = 20", NULL, NULL,
		     NULL);
	assert_int_equal(pack_put(&fixture->pack, 1, PACK_BLOB, large),
			 -ENOSPC);
	sqlite3_exec(fixture->db, "PRAGMA max_page_count = 100000", NULL, NULL,
		     NULL);
	assert_int_equal(pack_put(&fixture->pack, 1, PACK_BLOB, large), 0);
	expect(fixture, 1, PACK_BLOB, large);
}

static void
more_than_a_row_takes_is_told_apart(void **state)
{
	struct fixture *fixture = *state;
	static const char bytes[200];
	struct docket_bytes large = { bytes, sizeof(bytes) };

	sqlite3_limit(fixture->db, SQLITE_LIMIT_LENGTH, 100);
	assert_int_equal(pack_put(&fixture->pack, 1, PACK_BLOB, large), -E2BIG);
}

static void
refused_write_is_an_error_of_ours(void **state)
{
	struct fixture *fixture = *state;

	sqlite3_exec(fixture->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
	assert_int_equal(
		pack_put(&fixture->pack, 1, PACK_BLOB, bytes_of("text")), -EIO);
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
		TEST(bytes_come_back_under_their_number),
		TEST(blob_and_record_of_an_arrival_are_two),
		TEST(bytes_put_again_replace_those_that_are_there),
		TEST(unknown_number_is_no_entry),
		TEST(no_statement_is_left_running),
		TEST(full_disk_is_no_space_and_works_again_later),
		TEST(more_than_a_row_takes_is_told_apart),
		TEST(refused_write_is_an_error_of_ours),
		cmocka_unit_test(pack_without_its_table_does_not_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
