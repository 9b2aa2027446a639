/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_word.c - text into words
 */
#include "word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct word_breaker *breaker;

static int
set_up(void **state)
{
	(void)state;
	breaker = word_breaker_new();
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	breaker = word_breaker_free(breaker);
	return 0;
}

static void
check_tokens_of(struct docket_bytes text, enum word_language language,
		const char *expected)
{
	struct buffer out = { 0 };

	word_put_tokens(breaker, text, language, &out);
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
	buffer_fini(&out);
}

static void
check(enum word_language language, const char *text, const char *expected)
{
	check_tokens_of(bytes_of(text), language, expected);
}

static void
check_same(enum word_language language, const char *one, const char *other)
{
	struct buffer out = { 0 };

	word_put_tokens(breaker, bytes_of(other), language, &out);
	buffer_put(&out, "", 1);
	check(language, one, out.data);
	buffer_fini(&out);
}

/* ---- breaking ---- */

static void
apostrophes_hyphens_and_slashes_end_words(void **state)
{
	(void)state;
	check(WORD_OTHER, "l'homme l’homme", "l homme l homme ");
	check(WORD_OTHER, "A/RES/48/246", "a res 48 246 ");
	check(WORD_OTHER, "1373 (2001), e-mail", "1373 2001 e mail ");
}

static void
nothing_has_no_words(void **state)
{
	(void)state;
	check_tokens_of((struct docket_bytes){ NULL, 0 }, WORD_FR, "");
	check(WORD_FR, " \t\n.,;-— «»", "");
}

static void
positions_are_bytes_of_the_text(void **state)
{
	const char *text = "«Été» à New York";
	const uint32_t expected[][2] = {
		{ 2, 7 }, { 10, 12 }, { 13, 16 }, { 17, 21 }
	};
	struct word word;

	(void)state;
	word_start(breaker, bytes_of(text), WORD_FR);
	for (size_t i = 0; i < ARRAY_SIZE(expected); i++) {
		assert_true(word_next(breaker, &word));
		assert_int_equal(word.start, expected[i][0]);
		assert_int_equal(word.end, expected[i][1]);
	}
	assert_false(word_next(breaker, &word));
	assert_false(word_next(breaker, &word));
}

static void
bytes_that_are_no_utf8_separate(void **state)
{
	(void)state;
	check(WORD_OTHER, "one\xfftwo\xc3(three\xe4\xb8", "one two three ");
	check_tokens_of((struct docket_bytes){ "a\0b", 3 }, WORD_OTHER, "a b ");
}

static void
invisible_characters_do_not_end_words(void **state)
{
	(void)state;
	/* soft hyphen, ZWNJ, ZWJ, left-to-right mark, tatweel */
	check(WORD_OTHER,
	      "co\xc2\xadop zw\xe2\x80\x8cnj zw\xe2\x80\x8dj l\xe2\x80\x8er",
	      "coop zwnj zwj lr ");
	check(WORD_OTHER, "الأمــم", "الامم ");
}

static void
zero_width_space_ends_a_word(void **state)
{
	(void)state;
	check(WORD_OTHER, "one\xe2\x80\x8btwo", "one two ");
}

static void
lone_marks_are_no_words(void **state)
{
	(void)state;
	check(WORD_FR, " \xcc\x81 a \xd9\x8b ", "a ");
}

/* ---- folding ---- */

static void
case_and_width_do_not_matter(void **state)
{
	(void)state;
	check(WORD_OTHER, "UN Ｕｎ ПАРИЖ ΛΟΓΟΣ λόγος",
	      "un un париж λογοσ λογοσ ");
}

static void
ligatures_are_spelled_out(void **state)
{
	(void)state;
	check(WORD_OTHER, "œuvre Æsop straße ﬃ ĳ",
	      "oeuvre aesop strasse ffi ij ");
}

static void
digits_of_every_script_are_ascii(void **state)
{
	(void)state;
	check(WORD_OTHER, "٢٠٠٣ ۲۰۰۳ ２００３ २००३ ๒๐๐๓",
	      "2003 2003 2003 2003 2003 ");
}

static void
accents_are_dropped_but_short_i_is_a_letter(void **state)
{
	(void)state;
	check(WORD_OTHER, "déjà señor čas Łódź ёлка край",
	      "deja senor cas lodz елка край ");
	check(WORD_OTHER, "крайи\xcc\x86", "крайй ");
}

static void
vowels_of_indic_scripts_stay(void **state)
{
	(void)state;
	check(WORD_OTHER, "हिन्दी", "हिन्दी ");
}

static void
decomposed_letters_are_the_composed_ones(void **state)
{
	(void)state;
	check_same(WORD_FR, "re\xcc\x81solution E\xcc\x81te\xcc\x81",
		   "résolution Été");
	check_same(WORD_RU, "Краи\xcc\x86нии\xcc\x86", "Крайний");
	check_same(WORD_AR, "ا\xd9\x94مم", "أمم");
	/* Hangul, which is composed by arithmetic */
	check_same(WORD_OTHER, "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "한");
}

static void
arabic_letters_are_unified(void **state)
{
	(void)state;
	check(WORD_OTHER, "أمم إمم آمم ٱمم", "امم امم امم امم ");
	check(WORD_OTHER, "القوة على", "القوه علي ");
	check(WORD_OTHER, "أُكِّدَت", "اكدت ");
	/* presentation forms, as PDF has them */
	check(WORD_OTHER, "\xef\xbb\xbb\xef\xbb\xad", "لاو ");
}

/* ---- stemming ---- */

static void
each_language_has_its_stems(void **state)
{
	(void)state;
	check(WORD_EN, "nations national", "nation nation ");
	check(WORD_FR, "gouvernements", "gouvern ");
	check(WORD_ES, "resoluciones", "resolu ");
	check(WORD_RU, "резолюции", "резолюц ");
	check(WORD_AR, "القرارات", "قرار ");
	check(WORD_ZH, "nations", "nations ");
}

static void
words_of_another_script_and_numbers_are_not_stemmed(void **state)
{
	(void)state;
	check(WORD_RU, "nations", "nations ");
	check(WORD_EN, "нации 1970s", "нации 1970s ");
}

static void
accented_words_have_both_stems_where_they_differ(void **state)
{
	(void)state;
	check(WORD_ES, "resolución", "resolu =resolucion ");
	check(WORD_FR, "résolution", "resolu ");
}

static void
words_without_their_accents_are_found_by_the_twin(void **state)
{
	(void)state;
	check(WORD_ES, "RESOLUCION", "resolucion ");
	check(WORD_FR, "élevées", "elev =eleve ");
	check(WORD_FR, "ELEVEES", "eleve ");
}

static void
stems_are_the_same_the_second_time(void **state)
{
	struct buffer text = { 0 }, first = { 0 }, second = { 0 };

	(void)state;
	for (int i = 0; i < 40000; i++)
		buffer_format(&text, "mot%dés nation%xs ", i, i * 7);
	word_put_tokens(breaker, buffer_bytes(&text), WORD_FR, &first);
	word_put_tokens(breaker, buffer_bytes(&text), WORD_FR, &second);
	assert_true(bytes_equal(buffer_bytes(&first), buffer_bytes(&second)));
	buffer_fini(&text);
	buffer_fini(&first);
	buffer_fini(&second);
}

static void
stems_are_the_same_where_many_documents_are_seen(void **state)
{
	struct word_breaker *other = word_breaker_new();
	struct buffer text = { 0 }, one = { 0 }, many = { 0 };

	(void)state;
	word_breaker_see_many(other);
	for (int i = 0; i < 40000; i++)
		buffer_format(&text, "mot%dés nation%xs ", i, i * 7);
	word_put_tokens(breaker, buffer_bytes(&text), WORD_FR, &one);
	word_put_tokens(other, buffer_bytes(&text), WORD_FR, &many);
	assert_true(bytes_equal(buffer_bytes(&one), buffer_bytes(&many)));
	word_breaker_free(other);
	buffer_fini(&text);
	buffer_fini(&one);
	buffer_fini(&many);
}

/* All words of a text, asked for one by one. */
static void
put_each(struct docket_bytes text, enum word_language language,
	 struct buffer *out)
{
	struct word word;

	word_start(breaker, text, language);
	while (word_next(breaker, &word)) {
		buffer_format(out, "%.*s ", (int)word.token.size,
			      word.token.data);
		if (word.twin.size > 0)
			buffer_format(out, "=%.*s ", (int)word.twin.size,
				      word.twin.data);
	}
}

/* Short and long, with marks, in the middle of a text and at its end. */
static void
words_that_were_seen_have_the_same_tokens(void **state)
{
	static const char *const texts[] = {
		[WORD_OTHER] = "Ελλάδα 1945 สหประชาชาติ co\xc2\xadop\xc2\xad x",
		[WORD_AR] = "الأمــم المتحدة والمسؤولين َ قراراتها",
		[WORD_EN] = "Internationalization of responsibilities, a b2",
		[WORD_ES] = "Las resoluciones años 2001 anticonstitucionales",
		[WORD_FR] = "élevées e\xcc\x81leve\xcc\x81s œuvre l’État ÉTÉ",
		[WORD_RU] =
			"Организации Объединённых Наций человеконенавистный",
		[WORD_ZH] = "安理会 第1483号 resolutions 决议",
	};

	(void)state;
	for (int i = 0; i < WORD_LANGUAGE_COUNT; i++) {
		enum word_language language = (enum word_language)i;
		struct buffer each = { 0 };

		put_each(bytes_of(texts[i]), language, &each);
		buffer_put(&each, "", 1);
		check(language, texts[i], each.data);
		each.size = 0;
		put_each(bytes_of(texts[i]), language, &each);
		buffer_put(&each, "", 1);
		check(language, texts[i], each.data);
		buffer_fini(&each);
	}
}

static void
positions_are_the_same_the_second_time(void **state)
{
	/* A soft hyphen behind a word is not of it. */
	const char *text = "co\xc2\xadop\xc2\xad coop";
	const uint32_t expected[][2] = { { 0, 6 }, { 9, 13 } };
	struct word word;

	(void)state;
	for (int i = 0; i < 2; i++) {
		word_start(breaker, bytes_of(text), WORD_EN);
		for (size_t k = 0; k < ARRAY_SIZE(expected); k++) {
			assert_true(word_next(breaker, &word));
			assert_int_equal(word.start, expected[k][0]);
			assert_int_equal(word.end, expected[k][1]);
		}
	}
}

static void
languages_do_not_share_stems(void **state)
{
	(void)state;
	check(WORD_EN, "nationales", "national ");
	check(WORD_FR, "nationales", "national ");
	check(WORD_ES, "nationales", "national ");
	check(WORD_EN, "gouvernements", "gouvern ");
	check(WORD_ES, "gouvernements", "gouvernements ");
	check(WORD_EN, "gouvernements", "gouvern ");
}

/* ---- Han, and scripts that ICU breaks ---- */

static void
han_is_pairs_and_the_last_stands_alone(void **state)
{
	(void)state;
	check(WORD_ZH, "安理会", "安理 理会 会 ");
	check(WORD_ZH, "第1483(2003)号决议。", "第 1483 2003 号决 决议 议 ");
	check(WORD_ZH, "联合国，大会", "联合 合国 国 大会 会 ");
}

static void
a_line_end_between_han_is_nothing_an_empty_line_is(void **state)
{
	(void)state;
	check(WORD_ZH, "安理\n  会", "安理 理会 会 ");
	check(WORD_ZH, "联\xe3\x80\x80合", "联合 合 ");
	check(WORD_ZH, "安\r\n\r\n会", "安 会 ");
	check(WORD_ZH, "安\f会", "安 会 ");
	check(WORD_ZH, "安 UN 会", "安 un 会 ");
}

static void
a_pair_spans_both_characters(void **state)
{
	struct word word;

	(void)state;
	word_start(breaker, bytes_of("安理"), WORD_ZH);
	assert_true(word_next(breaker, &word));
	assert_int_equal(word.start, 0);
	assert_int_equal(word.end, 6);
	assert_true(word_next(breaker, &word));
	assert_int_equal(word.start, 3);
	assert_int_equal(word.end, 6);
	assert_false(word_next(breaker, &word));
}

static void
kana_keep_their_voicing(void **state)
{
	(void)state;
	check(WORD_OTHER, "か\xe3\x82\x99き", "がき き ");
	check(WORD_OTHER, "ｶﾞ", "ガ ");
	check(WORD_OTHER, "コード", "コー ード ド ");
}

static void
thai_is_broken_by_its_dictionary(void **state)
{
	(void)state;
	check(WORD_OTHER, "สหประชาชาติ UN", "สหประชาชาติ un ");
	check(WORD_OTHER, "ภาษาไทย", "ภาษา ไทย ");
}

/* ---- bounds ---- */

static void
long_words_are_cut_alike(void **state)
{
	struct buffer text = { 0 }, out = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++)
		buffer_put_string(&text, "0123456789");
	check_tokens_of(buffer_bytes(&text), WORD_OTHER,
			"0123456789012345678901234567890123456789"
			"012345678901234567890123 ");
	/* 64 characters of four bytes are one byte too many */
	text.size = 0;
	for (int i = 0; i < 64; i++)
		buffer_put_string(&text, "\xf0\x90\x90\xa8");
	buffer_put_string(&text, "a\xcc\x81");
	word_put_tokens(breaker, buffer_bytes(&text), WORD_OTHER, &out);
	assert_int_equal(out.size, 63 * 4 + 1);
	buffer_fini(&text);
	buffer_fini(&out);
}

static void
a_mark_behind_the_cut_changes_nothing(void **state)
{
	struct buffer text = { 0 };

	(void)state;
	for (int i = 0; i < 64; i++)
		buffer_put_string(&text, "e");
	buffer_put_string(&text, "xu\xcc\x88");
	check_tokens_of(buffer_bytes(&text), WORD_OTHER,
			"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
			"eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee ");
	buffer_fini(&text);
}

static void
long_runs_of_thai_are_broken_in_pieces(void **state)
{
	struct buffer text = { 0 };
	struct word word;
	size_t count = 0;

	(void)state;
	for (int i = 0; i < 2000; i++)
		buffer_put_string(&text, "ภาษาไทย");
	word_start(breaker, buffer_bytes(&text), WORD_OTHER);
	while (word_next(breaker, &word))
		count++;
	assert_int_equal(count, 4000);
	buffer_fini(&text);
}

static void
language_codes_are_taken_by_their_primary_subtag(void **state)
{
	(void)state;
	assert_int_equal(word_language_of(bytes_of("fr")), WORD_FR);
	assert_int_equal(word_language_of(bytes_of("ZH-Hant-TW")), WORD_ZH);
	assert_int_equal(word_language_of(bytes_of("fra")), WORD_OTHER);
	assert_int_equal(word_language_of(bytes_of("de")), WORD_OTHER);
	assert_int_equal(word_language_of(bytes_of("")), WORD_OTHER);
	assert_int_equal(word_language_of((struct docket_bytes){ NULL, 0 }),
			 WORD_OTHER);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(apostrophes_hyphens_and_slashes_end_words),
		TEST(nothing_has_no_words),
		TEST(positions_are_bytes_of_the_text),
		TEST(bytes_that_are_no_utf8_separate),
		TEST(invisible_characters_do_not_end_words),
		TEST(zero_width_space_ends_a_word),
		TEST(lone_marks_are_no_words),
		TEST(case_and_width_do_not_matter),
		TEST(ligatures_are_spelled_out),
		TEST(digits_of_every_script_are_ascii),
		TEST(accents_are_dropped_but_short_i_is_a_letter),
		TEST(vowels_of_indic_scripts_stay),
		TEST(decomposed_letters_are_the_composed_ones),
		TEST(arabic_letters_are_unified),
		TEST(each_language_has_its_stems),
		TEST(words_of_another_script_and_numbers_are_not_stemmed),
		TEST(accented_words_have_both_stems_where_they_differ),
		TEST(words_without_their_accents_are_found_by_the_twin),
		TEST(stems_are_the_same_the_second_time),
		TEST(stems_are_the_same_where_many_documents_are_seen),
		TEST(words_that_were_seen_have_the_same_tokens),
		TEST(positions_are_the_same_the_second_time),
		TEST(languages_do_not_share_stems),
		TEST(han_is_pairs_and_the_last_stands_alone),
		TEST(a_line_end_between_han_is_nothing_an_empty_line_is),
		TEST(a_pair_spans_both_characters),
		TEST(kana_keep_their_voicing),
		TEST(thai_is_broken_by_its_dictionary),
		TEST(long_words_are_cut_alike),
		TEST(a_mark_behind_the_cut_changes_nothing),
		TEST(long_runs_of_thai_are_broken_in_pieces),
		TEST(language_codes_are_taken_by_their_primary_subtag),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
