/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_snippet.c - the passage that answers a query, for people
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "snippet.h"

/* A passage of the whole text in which a word matches wherever it stands. */
static struct query_passage
find_all(const char *text, const char *word)
{
	struct query_passage passage = { .end = (uint32_t)strlen(text) };
	const char *at = text;

	while (*word && (at = strstr(at, word))) {
		struct query_match *match =
			&passage.matches[passage.match_count++];

		match->start = (uint32_t)(at - text);
		at += strlen(word);
		match->end = (uint32_t)(at - text);
	}
	return passage;
}

static void
assert_printed(struct output out, const char *text, const char *word,
	       const char *expected)
{
	struct query_passage passage = find_all(text, word);

	out.fd = -1;
	snippet_print(&out, bytes_of(text), &passage, 2);
	buffer_put(&out.text, "", 1);
	assert_string_equal(out.text.data, expected);
	output_fini(&out);
}

static void
matches_are_marked_and_white_space_is_one_space(void **state)
{
	struct output plain = { 0 };

	(void)state;
	assert_printed(plain, "le terrorisme\n\t et l'homme", "terrorisme",
		       "  le «terrorisme» et l'homme\n");
	assert_printed(plain, "l'homme, l'homme", "homme",
		       "  l'«homme», l'«homme»\n");
	assert_printed(plain, "droits  de l'homme", "droits  de",
		       "  «droits de» l'homme\n");
	assert_printed(plain, "nothing", "", "  nothing\n");
	assert_printed(plain, "", "", "  \n");
}

static void
matches_are_bold_on_a_terminal(void **state)
{
	struct output styled = { .is_styled = true };

	(void)state;
	assert_printed(styled, "a word here", "word",
		       "  a \x1b[1mword\x1b[0m here\n");
}

static void
lines_end_at_words_and_are_indented(void **state)
{
	struct output narrow = { .columns = 14 };

	(void)state;
	assert_printed(narrow, "one two three four", "",
		       "  one two\n  three four\n");
	assert_printed(narrow, "incomprehensibilities", "",
		       "  incomprehens\n  ibilities\n");
	/* Where there are no spaces a line ends at any character. */
	assert_printed(narrow, "联合国大会第七十八届会议", "",
		       "  联合国大会第\n  七十八届会议\n");
}

static void
snippet_cannot_steer_a_terminal(void **state)
{
	struct output plain = { 0 };

	(void)state;
	assert_printed(plain, "a\x1b[2J b", "b", "  a[2J «b»\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			matches_are_marked_and_white_space_is_one_space),
		cmocka_unit_test(matches_are_bold_on_a_terminal),
		cmocka_unit_test(lines_end_at_words_and_are_indented),
		cmocka_unit_test(snippet_cannot_steer_a_terminal),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
