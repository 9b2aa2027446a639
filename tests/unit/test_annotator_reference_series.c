/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotator_reference_series.c - symbols are told from what looks so */
#include "plugin_host.h"

#include "series.h"
#include "vocabulary.h"

static struct vocabulary vocabulary;

static int
set_up(void **state)
{
	struct data_error error;

	(void)state;
	return vocabulary_read(&vocabulary, SOURCE_FOLDER "/etc", &error);
}

static int
tear_down(void **state)
{
	(void)state;
	vocabulary_fini(&vocabulary);
	return 0;
}

/* What symbol the text begins with; "" if none. */
static void
assert_symbol(const char *text, const char *expected)
{
	struct symbol symbol = { .text = "" };
	struct tokens tokens = { 0 };

	lexer_read(&tokens, vocabulary.writing, bytes_of(text), 0,
		   (uint32_t)strlen(text));
	if (!series_read(&vocabulary.series, bytes_of(text), &tokens, 0,
			 &symbol))
		symbol.text[0] = '\0';
	assert_string_equal(symbol.text, expected);
	lexer_fini(&tokens);
}

static void
each_family_is_read(void **state)
{
	static const char *const symbols[] = {
		"A/61/204",
		"A/61/204/Add.1",
		"A/61/204/Add.1/Rev.2/Corr.1",
		"A/RES/61/16",
		"A/RES/47/41 A",
		"A/RES/1514 (XV)",
		"A/RES/377 A (V)",
		"A/RES/S-10/2",
		"A/RES/ES-10/15",
		"A/HRC/WG.6/3/TUV/1",
		"A/HRC/61/G/4",
		"A/C.5/61/L.41",
		"A/C.5/61/SR.9",
		"A/CONF.151/26",
		"A/CN.4/600",
		"A/AC.109/2006/10",
		"A/61/L.9",
		"A/INF/61/4",
		"S/12345",
		"S/2006/590",
		"S/PV.4701",
		"S/RES/1444 (2002)",
		"S/PRST/2006/38",
		"S/AC.37/2003/(1455)/19",
		"S/Agenda/4701",
		"S/INF/61",
		"E/2006/99",
		"E/RES/2006/46",
		"E/CN.3/2006/12",
		"E/C.12/2006/CRP.1",
		"E/ICEF/2006/7",
		"E/ECE/TRANS/505/Rev.3",
		"ECE/TRADE/C/CEFACT/2018/25",
		"ECE/EX/2/Rev.1",
		"FCCC/SBSTA/2006/INF.3",
		"FCCC/KP/CMP/2006/10/Add.1",
		"ST/SGB/2003/4",
		"ST/AI/342",
		"ST/CS/SER.A/44/Rev.1",
		"CRC/C/TUV/CO/1",
		"CERD/C/61/3",
		"GEGN.2/2006/91/CRP.91",
		"WHA61.18",
		"WHA61/2008/REC/1",
		"ITU-T E.108",
		"INFCIRC/540",
		"CD/1299",
		"A/61/204-S/2006/590",
		"NPT/CONF.2020/PC.III/WP.5",
		"TD/B/C.I/MEM.8/12",
		"ICC-ASP/18/Res.6",
		"ICCD/COP(14)/23",
		"GC(63)/RES/11",
		"IDB.46/Dec.8",
		"EB141.R5",
		"EB141(3)",
		"WHA61(14)",
		"EB141/9",
		"A61/21",
		"A61/4 Rev.1",
		"AG/RES. 2107 (XXXV-O/05)",
		"CP/RES. 1124 (2217/19)",
		"AG/doc.5673/19",
		"CP/doc.5534/19 rev. 1",
		"Assembly/AU/Dec.120(XX)",
		"EX.CL/107(XVII)",
		"PSC/PR/COMM.(DCCCXLVIII)",
		"PSC/PR/COMM.1(XLI)",
		"CM/Rec(2010)5",
		"A/SP.1/06/06",
		"A/P1/7/96",
		"C/REG.3/05/09",
		"COM(2019) 640",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(symbols); i++)
		assert_symbol(symbols[i], symbols[i]);
}

static void
what_is_written_otherwise_becomes_one_form(void **state)
{
	static const struct {
		const char *text;
		const char *symbol;
	} rows[] = {
		{ "S/RES/1444/2002", "S/RES/1444 (2002)" },
		{ "S/RES/1444(2002)", "S/RES/1444 (2002)" },
		{ "A/RES/1514(XV)", "A/RES/1514 (XV)" },
		{ "A/RES/1514 (ХV)", "A/RES/1514 (XV)" },
		{ "A/61/204*", "A/61/204" },
		{ "A/61/204–S/2006/590", "A/61/204-S/2006/590" },
		{ "A/61/204-\nS/2006/590", "A/61/204-S/2006/590" },
		{ "A/RES/\n61/16", "A/RES/61/16" },
		{ "A/61/204.", "A/61/204" },
		{ "A/RES/61/16 and more", "A/RES/61/16" },
		{ "A/HRC/WG.6/3/TUV", "A/HRC/WG.6/3" },
		{ "A/61/204/ Add.1", "A/61/204/Add.1" },
		{ "UIT-T E.108", "ITU-T E.108" },
		{ "A/Res/61/16", "A/RES/61/16" },
		{ "S/Res/1444 (2002)", "S/RES/1444 (2002)" },
		{ "Assembly/AU/Dec.120 (XX)", "Assembly/AU/Dec.120(XX)" },
		{ "AG/RES.2107 (XXXV-O/05)", "AG/RES. 2107 (XXXV-O/05)" },
		{ "AG/RES. 2107\n(XXXV-O/05)", "AG/RES. 2107 (XXXV-O/05)" },
		{ "COM(2019)640 final", "COM(2019) 640" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_symbol(rows[i].text, rows[i].symbol);
}

static void
what_only_looks_so_is_none(void **state)
{
	static const char *const texts[] = {
		"A",
		"A/",
		"A/B",
		"A/B/2",
		"A/1",
		"A/12/3",
		"A/61",
		"S/N",
		"S/1995",
		"S/123456",
		"S/1234/5",
		"E/1999",
		"E/M/2002",
		"T/2",
		"and/or",
		"HIV/AIDS",
		"AN/92",
		"24/7",
		"km/h",
		"A.1",
		"A/RES",
		"A/RES/",
		"ITU-T",
		"WHA",
		"WHA61",
		"ST/2",
		"A/C 123",
		"A4/A5",
		"A61.5",
		"A61(14)",
		"A31/33",
		"A61/B",
		"C/O",
		"A/P.1/30/96",
		"A/P.1/6",
		"C/REG.3/05/09/1",
		"AG/RES",
		"AG/RES. 2107",
		"CP/12",
		"COM(1) 2",
		"Assembly/Council",
		"Assembly/AU",
		"PSC/PR/COMM",
		"GC(63)",
		"IDB.46",
		"CM/12",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_symbol(texts[i], "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_family_is_read),
		cmocka_unit_test(what_is_written_otherwise_becomes_one_form),
		cmocka_unit_test(what_only_looks_so_is_none),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
