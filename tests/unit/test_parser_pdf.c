/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_pdf.c - lines at places become the paragraphs that people see */
#include "parser_pdf_page.h"

/* 60 letters of 5 points: from 100 to 400. */
#define PROSE                                                                  \
	"The register is consulted by those who were not in the house",        \
		"when the letter came, and who know neither its symbol nor a", \
		"name of those who signed, but remember that there was one,",  \
		"and want to see it."
#define JOINED                                                          \
	"The register is consulted by those who were not in the house " \
	"when the letter came, and who know neither its symbol nor a "  \
	"name of those who signed, but remember that there was one, "   \
	"and want to see it."

static const char *const prose[] = { PROSE, NULL };
static const struct style bold = { SIZE, GLYPH_BOLD };
static const struct style large = { 14, GLYPH_BOLD };
static const struct style small = { 7, 0 };

static void
full_lines_are_one_paragraph(void **state)
{
	struct page page = new_page(1);

	(void)state;
	put_lines(&page, 100, 400, prose);
	assert_outline(&page, 1, "P " JOINED "\n");
}

static void
lines_with_room_at_their_end_stay_apart(void **state)
{
	static const char *const names[] = { "Union of Coral States",
					     "League of River Ports",
					     "Community of the Northern Isles",
					     NULL };
	struct page page = new_page(1);

	(void)state;
	put_lines(&page, 100, 400, prose);
	put_lines(&page, 100, 480, names);
	assert_outline(&page, 1,
		       "P " JOINED "\n"
		       "P Union of Coral States\n"
		       "P League of River Ports\n"
		       "P Community of the Northern Isles\n");
}

static void
labels_and_indents_begin_paragraphs(void **state)
{
	struct page page = new_page(1);

	(void)state;
	put_lines(&page, 100, 400, prose);
	put_line(&page, 100, 448, plain,
		 "1.  The keeper writes the name of every person who crosses,");
	put_line(&page, 100, 460, plain, "and what was paid.");
	put_line(&page, 120, 472, plain, "Nobody is carried for nothing.");
	assert_outline(&page, 1,
		       "P " JOINED "\n"
		       "P 1. The keeper writes the name of every person who "
		       "crosses, and what was paid.\n"
		       "P Nobody is carried for nothing.\n");
}

static void
running_heads_and_numbers_do_not_part_a_sentence(void **state)
{
	static const char *const begun[] = {
		"The register is consulted by those who were not in the house",
		"when the letter came, and who know neither its symbol nor a",
		NULL
	};
	static const char *const ended[] = {
		"name of those who signed, but remember that there was one,",
		"and want to see it.", NULL
	};
	struct page pages[3];

	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		char number[8];

		pages[i] = new_page(i + 1);
		put_line(&pages[i], 480, 40, plain, "FD/2031/17");
		put_lines(&pages[i], 100, 600, i ? ended : begun);
		snprintf(number, sizeof(number), "%u", i + 1);
		put_line(&pages[i], 300, 780, plain, number);
	}
	assert_outline(pages, 3,
		       "P FD/2031/17\n"
		       "P " JOINED "\n"
		       "L 1\nL FD/2031/17\nL 2\nL FD/2031/17\n"
		       "P name of those who signed, but remember that there "
		       "was one, and want to see it.\n"
		       "L 3\n");
}

static void
columns_of_text_are_read_one_by_one(void **state)
{
	static const char *const left[] = { "On the left the keeper speaks",
					    "of the river, and of those who",
					    "crossed it in the year of the",
					    "floods.", NULL };
	static const char *const right[] = { "On the right he counts tolls",
					     "that were paid, and those that",
					     "were not paid to the very last",
					     "penny.", NULL };
	struct page page = new_page(2);

	(void)state;
	page.number = 1;
	put_lines(&page, 100, 400, left);
	put_lines(&page, 320, 400, right);
	assert_outline(&page, 1,
		       "P On the left the keeper speaks of the river, and of "
		       "those who crossed it in the year of the floods.\n"
		       "P On the right he counts tolls that were paid, and "
		       "those that were not paid to the very last penny.\n");
}

static void
headings_have_levels_by_how_they_stand_out(void **state)
{
	struct page page = new_page(1);

	(void)state;
	put_line(&page, 100, 360, large, "The river and its keepers");
	put_line(&page, 100, 385, bold, "Tolls");
	put_lines(&page, 100, 400, prose);
	assert_outline(&page, 1,
		       "H1 The river and its keepers\n"
		       "H2 Tolls\n"
		       "P " JOINED "\n");
}

static void
small_print_below_a_rule_is_a_footnote(void **state)
{
	struct page page = new_page(1);

	(void)state;
	put_lines(&page, 100, 400, prose);
	page_add_rule(&page, (struct rule){ 100, 700, 200, 700 });
	put_line(&page, 100, 712, small, "1 Rules of the river.");
	put_line(&page, 100, 720, small, "2 The same, article 9.");
	assert_outline(&page, 1,
		       "P " JOINED "\n"
		       "N 1 Rules of the river.\n"
		       "N 2 The same, article 9.\n");
}

static void
letters_set_wide_are_one_word(void **state)
{
	struct page page = new_page(1);
	float x = 100;

	(void)state;
	for (const char *at = "RESOLUTION"; *at; at++, x += 8) {
		const char letter[] = { *at, 0 };

		put_line(&page, x, 400, plain, letter);
	}
	assert_outline(&page, 1, "P RESOLUTION\n");
}

static void
letters_drawn_twice_are_read_once(void **state)
{
	struct page page = new_page(1);

	(void)state;
	put_line(&page, 100, 400, plain, "Decides");
	put_line(&page, 100.3f, 400, plain, "Decides");
	assert_outline(&page, 1, "P Decides\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_lines_are_one_paragraph),
		cmocka_unit_test(lines_with_room_at_their_end_stay_apart),
		cmocka_unit_test(labels_and_indents_begin_paragraphs),
		cmocka_unit_test(
			running_heads_and_numbers_do_not_part_a_sentence),
		cmocka_unit_test(columns_of_text_are_read_one_by_one),
		cmocka_unit_test(headings_have_levels_by_how_they_stand_out),
		cmocka_unit_test(small_print_below_a_rule_is_a_footnote),
		cmocka_unit_test(letters_set_wide_are_one_word),
		cmocka_unit_test(letters_drawn_twice_are_read_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
