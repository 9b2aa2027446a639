/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_query_passage.c - the passage of a record that answers a query best
 */
#include "query.h"

#include "record_fixture.h"

static void
put_paragraph(struct fixture *fixture, const char *text)
{
	put_block(fixture, DOCKET_BLOCK_PARAGRAPH, "", text);
}

static void
set_language(struct fixture *fixture, const char *language)
{
	record_put_field(fixture->builder, DOCKET_FIELD_LANGUAGE,
			 bytes_of(language));
}

static void
complete(struct fixture *fixture)
{
	record_settle(fixture->builder);
	finish(fixture);
}

static bool
find(struct fixture *fixture, const char *typed, size_t width,
     struct query_passage *out_passage)
{
	struct word_breaker *breaker = word_breaker_new();
	struct docket_query *query = NULL;
	struct fault fault = { "" };
	bool is_found;

	assert_int_equal(query_parse(bytes_of(typed), breaker, &query, &fault),
			 0);
	is_found = query_find_passage(query, breaker, &fixture->record, width,
				      out_passage);
	query_free(query);
	word_breaker_free(breaker);
	return is_found;
}

/* The passage with [matches] marked. */
static void
check_passage(struct fixture *fixture, const struct query_passage *passage,
	      const char *expected)
{
	struct docket_bytes text = docket_record_text(&fixture->record);
	struct buffer out = { 0 };
	uint32_t at = passage->start;

	for (size_t i = 0; i < passage->match_count; i++) {
		struct query_match match = passage->matches[i];

		assert_true(at <= match.start && match.start < match.end &&
			    match.end <= passage->end);
		buffer_put(&out, text.data + at, match.start - at);
		buffer_format(&out, "[%.*s]", (int)(match.end - match.start),
			      text.data + match.start);
		at = match.end;
	}
	buffer_put(&out, text.data + at, passage->end - at);
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
	buffer_fini(&out);
}

static void
check(struct fixture *fixture, const char *typed, size_t block,
      const char *expected)
{
	struct query_passage passage;

	assert_true(find(fixture, typed, 80, &passage));
	assert_int_equal(passage.block, block);
	check_passage(fixture, &passage, expected);
}

static void
the_block_with_most_of_the_query_is_chosen(void **state)
{
	struct fixture *fixture = *state;

	set_language(fixture, "fr");
	put_paragraph(fixture, "Les nations.");
	put_paragraph(fixture, "Des résolutions des Nations Unies.");
	put_paragraph(fixture, "La résolution des nations.");
	complete(fixture);
	check(fixture, "nation resolution", 1,
	      "Des [résolutions] des [Nations] Unies.");
	check(fixture, "nation", 0, "Les [nations].");
	check(fixture, "nation absent", 0, "Les [nations].");
}

static void
a_row_of_words_is_one_match(void **state)
{
	struct fixture *fixture = *state;

	put_paragraph(fixture, "A/58/44, A/58/444/Add.1 et A/58.");
	complete(fixture);
	check(fixture, "A/58/444", 0, "A/58/44, [A/58/444]/Add.1 et A/58.");
	check(fixture, "\"add 1 et a\"", 0,
	      "A/58/44, A/58/444/[Add.1 et A]/58.");
}

static void
rows_do_not_cross_blocks(void **state)
{
	struct fixture *fixture = *state;
	struct query_passage passage;

	put_paragraph(fixture, "one");
	put_paragraph(fixture, "two");
	complete(fixture);
	assert_false(find(fixture, "\"one two\"", 80, &passage));
}

static void
rows_that_repeat_are_found(void **state)
{
	struct fixture *fixture = *state;

	put_paragraph(fixture, "x a a a a b");
	complete(fixture);
	check(fixture, "\"a a b\"", 0, "x a a [a a b]");
	check(fixture, "\"a a\"", 0, "x [a a a a] b");
}

static void
twins_and_tokens_make_a_row_together(void **state)
{
	struct fixture *fixture = *state;

	set_language(fixture, "fr");
	put_paragraph(fixture, "Les élevées élevées ELEVEES.");
	complete(fixture);
	check(fixture, "\"elevees elevees elevees\"", 0,
	      "Les [élevées élevées ELEVEES].");
}

static void
excluded_words_are_not_shown(void **state)
{
	struct fixture *fixture = *state;

	put_paragraph(fixture, "one two");
	complete(fixture);
	check(fixture, "one -two", 0, "[one] two");
}

static void
alternatives_count_once(void **state)
{
	struct fixture *fixture = *state;

	put_paragraph(fixture, "one two");
	put_paragraph(fixture, "two three");
	complete(fixture);
	check(fixture, "one OR two three", 1, "[two] [three]");
}

static void
each_block_has_its_language(void **state)
{
	struct fixture *fixture = *state;

	set_language(fixture, "ru");
	put_paragraph(fixture, "Резолюции Совета");
	put_paragraph(fixture, "The nation adopted");
	record_settle(fixture->builder);
	record_set_block_language(fixture->builder, 1, "en");
	finish(fixture);
	check(fixture, "nations adopting", 1, "The [nation] [adopted]");
	check(fixture, "резолюция", 0, "[Резолюции] Совета");
}

static void
the_innermost_block_is_named(void **state)
{
	struct fixture *fixture = *state;

	open_block(fixture, DOCKET_BLOCK_LIST, "");
	put_block(fixture, DOCKET_BLOCK_ITEM, "a", "first thing");
	put_block(fixture, DOCKET_BLOCK_ITEM, "b", "second thing");
	close_block(fixture);
	complete(fixture);
	check(fixture, "second", 2, "[second] thing");
}

static void
han_is_shown_without_its_neighbours(void **state)
{
	struct fixture *fixture = *state;

	put_paragraph(fixture, "联合国安理会决议");
	complete(fixture);
	check(fixture, "安理会", 0, "联合国[安理会]决议");
	check(fixture, "安", 0, "联合国[安]理会决议");
	check(fixture, "议", 0, "联合国安理会决[议]");
}

static void
prefixes_show_the_whole_word(void **state)
{
	struct fixture *fixture = *state;

	set_language(fixture, "en");
	put_paragraph(fixture, "They negotiated the internationals.");
	complete(fixture);
	check(fixture, "internat*", 0, "They negotiated the [internationals].");
	check(fixture, "negotiat*", 0, "They [negotiated] the internationals.");
}

static void
long_blocks_are_cut_at_words_around_the_match(void **state)
{
	struct fixture *fixture = *state;
	struct query_passage passage;

	put_paragraph(fixture, "Alpha beta gamma delta, «epsilon» zeta eta "
			       "theta iota kappa lambda.");
	complete(fixture);
	assert_true(find(fixture, "epsilon kappa", 40, &passage));
	check_passage(fixture, &passage,
		      "delta, «[epsilon]» zeta eta theta iota");
	assert_true(find(fixture, "alpha", 12, &passage));
	check_passage(fixture, &passage, "[Alpha] beta");
	assert_true(find(fixture, "lambda", 12, &passage));
	check_passage(fixture, &passage, "[lambda].");
}

static void
a_word_longer_than_the_width_is_cut_at_a_character(void **state)
{
	struct fixture *fixture = *state;
	struct query_passage passage;

	put_paragraph(fixture, "éééééééééé un");
	complete(fixture);
	assert_true(find(fixture, "éééééééééé", 9, &passage));
	check_passage(fixture, &passage, "[éééé]");
}

static void
matches_beyond_the_limit_are_left_out(void **state)
{
	struct fixture *fixture = *state;
	struct query_passage passage;
	struct buffer text = { 0 };

	for (int i = 0; i < 100; i++)
		buffer_put_string(&text, "un, ");
	buffer_put(&text, "", 1);
	put_paragraph(fixture, text.data);
	buffer_fini(&text);
	complete(fixture);
	assert_true(find(fixture, "un", 1000, &passage));
	assert_int_equal(passage.match_count, QUERY_MATCHES_MAX);
}

static void
where_nothing_is_found_the_first_block_is_shown(void **state)
{
	struct fixture *fixture = *state;
	struct query_passage passage;

	put_paragraph(fixture, "first block of some length");
	put_paragraph(fixture, "second");
	complete(fixture);
	assert_false(find(fixture, "absent", 12, &passage));
	assert_int_equal(passage.block, 0);
	check_passage(fixture, &passage, "first block");
}

static void
a_record_without_text_has_an_empty_passage(void **state)
{
	struct fixture *fixture = *state;
	struct query_passage passage;

	complete(fixture);
	assert_false(find(fixture, "absent", 80, &passage));
	assert_int_equal(passage.start, 0);
	assert_int_equal(passage.end, 0);
	assert_true(passage.block == SIZE_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RECORD_TEST(the_block_with_most_of_the_query_is_chosen),
		RECORD_TEST(a_row_of_words_is_one_match),
		RECORD_TEST(rows_do_not_cross_blocks),
		RECORD_TEST(rows_that_repeat_are_found),
		RECORD_TEST(twins_and_tokens_make_a_row_together),
		RECORD_TEST(excluded_words_are_not_shown),
		RECORD_TEST(alternatives_count_once),
		RECORD_TEST(each_block_has_its_language),
		RECORD_TEST(the_innermost_block_is_named),
		RECORD_TEST(han_is_shown_without_its_neighbours),
		RECORD_TEST(prefixes_show_the_whole_word),
		RECORD_TEST(long_blocks_are_cut_at_words_around_the_match),
		RECORD_TEST(a_word_longer_than_the_width_is_cut_at_a_character),
		RECORD_TEST(matches_beyond_the_limit_are_left_out),
		RECORD_TEST(where_nothing_is_found_the_first_block_is_shown),
		RECORD_TEST(a_record_without_text_has_an_empty_passage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
