/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_text_join.c - broken lines become the paragraphs they were */
#include "parser_text_outline.h"

/* So that there is a measure to learn; 60 columns. */
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
wrapped_lines_are_joined(void **state)
{
	(void)state;
	outline_assert(PROSE, PROSE_OUTLINE);
}

static void
names_at_the_start_of_full_lines_are_joined(void **state)
{
	(void)state;
	outline_assert(
		PROSE
		"The letter was registered on the same day by the clerk of\n"
		"Central Registry of the Community of the Islands of the\n"
		"North.\n",
		PROSE_OUTLINE
		"P The letter was registered on the same day by the clerk of "
		"Central Registry of the Community of the Islands of the "
		"North.\n");
}

/* 40 ideographs; in lines of any length, nothing was broken. */
#define HAN10 "登记册按收到日期排"
#define HAN40 HAN10 HAN10 HAN10 HAN10

static void
lines_beside_unbroken_ones_are_no_wrapped_text(void **state)
{
	(void)state;
	outline_assert(HAN40 "\n" HAN40 "\n" HAN40
			     "\n" HAN40 HAN40 HAN40 HAN40 HAN40 HAN40 "。\n",
		       "P " HAN40 "\nP " HAN40 "\nP " HAN40
		       "\nP " HAN40 HAN40 HAN40 HAN40 HAN40 HAN40 "。\n");
}

static void
lines_of_a_list_stay_apart(void **state)
{
	(void)state;
	outline_assert(PROSE "Union of Coral States\n"
			     "League of River Ports\n"
			     "Standing Conference of Mountain Parliaments\n"
			     "Community of the Northern Isles\n",
		       PROSE_OUTLINE
		       "P Union of Coral States\nP League of River Ports\n"
		       "P Standing Conference of Mountain Parliaments\n"
		       "P Community of the Northern Isles\n");
}

static void
full_item_that_goes_on_in_small_letters_is_one(void **state)
{
	(void)state;
	outline_assert(PROSE
		       "Union of Coral States\n"
		       "Organization for the Registration and Exchange of the\n"
		       "letters of the region\n"
		       "League of River Ports\n",
		       PROSE_OUTLINE
		       "P Union of Coral States\n"
		       "P Organization for the Registration and Exchange of "
		       "the letters of the region\nP League of River Ports\n");
}

static void
indented_first_lines_begin_paragraphs(void **state)
{
	(void)state;
	outline_assert(
		" The register is consulted most often by people who were\n"
		"not in the service when the letter arrived, and who know\n"
		"neither its symbol nor its date, nor anything of it at all.\n"
		" It is consulted by others, who do know these things, only\n"
		"to make sure of them.\n",
		"P The register is consulted most often by people who were "
		"not in the service when the letter arrived, and who know "
		"neither its symbol nor its date, nor anything of it at all.\n"
		"P It is consulted by others, who do know these things, only "
		"to make sure of them.\n");
}

static void
indented_small_letters_do_not(void **state)
{
	(void)state;
	outline_assert(
		PROSE
		"The cost of a register lies in its upkeep, as each of the\n"
		" secretariats has found out in its turn and at its cost.\n",
		PROSE_OUTLINE
		"P The cost of a register lies in its upkeep, as each of the "
		"secretariats has found out in its turn and at its cost.\n");
}

static void
signatures_at_the_right_stay_apart(void **state)
{
	(void)state;
	outline_assert(PROSE
		       "                      (Signed) Ilmari T. Okonedo\n"
		       "                      Permanent Representative\n",
		       PROSE_OUTLINE "P (Signed) Ilmari T. Okonedo\n"
				     "P Permanent Representative\n");
}

static void
titles_that_are_set_narrower_are_joined(void **state)
{
	(void)state;
	outline_assert("  Identical letters dated 12 May 2011 from\n"
		       "  the Secretary-General addressed to the\n"
		       "  President of the General Assembly\n\n" PROSE,
		       "P Identical letters dated 12 May 2011 from the "
		       "Secretary-General addressed to the President of the "
		       "General Assembly\n" PROSE_OUTLINE);
}

static void
markers_begin_paragraphs_without_empty_lines(void **state)
{
	(void)state;
	outline_assert(PROSE "1. Takes note of the report of the Secretary-\n"
			     "General;\n"
			     "2. Invites the organizations to exchange the\n"
			     "entries of their registers.\n",
		       PROSE_OUTLINE
		       "P#1 1. Takes note of the report of the Secretary-"
		       "General;\n"
		       "P#2 2. Invites the organizations to exchange the "
		       "entries of their registers.\n");
}

static void
numbers_in_running_text_do_not(void **state)
{
	(void)state;
	outline_assert(
		PROSE
		"The matter is governed by what had been decided under rule\n"
		"28. Nothing else is said of it anywhere at all.\n",
		PROSE_OUTLINE
		"P The matter is governed by what had been decided under rule "
		"28. Nothing else is said of it anywhere at all.\n");
}

static void
hyphens_are_kept_and_soft_ones_dropped(void **state)
{
	(void)state;
	outline_assert(
		PROSE
		"Le bilan de la situation qui avait été établi à mi-\n"
		"parcours (A/64/870-\n"
		"S/2010/391) avait relevé cette difficulté et inter\xc2\xad\n"
		"dit d’en parler.\n",
		PROSE_OUTLINE
		"P Le bilan de la situation qui avait été établi à "
		"mi-parcours (A/64/870-S/2010/391) avait relevé cette "
		"difficulté et interdit d’en parler.\n");
}

static void
ideographs_are_joined_without_spaces(void **state)
{
	(void)state;
	outline_assert(
		"    "
		"与会者以安全理事会第1809(2008)号决议和大会第63/306号决议为出\n"
		"发点。他们指出，同一封信在不同的秘书处往往得到三个不同的文号，"
		"谁\n"
		"也不能肯定它是在哪一天送达收信人的。\n\n"
		"    "
		"谨随函转递会议的结论，请将本信及其附件提请大会和安全理事会成员"
		"\n"
		"注意为荷。\n",
		"P "
		"与会者以安全理事会第1809(2008)号决议和大会第63/"
		"306号决议为出发点。"
		"他们指出，同一封信在不同的秘书处往往得到三个不同的文号，谁也不"
		"能肯定"
		"它是在哪一天送达收信人的。\n"
		"P "
		"谨随函转递会议的结论，请将本信及其附件提请大会和安全理事会成员"
		"注意"
		"为荷。\n");
}

static void
arabic_lines_are_joined_by_width(void **state)
{
	(void)state;
	outline_assert(
		"وانطلق المشاركون من قرار مجلس الأمن ومن قرار الجمعية العامة\n"
		"ولاحظوا أن الرسالة الواحدة كثيرا ما تحمل ثلاثة رموز مختلفة\n"
		"من أمانة إلى أخرى.\n\n"
		"ويشرفني أن أحيل إليكم طيه استنتاجات الاجتماع وقائمة المنظمات\n"
		"الممثلة فيه وكل ما قيل في هذا الصدد.\n",
		"P وانطلق المشاركون من قرار مجلس الأمن ومن قرار الجمعية العامة "
		"ولاحظوا أن الرسالة الواحدة كثيرا ما تحمل ثلاثة رموز مختلفة "
		"من أمانة إلى أخرى.\n"
		"P ويشرفني أن أحيل إليكم طيه استنتاجات الاجتماع وقائمة "
		"المنظمات "
		"الممثلة فيه وكل ما قيل في هذا الصدد.\n");
}

static void
unwrapped_lines_are_paragraphs(void **state)
{
	(void)state;
	outline_assert("The meeting was called to order at 10.10 a.m.\n"
		       "Adoption of the agenda\n"
		       "The agenda was adopted.\n"
		       "The Chair said that the study was timely.\n",
		       "P The meeting was called to order at 10.10 a.m.\n"
		       "P Adoption of the agenda\n"
		       "P The agenda was adopted.\n"
		       "P The Chair said that the study was timely.\n");
}

static void
lines_of_a_table_of_contents_stay_apart(void **state)
{
	(void)state;
	outline_assert(
		PROSE
		"I. Introduction ....................................... 3\n"
		"II. Registers on paper ............................... 4\n",
		PROSE_OUTLINE
		"P I. Introduction ....................................... 3\n"
		"P II. Registers on paper ............................... 4\n");
}

static void
capitals_that_run_over_the_measure_are_joined(void **state)
{
	(void)state;
	outline_assert("ASAMBLEA GENERAL\n"
		       "EXAMEN DE LA APLICACIÓN DE LA DECLARACIÓN SOBRE LA\n"
		       "SEGURIDAD INTERNACIONAL\n"
		       "CONSEJO DE SEGURIDAD\n\n" PROSE,
		       "P ASAMBLEA GENERAL\n"
		       "P EXAMEN DE LA APLICACIÓN DE LA DECLARACIÓN SOBRE LA "
		       "SEGURIDAD INTERNACIONAL\n"
		       "P CONSEJO DE SEGURIDAD\n" PROSE_OUTLINE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wrapped_lines_are_joined),
		cmocka_unit_test(names_at_the_start_of_full_lines_are_joined),
		cmocka_unit_test(
			lines_beside_unbroken_ones_are_no_wrapped_text),
		cmocka_unit_test(lines_of_a_list_stay_apart),
		cmocka_unit_test(
			full_item_that_goes_on_in_small_letters_is_one),
		cmocka_unit_test(indented_first_lines_begin_paragraphs),
		cmocka_unit_test(indented_small_letters_do_not),
		cmocka_unit_test(signatures_at_the_right_stay_apart),
		cmocka_unit_test(titles_that_are_set_narrower_are_joined),
		cmocka_unit_test(markers_begin_paragraphs_without_empty_lines),
		cmocka_unit_test(numbers_in_running_text_do_not),
		cmocka_unit_test(hyphens_are_kept_and_soft_ones_dropped),
		cmocka_unit_test(ideographs_are_joined_without_spaces),
		cmocka_unit_test(arabic_lines_are_joined_by_width),
		cmocka_unit_test(unwrapped_lines_are_paragraphs),
		cmocka_unit_test(lines_of_a_table_of_contents_stay_apart),
		cmocka_unit_test(capitals_that_run_over_the_measure_are_joined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
