/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_html_token.c - tags, references and encodings of pages */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "encoding.h"
#include "entity.h"
#include "mem.h"
#include "ordinal.h"
#include "token.h"

/* Tokens as "+p -p 'text'". */
static void
expect(const char *page, bool is_xml, const char *expected)
{
	struct tokens tokens;
	struct buffer out = { 0 };

	tokens_read(&tokens, bytes_of(page), is_xml);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.items[i];
		struct docket_bytes text = token_bytes(&tokens, token);

		if (i)
			buffer_put_string(&out, " ");
		if (token->kind == TOKEN_TEXT)
			buffer_format(&out, "'%.*s'", (int)text.size,
				      text.data);
		else
			buffer_format(&out, "%s%s",
				      token->kind == TOKEN_OPEN ? "+" : "-",
				      tags[token->tag].name);
	}
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, expected);
	buffer_fini(&out);
	tokens_fini(&tokens);
}

static void
tags_end_where_their_quotes_let_them(void **state)
{
	(void)state;
	expect("<P>a</p >b", false, "+p 'a' -p 'b'");
	expect("<a title='x>y'>z</a>", false, "+a 'z' -a");
	expect("<a title=x\"y>z", false, "+a 'z'");
	expect("<p<b>x", false, "'x'"); /* "p<b" is a name nobody knows */
}

static void
what_is_no_tag_is_text(void **state)
{
	(void)state;
	expect("a < b <3 <", false, "'a < b <3 <'");
	expect("a<>b", false, "'a<>b'");
	expect("a</>b</ >c<?d?>e<!f>g", false, "'a' 'b' 'c' 'e' 'g'");
}

static void
comments_end_as_browsers_end_them(void **state)
{
	(void)state;
	expect("a<!-- <p> -- > -->b", false, "'a' 'b'");
	expect("a<!-->b<!--->c<!--x--!>d", false, "'a' 'b' 'c' 'd'");
	expect("a<!-- b", false, "'a'");
}

static void
scripts_hold_no_tags(void **state)
{
	(void)state;
	expect("<script>'<p>'</script><p>", false, "+script -script +p");
	expect("<script><!-- <script></script> --></script>x", false,
	       "+script -script 'x'");
	expect("<style>a</styles></style >b", false, "+style -style 'b'");
	expect("<title>a<b></title>c", false, "+title 'a<b>' -title 'c'");
}

static void
cdata_is_text_in_xml_alone(void **state)
{
	(void)state;
	expect("<p><![CDATA[a<b]]></p>", true, "+p 'a<b' -p");
	expect("<p><![CDATA[a<b]]></p>", false, "+p -p");
}

static void
expect_reference(const char *text, bool is_attribute, size_t taken,
		 const char *expected)
{
	char characters[8] = "?";

	assert_int_equal(entity_read(bytes_of(text), is_attribute, characters),
			 taken);
	if (taken)
		assert_string_equal(characters, expected);
}

static void
references_are_those_of_the_standard(void **state)
{
	(void)state;
	expect_reference("&amp;x", false, 5, "&");
	expect_reference("&eacute;", false, 8, "é");
	expect_reference("&eacutex", false, 7, "é");
	expect_reference("&notin;", false, 7, "∉");
	expect_reference("&notit;", false, 4, "¬");
	expect_reference("&CounterClockwiseContourIntegral;", false, 33, "∳");
	expect_reference("&fjlig;", false, 7, "fj");
	expect_reference("&hellip", false, 0, NULL);
	expect_reference("& ", false, 0, NULL);
	expect_reference("&copy=1", true, 0, NULL);
	expect_reference("&copy;=1", true, 6, "©");
}

static void
numbers_of_no_character_are_replaced(void **state)
{
	(void)state;
	expect_reference("&#233;", false, 6, "é");
	expect_reference("&#xE9 ", false, 5, "é");
	expect_reference("&#150;", false, 6, "–");
	expect_reference("&#0;", false, 4, "\xef\xbf\xbd");
	expect_reference("&#xd800;", false, 8, "\xef\xbf\xbd");
	expect_reference("&#99999999999;", false, 14, "\xef\xbf\xbd");
	expect_reference("&#x1F4DC;", false, 9, "📜");
	expect_reference("&#;", false, 0, NULL);
}

static void
expect_encoding(const char *page, const char *name, const char *text)
{
	struct encoding_text decoded;

	assert_true(encoding_decode(bytes_of(page), &decoded));
	assert_string_equal(decoded.name, name);
	assert_int_equal(decoded.utf8.size, strlen(text));
	assert_memory_equal(decoded.utf8.data, text, strlen(text));
	encoding_fini(&decoded);
}

static void
valid_utf8_is_believed_before_what_a_page_says(void **state)
{
	(void)state;
	expect_encoding("\xef\xbb\xbf"
			"ab",
			"UTF-8", "ab");
	expect_encoding("<meta charset=koi8-r>é", "UTF-8",
			"<meta charset=koi8-r>é");
	expect_encoding("<meta charset=latin1>\xe9\x96", "windows-1252",
			"<meta charset=latin1>é–");
	expect_encoding("<meta content='text/html; charset=windows-1251'>\xcf",
			"windows-1251",
			"<meta content='text/html; charset=windows-1251'>П");
	expect_encoding("<?xml version='1.0' encoding='gb2312'?>\xc4\xe3",
			"GB18030", "<?xml version='1.0' encoding='gb2312'?>你");
	expect_encoding("abc", "US-ASCII", "abc");
}

static void
expect_ordinal(int value, enum ordinal_style style, const char *expected)
{
	char out[ORDINAL_LIMIT];

	assert_int_equal(ordinal_print(value, style, out), strlen(expected));
	assert_string_equal(out, expected);
}

static void
ordinals_are_printed_in_their_style(void **state)
{
	(void)state;
	expect_ordinal(27, ORDINAL_LOWER_LETTER, "aa");
	expect_ordinal(702, ORDINAL_UPPER_LETTER, "ZZ");
	expect_ordinal(3888, ORDINAL_LOWER_ROMAN, "mmmdccclxxxviii");
	expect_ordinal(4000, ORDINAL_UPPER_ROMAN, "4000");
	expect_ordinal(0, ORDINAL_LOWER_LETTER, "0");
	expect_ordinal(-12, ORDINAL_DECIMAL, "-12");
	expect_ordinal(40, ORDINAL_ARABIC, "٤٠");
	expect_ordinal(7, ORDINAL_NONE, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_end_where_their_quotes_let_them),
		cmocka_unit_test(what_is_no_tag_is_text),
		cmocka_unit_test(comments_end_as_browsers_end_them),
		cmocka_unit_test(scripts_hold_no_tags),
		cmocka_unit_test(cdata_is_text_in_xml_alone),
		cmocka_unit_test(references_are_those_of_the_standard),
		cmocka_unit_test(numbers_of_no_character_are_replaced),
		cmocka_unit_test(
			valid_utf8_is_believed_before_what_a_page_says),
		cmocka_unit_test(ordinals_are_printed_in_their_style),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
