/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_html.c - pages as the host sees them */
#include "job_outline.h"

static void
read_as(struct docket_job *job, const char *page, const char *media_type)
{
	plugin_host_begin(job, bytes_of(page), media_type);
	assert_int_equal(docket_plugin.parser->parse(NULL, job), DOCKET_OK);
	job_leave(job);
	job_settle(job, "html", "1");
}

static void
expect_as(const char *page, const char *media_type, const char *outline)
{
	struct docket_job job;
	auto_free char *found = NULL;

	read_as(&job, page, media_type);
	found = job_outline(&job);
	assert_string_equal(found, outline);
	job_end(&job);
}

static void
expect(const char *page, const char *outline)
{
	auto_free char *in_body = mem_format("= body\n%s", outline);

	expect_as(page, "text/html", in_body);
}

static void
expect_field(const char *page, enum docket_field field, size_t index,
	     const char *value)
{
	struct docket_job job;

	read_as(&job, page, "text/html");
	plugin_host_assert_field(&job, field, index, value);
	job_end(&job);
}

/* ---- text ---- */

static void
white_space_collapses_and_goes_at_the_edges(void **state)
{
	(void)state;
	expect("<p>\n  one \t two\r\n three  </p>",
	       "paragraph: one two three\n");
	expect("<p>a <b> b </b> c</p>", "paragraph: a b c\n");
	expect("<p>&nbsp;</p><p>&nbsp; indented&nbsp;</p>",
	       "paragraph: indented\n");
}

static void
formatting_never_breaks_a_word(void **state)
{
	(void)state;
	expect("<p>un<b>break</b>a<i>b</i>le 1<sup>er</sup></p>",
	       "paragraph: unbreakable 1er\n");
	expect("<p>soft&shy;hyphen<wbr>ated</p>",
	       "paragraph: softhyphenated\n");
}

static void
a_break_is_a_line_and_two_are_a_paragraph(void **state)
{
	(void)state;
	expect("<p>a<br>b<br/>c</p>", "paragraph: a|b|c\n");
	expect("a<br><br>b", "paragraph: a\nparagraph: b\n");
	expect("a<br>&nbsp;<br>b", "paragraph: a\nparagraph: b\n");
}

static void
preformatted_text_stays_as_it_is(void **state)
{
	(void)state;
	expect("<pre>\n  a\n    b  c\n</pre>", "paragraph:   a|    b  c\n");
}

static void
a_line_feed_between_ideographs_is_no_space(void **state)
{
	(void)state;
	expect("<p>安全\n理事会\nof the</p>", "paragraph: 安全理事会 of the\n");
}

static void
what_is_hidden_is_left_out(void **state)
{
	(void)state;
	expect("<p>a</p><script>if (1 < 2) '</p>';</script><p hidden>b</p>"
	       "<div style='display: none'><p>c</div><template>d</template>"
	       "<select><option>e</select><p style='mso-hide:all'>f</p><p>g",
	       "paragraph: a\nparagraph: g\n");
}

static void
quotations_have_their_marks(void **state)
{
	(void)state;
	expect("<p>He said <q>yes</q>.", "paragraph: He said “yes”.\n");
}

/* ---- structure ---- */

static void
blocks_end_where_browsers_end_them(void **state)
{
	(void)state;
	expect("<p>a<p>b<div>c<p>d</div>e",
	       "paragraph: a\nparagraph: b\nparagraph: c\nparagraph: d\n"
	       "paragraph: e\n");
	expect("<p>a<b>b<p>c</b>d", "paragraph: ab\nparagraph: cd\n");
	expect("x</p>y", "paragraph: x\nparagraph: y\n");
}

static void
headings_have_their_level(void **state)
{
	(void)state;
	expect("<h1>A<br>B</h1><h3>C</h2><div role=heading aria-level=4>D</div>"
	       "<p class='p-Heading2'>E</p><p class=MsoTitle>F",
	       "heading 1: A B\nheading 3: C\nheading 4: D\nheading 2: E\n"
	       "heading 1: F\n");
}

static void
items_have_the_numbers_that_browsers_print(void **state)
{
	(void)state;
	expect("<ol start=3><li>a<li value=7>b<li>c</ol>",
	       "list\n.item 1 (3): 3. a\n.item 1 (7): 7. b\n"
	       ".item 1 (8): 8. c\n");
	expect("<ol type=a><li>a</ol><ol type=I start=4><li>b</ol>",
	       "list\n.item 1 (a): a. a\nlist\n.item 1 (IV): IV. b\n");
	expect("<ol reversed><li>a<li>b</ol>",
	       "list\n.item 1 (2): 2. a\n.item 1 (1): 1. b\n");
	expect("<ol style='list-style: none'><li>(a) x</ol>",
	       "list\n.item 1: (a) x\n");
}

static void
lists_in_lists_are_levels_of_one(void **state)
{
	(void)state;
	expect("<ul><li>a<ol><li>b</ol></li><li><p>c</p><p>d</p></ul><p>e",
	       "list\n.item 1: a\n.item 2 (1): 1. b\n.item 1: c|d\n"
	       "paragraph: e\n");
	expect("<dl><dt>a<dd>b</dl>", "list\n.item 1: a\n.item 1: b\n");
}

static void
tables_of_data_have_rows_and_cells(void **state)
{
	(void)state;
	expect("<table><caption>T</caption><tr><th>a<th>b<tr><td><td><p>c<p>d"
	       "</table>e",
	       "table\n.paragraph: T\n.row\n..cell: a\n..cell: b\n"
	       ".row\n..cell: \n..cell: c|d\nparagraph: e\n");
}

static void
tables_that_place_things_are_not_there(void **state)
{
	(void)state;
	expect("<table><tr><td><h2>a</h2><td><p>b</table>",
	       "heading 2: a\nparagraph: b\n");
	expect("<table><tr><td>a<tr><td>b</table>",
	       "paragraph: a\nparagraph: b\n");
	expect("<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>",
	       "paragraph: a\nparagraph: b\nparagraph: c\nparagraph: d\n");
}

static void
what_is_beside_the_text_is_lines(void **state)
{
	(void)state;
	expect("<header><h1>Site</h1>slogan</header><nav><ul><li>a<li>b</ul>"
	       "</nav><main><header>c</header><aside>d</aside></main>"
	       "<footer><p>e</footer>",
	       "heading 1: Site\nline: slogan\nline: a\nline: b\n"
	       "paragraph: c\nparagraph: d\nline: e\n");
}

static void
labels_of_a_word_processor_are_numbers(void **state)
{
	(void)state;
	expect("<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
	       "<![if !supportLists]><span style='mso-list:Ignore'>1.<span>"
	       "&nbsp;&nbsp; </span></span><![endif]>Decides</p>"
	       "<p style='mso-list:l0 level2 lfo1'><span "
	       "style='mso-list:Ignore'>(a)<span>&nbsp;</span></span>first</p>"
	       "<p style='mso-list:l1 level1 lfo2'><span "
	       "style='mso-list:Ignore'>&middot;</span>second</p><p>x",
	       "paragraph (1): 1. Decides\nlist\n.item 2 (a): (a) first\n"
	       ".item 1: second\nparagraph: x\n");
}

static void
languages_are_kept_where_they_differ(void **state)
{
	(void)state;
	expect("<html lang=en-GB><p>a<p lang=fr>b<div lang=ar dir=rtl><p>c",
	       "paragraph: a\nparagraph@fr: b\nparagraph@ar: c\n");
}

/* ---- links and notes ---- */

static void
links_out_of_the_page_are_marks(void **state)
{
	(void)state;
	expect("<p>See <a href='/a?b=1&amp;c=2'> this one</a>, <a href=#x>not"
	       "</a> <a href='javascript:go()'>that</a>",
	       "paragraph: See this one, not that\n"
	       "link </a?b=1&c=2>: this one\n");
}

static void
a_note_and_its_mark_have_one_number(void **state)
{
	(void)state;
	expect("<p>Nations<sup><a href='#fn1'>[1]</a></sup>and</p>"
	       "<p id=fn1><a href='#r1'>[1]</a> A note.</p>",
	       "paragraph: Nations [1] and\nfootnote (1): [1] A note.\n"
	       "note (1): [1]\n");
	expect("<p>Word<a href='#_ftn2' name='_ftnref2'>2</a></p><div id=ftn2>"
	       "<p><a href='#_ftnref2' name='_ftn2'>2</a> One</p><p>two</div>",
	       "paragraph: Word 2\nfootnote (2): 2 One\nparagraph: two\n"
	       "note (2): 2\n");
}

static void
a_link_to_a_section_is_no_note(void **state)
{
	(void)state;
	expect("<p><a href='#s1'>1</a></p><p id=s1>One",
	       "paragraph: 1\nparagraph: One\n");
	expect("<p><a href='#fn9'>9</a></p>", "paragraph: 9\n");
}

/* ---- the head ---- */

static void
the_head_says_what_the_page_is(void **state)
{
	static const char page[] =
		"<html lang='fr-CA'><head><title> A &amp;\n B </title>"
		"<meta name=author content='J. Doe'>"
		"<meta name=keywords content='peace, security'>"
		"<meta name='DCTERMS.issued' content='2003-10-10'>"
		"<meta name=date content='10 October 2003'>"
		"<link rel=canonical href='https://example.org/a'>"
		"</head><p>x";

	(void)state;
	expect_field(page, DOCKET_FIELD_TITLE, 0, "A & B");
	expect_field(page, DOCKET_FIELD_LANGUAGE, 0, "fr");
	expect_field(page, DOCKET_FIELD_CREATOR, 0, "J. Doe");
	expect_field(page, DOCKET_FIELD_SUBJECT, 1, "security");
	expect_field(page, DOCKET_FIELD_CREATED, 0, "2003-10-10");
	expect_field(page, DOCKET_FIELD_IDENTIFIER, 0, "https://example.org/a");
}

static void
what_is_wrong_is_told(void **state)
{
	(void)state;
	expect_field("<p>a<script>b", DOCKET_FIELD_WARNING, 0,
		     "It breaks off in script: what may follow is not there.");
	expect_field("<html></html>", DOCKET_FIELD_WARNING, 0,
		     "There is no text in it.");
	expect_field("<meta charset=iso-8859-1><p>d\xc3\xa9j\xc3\xa0",
		     DOCKET_FIELD_WARNING, 0,
		     "It says that it is in iso-8859-1, but it was read as "
		     "UTF-8.");
}

static void
a_title_without_an_end_takes_nothing_with_it(void **state)
{
	(void)state;
	expect("<title>T<p>a", "paragraph: T\nparagraph: a\n");
}

static void
in_xhtml_a_closed_tag_has_no_content(void **state)
{
	(void)state;
	expect_as(
		"<html><head><script src='x'/><title>T</title></head><body>"
		"<p/><p>a<a name='x'/>b<![CDATA[ & c < d]]></p></body></html>",
		"application/xhtml+xml", "= body\nparagraph: ab & c < d\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(white_space_collapses_and_goes_at_the_edges),
		cmocka_unit_test(formatting_never_breaks_a_word),
		cmocka_unit_test(a_break_is_a_line_and_two_are_a_paragraph),
		cmocka_unit_test(preformatted_text_stays_as_it_is),
		cmocka_unit_test(a_line_feed_between_ideographs_is_no_space),
		cmocka_unit_test(what_is_hidden_is_left_out),
		cmocka_unit_test(quotations_have_their_marks),
		cmocka_unit_test(blocks_end_where_browsers_end_them),
		cmocka_unit_test(headings_have_their_level),
		cmocka_unit_test(items_have_the_numbers_that_browsers_print),
		cmocka_unit_test(lists_in_lists_are_levels_of_one),
		cmocka_unit_test(tables_of_data_have_rows_and_cells),
		cmocka_unit_test(tables_that_place_things_are_not_there),
		cmocka_unit_test(what_is_beside_the_text_is_lines),
		cmocka_unit_test(labels_of_a_word_processor_are_numbers),
		cmocka_unit_test(languages_are_kept_where_they_differ),
		cmocka_unit_test(links_out_of_the_page_are_marks),
		cmocka_unit_test(a_note_and_its_mark_have_one_number),
		cmocka_unit_test(a_link_to_a_section_is_no_note),
		cmocka_unit_test(the_head_says_what_the_page_is),
		cmocka_unit_test(what_is_wrong_is_told),
		cmocka_unit_test(a_title_without_an_end_takes_nothing_with_it),
		cmocka_unit_test(in_xhtml_a_closed_tag_has_no_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
