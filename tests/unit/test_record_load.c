/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_record_load.c - a builder goes on where the saved one was
 */
#include "record_fixture.h"

#include <errno.h>

#include "record_image.h"

static void
put_mark(struct record_builder *builder, uint32_t start, uint32_t end)
{
	record_put_mark(builder, &(struct docket_mark){
					 .start = start,
					 .end = end,
					 .kind = DOCKET_MARK_LINK,
					 .value = bytes_of("a value"),
					 .uri = bytes_of("mailto:a@b"),
				 });
}

/* With every kind of thing in it, some of which was out of place. */
static void
build_parsed(struct fixture *fixture)
{
	struct record_builder *builder = fixture->builder;

	open_part(fixture, DOCKET_PART_COVER, NULL);
	put_block(fixture, DOCKET_BLOCK_HEADING, NULL, "\xc3\xa9t\xc3\xa9");
	close_part(fixture);
	record_put_page(builder, 7);
	open_part(fixture, DOCKET_PART_ANNEX, "I");
	open_block(fixture, DOCKET_BLOCK_LIST, NULL);
	put_block(fixture, DOCKET_BLOCK_ITEM, "(a)", "one\twith a tab");
	record_put_page(builder, 9);
	put_block(fixture, DOCKET_BLOCK_ITEM, "(b)", "two \xff\xfe");
	put(fixture, "\nloose\n\nand more\fof it");
	record_put_field(builder, DOCKET_FIELD_CLASS, bytes_of("letter"));
	record_put_field(builder, DOCKET_FIELD_CLASS, bytes_of("note"));
	record_put_field(builder, DOCKET_FIELD_TO, bytes_of("\xc3\xa0 tous"));
	record_put_field(builder, DOCKET_FIELD_TO, bytes_of("et toutes"));
	record_put_field(builder, DOCKET_FIELD_WARNING, bytes_of("Careful."));
	put_mark(builder, 0, 2);
	put_mark(builder, 1, 2); /* within a character */
}

/* The name of a child, which was not UTF-8: put after it was settled. */
static void
settle(struct fixture *fixture)
{
	record_settle(fixture->builder);
	record_put_field(fixture->builder, DOCKET_FIELD_CHILD,
			 bytes_of("sha256:0 \xff"));
}

/* As annotators go on: a structure anew, which wants to know of pages. */
static void
annotate(struct record_builder *builder)
{
	struct docket_bytes text = record_text(builder);

	record_clear_structure(builder);
	record_place_part(builder, &(struct docket_part){
					   .end = (uint32_t)text.size,
					   .kind = DOCKET_PART_BODY,
				   });
	for (uint32_t at = 0; at + 9 < text.size; at += 9)
		record_place_block(
			builder,
			&(struct docket_block){ .start = at, .end = at + 5 });
	record_resettle(builder);
	record_set_block_language(builder, 0, "fr");
	record_clear_field(builder, DOCKET_FIELD_TO);
	record_put_field(builder, DOCKET_FIELD_CLASS, bytes_of("resolution"));
	record_put_field(builder, DOCKET_FIELD_TO, bytes_of("nobody"));
	put_mark(builder, 3, 5);
	record_put_tokens(builder, bytes_of("ete =et un deux "));
}

static int
load(struct fixture *fixture, struct docket_bytes saved)
{
	struct record_builder *loaded = NULL;
	int rc = record_load(saved, &ample, &loaded);

	if (rc)
		assert_null(loaded);
	else
		fixture->builder = record_builder_free(fixture->builder);
	if (!rc)
		fixture->builder = loaded;
	return rc;
}

static void
save_and_load(struct fixture *fixture)
{
	auto_buffer struct buffer saved = { 0 };

	record_save(fixture->builder, &saved);
	assert_int_equal(load(fixture, buffer_bytes(&saved)), 0);
}

static void
expect_same_image(struct fixture *one, struct fixture *two)
{
	finish(one);
	finish(two);
	assert_true(bytes_equal(buffer_bytes(&one->image),
				buffer_bytes(&two->image)));
}

/* ---- what was saved well ---- */

static void
loaded_builder_makes_the_same_image(void **state)
{
	struct fixture *fixture = *state;
	struct fixture other = { .builder = record_builder_new(&ample) };

	build_parsed(fixture);
	build_parsed(&other);
	settle(fixture);
	settle(&other);
	save_and_load(fixture);
	expect_same_image(fixture, &other);
	save_and_load(fixture); /* of a finished one, too */
	expect_same_image(fixture, &other);
	record_builder_free(other.builder);
	buffer_fini(&other.image);
}

static void
what_is_added_to_a_loaded_builder_is_the_same(void **state)
{
	struct fixture *fixture = *state;
	struct fixture other = { .builder = record_builder_new(&ample) };

	build_parsed(fixture);
	build_parsed(&other);
	settle(fixture);
	settle(&other);
	save_and_load(fixture);
	annotate(fixture->builder);
	annotate(other.builder);
	expect_same_image(fixture, &other);
	save_and_load(fixture);
	expect_same_image(fixture, &other);
	record_builder_free(other.builder);
	buffer_fini(&other.image);
}

static void
empty_record_is_loaded(void **state)
{
	struct fixture *fixture = *state;

	save_and_load(fixture);
	finish(fixture);
	expect_text(fixture, "");
}

static void
no_text_may_be_put_into_what_was_loaded(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, "A letter.");
	save_and_load(fixture);
	put(fixture, "More.");
	finish(fixture);
	expect_text(fixture, "A letter.\n");
	expect_warning(fixture, 0,
		       "1 things put by plugins were out of place "
		       "and were left out");
}

static void
strings_count_from_before_the_loading(void **state)
{
	struct fixture *fixture = *state;
	auto_free char *value = mem_alloc(1 << 20);

	memset(value, 'x', 1 << 20);
	record_put_field(fixture->builder, DOCKET_FIELD_TITLE,
			 (struct docket_bytes){ value, 1 << 20 });
	save_and_load(fixture);
	for (int i = 0; i < 2; i++) {
		assert_null(record_builder_limit(fixture->builder));
		record_put_field(fixture->builder, DOCKET_FIELD_TITLE,
				 (struct docket_bytes){ value, 1 << 20 });
	}
	assert_string_equal(record_builder_limit(fixture->builder), "strings");
}

static void
fields_count_from_before_the_loading(void **state)
{
	struct fixture *fixture = *state;

	for (uint32_t i = 0; i < ample.fields; i++)
		record_put_field(fixture->builder, DOCKET_FIELD_TO,
				 bytes_of("all"));
	save_and_load(fixture);
	assert_null(record_builder_limit(fixture->builder));
	record_put_field(fixture->builder, DOCKET_FIELD_TO, bytes_of("one"));
	assert_string_equal(record_builder_limit(fixture->builder), "fields");
}

/* ---- what was not ---- */

static void
nothing_less_than_all_of_it_is_loaded(void **state)
{
	struct fixture *fixture = *state;
	auto_buffer struct buffer saved = { 0 };

	build_parsed(fixture);
	record_save(fixture->builder, &saved);
	for (size_t size = 0; size < saved.size; size++) {
		/* Of its own size, so that a read past the end is found. */
		auto_free char *cut = mem_dup(saved.data, size);

		assert_int_equal(
			load(fixture, (struct docket_bytes){ cut, size }),
			-EBADMSG);
	}
}

/* Whatever a byte of it becomes, what is loaded can be worked with. */
static void
spoilt_record_is_refused_or_one_to_work_with(void **state)
{
	static const char spoils[] = { '\0', '\1', '\x7f', '\xff' };
	struct fixture *fixture = *state;
	auto_buffer struct buffer saved = { 0 };

	build_parsed(fixture);
	record_save(fixture->builder, &saved);
	for (size_t at = 0; at < saved.size * ARRAY_SIZE(spoils); at++) {
		auto_free char *spoilt = mem_dup(saved.data, saved.size);

		spoilt[at / ARRAY_SIZE(spoils)] =
			spoils[at % ARRAY_SIZE(spoils)];
		if (load(fixture, (struct docket_bytes){ spoilt, saved.size }))
			continue;
		annotate(fixture->builder);
		finish(fixture);
	}
}

static void
expect_refused(struct fixture *fixture, const struct record_limits *limits)
{
	auto_buffer struct buffer saved = { 0 };
	struct record_builder *loaded = NULL;

	record_save(fixture->builder, &saved);
	assert_int_equal(record_load(buffer_bytes(&saved), limits, &loaded),
			 -EBADMSG);
	assert_null(loaded);
}

static void
more_than_the_limits_allow_is_not_loaded(void **state)
{
	struct fixture *fixture = *state;

	build_parsed(fixture);
	for (int i = 0; i < 3; i++) {
		struct record_limits limits = ample;

		if (i == 0)
			limits.text_bytes = 20;
		else if (i == 1)
			limits.blocks = 3;
		else
			limits.marks = 0;
		expect_refused(fixture, &limits);
	}
}

/* Plugins count on texts without controls; no builder lets one through. */
static void
record_with_controls_is_not_loaded(void **state)
{
	struct fixture *fixture = *state;
	auto_buffer struct buffer saved = { 0 };
	char *text;

	put(fixture, "A letter.");
	record_save(fixture->builder, &saved);
	text = memmem(saved.data, saved.size, "letter", 6);
	assert_non_null(text);
	text[2] = '\r';
	assert_int_equal(load(fixture, buffer_bytes(&saved)), -EBADMSG);
	text[2] = '\t';
	assert_int_equal(load(fixture, buffer_bytes(&saved)), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(loaded_builder_makes_the_same_image),
		RECORD_TEST(what_is_added_to_a_loaded_builder_is_the_same),
		RECORD_TEST(empty_record_is_loaded),
		RECORD_TEST(no_text_may_be_put_into_what_was_loaded),
		RECORD_TEST(strings_count_from_before_the_loading),
		RECORD_TEST(fields_count_from_before_the_loading),
		RECORD_TEST(nothing_less_than_all_of_it_is_loaded),
		RECORD_TEST(spoilt_record_is_refused_or_one_to_work_with),
		RECORD_TEST(more_than_the_limits_allow_is_not_loaded),
		RECORD_TEST(record_with_controls_is_not_loaded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
