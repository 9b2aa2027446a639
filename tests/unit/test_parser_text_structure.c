/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_text_structure.c - numbers, lists, and the little of Markdown */
#include "parser_text_outline.h"

static void
numbers_count_from_one_to_two_at_least(void **state)
{
	(void)state;
	outline_assert("1. First.\n\n2. Second.\n\n3. Third.\n",
		       "P#1 1. First.\nP#2 2. Second.\nP#3 3. Third.\n");
	outline_assert("1. Alone.\n\nText.\n", "P 1. Alone.\nP Text.\n");
	outline_assert("12. First.\n\n13. Second.\n",
		       "P 12. First.\nP 13. Second.\n");
}

static void
runs_of_numbers_hold_runs_of_numbers(void **state)
{
	(void)state;
	outline_assert("1. First:\n\n1. One.\n\n2. Two.\n\n2. Second.\n",
		       "P#1 1. First:\nP#1 1. One.\nP#2 2. Two.\n"
		       "P#2 2. Second.\n");
	outline_assert(
		"1. A.\n\n2. B:\n\n1. One.\n\n2. Two.\n\n3. C.\n\n4. D.\n",
		"P#1 1. A.\nP#2 2. B:\nP#1 1. One.\nP#2 2. Two.\n"
		"P#3 3. C.\nP#4 4. D.\n");
}

static void
a_lost_number_does_not_end_the_run(void **state)
{
	(void)state;
	outline_assert("1. A.\n\n2. B.\n\nS. C.\n\n4. D.\n\n9. E.\n",
		       "P#1 1. A.\nP#2 2. B.\nP S. C.\nP#4 4. D.\nP 9. E.\n");
}

static void
labels_in_a_row_are_items(void **state)
{
	(void)state;
	outline_assert("It is requested:\n\n(a) To draw up;\n\n(b) To test.\n",
		       "P It is requested:\nI1#a (a) To draw up;\n"
		       "I1#b (b) To test.\n");
	outline_assert("It is requested:\n\n(a) To draw up.\n\nText.\n",
		       "P It is requested:\nP (a) To draw up.\nP Text.\n");
}

static void
another_way_of_labelling_is_a_level_below(void **state)
{
	(void)state;
	outline_assert("a) One:\n\ni) two;\n\nii) three;\n\nb) Four.\n",
		       "I1#a a) One:\nI2#i i) two;\nI2#ii ii) three;\n"
		       "I1#b b) Four.\n");
}

static void
i_after_h_is_a_letter(void **state)
{
	(void)state;
	outline_assert("(g) G;\n\n(h) H;\n\n(i) I;\n\n(j) J.\n",
		       "I1#g (g) G;\nI1#h (h) H;\nI1#i (i) I;\nI1#j (j) J.\n");
}

static void
bullets_are_items_without_numbers(void **state)
{
	(void)state;
	outline_assert("• coordination;\n• cooperation.\n",
		       "I1 • coordination;\nI1 • cooperation.\n");
}

static void
names_by_themselves_are_a_list_behind_prose_only(void **state)
{
	static const char names[] = "Union\nLeague\nConference\nCommunity\n"
				    "Secretariat\n\n";
	static const char prose[] =
		"A paragraph that is long enough to be the prose of a letter, "
		"as it goes on and on for more than a line.\n\n";
	auto_buffer struct buffer text = { 0 };
	auto_buffer struct buffer outline = { 0 };

	(void)state;
	buffer_format(&text, "%s%s%s", names, prose, names);
	buffer_format(&outline,
		      "P Union\nP League\nP Conference\nP Community\n"
		      "P Secretariat\nP %.*s\nI1 Union\nI1 League\n"
		      "I1 Conference\nI1 Community\nI1 Secretariat\n",
		      (int)strcspn(prose, "\n"), prose);
	outline_assert(text.data, outline.data);
}

static void
markdown_headings_and_lists_are_known(void **state)
{
	(void)state;
	outline_assert_of("# Treaty\n\nWe have\nagreed:\n\n- trade;\n- peace.\n"
			  "## Article 2\nNo text.\n",
			  true,
			  "H1 Treaty\nP We have agreed:\nI1 trade;\n"
			  "I1 peace.\nH2 Article 2\nP No text.\n");
}

static void
markdown_front_matter_is_no_text(void **state)
{
	(void)state;
	outline_assert_of("---\ntitle: A letter\n---\n\nText.\n", true,
			  "~ ---\n~ title: A letter\n~ ---\nP Text.\n");
	outline_assert_of("Text.\n\n---\n\nMore.\n", true,
			  "P Text.\n~ ---\nP More.\n");
}

static void
number_signs_are_text_where_there_is_no_markdown(void **state)
{
	(void)state;
	outline_assert("# 12 of the list\n", "P # 12 of the list\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_count_from_one_to_two_at_least),
		cmocka_unit_test(runs_of_numbers_hold_runs_of_numbers),
		cmocka_unit_test(a_lost_number_does_not_end_the_run),
		cmocka_unit_test(labels_in_a_row_are_items),
		cmocka_unit_test(another_way_of_labelling_is_a_level_below),
		cmocka_unit_test(i_after_h_is_a_letter),
		cmocka_unit_test(bullets_are_items_without_numbers),
		cmocka_unit_test(
			names_by_themselves_are_a_list_behind_prose_only),
		cmocka_unit_test(markdown_headings_and_lists_are_known),
		cmocka_unit_test(markdown_front_matter_is_no_text),
		cmocka_unit_test(
			number_signs_are_text_where_there_is_no_markdown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
