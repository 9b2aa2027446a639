/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_text_pages.c - what belongs to pages is told from the text */
#include "parser_text_outline.h"

#define PROSE                                                            \
	"The register is consulted most often by people who were not\n"  \
	"in the service when the letter arrived, and who know neither\n" \
	"its symbol nor the name of the person who signed it, but who\n" \
	"remember that there was a letter.\n\n"
#define PROSE_OUTLINE                                                       \
	"P The register is consulted most often by people who were not in " \
	"the service when the letter arrived, and who know neither its "    \
	"symbol nor the name of the person who signed it, but who "         \
	"remember that there was a letter.\n"

static void
heads_and_feet_of_pages_are_no_text(void **state)
{
	(void)state;
	outline_assert(PROSE "11-48207   1/3\n\f"
			     "A/66/412\n\n" PROSE "11-48207   2/3\n\f"
			     "A/66/412\n\n" PROSE "11-48207   3/3\n",
		       PROSE_OUTLINE
		       "~ 11-48207 1/3\n"
		       "~ A/66/412\n" PROSE_OUTLINE "~ 11-48207 2/3\n"
		       "~ A/66/412\n" PROSE_OUTLINE "~ 11-48207 3/3\n");
}

static void
pages_are_found_by_their_numbers(void **state)
{
	(void)state;
	outline_assert(
		PROSE PROSE "10-28866 (E)      1\n\nA/64/731\n\n" PROSE PROSE
			    "10-28866 (E)      2\n\nA/64/731\n\n" PROSE
			    "10-28866 (E)      3\n",
		PROSE_OUTLINE PROSE_OUTLINE
		"~ 10-28866 (E) 1\n"
		"~ A/64/731\n" PROSE_OUTLINE PROSE_OUTLINE "~ 10-28866 (E) 2\n"
		"~ A/64/731\n" PROSE_OUTLINE "~ 10-28866 (E) 3\n");
}

static void
what_stands_on_one_page_is_text(void **state)
{
	(void)state;
	outline_assert("A/66/412\n\n" PROSE "\f" PROSE,
		       "P A/66/412\n" PROSE_OUTLINE PROSE_OUTLINE);
}

static void
numbers_of_articles_are_no_page_numbers(void **state)
{
	(void)state;
	outline_assert("Article 1\n\n" PROSE PROSE "Article 2\n\n" PROSE PROSE
		       "Article 3\n\n" PROSE,
		       "P Article 1\n" PROSE_OUTLINE PROSE_OUTLINE
		       "P Article 2\n" PROSE_OUTLINE PROSE_OUTLINE
		       "P Article 3\n" PROSE_OUTLINE);
}

static void
paragraph_goes_on_over_a_page(void **state)
{
	(void)state;
	outline_assert(
		PROSE
		"In two of the five secretariats in the region one clerk in\n\n"
		"11-48207   1/2\n\f"
		"A/66/412\n\n"
		"seven does nothing else all year long.\n\n" PROSE
		"11-48207   2/2\n\f"
		"A/66/412\n\n" PROSE,
		PROSE_OUTLINE
		"P In two of the five secretariats in the region one clerk in "
		"seven does nothing else all year long.\n"
		"~ 11-48207 1/2\n~ A/66/412\n" PROSE_OUTLINE
		"~ 11-48207 2/2\n~ A/66/412\n" PROSE_OUTLINE);
}

static void
sentence_that_ended_does_not_go_on(void **state)
{
	(void)state;
	outline_assert(PROSE "\f"
			     "remember that there was a letter.\n",
		       PROSE_OUTLINE "P remember that there was a letter.\n");
}

static void
notes_below_a_rule_are_notes(void **state)
{
	(void)state;
	outline_assert(PROSE
		       "__________\n"
		       "  1 A/71/806, par. 33 à 36.\n"
		       "  2 Voir la circulaire sur la gestion des dossiers\n"
		       "et des archives.\n\n"
		       "The next paragraph.\n",
		       PROSE_OUTLINE
		       "~ __________\nN 1 A/71/806, par. 33 à 36.\n"
		       "N 2 Voir la circulaire sur la gestion des dossiers et "
		       "des archives.\nP The next paragraph.\n");
}

static void
masthead_is_read_by_columns(void **state)
{
	(void)state;
	outline_assert("NACIONES                                A    S\n"
		       "UNIDAS\n"
		       "Asamblea General                        Distr.\n"
		       "                                        GENERAL\n"
		       "                                        A/46/517\n"
		       "\n" PROSE,
		       "P NACIONES\nP UNIDAS\nP Asamblea General\n"
		       "P A S\nP Distr.\nP GENERAL\n"
		       "P A/46/517\n" PROSE_OUTLINE);
}

static void
tables_are_read_by_rows(void **state)
{
	(void)state;
	outline_assert(PROSE "Mission in Karmal       112.4     310.0\n"
			     "Office in Port-Savane    87.0     145.5\n",
		       PROSE_OUTLINE "P Mission in Karmal 112.4 310.0\n"
				     "P Office in Port-Savane 87.0 145.5\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_and_feet_of_pages_are_no_text),
		cmocka_unit_test(pages_are_found_by_their_numbers),
		cmocka_unit_test(what_stands_on_one_page_is_text),
		cmocka_unit_test(numbers_of_articles_are_no_page_numbers),
		cmocka_unit_test(paragraph_goes_on_over_a_page),
		cmocka_unit_test(sentence_that_ended_does_not_go_on),
		cmocka_unit_test(notes_below_a_rule_are_notes),
		cmocka_unit_test(masthead_is_read_by_columns),
		cmocka_unit_test(tables_are_read_by_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
