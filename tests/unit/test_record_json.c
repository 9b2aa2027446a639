/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_record_json.c - records as people and programs read them
 */
#include "record_fixture.h"

#include <sqlite3.h>

static void
put_json(struct fixture *fixture, const struct record_origin *origin,
	 struct buffer *out)
{
	struct json json;

	finish(fixture);
	json_init(&json, out);
	record_put_json(&json, &fixture->record, origin);
	buffer_put(out, "", 1);
}

static void
empty_record_has_all_keys(void **state)
{
	const struct record_origin origin = { 0 };
	auto_buffer struct buffer out = { 0 };

	put_json(*state, &origin, &out);
	assert_string_equal(
		out.data,
		"{\"id\":null,\"name\":null,\"media_type\":null,\"size\":0,"
		"\"language\":null,\"class\":null,\"symbols\":[],"
		"\"date\":null,\"title\":null,\"from\":[],\"to\":[],"
		"\"signatories\":[],\"agenda_items\":[],\"text\":\"\","
		"\"parts\":[{\"kind\":\"body\",\"number\":null,"
		"\"title\":null,\"anchor\":\"body\",\"start\":0,\"end\":0,"
		"\"parts\":[],\"blocks\":[]}],\"marks\":[],\"children\":[]}");
}

static void
fields_stand_under_their_keys(void **state)
{
	struct fixture *fixture = *state;
	const struct record_origin origin = { "sha256:00", { "n", 1 }, 5 };
	auto_buffer struct buffer out = { 0 };

	for (unsigned field = 0; field < DOCKET_FIELD_COUNT; field++) {
		char value[4];

		snprintf(value, sizeof(value), "v%u", field);
		record_put_field(fixture->builder, field, bytes_of(value));
		if (!record_field_is_single(field))
			record_put_field(fixture->builder, field,
					 bytes_of("x"));
	}
	put_json(fixture, &origin, &out);
	*strstr(out.data, ",\"text\"") = '\0';
	assert_string_equal(
		out.data,
		"{\"id\":\"sha256:00\",\"name\":\"n\",\"media_type\":\"v13\","
		"\"size\":5,\"language\":\"v0\",\"class\":\"v1\","
		"\"symbols\":[\"v2\",\"x\"],\"date\":\"v3\",\"title\":\"v4\","
		"\"from\":[\"v5\",\"x\"],\"to\":[\"v6\",\"x\"],"
		"\"signatories\":[\"v7\",\"x\"],"
		"\"agenda_items\":[\"v8\",\"x\"],\"distribution\":\"v9\","
		"\"original_language\":\"v10\",\"session\":\"v11\","
		"\"job_number\":\"v12\",\"cc\":[\"v24\",\"x\"],"
		"\"creators\":[\"v17\",\"x\"],\"created\":\"v18\","
		"\"modified\":\"v19\",\"subjects\":[\"v20\",\"x\"],"
		"\"generator\":\"v21\",\"identifiers\":[\"v22\",\"x\"],"
		"\"relations\":[\"v23\",\"x\"],\"pages\":\"v25\","
		"\"named_type\":\"v26\",\"charset\":\"v14\","
		"\"parser\":\"v15\",\"warnings\":[\"v16\",\"x\"]");
}

static void
children_are_named_by_their_bytes(void **state)
{
	struct fixture *fixture = *state;
	const struct record_origin origin = { 0 };
	struct docket_bytes first = bytes_of("sha256:aa letter one.txt");
	auto_buffer struct buffer out = { 0 };

	record_put_field(fixture->builder, DOCKET_FIELD_CHILD, first);
	record_put_field(fixture->builder, DOCKET_FIELD_CHILD,
			 bytes_of("sha256:bb"));
	put_json(fixture, &origin, &out);
	assert_non_null(strstr(out.data,
			       "\"children\":[\"sha256:aa\",\"sha256:bb\"]}"));
	assert_true(bytes_equal(record_child_name(first),
				bytes_of("letter one.txt")));
	assert_int_equal(record_child_name(bytes_of("sha256:bb")).size, 0);
}

static void
blocks_stand_in_the_part_they_lie_in(void **state)
{
	struct fixture *fixture = *state;
	const struct record_origin origin = { 0 };
	auto_buffer struct buffer out = { 0 };

	open_part(fixture, DOCKET_PART_ANNEX, "I");
	put_block(fixture, DOCKET_BLOCK_LINE, NULL, "a");
	open_part(fixture, DOCKET_PART_APPENDIX, NULL);
	put_block(fixture, DOCKET_BLOCK_LINE, NULL, "b");
	close_part(fixture);
	put_block(fixture, DOCKET_BLOCK_LINE, NULL, "c");
	close_part(fixture);
	put_json(fixture, &origin, &out);
	*strstr(out.data, ",\"marks\"") = '\0';
	assert_string_equal(
		strstr(out.data, "\"parts\""),
		"\"parts\":[{\"kind\":\"annex\",\"number\":\"I\","
		"\"title\":null,\"anchor\":\"annex-1\",\"start\":0,\"end\":6,"
		"\"parts\":[{\"kind\":\"appendix\",\"number\":null,"
		"\"title\":null,\"anchor\":\"annex-1/appendix-1\","
		"\"start\":2,\"end\":4,\"parts\":[],\"blocks\":["
		"{\"kind\":\"line\",\"anchor\":\"annex-1/appendix-1/line-1\","
		"\"start\":2,\"end\":3}]}],\"blocks\":["
		"{\"kind\":\"line\",\"anchor\":\"annex-1/line-1\","
		"\"start\":0,\"end\":1},"
		"{\"kind\":\"line\",\"anchor\":\"annex-1/line-2\","
		"\"start\":4,\"end\":5}]}]");
}

static void
block_has_the_members_that_apply(void **state)
{
	struct fixture *fixture = *state;
	const struct record_origin origin = { 0 };
	auto_buffer struct buffer out = { 0 };

	record_put_field(fixture->builder, DOCKET_FIELD_LANGUAGE,
			 bytes_of("fr"));
	record_put_page(fixture->builder, 3);
	record_open_block(fixture->builder,
			  &(struct docket_block){
				  .kind = DOCKET_BLOCK_PARAGRAPH,
				  .role = DOCKET_ROLE_PREAMBULAR,
				  .level = 1,
				  .number = { "7", 1 },
				  .language = { "es", 2 },
			  });
	put(fixture, "uno");
	close_block(fixture);
	record_open_block(fixture->builder,
			  &(struct docket_block){ .language = { "fr", 2 } });
	put(fixture, "deux");
	close_block(fixture);
	record_put_mark(fixture->builder,
			&(struct docket_mark){ .start = 0,
					       .end = 3,
					       .kind = DOCKET_MARK_PLACE,
					       .value = { "v", 1 } });
	put_json(fixture, &origin, &out);
	assert_string_equal(
		strstr(out.data, "\"blocks\""),
		"\"blocks\":[{\"kind\":\"paragraph\",\"level\":1,"
		"\"number\":\"7\",\"role\":\"preambular\","
		"\"anchor\":\"para-7\",\"start\":0,\"end\":3,\"page\":3,"
		"\"language\":\"es\"},{\"kind\":\"paragraph\","
		"\"anchor\":\"p-2\",\"start\":4,\"end\":8,\"page\":3}]}],"
		"\"marks\":[{\"kind\":\"place\",\"start\":0,\"end\":3,"
		"\"value\":\"v\",\"uri\":null}],\"children\":[]}");
}

/* Whether SQLite, which did not write it, counts that many blocks in it. */
static void
expect_block_count(const struct buffer *out, int count)
{
	sqlite3_stmt *statement;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(db,
				   "SELECT count(*) FROM json_tree(?1)"
				   " WHERE key = 'anchor' AND path LIKE "
				   "'%blocks[%'",
				   -1, &statement, NULL),
		SQLITE_OK);
	sqlite3_bind_text(statement, 1, out->data, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(statement, 0), count);
	sqlite3_finalize(statement);
	sqlite3_close(db);
}

static void
deep_and_long_record_is_valid_json(void **state)
{
	struct fixture *fixture = *state;
	const struct record_origin origin = { .name = { "\xff\"\n", 3 } };
	auto_buffer struct buffer out = { 0 };

	for (int part = 0; part < 40; part++) {
		open_part(fixture, DOCKET_PART_ANNEX, "\"\\\x02");
		for (int i = 0; i < 50; i++)
			put_block(fixture, DOCKET_BLOCK_PARAGRAPH, "\x7f\"",
				  "\"\\\t\x1b\xe2\x80\xa8");
	}
	put_json(fixture, &origin, &out);
	expect_block_count(&out, 40 * 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(empty_record_has_all_keys),
		RECORD_TEST(fields_stand_under_their_keys),
		RECORD_TEST(children_are_named_by_their_bytes),
		RECORD_TEST(blocks_stand_in_the_part_they_lie_in),
		RECORD_TEST(block_has_the_members_that_apply),
		RECORD_TEST(deep_and_long_record_is_valid_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
