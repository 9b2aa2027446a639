/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_record_anchor.c - names of parts and blocks
 */
#include "record_fixture.h"

static void
part_is_named_by_its_number_or_its_position(void **state)
{
	static const char *const numbers[] = {
		NULL,
		"IV",
		" xii.",
		"B",
		"C",
		"L",
		"LX",
		"3 (a)",
		"\xd9\xa3", /* Arabic-Indic three */
		"\xe4\xb8\x80",
		"IIII",
		"()",
		"1.2.",
		"\xe2\x80\xae"
		"7",
	};

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		open_part(*state, DOCKET_PART_ENCLOSURE, numbers[i]);
		close_part(*state);
	}
	finish(*state);
	expect_parts(*state,
		     "enclosure-1:0-1 enclosure-4:1-2 enclosure-12:2-3 "
		     "enclosure-b:3-4 enclosure-c:4-5 enclosure-l:5-6 "
		     "enclosure-60:6-7 enclosure-3-a:7-8 enclosure-3:8-9 "
		     "enclosure-\xe4\xb8\x80:9-10 enclosure-iiii:10-11 "
		     "enclosure-12-2:11-12 enclosure-1.2:12-13 "
		     "enclosure-7:13-14 ");
}

static void
nested_part_is_named_behind_the_one_around_it(void **state)
{
	open_part(*state, DOCKET_PART_BODY, NULL);
	open_part(*state, DOCKET_PART_ANNEX, NULL);
	open_part(*state, DOCKET_PART_APPENDIX, "II");
	put_block(*state, DOCKET_BLOCK_PARAGRAPH, "7.", "seven");
	finish(*state);
	expect_parts(*state, "body:0-6 annex-1:0-6 annex-1/appendix-2:0-6 ");
	expect_blocks(*state, "annex-1/appendix-2/para-7[seven] ");
}

static void
block_is_named_by_its_number_or_its_position(void **state)
{
	put_block(*state, DOCKET_BLOCK_HEADING, "I", "head");
	put_block(*state, DOCKET_BLOCK_PARAGRAPH, NULL, "a");
	put_block(*state, DOCKET_BLOCK_PARAGRAPH, "7", "b");
	put_block(*state, DOCKET_BLOCK_PARAGRAPH, NULL, "c");
	put_block(*state, DOCKET_BLOCK_ITEM, "(a)", "d");
	put_block(*state, DOCKET_BLOCK_FOOTNOTE, "1", "e");
	put_block(*state, DOCKET_BLOCK_PARAGRAPH, "7", "f");
	put_block(*state, DOCKET_BLOCK_PARAGRAPH, "7-2", "g");
	put_block(*state, DOCKET_BLOCK_PARAGRAPH, "7", "h");
	put_block(*state, DOCKET_BLOCK_PARAGRAPH, "*", "i");
	finish(*state);
	expect_blocks(*state, "h-1[head] p-1[a] para-7[b] p-3[c] item-1[d] "
			      "footnote-1[e] para-7-2[f] para-7-2-2[g] "
			      "para-7-3[h] p-7[i] ");
}

static int
compare_bytes(const void *a, const void *b)
{
	const struct docket_bytes *left = a;
	const struct docket_bytes *right = b;

	if (left->size != right->size)
		return left->size < right->size ? -1 : 1;
	return memcmp(left->data, right->data, left->size);
}

/* With a quadratic search this would take minutes. */
static void
anchors_are_unique_however_numbers_repeat(void **state)
{
	enum { COUNT = 40000 };
	struct fixture *fixture = *state;
	auto_free struct docket_bytes *anchors =
		mem_alloc_array(COUNT, sizeof(*anchors));
	char number[32];

	for (int i = 0; i < COUNT; i++) {
		snprintf(number, sizeof(number), i % 2 ? "1" : "1-%d", i);
		put_block(fixture, DOCKET_BLOCK_PARAGRAPH, number, "x");
	}
	finish(fixture);
	for (size_t i = 0; i < COUNT; i++)
		anchors[i] = docket_record_block(&fixture->record, i).anchor;
	qsort(anchors, COUNT, sizeof(*anchors), compare_bytes);
	for (size_t i = 1; i < COUNT; i++)
		assert_false(bytes_equal(anchors[i - 1], anchors[i]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(part_is_named_by_its_number_or_its_position),
		RECORD_TEST(nested_part_is_named_behind_the_one_around_it),
		RECORD_TEST(block_is_named_by_its_number_or_its_position),
		RECORD_TEST(anchors_are_unique_however_numbers_repeat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
