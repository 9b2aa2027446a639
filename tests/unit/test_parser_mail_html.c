/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_mail_html.c - HTML of mails is reduced to its text */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "entity.h"
#include "html.h"
#include "mem.h"

static void
assert_text(const char *html, const char *expected)
{
	struct runs runs;

	html_read(bytes_of(html), &runs);
	assert_int_equal(runs.size, strlen(expected));
	assert_memory_equal(runs.data, expected, runs.size);
	runs_fini(&runs);
}

static void
white_space_is_one_space(void **state)
{
	(void)state;
	assert_text("one\r\n  two\t<b>three</b>four", "one two threefour\n");
	assert_text("  \n ", "");
}

static void
blocks_are_parted_by_empty_lines_and_breaks_end_lines(void **state)
{
	(void)state;
	assert_text("<p>one<p>two</p>\n<div>three</div><div>four</div>",
		    "one\n\ntwo\n\nthree\nfour\n");
	assert_text("one<br>two<br/><br />three", "one\ntwo\n\nthree\n");
	assert_text("<div>one</div><div><br></div><div>two</div>",
		    "one\n\ntwo\n");
	assert_text("<pre>one\n  two</pre>", "one\ntwo\n");
}

static void
lists_have_bullets_or_numbers(void **state)
{
	(void)state;
	assert_text("<ol><li>one<li>two</ol>", "1. one\n2. two\n");
	assert_text("<ul><li>a</li><li>b<ol><li>c</ol></ul>d",
		    "• a\n• b\n1. c\n\nd\n");
	assert_text("<li>a", "• a\n");
}

static void
what_is_quoted_is_a_run_of_its_own(void **state)
{
	struct runs runs;

	(void)state;
	html_read(bytes_of("a<blockquote>b<blockquote>c</blockquote>"
			   "</blockquote></blockquote>d"),
		  &runs);
	assert_int_equal(runs.count, 4);
	assert_int_equal(runs.items[0].depth, 0);
	assert_int_equal(runs.items[1].depth, 1);
	assert_int_equal(runs.items[2].depth, 2);
	assert_int_equal(runs.items[3].depth, 0);
	runs_fini(&runs);
}

static void
what_is_no_text_is_left_out(void **state)
{
	(void)state;
	assert_text("<title>x</title>a<script>if (a<b) y()</script>b", "ab\n");
	assert_text("a<!-- <p>x --> b<!doctype html><?xml x?>c", "a bc\n");
	assert_text("<style>x</style", "");
	assert_text("a<script>x</scriptless>y", "a\n");
}

static void
a_value_may_hold_what_ends_tags(void **state)
{
	(void)state;
	assert_text("<a title=\"x > y\" href='>'>one</a>", "one\n");
	/* A quote that nobody closes is a slip of the pen. */
	assert_text("<a title=\"x>one</a>", "one\n");
	assert_text("1 < 2 and 3 <4 & 5", "1 < 2 and 3 <4 & 5\n");
}

static void
entities_are_characters(void **state)
{
	(void)state;
	assert_text("&eacute;&#233;&#xE9;&amp;&lt;", "ééé&<\n");
	assert_text("a&nbsp;&nbsp;b", "a b\n");
	assert_text("?a=1&copy=2&nothing;&#;&", "?a=1&copy=2&nothing;&#;&\n");
	assert_text("&#0;&#xD800;&#99999999999;", "\xef\xbf\xbd\xef\xbf\xbd"
						  "\xef\xbf\xbd\n");
	assert_text("&rsquo;&yuml;&Yuml;", "’ÿŸ\n");
}

static void
a_charset_is_found_where_it_is_declared(void **state)
{
	struct docket_bytes found;

	(void)state;
	found = html_find_charset(bytes_of("<meta charset='koi8-r'>"));
	assert_int_equal(found.size, 6);
	assert_memory_equal(found.data, "koi8-r", 6);
	found = html_find_charset(
		bytes_of("<meta content=\"text/html; CHARSET=UTF-8\">"));
	assert_int_equal(found.size, 5);
	assert_int_equal(html_find_charset(bytes_of("<p>text")).size, 0);
	assert_int_equal(html_find_charset(bytes_of("charset=")).size, 0);
}

static void
open_tags_without_end_take_no_time(void **state)
{
	static const char *const pieces[] = { "<a \"", "<script><", "<!--",
					      "<blockquote>", "<ul><li>" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
		auto_buffer struct buffer html = { 0 };
		struct runs runs;

		for (int k = 0; k < 200000; k++)
			buffer_put_string(&html, pieces[i]);
		html_read(buffer_bytes(&html), &runs);
		runs_fini(&runs);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(white_space_is_one_space),
		cmocka_unit_test(
			blocks_are_parted_by_empty_lines_and_breaks_end_lines),
		cmocka_unit_test(lists_have_bullets_or_numbers),
		cmocka_unit_test(what_is_quoted_is_a_run_of_its_own),
		cmocka_unit_test(what_is_no_text_is_left_out),
		cmocka_unit_test(a_value_may_hold_what_ends_tags),
		cmocka_unit_test(entities_are_characters),
		cmocka_unit_test(a_charset_is_found_where_it_is_declared),
		cmocka_unit_test(open_tags_without_end_take_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
