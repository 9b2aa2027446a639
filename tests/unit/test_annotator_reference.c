/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotator_reference.c - what is cited is marked by what it stands for */
#include "annotator_fixture.h"

struct row {
	const char *language;
	const char *text;
	const char *expected;
};

static void
assert_rows(struct fixture *fixture, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		fixture_assert_text(fixture, rows[i].language, rows[i].text,
				    DOCKET_MARK_REFERENCE, rows[i].expected);
}

static void
resolutions_are_known_by_their_organ(void **state)
{
	static const struct row rows[] = {
		{ "en", "Security Council resolution 1444 (2002) says so.",
		  "S/RES/1444 (2002)" },
		{ "en", "the Council, in resolution 1444 (2002), said so.",
		  "S/RES/1444 (2002)" },
		{ "en", "General Assembly resolution 61/16 of 20 November 2006",
		  "A/RES/61/16" },
		{ "en", "resolution 61/16 of the General Assembly",
		  "A/RES/61/16" },
		{ "en", "Economic and Social Council resolution 2006/46",
		  "E/RES/2006/46" },
		{ "en", "Human Rights Council resolution 6/30",
		  "A/HRC/RES/6/30" },
		{ "en", "General Assembly decision 61/503", "A/DEC/61/503" },
		{ "en", "World Health Assembly resolution 61.18", "WHA61.18" },
		{ "fr", "la résolution 1444 (2002) du Conseil de sécurité",
		  "S/RES/1444 (2002)" },
		{ "fr", "la résolution 61/16 de l’Assemblée générale",
		  "A/RES/61/16" },
		{ "es", "la resolución 1444 (2002) del Consejo de Seguridad",
		  "S/RES/1444 (2002)" },
		{ "es", "la decisión 2006/206 del Consejo Económico y Social",
		  "E/DEC/2006/206" },
		{ "ru", "в резолюции 1444 (2002) Совета Безопасности",
		  "S/RES/1444 (2002)" },
		{ "ru", "резолюцией 61/16 Генеральной Ассамблеи",
		  "A/RES/61/16" },
		{ "ar", "عملا بقرار مجلس الأمن 1444 (2002)",
		  "S/RES/1444 (2002)" },
		{ "ar", "وإلى قرار الجمعية العامة 61/16", "A/RES/61/16" },
		{ "pt", "a resolução 1444 (2002) do Conselho de Segurança",
		  "S/RES/1444 (2002)" },
		{ "pt", "as resoluções 61/16 e 62/277 da Assembleia Geral",
		  "A/RES/61/16|A/RES/62/277" },
		{ "zh", "安全理事会第1444(2002)号决议", "S/RES/1444 (2002)" },
		{ "zh", "经济及社会理事会第2006/46号决议", "E/RES/2006/46" },
		{ "zh", "大会第61/503号决定", "A/DEC/61/503" },
	};

	assert_rows(*state, rows, ARRAY_SIZE(rows));
}

static void
each_number_of_a_list_is_one(void **state)
{
	static const struct row rows[] = {
		{ "en",
		  "Security Council resolutions 1444 (2002), 1453 (2002) and "
		  "1471 (2003)",
		  "S/RES/1444 (2002)|S/RES/1453 (2002)|S/RES/1471 (2003)" },
		{ "en",
		  "resolutions 1444 (2002) of the Security Council and 61/16 "
		  "of "
		  "the General Assembly",
		  "S/RES/1444 (2002)|A/RES/61/16" },
		{ "en",
		  "Assembly resolutions 47/41 A of 1 December 1992 and 48/240 "
		  "A "
		  "of 24 March 1994 and Assembly decision 47/450 of 23 "
		  "December",
		  "A/RES/47/41 A|A/RES/48/240 A|A/DEC/47/450" },
		{ "en", "General Assembly resolutions 47/41 A and B",
		  "A/RES/47/41 A|A/RES/47/41 B" },
		{ "fr",
		  "les résolutions 1444 (2002) et 1453 (2002) du Conseil de "
		  "sécurité",
		  "S/RES/1444 (2002)|S/RES/1453 (2002)" },
		{ "es",
		  "resoluciones 61/16, de 20 de noviembre de 2006, y 62/277 de "
		  "la Asamblea General",
		  "A/RES/61/16|A/RES/62/277" },
		{ "ru",
		  "резолюции 61/16 от 20 ноября 2006 года и 62/277 Генеральной "
		  "Ассамблеи и резолюции 1444 (2002) Совета Безопасности",
		  "A/RES/61/16|A/RES/62/277|S/RES/1444 (2002)" },
		{ "ar", "بقراري مجلس الأمن 1444 (2002) و 1453 (2002)",
		  "S/RES/1444 (2002)|S/RES/1453 (2002)" },
		{ "zh",
		  "安全理事会第1444(2002)号、第1453(2002)"
		  "号决议以及大会2006年11月20日"
		  "第61/16号决议",
		  "S/RES/1444 (2002)|S/RES/1453 (2002)|A/RES/61/16" },
	};

	assert_rows(*state, rows, ARRAY_SIZE(rows));
}

static void
a_list_goes_on_behind_what_its_numbers_are_about(void **state)
{
	static const struct row rows[] = {
		{ "en",
		  "Recalling its resolutions 1444 (2002) on fisheries, 1453 "
		  "(2002) on harbours and 1471 (2003) on the pilots of ports,",
		  "S/RES/1444 (2002)|S/RES/1453 (2002)|S/RES/1471 (2003)" },
		{ "en",
		  "Human Rights Council resolutions 6/30, on the rights of "
		  "pilots, of the Human Rights Council, and 16/7, on harbours",
		  "A/HRC/RES/6/30|A/HRC/RES/16/7" },
		{ "en",
		  "General Assembly resolutions 61/16, on ports, and 2006/46 "
		  "of the Economic and Social Council",
		  "A/RES/61/16|E/RES/2006/46" },
		{ "fr",
		  "Rappelant ses résolutions 1444 (2002) sur la pêche et 1453 "
		  "(2002) sur les ports,",
		  "S/RES/1444 (2002)|S/RES/1453 (2002)" },
		{ "es",
		  "las resoluciones de la Asamblea General 61/16, relativa a "
		  "los puertos, y 62/277, relativa a la pesca",
		  "A/RES/61/16|A/RES/62/277" },
		{ "ru",
		  "резолюции 1444 (2002) о рыболовстве и 1453 (2002) о портах",
		  "S/RES/1444 (2002)|S/RES/1453 (2002)" },
		{ "ar",
		  "قراريه 1444 (2002) بشأن الصيد و 1453 (2002) بشأن الموانئ",
		  "S/RES/1444 (2002)|S/RES/1453 (2002)" },
		{ "en",
		  "Security Council resolutions 1444 (2002), para. 4, and "
		  "1453 (2002)",
		  "S/RES/1444 (2002)|S/RES/1453 (2002)" },
		{ "en", "UNSCRs 1444 (2002) and 1453 (2002)",
		  "S/RES/1444 (2002)|S/RES/1453 (2002)" },
		/* what is no list, or none of theirs */
		{ "en",
		  "General Assembly resolution 61/16 had 3/4 of the votes, and "
		  "24/7 support. Ports, 62/277 and 62/278 were not in it.",
		  "A/RES/61/16" },
		{ "en",
		  "resolution 1444 (2002) on 12 May, and 61/16 of the members",
		  "S/RES/1444 (2002)" },
		{ "zh", "大会第61/16号决议所述港口，第62/277号文件",
		  "A/RES/61/16" },
	};

	assert_rows(*state, rows, ARRAY_SIZE(rows));
}

static void
arabic_has_its_own_letters_for_them(void **state)
{
	static const struct row rows[] = {
		{ "ar", "القرار 2131 (د-20)", "A/RES/2131 (XX)" },
		{ "ar", "القرار ٢١٣١ (د - ٢٠)", "A/RES/2131 (XX)" },
		{ "ar", "القرار 377 ألف (د-5)", "A/RES/377 A (V)" },
		{ "ar", "القرار 3201 (دإ-6)", "A/RES/3201 (S-VI)" },
		{ "ar", "القرار 1237 (دإط-5)", "A/RES/1237 (ES-V)" },
		{ "ar", "قرار الجمعية العامة دإ-20/2", "A/RES/S-20/2" },
		{ "ar", "القرار دإط-10/2", "A/RES/ES-10/2" },
		{ "ar", "قراري الجمعية العامة 47/41 ألف وباء",
		  "A/RES/47/41 A|A/RES/47/41 B" },
		{ "ar", "القرار 2131 (د-200) والمادة (د-20)", "" },
	};

	assert_rows(*state, rows, ARRAY_SIZE(rows));
}

static void
old_and_special_sessions_keep_their_form(void **state)
{
	static const struct row rows[] = {
		{ "en", "General Assembly resolution 3201 (S-VI)",
		  "A/RES/3201 (S-VI)" },
		{ "en", "resolution 1514 (XV)", "A/RES/1514 (XV)" },
		{ "en", "Economic and Social Council resolution 1503 (XLVIII)",
		  "E/RES/1503 (XLVIII)" },
		{ "en", "resolution 1503 (XLVIII)", "" },
		{ "en", "General Assembly resolution S-20/4 B",
		  "A/RES/S-20/4 B" },
		{ "en", "General Assembly resolution 1237 (ES-V)",
		  "A/RES/1237 (ES-V)" },
		{ "fr", "résolution 377 A (V)", "A/RES/377 A (V)" },
		{ "zh", "大会S-10/2号决议", "A/RES/S-10/2" },
		{ "en", "decision 3/CMP.1", "FCCC decision 3/CMP.1" },
		{ "en", "decision 3/COP.8", "decision 3/COP.8" },
		{ "zh", "欧洲经济委员会F (52)号决定", "ECE decision F (52)" },
	};

	assert_rows(*state, rows, ARRAY_SIZE(rows));
}

static void
a_plain_number_may_have_its_year_elsewhere(void **state)
{
	static const struct row rows[] = {
		{ "en", "Security Council resolution 1444 of 2002",
		  "S/RES/1444 (2002)" },
		{ "en", "Security Council resolution 1444 of 27 November 2002",
		  "S/RES/1444 (2002)" },
		{ "ar", "قرار مجلس الأمن رقم 1444 لعام 2002",
		  "S/RES/1444 (2002)" },
		{ "en", "Security Council resolution 1444, in 27 pages",
		  "S/RES/1444" },
	};

	assert_rows(*state, rows, ARRAY_SIZE(rows));
}

static void
what_breaks_over_lines_is_whole(void **state)
{
	static const struct row rows[] = {
		{ "en",
		  "as in A/61/204-\nS/2006/590, and in "
		  "resolution\n1444\n(2002)",
		  "A/61/204-S/2006/590|S/RES/1444 (2002)" },
		{ "es",
		  "la resolución 1444\n(2002) y el documento A/RES/61/\n16",
		  "A/RES/61/16|S/RES/1444 (2002)" },
		{ "en", "A/61/204–S/2006/590", "A/61/204-S/2006/590" },
		{ "en", "A/61/204 and Add.1, 2 and 3",
		  "A/61/204|A/61/204/Add.1|A/61/204/Add.2|A/61/204/Add.3" },
		{ "en", "A/C.1/61/L.1, L.2 and L.4; S/PV.4701 and PV.4702",
		  "A/C.1/61/L.1|A/C.1/61/L.2|A/C.1/61/L.4|S/PV.4701|"
		  "S/PV.4702" },
		{ "en", "A/61/204 and L.4, PV.4702; S/PV.4701 and L.2",
		  "A/61/204|S/PV.4701" },
		{ "en", "documents 41 C/5, 41 C/Resolution 7 and 207 EX/5.II.A",
		  "41 C/5|41 C/Resolution 7|207 EX/5.II.A" },
		{ "en", "5 C/10, C/5, EX/4, 300 EX/5, 41 C/F", "" },
		{ "en", "General\nAssembly resolution 61/\n16", "A/RES/61/16" },
		{ "en", "A/61/204 and Add.1, 2 May 2006; A/61/9, 3 pages",
		  "A/61/204|A/61/204/Add.1|A/61/9" },
		{ "en", "A/61/204 S/2006/590, annex", "A/61/204-S/2006/590" },
		{ "ar", "القرار ١٤٤٤ (٢٠٠٢)", "S/RES/1444 (2002)" },
		{ "zh", "第１４４４（２００２）号决议", "S/RES/1444 (2002)" },
	};

	assert_rows(*state, rows, ARRAY_SIZE(rows));
}

static void
numbers_that_right_to_left_text_turned_are_turned_back(void **state)
{
	static const struct row rows[] = {
		{ "ar", "القرار 1/70", "A/RES/70/1" },
		{ "ar", "قرار الجمعية العامة 16/61", "A/RES/61/16" },
		{ "ar", "قرار مجلس حقوق الإنسان 6/30", "A/HRC/RES/6/30" },
		{ "en", "resolution 1/70", "" },
	};

	assert_rows(*state, rows, ARRAY_SIZE(rows));
}

static void
its_resolution_is_of_who_is_named_before_it(void **state)
{
	static const struct row rows[] = {
		{ "es",
		  "El Consejo de Seguridad, en su resolución 1444 (2002), y la "
		  "Asamblea General, en su resolución 61/16, lo pidieron.",
		  "S/RES/1444 (2002)|A/RES/61/16" },
		{ "en",
		  "The Human Rights Council, in its resolution 6/30, agreed.",
		  "A/HRC/RES/6/30" },
		{ "en",
		  "The Economic and Social Council recalled its decision "
		  "2006/206.",
		  "E/DEC/2006/206" },
		{ "en",
		  "In its resolution 2006/46, the Economic and Social Council "
		  "decided so.",
		  "E/RES/2006/46" },
		{ "fr",
		  "Dans sa résolution 6/30 du 14 décembre 2007, le Conseil des "
		  "droits de l’homme a prié le Secrétaire général.",
		  "A/HRC/RES/6/30" },
		{ "es",
		  "En su resolución 6/30, el Consejo de Derechos Humanos pidió",
		  "A/HRC/RES/6/30" },
		{ "en",
		  "Recalling its resolution 61/16, Human Rights Council "
		  "resolution 6/30 and others",
		  "A/RES/61/16|A/HRC/RES/6/30" },
	};

	assert_rows(*state, rows, ARRAY_SIZE(rows));
}

static void
its_resolution_is_of_who_speaks(void **state)
{
	struct fixture *fixture = *state;

	fixture_begin(fixture, "en");
	fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_NONE,
		    "The Human Rights Council,");
	fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_PREAMBULAR,
		    "Recalling its resolutions 6/30 and 16/7,");
	fixture_annotate(fixture);
	fixture_assert(fixture, DOCKET_MARK_REFERENCE,
		       "A/HRC/RES/6/30|A/HRC/RES/16/7");
	job_end(&fixture->job);
}

static void
a_bare_number_is_what_it_was_elsewhere(void **state)
{
	struct fixture *fixture = *state;

	fixture_begin(fixture, "en");
	fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_NONE,
		    "Resolution 6/30 has an annex. Resolution 1444 is older.");
	fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_NONE,
		    "By Human Rights Council resolution 6/30 and by Security "
		    "Council resolution 1444 (2002) it was decided.");
	fixture_annotate(fixture);
	fixture_assert(fixture, DOCKET_MARK_REFERENCE,
		       "A/HRC/RES/6/30|S/RES/1444 (2002)|A/HRC/RES/6/30|"
		       "S/RES/1444 (2002)");
	job_end(&fixture->job);
}

static void
nothing_is_invented(void **state)
{
	static const struct row rows[] = {
		{ "en", "The resolution of 12 May 2011 and 24/7 support.", "" },
		{ "en", "Resolution 14/221 of the Islamic Conference", "" },
		{ "en", "Resolution No. 10/46-PAL, resolution 14/46-POL", "" },
		{ "ar", "القرار رقم 1/46-س", "" },
		{ "en", "European Parliament resolution 2006/12", "" },
		{ "en", "Statistical Commission decision 48/101", "" },
		{ "en", "Parliamentary Assembly resolution 1444 (2002)", "" },
		{ "fr", "la décision 2006/12 du Conseil des ministres", "" },
		{ "es", "la resolución 62/1 de la Comisión de Estupefacientes",
		  "" },
		{ "es", "la resolución 45/2012 de quien sea", "" },
		{ "ru", "решение 2006/12 Совета министров", "" },
		{ "ar", "قرار مجلس الوزراء 2006/12", "" },
		{ "zh", "麻醉药品委员会第62/1号决议", "" },
		{ "en", "HIV/AIDS, and/or, km/h, A/B testing, S/N 4711", "" },
		{ "en", "on 16/5/2003, between 1999/2000 and 2001/02", "" },
		{ "en", "Decision 12 of the meeting, resolution 7", "" },
		{ "en", "resolution 6/30", "" },
		{ "en", "the resolution 2002/12 of nobody", "" },
		{ "en", "A/1, S/4, E/1999, T/2, S/1995", "" },
		{ "fr", "Il a pris la décision de partir le 24 mai 2002.", "" },
		{ "zh", "第19段、第三条、2002年5月24日", "" },
		{ NULL, "A/B/C/D/E/F/G/H/1 //// ((( 1/2/3/4/5 ))) S//12345",
		  "" },
	};

	assert_rows(*state, rows, ARRAY_SIZE(rows));
}

static void
the_document_itself_is_no_reference(void **state)
{
	struct fixture *fixture = *state;

	fixture_begin(fixture, "en");
	docket_put_field(&fixture->job, DOCKET_FIELD_SYMBOL,
			 bytes_of("A/61/204-S/2006/590"));
	fixture_add(fixture, DOCKET_BLOCK_LINE, DOCKET_ROLE_NONE,
		    "A/61/999 Page 2");
	fixture_add(fixture, DOCKET_BLOCK_LINE, DOCKET_ROLE_NONE, "S/2006/590");
	fixture_add(fixture, DOCKET_BLOCK_LINE, DOCKET_ROLE_NONE, "A/61/21");
	fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_NONE,
		    "A/61/204 S/2006/590 refers to A/61/20.");
	fixture_annotate(fixture);
	fixture_assert(fixture, DOCKET_MARK_REFERENCE, "A/61/21|A/61/20");
	job_end(&fixture->job);
}

static void
a_running_head_does_not_end_a_citation(void **state)
{
	struct fixture *fixture = *state;
	const struct docket_block paragraph = {
		.kind = DOCKET_BLOCK_PARAGRAPH
	};

	fixture_begin(fixture, "en");
	docket_open_block(&fixture->job, &paragraph);
	docket_put_text(&fixture->job,
			bytes_of("as stated in resolution 1444\n"));
	fixture_add(fixture, DOCKET_BLOCK_LINE, DOCKET_ROLE_NONE,
		    "S/2006/590 2/4\n");
	docket_put_text(&fixture->job, bytes_of("(2002) of the Council."));
	docket_close_block(&fixture->job);
	fixture_annotate(fixture);
	fixture_assert(fixture, DOCKET_MARK_REFERENCE, "S/RES/1444 (2002)");
	job_end(&fixture->job);
}

static void
iris_have_a_day_or_a_year_where_it_is_known(void **state)
{
	static const struct {
		const char *text;
		const char *iri;
	} rows[] = {
		{ "resolution 1444 (2002)",
		  "/akn/un/statement/deliberation/un-sc/2002/1444" },
		{ "E/RES/2006/46",
		  "/akn/un/statement/deliberation/un-ecosoc/2006/2006-46" },
		{ "S/PRST/2006/38",
		  "/akn/un/doc/communication/un-sc/2006/S-PRST-2006-38" },
		{ "ST/SGB/2003/4",
		  "/akn/un/statement/instruction/un-sg/2003/ST-SGB-2003-4" },
		{ "A/RES/61/16", "" },
		{ "S/2006/590", "" },
		{ "General Assembly resolution 61/16 of 20 November 2006",
		  "/akn/un/statement/deliberation/un-ga/2006-11-20/61-16" },
		{ "resolution 1444 (2002) of 27 November 2002",
		  "/akn/un/statement/deliberation/un-sc/2002-11-27/1444" },
		{ "resolution 1444 (2002) of 27 November 2003",
		  "/akn/un/statement/deliberation/un-sc/2002/1444" },
		{ "大会2006年11月20日第61/16号决议",
		  "/akn/un/statement/deliberation/un-ga/2006-11-20/61-16" },
		{ "大会2006年11月20日第61/16号和2006年12月4日第61/89号决议",
		  "/akn/un/statement/deliberation/un-ga/2006-11-20/61-16" },
		{ "قرار الجمعية العامة 61/16 المؤرخ 20 تشرين الثاني/نوفمبر "
		  "2006",
		  "/akn/un/statement/deliberation/un-ga/2006-11-20/61-16" },
		{ "résolution 61/16 de l'Assemblée générale, du 20 novembre "
		  "2006",
		  "" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct docket_mark mark;

		fixture_begin(fixture, "en");
		fixture_add(fixture, DOCKET_BLOCK_PARAGRAPH, DOCKET_ROLE_NONE,
			    rows[i].text);
		fixture_annotate(fixture);
		mark = docket_job_mark(&fixture->job, 0);
		assert_int_equal(mark.uri.size, strlen(rows[i].iri));
		assert_memory_equal(mark.uri.data, rows[i].iri, mark.uri.size);
		job_end(&fixture->job);
	}
}

static void
instruments_are_known_by_name(void **state)
{
	static const struct row rows[] = {
		{ "en", "the Arms Trade Treaty", "Arms Trade Treaty" },
		{ "ru", "Конвенции о биологическом разнообразии",
		  "Convention on Biological Diversity" },
		{ "en", "the Charter of the United Nations",
		  "Charter of the United Nations" },
		{ "fr", "la Charte des Nations Unies",
		  "Charter of the United Nations" },
		{ "es", "la Carta de las Naciones Unidas",
		  "Charter of the United Nations" },
		{ "ru", "целям Устава Организации Объединенных Наций",
		  "Charter of the United Nations" },
		{ "ar", "مبادئ ميثاق الأمم المتحدة",
		  "Charter of the United Nations" },
		{ "zh", "根据《联合国宪章》第八章",
		  "Charter of the United Nations" },
		{ "pt", "a Carta das Nações Unidas",
		  "Charter of the United Nations" },
		{ "en", "a charter of nations", "" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		fixture_assert_text(fixture, rows[i].language, rows[i].text,
				    DOCKET_MARK_INSTRUMENT, rows[i].expected);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(resolutions_are_known_by_their_organ),
		cmocka_unit_test(each_number_of_a_list_is_one),
		cmocka_unit_test(
			a_list_goes_on_behind_what_its_numbers_are_about),
		cmocka_unit_test(old_and_special_sessions_keep_their_form),
		cmocka_unit_test(arabic_has_its_own_letters_for_them),
		cmocka_unit_test(a_plain_number_may_have_its_year_elsewhere),
		cmocka_unit_test(what_breaks_over_lines_is_whole),
		cmocka_unit_test(
			numbers_that_right_to_left_text_turned_are_turned_back),
		cmocka_unit_test(its_resolution_is_of_who_is_named_before_it),
		cmocka_unit_test(its_resolution_is_of_who_speaks),
		cmocka_unit_test(a_bare_number_is_what_it_was_elsewhere),
		cmocka_unit_test(nothing_is_invented),
		cmocka_unit_test(the_document_itself_is_no_reference),
		cmocka_unit_test(a_running_head_does_not_end_a_citation),
		cmocka_unit_test(iris_have_a_day_or_a_year_where_it_is_known),
		cmocka_unit_test(instruments_are_known_by_name),
	};

	return cmocka_run_group_tests(tests, fixture_set_up, fixture_tear_down);
}
