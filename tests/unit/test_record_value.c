/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_record_value.c - fields, marks, languages and tokens
 */
#include "record_fixture.h"

static void
single_field_is_replaced_and_others_grow(void **state)
{
	struct fixture *fixture = *state;
	struct record_builder *builder = fixture->builder;

	record_put_field(builder, DOCKET_FIELD_CLASS, bytes_of("note"));
	record_put_field(builder, DOCKET_FIELD_SYMBOL, bytes_of("S/1"));
	record_put_field(builder, DOCKET_FIELD_CLASS, bytes_of("letter"));
	record_put_field(builder, DOCKET_FIELD_SYMBOL, bytes_of("S/2"));
	record_put_field(builder, DOCKET_FIELD_CLASS, bytes_of(" \n"));
	expect_bytes(record_field(builder, DOCKET_FIELD_CLASS, 0), "letter");
	expect_bytes(record_field(builder, DOCKET_FIELD_SYMBOL, 1), "S/2");
	assert_null(record_field(builder, DOCKET_FIELD_SYMBOL, 2).data);
	assert_null(record_field(builder, DOCKET_FIELD_COUNT, 0).data);
	finish(fixture);
	expect_bytes(
		docket_record_field(&fixture->record, DOCKET_FIELD_SYMBOL, 0),
		"S/1");
	assert_null(docket_record_field(&fixture->record, DOCKET_FIELD_CLASS, 1)
			    .data);
}

static void
values_are_on_one_line_without_spaces_around(void **state)
{
	struct fixture *fixture = *state;

	record_put_field(fixture->builder, DOCKET_FIELD_SYMBOL,
			 bytes_of("\tA/1\nB\r "));
	expect_bytes(record_field(fixture->builder, DOCKET_FIELD_SYMBOL, 0),
		     "A/1 B");
}

static void
what_lies_out_of_range_is_left_out_and_told(void **state)
{
	struct fixture *fixture = *state;
	struct record_builder *builder = fixture->builder;

	put(fixture, "\xc3\xa9t\xc3\xa9");
	record_put_mark(builder, &(struct docket_mark){ .end = 6 });
	record_put_mark(builder, &(struct docket_mark){ .end = 1 });
	record_put_mark(builder, &(struct docket_mark){ .start = 3, .end = 2 });
	record_put_mark(builder, &(struct docket_mark){ .start = UINT32_MAX,
							.end = UINT32_MAX });
	record_put_mark(builder, &(struct docket_mark){ .end = 2 });
	record_settle(builder);
	record_set_block_language(builder, 1, "fr");
	record_set_block_language(builder, 0, "no language");
	record_set_block_language(builder, 0, NULL);
	record_set_block_language(builder, 0, "fr-CA");
	record_put_field(builder, DOCKET_FIELD_COUNT, bytes_of("x"));
	finish(fixture);
	assert_int_equal(docket_record_marks(&fixture->record), 1);
	expect_bytes(docket_record_block(&fixture->record, 0).language,
		     "fr-CA");
	expect_bytes(
		docket_record_field(&fixture->record, DOCKET_FIELD_WARNING, 0),
		"4 things put by plugins were out of place and were "
		"left out");
	expect_warning(fixture, 1,
		       "4 things put by plugins were out of place and were "
		       "left out");
}

static void
settled_record_takes_no_text_blocks_or_parts(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, "text");
	record_settle(fixture->builder);
	put(fixture, "late");
	put_block(fixture, DOCKET_BLOCK_ROW, NULL, "late");
	open_part(fixture, DOCKET_PART_ANNEX, NULL);
	close_part(fixture);
	record_put_page(fixture->builder, 3);
	finish(fixture);
	expect_text(fixture, "text\n");
	expect_blocks(fixture, "p-1[text] ");
	expect_warning(fixture, 0,
		       "7 things put by plugins were out of place and were "
		       "left out");
}

static void
annotators_see_the_record_as_it_stands(void **state)
{
	struct fixture *fixture = *state;
	struct docket_block block;

	put_block(fixture, DOCKET_BLOCK_PARAGRAPH, "1.", "text");
	record_settle(fixture->builder);
	expect_bytes(record_text(fixture->builder), "text\n");
	assert_int_equal(record_blocks(fixture->builder), 1);
	block = record_block(fixture->builder, 0);
	assert_int_equal(block.end, 4);
	expect_bytes(block.number, "1.");
	expect_bytes(block.anchor, "para-1");
}

static void
tokens_are_put_one_behind_the_other(void **state)
{
	struct fixture *fixture = *state;

	record_put_tokens(fixture->builder, bytes_of("a =b c "));
	record_put_tokens(fixture->builder, bytes_of("=d e "));
	finish(fixture);
	expect_bytes(docket_record_tokens(&fixture->record), "a =b c =d e ");
}

static void
builder_stays_usable_after_finishing(void **state)
{
	struct fixture *fixture = *state;
	auto_buffer struct buffer first = { 0 };

	put(fixture, "text");
	finish(fixture);
	buffer_put_bytes(&first, buffer_bytes(&fixture->image));
	finish(fixture);
	assert_true(bytes_equal(buffer_bytes(&first),
				buffer_bytes(&fixture->image)));
	record_put_field(fixture->builder, DOCKET_FIELD_TITLE, bytes_of("t"));
	finish(fixture);
	expect_bytes(
		docket_record_field(&fixture->record, DOCKET_FIELD_TITLE, 0),
		"t");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(single_field_is_replaced_and_others_grow),
		RECORD_TEST(values_are_on_one_line_without_spaces_around),
		RECORD_TEST(what_lies_out_of_range_is_left_out_and_told),
		RECORD_TEST(settled_record_takes_no_text_blocks_or_parts),
		RECORD_TEST(annotators_see_the_record_as_it_stands),
		RECORD_TEST(tokens_are_put_one_behind_the_other),
		RECORD_TEST(builder_stays_usable_after_finishing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
