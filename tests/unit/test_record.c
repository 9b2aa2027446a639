/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_record.c - an open record read in place
 */
#include "record_fixture.h"

#include "record_image.h"

static void
values_of_a_field_are_found_by_index(void **state)
{
	struct fixture *fixture = *state;
	struct record_builder *builder = fixture->builder;

	record_put_field(builder, DOCKET_FIELD_WARNING, bytes_of("w"));
	record_put_field(builder, DOCKET_FIELD_TO, bytes_of("a"));
	record_put_field(builder, DOCKET_FIELD_LANGUAGE, bytes_of("fr"));
	record_put_field(builder, DOCKET_FIELD_TO, bytes_of("b"));
	finish(fixture);
	expect_bytes(
		docket_record_field(&fixture->record, DOCKET_FIELD_LANGUAGE, 0),
		"fr");
	expect_bytes(docket_record_field(&fixture->record, DOCKET_FIELD_TO, 0),
		     "a");
	expect_bytes(docket_record_field(&fixture->record, DOCKET_FIELD_TO, 1),
		     "b");
	expect_bytes(
		docket_record_field(&fixture->record, DOCKET_FIELD_WARNING, 0),
		"w");
}

static void
field_without_values_has_no_data(void **state)
{
	struct fixture *fixture = *state;

	finish(fixture);
	for (unsigned field = 0; field <= DOCKET_FIELD_COUNT; field++)
		assert_null(
			docket_record_field(&fixture->record, field, 0).data);
	record_put_field(fixture->builder, DOCKET_FIELD_TO, bytes_of("a"));
	finish(fixture);
	for (unsigned field = 0; field <= DOCKET_FIELD_COUNT; field++)
		assert_null(
			docket_record_field(&fixture->record, field, 1).data);
	assert_null(
		docket_record_field(&fixture->record, DOCKET_FIELD_TO, SIZE_MAX)
			.data);
}

static void
what_was_put_is_read(void **state)
{
	struct fixture *fixture = *state;
	const struct docket_block heading = {
		.kind = DOCKET_BLOCK_HEADING,
		.role = DOCKET_ROLE_OPERATIVE,
		.level = 2,
		.number = { "3", 1 },
		.language = { "es", 2 },
	};
	const struct docket_part annex = {
		.kind = DOCKET_PART_ANNEX,
		.number = { "I", 1 },
		.title = { "Title", 5 },
	};
	struct docket_block block;
	struct docket_part part;
	struct docket_mark mark;

	record_open_part(fixture->builder, &annex);
	record_put_page(fixture->builder, 5);
	record_open_block(fixture->builder, &heading);
	put(fixture, "Texto");
	record_put_mark(fixture->builder,
			&(struct docket_mark){ .start = 1,
					       .end = 3,
					       .kind = DOCKET_MARK_DATE,
					       .value = { "2003", 4 },
					       .uri = { "/akn", 4 } });
	finish(fixture);

	block = docket_record_block(&fixture->record, 0);
	assert_int_equal(block.end, 5);
	assert_int_equal(block.kind, DOCKET_BLOCK_HEADING);
	assert_int_equal(block.role, DOCKET_ROLE_OPERATIVE);
	assert_int_equal(block.level, 2);
	assert_int_equal(block.page, 5);
	expect_bytes(block.number, "3");
	expect_bytes(block.language, "es");
	part = docket_record_part(&fixture->record, 0);
	assert_int_equal(part.kind, DOCKET_PART_ANNEX);
	expect_bytes(part.number, "I");
	expect_bytes(part.title, "Title");
	mark = docket_record_mark(&fixture->record, 0);
	assert_int_equal(mark.start, 1);
	assert_int_equal(mark.end, 3);
	assert_int_equal(mark.kind, DOCKET_MARK_DATE);
	expect_bytes(mark.value, "2003");
	expect_bytes(mark.uri, "/akn");
}

static void
every_number_has_a_name_and_the_next_none(void **state)
{
	(void)state;
	for (unsigned i = 0; i < DOCKET_PART_KIND_COUNT; i++)
		assert_non_null(record_part_kind_name(i));
	for (unsigned i = 0; i < DOCKET_BLOCK_KIND_COUNT; i++)
		assert_non_null(record_block_kind_name(i));
	for (unsigned i = 0; i < DOCKET_ROLE_COUNT; i++)
		assert_non_null(record_block_role_name(i));
	for (unsigned i = 0; i < DOCKET_MARK_KIND_COUNT; i++)
		assert_non_null(record_mark_kind_name(i));
	assert_null(record_part_kind_name(DOCKET_PART_KIND_COUNT));
	assert_null(record_block_kind_name(DOCKET_BLOCK_KIND_COUNT));
	assert_null(record_block_role_name(DOCKET_ROLE_COUNT));
	assert_null(record_mark_kind_name(DOCKET_MARK_KIND_COUNT));
}

static void
only_lists_of_people_and_things_are_multiple(void **state)
{
	(void)state;
	assert_true(record_field_is_single(DOCKET_FIELD_TITLE));
	assert_true(record_field_is_single(DOCKET_FIELD_PARSER));
	assert_false(record_field_is_single(DOCKET_FIELD_SYMBOL));
	assert_false(record_field_is_single(DOCKET_FIELD_WARNING));
	assert_false(record_field_is_single(DOCKET_FIELD_COUNT));
}

#define OUT RECORD_WALK_OUTSIDE
#define CROSS RECORD_WALK_CROSSING

/* body [0,10) with annex [2,5) and annex [5,8) in it, annex [10,12). */
static void
range_lies_in_the_innermost_part_or_in_none(void **state)
{
	static const struct image_part parts[] = {
		{ .range = { 0, 10 } },
		{ .range = { 2, 5 } },
		{ .range = { 5, 8 } },
		{ .range = { 10, 12 } },
	};
	static const struct {
		struct image_range range;
		int64_t part;
	} cases[] = {
		{ { 0, 1 }, 0 },      { { 1, 3 }, CROSS }, { { 2, 5 }, 1 },
		{ { 3, 4 }, 1 },      { { 4, 6 }, CROSS }, { { 5, 5 }, 2 },
		{ { 5, 8 }, 2 },      { { 8, 8 }, 2 },	   { { 8, 10 }, 0 },
		{ { 9, 11 }, CROSS }, { { 10, 10 }, 3 },   { { 12, 12 }, 3 },
		{ { 12, 13 }, OUT },  { { 13, 14 }, OUT },
	};
	struct record_walk walk = { .parts = parts, .count = 4 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(record_walk_part(&walk, cases[i].range),
				 cases[i].part);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(values_of_a_field_are_found_by_index),
		RECORD_TEST(field_without_values_has_no_data),
		RECORD_TEST(what_was_put_is_read),
		RECORD_TEST(every_number_has_a_name_and_the_next_none),
		RECORD_TEST(only_lists_of_people_and_things_are_multiple),
		RECORD_TEST(range_lies_in_the_innermost_part_or_in_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
