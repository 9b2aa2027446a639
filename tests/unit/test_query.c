/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_query.c - what a person types, as clauses
 */
#include "query.h"

#include <errno.h>
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
put_clause(struct buffer *out, const struct docket_query *query, size_t index)
{
	struct docket_clause clause = docket_query_clause(query, index);

	buffer_put_string(out, index ? " ; " : "");
	if (clause.is_excluded)
		buffer_put_string(out, "not");
	else
		buffer_format(out, "%zu", clause.group);
	for (size_t i = 0; i < clause.variants; i++) {
		buffer_put_string(out, i ? " |" : "");
		for (size_t k = 0; k < clause.tokens; k++) {
			buffer_put_string(out, " ");
			buffer_put_bytes(
				out, docket_query_token(query, index, i, k));
		}
	}
	buffer_put_string(out, clause.is_prefix ? "*" : "");
}

/* Clauses as "GROUP tokens | tokens of another variant ; not tokens". */
static void
check(const char *typed, const char *expected)
{
	struct docket_query *query = NULL;
	struct buffer out = { 0 };
	struct fault fault = { "" };

	assert_int_equal(query_parse(bytes_of(typed), breaker, &query, &fault),
			 0);
	for (size_t i = 0; i < docket_query_clauses(query); i++)
		put_clause(&out, query, i);
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
	buffer_fini(&out);
	query_free(query);
}

static void
check_refused(struct docket_bytes typed, const char *sentence)
{
	struct docket_query *query = NULL;
	struct fault fault = { "" };

	assert_int_equal(query_parse(typed, breaker, &query, &fault), -EINVAL);
	assert_null(query);
	assert_string_equal(fault.text, sentence);
}

static void
each_word_is_a_group_of_its_own(void **state)
{
	(void)state;
	check("un 1373", "0 un ; 1 1373");
	check("  un\t\n1373\xe3\x80\x80onu ", "0 un ; 1 1373 ; 2 onu");
}

static void
words_are_stemmed_in_every_language_of_their_script(void **state)
{
	(void)state;
	check("nations", "0 nations | nation");
	check("резолюции", "0 резолюции | резолюц");
	check("القرارات", "0 القرارات | قرار");
}

static void
accents_are_tried_with_and_without(void **state)
{
	(void)state;
	check("resolución", "0 resolucion | resolu");
	check("élevées", "0 elevees | eleve | elev");
}

static void
or_joins_groups_and_only_in_capitals(void **state)
{
	(void)state;
	check("un OR 1373 OR onu x", "0 un ; 0 1373 ; 0 onu ; 1 x");
	check("un or x", "0 un ; 1 or ; 2 x");
	check("un \"OR\" x", "0 un ; 1 or ; 2 x");
}

static void
or_without_sides_is_nothing(void **state)
{
	(void)state;
	check("OR un OR", "0 un");
	check("un OR OR x", "0 un ; 0 x");
	check("un OR -x y", "0 un ; not x ; 1 y");
}

static void
minus_excludes_only_where_a_word_begins(void **state)
{
	(void)state;
	check("un -x", "0 un ; not x");
	check("-x un", "not x ; 0 un");
	check("un-x", "0 un x");
	check("un - x", "0 un ; 1 x");
	check("un -\"x y\"", "0 un ; not x y");
}

static void
quotes_of_every_typography_make_a_row(void **state)
{
	(void)state;
	check("\"un onu\"", "0 un onu");
	check("«un onu» “un onu” „un onu“ „un onu”",
	      "0 un onu ; 1 un onu ; 2 un onu ; 3 un onu");
	check("「un onu」《un onu》", "0 un onu ; 1 un onu");
	check("« un “x” »", "0 un x");
}

static void
quotes_that_are_not_closed_are_punctuation(void **state)
{
	(void)state;
	check("\"un onu", "0 un ; 1 onu");
	check("un» onu", "0 un ; 1 onu");
	check("un\"x\"y", "0 un ; 1 x ; 2 y");
}

static void
inner_marks_make_a_row(void **state)
{
	(void)state;
	check("A/58/444", "0 a 58 444");
	check("1373(2001)", "0 1373 2001");
	check("l'on", "0 l on");
	check("(un), onu.", "0 un ; 1 onu");
}

static void
a_star_makes_a_prefix_of_the_plain_word(void **state)
{
	(void)state;
	check("Onü*", "0 onu*");
	check("A/58/4*", "0 a 58 4*");
	check("\"un x*\"", "0 un x*");
	check("\"un x\"*", "0 un x*");
	check("u*n", "0 u n");
	check("un.*", "0 un");
}

static void
a_prefix_that_ends_in_an_ending_finds_the_stem_too(void **state)
{
	(void)state;
	check("gouvernement*", "0 gouvernement* ; 0 gouvern");
	check("резолюци*", "0 резолюци* ; 0 резолюц");
	check("un -gouvernement*", "0 un ; not gouvernement* ; not gouvern");
}

static void
han_is_found_inside_any_run(void **state)
{
	(void)state;
	check("安", "0 安*");
	check("安理会", "0 安理 理会");
	check("安理会*", "0 安理 理会");
	check("第1483号", "0 第 1483 号*");
	check("第1483号决议", "0 第 1483 号决 决议");
}

static void
what_has_nothing_to_look_for_is_refused(void **state)
{
	(void)state;
	check_refused(bytes_of(""), "The query has no words.");
	check_refused((struct docket_bytes){ NULL, 0 },
		      "The query has no words.");
	check_refused(bytes_of(" - * \"\" « » OR ."),
		      "The query has no words.");
	check_refused(bytes_of("-un -\"x y\""),
		      "The query only says what is not wanted.");
}

static void
what_is_too_long_is_refused(void **state)
{
	struct buffer typed = { 0 };

	(void)state;
	while (typed.size <= QUERY_LIMIT_BYTES)
		buffer_put_string(&typed, "x");
	check_refused(buffer_bytes(&typed),
		      "The query is longer than 4096 bytes.");
	typed.size = 0;
	for (int i = 0; i < 65; i++)
		buffer_put_string(&typed, "negotiation* ");
	check_refused(buffer_bytes(&typed),
		      "The query has more than 64 words.");
	buffer_fini(&typed);
}

static void
what_has_no_words_does_not_count(void **state)
{
	struct docket_query *query = NULL;
	struct buffer typed = { 0 };
	struct fault fault;

	(void)state;
	for (int i = 0; i < 64; i++)
		buffer_put_string(&typed, "- . negotiation* OR ");
	assert_int_equal(
		query_parse(buffer_bytes(&typed), breaker, &query, &fault), 0);
	assert_int_equal(docket_query_clauses(query), 128);
	query_free(query);
	buffer_fini(&typed);
}

static void
bytes_that_are_no_utf8_part_words(void **state)
{
	(void)state;
	check("un\xff\xfeonu \xc3", "0 un onu");
}

/* Whatever is in there, it is a query or a refusal. */
static void
signs_in_any_order_are_harmless(void **state)
{
	static const char *const pieces[] = {
		"\"", "-", "*",	 "OR", " ", "un",   "«",	"»",
		"“",  "”", "安", "é",  "/", "\xff", "\xcc\x81", "ations",
	};
	uint32_t random = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct docket_query *query = NULL;
		struct buffer typed = { 0 };
		struct fault fault;

		for (int i = 0; i < 12; i++) {
			random = random * 1664525 + 1013904223;
			buffer_put_string(&typed, pieces[random >> 28]);
		}
		query_parse(buffer_bytes(&typed), breaker, &query, &fault);
		if (query)
			assert_true(docket_query_clauses(query) > 0);
		query_free(query);
		buffer_fini(&typed);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_word_is_a_group_of_its_own),
		TEST(words_are_stemmed_in_every_language_of_their_script),
		TEST(accents_are_tried_with_and_without),
		TEST(or_joins_groups_and_only_in_capitals),
		TEST(or_without_sides_is_nothing),
		TEST(minus_excludes_only_where_a_word_begins),
		TEST(quotes_of_every_typography_make_a_row),
		TEST(quotes_that_are_not_closed_are_punctuation),
		TEST(inner_marks_make_a_row),
		TEST(a_star_makes_a_prefix_of_the_plain_word),
		TEST(a_prefix_that_ends_in_an_ending_finds_the_stem_too),
		TEST(han_is_found_inside_any_run),
		TEST(what_has_nothing_to_look_for_is_refused),
		TEST(what_is_too_long_is_refused),
		TEST(what_has_no_words_does_not_count),
		TEST(bytes_that_are_no_utf8_part_words),
		TEST(signs_in_any_order_are_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
