/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_outline.c - a record for people: its fields, its parts and blocks
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "outline.h"

static const struct record_limits limits = { 1 << 20, 1000, 1000, 1000 };

/* A record, and the image that it lends from. */
struct fixture {
	struct buffer image;
	struct docket_record record;
};

/* Takes the builder. */
static void
finish(struct fixture *fixture, struct record_builder *builder)
{
	*fixture = (struct fixture){ .image = { 0 } };
	record_settle(builder);
	record_finish(builder, &fixture->image);
	record_builder_free(builder);
	assert_int_equal(
		record_open(buffer_bytes(&fixture->image), &fixture->record),
		0);
}

static void
put_block(struct record_builder *builder, const char *text,
	  struct docket_block block)
{
	record_open_block(builder, &block);
	record_put_text(builder, bytes_of(text));
	record_close_block(builder);
}

/* Thirteen paragraphs without number, the second on page 4, and an annex. */
static void
make_letter(struct fixture *fixture)
{
	struct record_builder *builder = record_builder_new(&limits);
	struct docket_part body = { .kind = DOCKET_PART_BODY };
	struct docket_part annex = { .kind = DOCKET_PART_ANNEX,
				     .number = bytes_of("II"),
				     .title = bytes_of("A list") };
	struct docket_block numbered = { .number = bytes_of("7") };

	record_open_part(builder, &body);
	for (int i = 0; i < 13; i++) {
		record_put_page(builder, i == 1 ? 4 : 0);
		put_block(builder, "Text.", (struct docket_block){ 0 });
	}
	record_close_part(builder);
	record_put_page(builder, 5);
	record_open_part(builder, &annex);
	put_block(builder, "Seventh.", numbered);
	record_close_part(builder);
	finish(fixture, builder);
}

static void
assert_place(const struct fixture *fixture, size_t block, const char *expected)
{
	auto_buffer struct buffer out = { 0 };

	outline_put_place(&out, &fixture->record, block);
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
}

static void
place_is_told_by_printed_numbers_or_else_by_position(void **state)
{
	struct fixture letter;

	(void)state;
	make_letter(&letter);
	assert_place(&letter, 0, "1st paragraph");
	assert_place(&letter, 1, "2nd paragraph, page 4");
	assert_place(&letter, 2, "3rd paragraph");
	assert_place(&letter, 3, "4th paragraph");
	assert_place(&letter, 10, "11th paragraph");
	assert_place(&letter, 11, "12th paragraph");
	assert_place(&letter, 13, "annex II, paragraph 7, page 5");
	buffer_fini(&letter.image);
}

static void
anchor_finds_a_block_or_a_part(void **state)
{
	struct fixture letter;
	struct docket_bytes text;

	(void)state;
	make_letter(&letter);
	assert_true(outline_find(&letter.record, "annex-2/para-7", &text));
	assert_memory_equal(text.data, "Seventh.", 8);
	assert_true(outline_find(&letter.record, "annex-2", &text));
	assert_memory_equal(text.data, "Seventh.", 8);
	assert_false(outline_find(&letter.record, "annex-3", &text));
	assert_false(outline_find(&letter.record, "", &text));
	buffer_fini(&letter.image);
}

static void
every_part_and_block_has_a_line(void **state)
{
	struct output out = { .fd = -1 };
	struct fixture letter;
	size_t lines = 0;

	(void)state;
	make_letter(&letter);
	outline_print_tree(&out, &letter.record);
	for (size_t i = 0; i < out.text.size; i++)
		lines += out.text.data[i] == '\n';
	assert_int_equal(lines, docket_record_parts(&letter.record) +
					docket_record_blocks(&letter.record));
	buffer_put(&out.text, "", 1);
	assert_non_null(strstr(out.text.data,
			       "annex-2               A list\n"
			       "  annex-2/para-7      Seventh."));
	output_fini(&out);
	buffer_fini(&letter.image);
}

static void
lines_fit_however_deep_blocks_are(void **state)
{
	struct record_builder *builder = record_builder_new(&limits);
	struct docket_block list = { .kind = DOCKET_BLOCK_LIST };
	struct output out = { .fd = -1, .columns = 40 };
	struct fixture deep;
	size_t begin = 0;

	(void)state;
	for (int i = 0; i < 31; i++) {
		record_open_block(builder, &list);
		record_put_text(builder, bytes_of("A text that is long "));
	}
	for (int i = 0; i < 31; i++)
		record_close_block(builder);
	finish(&deep, builder);
	outline_print_tree(&out, &deep.record);
	for (size_t i = 0; i < out.text.size; i++) {
		if (out.text.data[i] != '\n')
			continue;
		assert_true(print_measure((struct docket_bytes){
				    out.text.data + begin, i - begin }) <= 40);
		begin = i + 1;
	}
	output_fini(&out);
	buffer_fini(&deep.image);
}

static void
fields_have_a_line_for_each_value(void **state)
{
	struct record_builder *builder = record_builder_new(&limits);
	struct output out = { .fd = -1 };
	struct fixture letter;

	(void)state;
	record_put_text(builder, bytes_of("Text."));
	record_put_field(builder, DOCKET_FIELD_SYMBOL, bytes_of("A/1"));
	record_put_field(builder, DOCKET_FIELD_SYMBOL, bytes_of("S/2"));
	record_put_field(builder, DOCKET_FIELD_TITLE, bytes_of("A title"));
	finish(&letter, builder);
	outline_print_fields(&out, &letter.record);
	buffer_put(&out.text, "", 1);
	assert_string_equal(out.text.data, "title         A title\n"
					   "symbol        A/1\n"
					   "symbol        S/2\n");
	output_fini(&out);
	buffer_fini(&letter.image);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			place_is_told_by_printed_numbers_or_else_by_position),
		cmocka_unit_test(anchor_finds_a_block_or_a_part),
		cmocka_unit_test(every_part_and_block_has_a_line),
		cmocka_unit_test(lines_fit_however_deep_blocks_are),
		cmocka_unit_test(fields_have_a_line_for_each_value),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
