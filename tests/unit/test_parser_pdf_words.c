/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_pdf_words.c - labels, titles, dates, and letters that lie */
#include "parser_pdf_page.h"

#include "info.h"
#include "trust.h"

static void
assert_label(const char *text, const char *number)
{
	struct label label = label_read(text, strlen(text));

	assert_true(label.size > 0);
	assert_int_equal(label.number_size, strlen(number));
	assert_memory_equal(text + label.number, number, strlen(number));
}

static void
labels_of_six_languages_are_read(void **state)
{
	(void)state;
	assert_label("1. The keeper", "1");
	assert_label("1.2.3 The keeper", "1.2.3");
	assert_label("(a) The keeper", "a");
	assert_label("b) Le passeur", "b");
	assert_label("iv) El barquero", "iv");
	assert_label("XII. Tolls", "XII");
	assert_label("\xd9\xa1- \xd8\xa8", "\xd9\xa1");	 /* Arabic 1- */
	assert_label("(\xd8\xa3) \xd8\xa8", "\xd8\xa3"); /* (alef) */
	assert_label("\xe4\xb8\x80\xe3\x80\x81\xe6\xb2\xb3", "\xe4\xb8\x80");
	assert_label("\xe2\x80\xa2 a bullet", "");
}

static void
words_and_years_are_no_labels(void **state)
{
	static const char *const texts[] = { "The keeper",  "2014 was dry",
					     "1373 (2001)", "A/68/991",
					     "mr. Keeper",  "(see annex I)" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(label_read(texts[i], strlen(texts[i])).size,
				 0);
}

static void
assert_date(const char *pdf, const char *iso)
{
	char out[INFO_DATE_SIZE];

	assert_true(
		info_read_date((struct docket_bytes){ pdf, strlen(pdf) }, out));
	assert_string_equal(out, iso);
}

static void
dates_are_as_exact_as_they_were(void **state)
{
	char out[INFO_DATE_SIZE];

	(void)state;
	assert_date("D:20031010153000+02'00'", "2003-10-10T15:30:00+02:00");
	assert_date("D:20031010153000Z", "2003-10-10T15:30:00Z");
	assert_date("D:20031010", "2003-10-10");
	assert_date("D:2003", "2003");
	assert_date("20031010153000-05'30", "2003-10-10T15:30:00-05:30");
	assert_false(
		info_read_date((struct docket_bytes){ "yesterday", 9 }, out));
	assert_false(info_read_date((struct docket_bytes){ "", 0 }, out));
}

static void
names_of_files_are_no_titles(void **state)
{
	static const struct {
		const char *title;
		bool is_title;
	} cases[] = {
		{ "Tolls of the Lund ferry", true },
		{ "Microsoft Word - tolls.doc", false },
		{ "tolls final 2.docx", false },
		{ "untitled document", false },
		{ "A_68_991", false },
		{ "C:\\My Documents\\tolls", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(
			info_is_title((struct docket_bytes){
				cases[i].title, strlen(cases[i].title) }),
			cases[i].is_title);
}

static void
languages_are_told_from_what_is_none(void **state)
{
	static const struct {
		const char *text;
		bool is_language;
	} cases[] = {
		{ "The keeper writes the names of all who cross, and sends "
		  "the book to the registry at the end of every month.",
		  true },
		{ "Le passeur inscrit les noms de tous ceux qui traversent et "
		  "envoie le registre au greffe \xc3\xa0 la fin du mois.",
		  true },
		{ "Przewo\xc5\xbanik zapisuje imiona wszystkich, kt\xc3\xb3rzy "
		  "przeprawiaj\xc4\x85 si\xc4\x99 przez rzek\xc4\x99.",
		  true },
		{ "\xd0\x9f\xd0\xb5\xd1\x80\xd0\xb5\xd0\xb2\xd0\xbe\xd0\xb7"
		  "\xd1\x87\xd0\xb8\xd0\xba \xd0\xb7\xd0\xb0\xd0\xbf\xd0\xb8"
		  "\xd1\x81\xd1\x8b\xd0\xb2\xd0\xb0\xd0\xb5\xd1\x82 \xd0\xb8"
		  "\xd0\xbc\xd0\xb5\xd0\xbd\xd0\xb0 \xd0\xb2\xd1\x81\xd0\xb5"
		  "\xd1\x85, \xd0\xba\xd1\x82\xd0\xbe \xd0\xbf\xd0\xb5\xd1\x80"
		  "\xd0\xb5\xd0\xbf\xd1\x80\xd0\xb0\xd0\xb2\xd0\xbb\xd1\x8f"
		  "\xd0\xb5\xd1\x82\xd1\x81\xd1\x8f.",
		  true },
		{ "A/68/991 12 13 14 15 16 17 (2003) 48/264", true },
		{ "Wkh nhhshu zulwhv wkh qdphv ri doo zkr furvv dqg vhqgv wkh "
		  "errn wr wkh uhjlvwub dw wkh hqg ri hyhub prqwk",
		  false },
		{ "tkajrZe sjat[ kjb[jbZ ]^_XnWX iZ[cX\\d W^\\_tv{Z yjzcij "
		  "ciqkjX_i[dj_Zc emjibXeZ",
		  false },
		{ "kkkeeper wwwrites nnnames ooof aaall whooo crosssss aaand "
		  "sssends the boook",
		  false },
	};

	(void)state;
	assert_true(letters_start());
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(
			trust_is_language(cases[i].text, strlen(cases[i].text)),
			cases[i].is_language);
	letters_stop();
}

/* How many pages lie, of one with this line. */
static uint32_t
judge_line(const char *text, bool is_guessed)
{
	struct document document = { 0 };
	uint32_t lost;

	document_add_text(&document, text, strlen(text));
	*document_add_line(&document) = (struct line){
		.size = (uint32_t)strlen(text),
		.page = 1,
		.is_guessed = is_guessed,
	};
	document_add_sheet(&document)->count = 1;
	lost = trust_judge(&document);
	document_fini(&document);
	return lost;
}

static void
code_is_no_lie_where_a_font_says_what_it_shows(void **state)
{
	static const char code[] =
		"The rule is ATTRS{serial}==07032998 with SYMLINK+=usb_key "
		"set by udev_admin for devices; echo $(uname_r) prints "
		"isReady or dumpFile[index] and sends chr(100)%252echr.";
	static const char scrambled[] =
		"#4no k>>n>oR vR;[>S [$nR #4n SR}>n? Z# Rjj v4$Z HoZ??R "
		"eSd ?nS.d #4n &Z$Z;Z RSd #4>R ;oZ}>n#oR Rv#nRo";
	static const char cipher[] =
		"wkh nhhshu zulwhv wkh qdphv ri doo zkr furvv dqg vhqgv wkh";

	(void)state;
	assert_true(letters_start());
	assert_int_equal(judge_line(code, true), 1);
	assert_int_equal(judge_line(code, false), 0);
	assert_int_equal(judge_line(scrambled, true), 1);
	assert_int_equal(judge_line(scrambled, false), 1);
	assert_int_equal(judge_line(cipher, true), 1);
	assert_int_equal(judge_line(cipher, false), 1);
	letters_stop();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_of_six_languages_are_read),
		cmocka_unit_test(words_and_years_are_no_labels),
		cmocka_unit_test(dates_are_as_exact_as_they_were),
		cmocka_unit_test(names_of_files_are_no_titles),
		cmocka_unit_test(languages_are_told_from_what_is_none),
		cmocka_unit_test(
			code_is_no_lie_where_a_font_says_what_it_shows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
