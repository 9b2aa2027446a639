/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_record_place.c - a structure put anew over a text that stays
 */
#include "record_fixture.h"

/* Two paragraphs on two pages, and the structure over them taken away. */
static struct fixture *
clear(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, "Annex\n\nfirst line\n\n\fsecond line");
	record_settle(fixture->builder);
	assert_int_equal(record_blocks(fixture->builder), 3);
	record_clear_structure(fixture->builder);
	return fixture;
}

static void
place_block(struct fixture *fixture, uint32_t start, uint32_t end,
	    const char *number)
{
	struct docket_block block = {
		.start = start,
		.end = end,
		.number = bytes_of(number),
	};

	record_place_block(fixture->builder, &block);
}

static void
place_part(struct fixture *fixture, enum docket_part_kind kind, uint32_t start,
	   uint32_t end)
{
	struct docket_part part = { .start = start, .end = end, .kind = kind };

	record_place_part(fixture->builder, &part);
}

static const char *
find_warning(struct fixture *fixture)
{
	return docket_record_field(&fixture->record, DOCKET_FIELD_WARNING, 0)
		.data;
}

static void
blocks_may_span_lines_and_pages(void **state)
{
	struct fixture *fixture = clear(state);

	place_part(fixture, DOCKET_PART_ANNEX, 0, 32);
	place_block(fixture, 0, 5, "");
	place_block(fixture, 7, 31, "7");
	record_resettle(fixture->builder);
	finish(fixture);
	expect_blocks(fixture, "annex-1/p-1[Annex] "
			       "annex-1/para-7[first line\n\n\fsecond line] ");
	expect_parts(fixture, "annex-1:0-32 ");
	expect_pages(fixture, "1 1 ");
	assert_null(find_warning(fixture));
}

static void
blocks_outside_of_parts_are_given_bodies(void **state)
{
	struct fixture *fixture = clear(state);

	place_block(fixture, 0, 5, "");
	place_block(fixture, 7, 17, "");
	place_part(fixture, DOCKET_PART_ANNEX, 20, 31);
	place_block(fixture, 20, 31, "");
	record_resettle(fixture->builder);
	finish(fixture);
	expect_parts(fixture, "body:0-17 annex-1:20-31 ");
}

static void
what_crosses_or_goes_back_is_left_out(void **state)
{
	struct fixture *fixture = clear(state);

	place_part(fixture, DOCKET_PART_ANNEX, 0, 10);
	place_part(fixture, DOCKET_PART_BODY, 8, 20); /* crosses it */
	place_block(fixture, 0, 5, "");
	place_block(fixture, 3, 9, "");	  /* crosses the one before */
	place_block(fixture, 8, 17, "");  /* crosses the part's edge */
	place_block(fixture, 7, 9, "");	  /* begins before the last one */
	place_block(fixture, 20, 20, ""); /* is nothing */
	place_block(fixture, 20, 99, ""); /* is not there */
	record_resettle(fixture->builder);
	finish(fixture);
	expect_blocks(fixture, "annex-1/p-1[Annex] ");
	expect_parts(fixture, "annex-1:0-10 ");
	assert_memory_equal(find_warning(fixture), "6 things put", 12);
}

static void
field_that_is_cleared_has_no_value(void **state)
{
	struct fixture *fixture = *state;

	record_put_field(fixture->builder, DOCKET_FIELD_TO, bytes_of("one"));
	record_put_field(fixture->builder, DOCKET_FIELD_TO, bytes_of("two"));
	record_clear_field(fixture->builder, DOCKET_FIELD_TO);
	record_put_field(fixture->builder, DOCKET_FIELD_TO, bytes_of("new"));
	assert_memory_equal(
		record_field(fixture->builder, DOCKET_FIELD_TO, 0).data, "new",
		3);
	assert_null(record_field(fixture->builder, DOCKET_FIELD_TO, 1).data);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		RECORD_TEST(blocks_may_span_lines_and_pages),
		RECORD_TEST(blocks_outside_of_parts_are_given_bodies),
		RECORD_TEST(what_crosses_or_goes_back_is_left_out),
		RECORD_TEST(field_that_is_cleared_has_no_value),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
