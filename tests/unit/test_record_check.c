/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_record_check.c - what is not a record does not open
 */
#include "record_fixture.h"

#include <errno.h>

#include "record_image.h"

/* A record with something in every section, finished and opened. */
static void
build_sample(struct fixture *fixture)
{
	struct record_builder *builder = fixture->builder;

	open_part(fixture, DOCKET_PART_COVER, NULL);
	put_block(fixture, DOCKET_BLOCK_HEADING, NULL, "\xc3\xa9t\xc3\xa9");
	close_part(fixture);
	open_part(fixture, DOCKET_PART_ANNEX, "I");
	open_block(fixture, DOCKET_BLOCK_LIST, NULL);
	put_block(fixture, DOCKET_BLOCK_ITEM, "(a)", "one");
	put_block(fixture, DOCKET_BLOCK_ITEM, "(b)", "two");
	record_put_field(builder, DOCKET_FIELD_CLASS, bytes_of("letter"));
	record_put_field(builder, DOCKET_FIELD_TO, bytes_of("\xc3\xa0 tous"));
	record_put_field(builder, DOCKET_FIELD_TO, bytes_of("et toutes"));
	record_put_mark(builder, &(struct docket_mark){ .start = 2, .end = 3 });
	record_put_tokens(builder, bytes_of("ete =et un deux "));
	finish(fixture);
}

static struct record_header *
get_header(struct fixture *fixture)
{
	return (struct record_header *)fixture->image.data;
}

static void *
get_items(struct fixture *fixture, enum image_section_kind kind)
{
	return fixture->image.data + get_header(fixture)->sections[kind].offset;
}

static void
expect_refusal(struct fixture *fixture)
{
	struct docket_record record = { 0 };

	assert_int_equal(record_open(buffer_bytes(&fixture->image), &record),
			 -EBADMSG);
	assert_null(record.base);
}

/* Refused while a number of the image has that value, good with its own. */
static void
expect_refused_value(struct fixture *fixture, void *place, uint32_t value)
{
	struct docket_record record;
	uint32_t good;

	memcpy(&good, place, sizeof(good));
	memcpy(place, &value, sizeof(value));
	expect_refusal(fixture);
	memcpy(place, &good, sizeof(good));
	assert_int_equal(record_open(buffer_bytes(&fixture->image), &record),
			 0);
}

#define REFUSE(fixture, member, value) \
	expect_refused_value(fixture, (char *)&(member), value)

static void
record_opens_wherever_it_lies(void **state)
{
	struct fixture *fixture = *state;
	struct docket_record record;
	auto_free char *moved = NULL;

	build_sample(fixture);
	moved = mem_alloc(fixture->image.size + 1);
	memcpy(moved + 1, fixture->image.data, fixture->image.size);
	assert_int_equal(
		record_open(
			(struct docket_bytes){ moved + 1, fixture->image.size },
			&record),
		0);
	expect_bytes(docket_record_field(&record, DOCKET_FIELD_TO, 1),
		     "et toutes");
	assert_int_equal(docket_record_block(&record, 2).end,
			 docket_record_block(&record, 2).start + 3);
}

static void
record_that_is_cut_or_longer_is_refused(void **state)
{
	struct fixture *fixture = *state;
	size_t size;

	build_sample(fixture);
	size = fixture->image.size;
	for (fixture->image.size = 0; fixture->image.size < size;
	     fixture->image.size++)
		expect_refusal(fixture);
	buffer_put(&fixture->image, "\0\0\0\0\0\0\0", 8);
	expect_refusal(fixture);
}

static void
header_that_lies_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct record_header *header;

	build_sample(fixture);
	header = get_header(fixture);
	REFUSE(fixture, header->magic[0], 0);
	REFUSE(fixture, header->version, RECORD_VERSION + 1);
	REFUSE(fixture, header->size, header->size + 8);
	for (int i = 0; i < IMAGE_SECTION_COUNT; i++) {
		struct image_section *section = &header->sections[i];

		REFUSE(fixture, section->offset, section->offset + 1);
		REFUSE(fixture, section->offset, section->offset + 8);
		REFUSE(fixture, section->offset, UINT32_MAX - 7);
		REFUSE(fixture, section->offset, 0);
		REFUSE(fixture, section->count, section->count + 8);
		REFUSE(fixture, section->count, UINT32_MAX);
	}
}

static void
text_that_is_not_utf8_is_refused(void **state)
{
	struct fixture *fixture = *state;
	char *text;
	char *strings;

	build_sample(fixture);
	text = get_items(fixture, IMAGE_TEXT);
	REFUSE(fixture, text[0], 0x7474a9c3 ^ 0xff);
	strings = get_items(fixture, IMAGE_STRINGS);
	REFUSE(fixture, strings[0], 0xffffffff);
}

static void
fields_out_of_order_or_range_are_refused(void **state)
{
	struct fixture *fixture = *state;
	struct image_field *fields;
	uint32_t size;

	build_sample(fixture);
	fields = get_items(fixture, IMAGE_FIELDS);
	size = (uint32_t)get_header(fixture)->sections[IMAGE_STRINGS].count;
	REFUSE(fixture, fields[0].field, DOCKET_FIELD_COUNT);
	REFUSE(fixture, fields[0].field, DOCKET_FIELD_SIGNATORY);
	REFUSE(fixture, fields[0].value.at, size);
	REFUSE(fixture, fields[0].value.at, UINT32_MAX);
	REFUSE(fixture, fields[0].value.size, UINT32_MAX);
	REFUSE(fixture, fields[0].value.size, size + 1);
	/* into the middle of a character */
	REFUSE(fixture, fields[1].value.at, fields[1].value.at + 1);
	REFUSE(fixture, fields[1].value.size, 1);
	/* a single field twice */
	fields[1].field = DOCKET_FIELD_CLASS;
	expect_refusal(fixture);
}

static void
parts_that_cross_or_stray_are_refused(void **state)
{
	struct fixture *fixture = *state;
	struct image_part *parts;
	uint32_t size;

	build_sample(fixture);
	parts = get_items(fixture, IMAGE_PARTS);
	size = (uint32_t)get_header(fixture)->sections[IMAGE_TEXT].count;
	REFUSE(fixture, parts[0].kind, DOCKET_PART_KIND_COUNT);
	REFUSE(fixture, parts[0].range.start, 1); /* inside a character */
	REFUSE(fixture, parts[0].range.end, parts[1].range.start + 1);
	REFUSE(fixture, parts[0].range.end, 3); /* inside a block */
	REFUSE(fixture, parts[1].range.end, size + 1);
	REFUSE(fixture, parts[1].range.start, size);
	REFUSE(fixture, parts[1].anchor.at, UINT32_MAX);
	REFUSE(fixture, parts[1].title.size, UINT32_MAX);
	REFUSE(fixture, parts[1].number.at, UINT32_MAX);
	/* the second before the first */
	parts[0].range = parts[1].range;
	parts[1].range = (struct image_range){ 0, 6 };
	expect_refusal(fixture);
}

static void
blocks_that_cross_or_stray_are_refused(void **state)
{
	struct fixture *fixture = *state;
	struct image_block *blocks;

	build_sample(fixture);
	blocks = get_items(fixture, IMAGE_BLOCKS);
	REFUSE(fixture, blocks[0].kind, DOCKET_BLOCK_KIND_COUNT);
	REFUSE(fixture, blocks[0].role, DOCKET_ROLE_COUNT);
	REFUSE(fixture, blocks[0].range.end, 1); /* inside a character */
	REFUSE(fixture, blocks[0].range.end, 7); /* into the next part */
	REFUSE(fixture, blocks[1].range.end, blocks[3].range.end - 1);
	REFUSE(fixture, blocks[2].range.end, blocks[3].range.start + 1);
	REFUSE(fixture, blocks[3].range.start, blocks[2].range.start - 1);
	REFUSE(fixture, blocks[3].range.end, UINT32_MAX);
	REFUSE(fixture, blocks[3].anchor.at, UINT32_MAX);
	REFUSE(fixture, blocks[3].number.at, UINT32_MAX);
	REFUSE(fixture, blocks[3].language.size, UINT32_MAX);
}

static void
marks_out_of_range_are_refused(void **state)
{
	struct fixture *fixture = *state;
	struct image_mark *mark;

	build_sample(fixture);
	mark = get_items(fixture, IMAGE_MARKS);
	REFUSE(fixture, mark->kind, DOCKET_MARK_KIND_COUNT);
	REFUSE(fixture, mark->range.start, 4); /* behind its end */
	REFUSE(fixture, mark->range.start, 1);
	REFUSE(fixture, mark->range.end, 4);
	REFUSE(fixture, mark->value.at, UINT32_MAX);
	REFUSE(fixture, mark->uri.size, UINT32_MAX);
}

/* Give the sample, whose tokens are last, others. */
static void
set_tokens(struct fixture *fixture, struct docket_bytes tokens)
{
	struct record_header *header = get_header(fixture);
	struct image_section *section = &header->sections[IMAGE_TOKENS];

	fixture->image.size = section->offset;
	section->count = (uint32_t)tokens.size;
	header->size = (uint32_t)(section->offset + (tokens.size + 7) / 8 * 8);
	buffer_put_bytes(&fixture->image, tokens);
	buffer_put(&fixture->image, "\0\0\0\0\0\0\0", -tokens.size % 8);
}

static void
whoever_has_no_use_for_tokens_is_given_none(void **state)
{
	struct fixture *fixture = *state;
	struct docket_bytes image;

	build_sample(fixture);
	set_tokens(fixture, bytes_of("no end"));
	image = buffer_bytes(&fixture->image);
	expect_refusal(fixture);
	assert_int_equal(record_open_without_tokens(image, &fixture->record),
			 0);
	assert_int_equal(docket_record_tokens(&fixture->record).size, 0);
	get_header(fixture)->size++;
	assert_int_equal(record_open_without_tokens(image, &fixture->record),
			 -EBADMSG);
}

static void
tokens_that_are_no_list_are_refused(void **state)
{
	static const char *const wrong[] = { " ",    "a",     "a  b ",
					     " a ",  "=a ",   "= ",
					     "a = ", "\xff ", "a b" };
	struct fixture *fixture = *state;
	char wide[257];

	build_sample(fixture);
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		set_tokens(fixture, bytes_of(wrong[i]));
		expect_refusal(fixture);
	}
	memset(wide, 'a', sizeof(wide));
	wide[256] = ' ';
	set_tokens(fixture, (struct docket_bytes){ wide, 257 });
	expect_refusal(fixture);
	set_tokens(fixture, (struct docket_bytes){ wide + 1, 256 });
	assert_int_equal(
		record_open(buffer_bytes(&fixture->image), &fixture->record),
		0);
	assert_int_equal(docket_record_tokens(&fixture->record).size, 256);
}

/* As deep as a record may nest, and one deeper. */
static void
nesting_too_deep_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct image_block *blocks;

	put(fixture, "text");
	for (int i = 0; i < IMAGE_DEPTH; i++)
		put_block(fixture, DOCKET_BLOCK_PARAGRAPH, NULL, "x");
	finish(fixture);
	blocks = get_items(fixture, IMAGE_BLOCKS);
	for (int i = 0; i <= IMAGE_DEPTH; i++)
		blocks[i].range = (struct image_range){ 0, 4 };
	expect_refusal(fixture);
	blocks[IMAGE_DEPTH].range = (struct image_range){ 4, 5 };
	assert_int_equal(
		record_open(buffer_bytes(&fixture->image), &fixture->record),
		0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(record_opens_wherever_it_lies),
		RECORD_TEST(record_that_is_cut_or_longer_is_refused),
		RECORD_TEST(header_that_lies_is_refused),
		RECORD_TEST(text_that_is_not_utf8_is_refused),
		RECORD_TEST(fields_out_of_order_or_range_are_refused),
		RECORD_TEST(parts_that_cross_or_stray_are_refused),
		RECORD_TEST(blocks_that_cross_or_stray_are_refused),
		RECORD_TEST(marks_out_of_range_are_refused),
		RECORD_TEST(whoever_has_no_use_for_tokens_is_given_none),
		RECORD_TEST(tokens_that_are_no_list_are_refused),
		RECORD_TEST(nesting_too_deep_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
