/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_record_build.c - text, blocks and parts that a parser puts
 */
#include "record_fixture.h"

/* ---- text ---- */

static void
nothing_is_a_record_with_an_empty_body(void **state)
{
	finish(*state);
	expect_text(*state, "");
	expect_parts(*state, "body:0-0 ");
	expect_blocks(*state, "");
}

static void
loose_text_is_paragraphs_between_blank_lines(void **state)
{
	put(*state, "  one\n  still one \n \t\n\n\ntwo\nth");
	put(*state, "ree\n\n");
	finish(*state);
	expect_text(*state, "  one\n  still one \n \t\n\n\ntwo\nthree\n\n");
	expect_blocks(*state, "p-1[one\n  still one] p-2[two\nthree] ");
	expect_parts(*state, "body:0-35 ");
}

static void
text_without_a_line_feed_is_given_one(void **state)
{
	put(*state, "one");
	finish(*state);
	expect_text(*state, "one\n");
	expect_blocks(*state, "p-1[one] ");
}

static void
line_ends_of_all_systems_become_line_feeds(void **state)
{
	put(*state, "a\r\nb\rc\n\rd\r");
	put(*state, "\ne\r");
	put(*state, "\r\nf");
	finish(*state);
	expect_text(*state, "a\nb\nc\n\nd\ne\n\nf\n");
}

static void
control_characters_become_spaces_but_for_layout(void **state)
{
	struct fixture *fixture = *state;

	record_put_text(fixture->builder,
			(struct docket_bytes){ "a\0b\x01\x1b\tc\x7f", 8 });
	finish(fixture);
	expect_text(fixture, "a b  \tc\x7f\n");
	assert_null(
		docket_record_field(&fixture->record, DOCKET_FIELD_WARNING, 0)
			.data);
}

static void
invalid_utf8_is_replaced_and_told_once(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, "a\xff\xc3");
	record_put_field(fixture->builder, DOCKET_FIELD_TITLE,
			 bytes_of("t\xfe"));
	put(fixture, "b");
	finish(fixture);
	expect_text(fixture, "a\xef\xbf\xbd\xef\xbf\xbd"
			     "b\n");
	expect_warning(fixture, 0,
		       "3 sequences were not UTF-8 and were replaced");
}

static void
put_text_returns_where_it_begins(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(record_put_text(fixture->builder, bytes_of("ab")), 0);
	assert_int_equal(record_put_text(fixture->builder, bytes_of("c")), 2);
	open_block(fixture, DOCKET_BLOCK_HEADING, NULL);
	assert_int_equal(record_put_text(fixture->builder, bytes_of("d")), 4);
}

/* ---- blocks ---- */

static void
block_ends_before_the_blanks_at_its_end(void **state)
{
	put_block(*state, DOCKET_BLOCK_HEADING, NULL, "head \n\n");
	put_block(*state, DOCKET_BLOCK_PARAGRAPH, NULL, "a\n");
	put_block(*state, DOCKET_BLOCK_PARAGRAPH, NULL, "b");
	finish(*state);
	expect_text(*state, "head \n\na\nb\n");
	expect_blocks(*state, "h-1[head] p-1[a] p-2[b] ");
}

static void
blocks_and_loose_text_do_not_run_together(void **state)
{
	put(*state, "loose");
	put_block(*state, DOCKET_BLOCK_LINE, NULL, "line");
	put(*state, "more");
	finish(*state);
	expect_text(*state, "loose\nline\nmore\n");
	expect_blocks(*state, "p-1[loose] line-1[line] p-2[more] ");
}

static void
empty_cells_keep_their_place_in_their_row(void **state)
{
	open_block(*state, DOCKET_BLOCK_TABLE, NULL);
	for (int row = 0; row < 2; row++) {
		open_block(*state, DOCKET_BLOCK_ROW, NULL);
		put_block(*state, DOCKET_BLOCK_CELL, NULL, "");
		put_block(*state, DOCKET_BLOCK_CELL, NULL, row ? "x" : "");
		put_block(*state, DOCKET_BLOCK_CELL, NULL, "");
		close_block(*state);
	}
	close_block(*state);
	finish(*state);
	expect_blocks(*state, "table-1[\n\n\n\nx] row-1[] cell-1[] cell-2[] "
			      "cell-3[] row-2[\nx] cell-4[] cell-5[x] "
			      "cell-6[] ");
}

static void
what_stays_open_is_closed_at_the_end(void **state)
{
	open_part(*state, DOCKET_PART_ANNEX, "II");
	open_block(*state, DOCKET_BLOCK_LIST, NULL);
	open_block(*state, DOCKET_BLOCK_ITEM, NULL);
	put(*state, "item");
	finish(*state);
	expect_blocks(*state, "annex-2/list-1[item] annex-2/item-1[item] ");
	expect_parts(*state, "annex-2:0-5 ");
}

static void
closing_what_is_not_open_changes_nothing(void **state)
{
	close_block(*state);
	close_part(*state);
	put(*state, "text");
	close_block(*state);
	close_part(*state);
	finish(*state);
	expect_blocks(*state, "p-1[text] ");
}

static void
nesting_too_deep_is_flattened(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < 40; i++)
		open_part(fixture, DOCKET_PART_APPENDIX, NULL);
	for (int i = 0; i < 40; i++)
		open_block(fixture, DOCKET_BLOCK_LIST, NULL);
	put(fixture, "deep");
	for (int i = 0; i < 39; i++)
		close_block(fixture);
	put_block(fixture, DOCKET_BLOCK_PARAGRAPH, NULL, "second");
	close_block(fixture);
	for (int i = 0; i < 40; i++)
		close_part(fixture);
	put_block(fixture, DOCKET_BLOCK_PARAGRAPH, NULL, "outside");
	finish(fixture);
	assert_int_equal(docket_record_parts(&fixture->record), 33);
	assert_int_equal(docket_record_blocks(&fixture->record), 34);
	assert_null(record_builder_limit(fixture->builder));
}

static void
kinds_that_do_not_exist_become_plain(void **state)
{
	struct fixture *fixture = *state;
	struct docket_block block = { .role = DOCKET_ROLE_COUNT };

	block.kind = (enum docket_block_kind)1000;
	open_part(fixture, (enum docket_part_kind)1000, NULL);
	record_open_block(fixture->builder, &block);
	put(fixture, "text");
	finish(fixture);
	expect_blocks(fixture, "p-1[text] ");
	expect_parts(fixture, "body:0-5 ");
}

/* ---- limits ---- */

static void
expect_limit(struct fixture *fixture, const char *name)
{
	finish(fixture);
	assert_string_equal(record_builder_limit(fixture->builder), name);
}

static void
text_past_its_limit_is_swallowed(void **state)
{
	limit(*state, (struct record_limits){ 8, 10, 10, 10 });
	put(*state, "abc\n\n");
	assert_null(record_builder_limit(((struct fixture *)*state)->builder));
	put(*state, "d\xc3\xa9\xc3\xa9");
	open_part(*state, DOCKET_PART_ANNEX, NULL);
	put_block(*state, DOCKET_BLOCK_ROW, NULL, "swallowed");
	put_block(*state, DOCKET_BLOCK_CELL, NULL, "");
	close_part(*state);
	expect_limit(*state, "text");
	expect_text(*state, "abc\n\nd\xc3\xa9");
	expect_blocks(*state, "p-1[abc] p-2[d\xc3\xa9] ");
}

static void
text_that_grows_when_cleaned_is_held_to_the_limit(void **state)
{
	limit(*state, (struct record_limits){ 8, 10, 10, 10 });
	put(*state, "\xff\xff\xff");
	expect_limit(*state, "text");
	expect_text(*state, "\xef\xbf\xbd\xef\xbf\xbd\n");
}

static void
block_that_meets_the_limit_of_text_is_closed(void **state)
{
	limit(*state, (struct record_limits){ 4, 10, 10, 10 });
	open_part(*state, DOCKET_PART_ANNEX, NULL);
	open_block(*state, DOCKET_BLOCK_TABLE, NULL);
	put(*state, "abc");
	open_block(*state, DOCKET_BLOCK_ROW, NULL);
	open_block(*state, DOCKET_BLOCK_CELL, NULL);
	put(*state, "x");
	expect_limit(*state, "text");
	expect_blocks(*state, "annex-1/table-1[abc] ");
}

static void
blocks_past_their_limit_are_swallowed(void **state)
{
	limit(*state, (struct record_limits){ 1000, 2, 10, 10 });
	put(*state, "a\n\n");
	open_block(*state, DOCKET_BLOCK_LIST, NULL);
	put_block(*state, DOCKET_BLOCK_ITEM, NULL, "b");
	close_block(*state);
	put(*state, "c\n\nd");
	expect_limit(*state, "blocks");
	expect_text(*state, "a\n\nb\nc\n\nd\n");
	expect_blocks(*state, "p-1[a] list-1[b] ");
}

static void
parts_past_their_limit_are_swallowed(void **state)
{
	limit(*state, (struct record_limits){ 1000, 2, 10, 10 });
	for (int i = 0; i < 5; i++) {
		open_part(*state, DOCKET_PART_ANNEX, NULL);
		close_part(*state);
	}
	expect_limit(*state, "parts");
	expect_parts(*state, "annex-1:0-1 annex-2:1-2 ");
}

static void
fields_past_their_limit_are_swallowed(void **state)
{
	struct fixture *fixture = *state;

	limit(fixture, (struct record_limits){ 1000, 10, 10, 2 });
	for (int i = 0; i < 5; i++)
		record_put_field(fixture->builder, DOCKET_FIELD_TITLE,
				 bytes_of(i == 4 ? "last" : "title"));
	assert_null(record_builder_limit(fixture->builder));
	record_put_field(fixture->builder, DOCKET_FIELD_TO, bytes_of("one"));
	record_put_field(fixture->builder, DOCKET_FIELD_TO, bytes_of("two"));
	expect_limit(fixture, "fields");
	expect_bytes(
		docket_record_field(&fixture->record, DOCKET_FIELD_TITLE, 0),
		"last");
	assert_null(
		docket_record_field(&fixture->record, DOCKET_FIELD_TO, 1).data);
}

static void
marks_past_their_limit_are_swallowed(void **state)
{
	struct fixture *fixture = *state;

	limit(fixture, (struct record_limits){ 1000, 10, 2, 10 });
	for (int i = 0; i < 3; i++)
		record_put_mark(fixture->builder, &(struct docket_mark){ 0 });
	expect_limit(fixture, "marks");
	assert_int_equal(docket_record_marks(&fixture->record), 2);
}

static void
strings_have_a_limit_of_their_own(void **state)
{
	struct fixture *fixture = *state;
	size_t size = 600 << 10;
	auto_free char *value = mem_alloc(size);

	limit(fixture, (struct record_limits){ 1000, 10, 10, 10 });
	memset(value, 'x', size);
	for (int i = 0; i < 2; i++)
		record_put_field(fixture->builder, DOCKET_FIELD_TO,
				 (struct docket_bytes){ value, size });
	expect_limit(fixture, "strings");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(nothing_is_a_record_with_an_empty_body),
		RECORD_TEST(loose_text_is_paragraphs_between_blank_lines),
		RECORD_TEST(text_without_a_line_feed_is_given_one),
		RECORD_TEST(line_ends_of_all_systems_become_line_feeds),
		RECORD_TEST(control_characters_become_spaces_but_for_layout),
		RECORD_TEST(invalid_utf8_is_replaced_and_told_once),
		RECORD_TEST(put_text_returns_where_it_begins),
		RECORD_TEST(block_ends_before_the_blanks_at_its_end),
		RECORD_TEST(blocks_and_loose_text_do_not_run_together),
		RECORD_TEST(empty_cells_keep_their_place_in_their_row),
		RECORD_TEST(what_stays_open_is_closed_at_the_end),
		RECORD_TEST(closing_what_is_not_open_changes_nothing),
		RECORD_TEST(nesting_too_deep_is_flattened),
		RECORD_TEST(kinds_that_do_not_exist_become_plain),
		RECORD_TEST(text_past_its_limit_is_swallowed),
		RECORD_TEST(text_that_grows_when_cleaned_is_held_to_the_limit),
		RECORD_TEST(block_that_meets_the_limit_of_text_is_closed),
		RECORD_TEST(blocks_past_their_limit_are_swallowed),
		RECORD_TEST(parts_past_their_limit_are_swallowed),
		RECORD_TEST(fields_past_their_limit_are_swallowed),
		RECORD_TEST(marks_past_their_limit_are_swallowed),
		RECORD_TEST(strings_have_a_limit_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
