/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_record_settle.c - loose text, parts and pages put in order
 */
#include "record_fixture.h"

/* ---- parts ---- */

static void
text_outside_of_parts_is_given_bodies(void **state)
{
	put(*state, "first\n\nsecond\n\n");
	open_part(*state, DOCKET_PART_ANNEX, "I");
	put(*state, "annexed");
	close_part(*state);
	put(*state, "\n\n");
	open_part(*state, DOCKET_PART_ANNEX, "II");
	close_part(*state);
	put(*state, "last");
	finish(*state);
	expect_text(*state, "first\n\nsecond\n\nannexed\n\n\n\nlast\n");
	expect_blocks(*state, "p-1[first] p-2[second] annex-1/p-1[annexed] "
			      "p-1-2[last] ");
	expect_parts(*state, "body:0-13 annex-1:15-23 annex-2:25-26 "
			     "body-2:26-30 ");
}

static void
part_closes_the_blocks_in_it(void **state)
{
	open_part(*state, DOCKET_PART_COVER, NULL);
	open_block(*state, DOCKET_BLOCK_LIST, NULL);
	open_block(*state, DOCKET_BLOCK_ITEM, NULL);
	put(*state, "in the cover");
	open_part(*state, DOCKET_PART_BODY, NULL);
	put(*state, "in a part of it");
	close_part(*state);
	close_part(*state);
	open_part(*state, DOCKET_PART_BODY, NULL);
	put(*state, "in the body");
	finish(*state);
	expect_blocks(*state, "list-1[in the cover] item-1[in the cover] "
			      "p-1[in a part of it] p-1-2[in the body] ");
	expect_parts(*state, "cover:0-29 body:13-29 body-2:29-41 ");
}

/* ---- pages ---- */

static void
form_feed_ends_a_paragraph_and_a_page(void **state)
{
	put(*state, "one\n\ntwo\fthree\nfour\f\ffive");
	finish(*state);
	expect_blocks(*state, "p-1[one] p-2[two] p-3[three\nfour] p-4[five] ");
	expect_pages(*state, "1 1 2 4 ");
}

static void
without_page_breaks_the_page_is_unknown(void **state)
{
	put(*state, "one\n\ntwo\n");
	finish(*state);
	expect_pages(*state, "0 0 ");
}

static void
parser_says_the_page_from_here_on(void **state)
{
	struct fixture *fixture = *state;

	put(fixture, "before\n\n");
	record_put_page(fixture->builder, 3);
	record_put_page(fixture->builder, 4);
	put(fixture, "four\n\nfour\n\f");
	put_block(fixture, DOCKET_BLOCK_HEADING, NULL, "five");
	record_put_page(fixture->builder, 9);
	put(fixture, "nine");
	finish(fixture);
	expect_pages(fixture, "0 4 4 5 9 ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(text_outside_of_parts_is_given_bodies),
		RECORD_TEST(part_closes_the_blocks_in_it),
		RECORD_TEST(form_feed_ends_a_paragraph_and_a_page),
		RECORD_TEST(without_page_breaks_the_page_is_unknown),
		RECORD_TEST(parser_says_the_page_from_here_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
