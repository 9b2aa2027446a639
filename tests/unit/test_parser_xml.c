/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_xml.c - Akoma Ntoso and other XML as the host sees it */
#include "job_outline.h"

#define AKN            \
	"<akomaNtoso " \
	"xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'>"

static enum docket_status
parse(struct docket_job *job, struct docket_bytes document)
{
	enum docket_status status;

	plugin_host_begin(job, document, "application/xml");
	status = docket_plugin.parser->parse(NULL, job);
	job_leave(job);
	if (status == DOCKET_OK)
		job_settle(job, "xml", "1");
	return status;
}

static void
expect(const char *document, const char *outline)
{
	struct docket_job job;
	auto_free char *found = NULL;

	assert_int_equal(parse(&job, bytes_of(document)), DOCKET_OK);
	found = job_outline(&job);
	assert_string_equal(found, outline);
	job_end(&job);
}

static void
expect_field(const char *document, enum docket_field field, size_t index,
	     const char *value)
{
	struct docket_job job;

	assert_int_equal(parse(&job, bytes_of(document)), DOCKET_OK);
	plugin_host_assert_field(&job, field, index, value);
	job_end(&job);
}

static void
expect_reason(struct docket_bytes document, const char *reason)
{
	struct docket_job job;

	assert_int_equal(parse(&job, document), DOCKET_REJECT);
	assert_string_equal(job.reason, reason);
	job_end(&job);
}

/* ---- Akoma Ntoso ---- */

static const char resolution[] = AKN
	"<statement name='resolution'><meta><identification><FRBRWork>"
	"<FRBRalias name='symbol' value='A/RES/99/1'/>"
	"<FRBRdate date='2044-10-05' name='adoption'/></FRBRWork>"
	"<FRBRExpression><FRBRuri value='/akn/x/eng@'/>"
	"<FRBRlanguage language='eng'/></FRBRExpression></identification>"
	"<references><TLCOrganization eId='b' href='/o/b' showAs='The Body'/>"
	"</references></meta>"
	"<preface><p><docNumber>99/1</docNumber>. <docTitle>On <i>ships</i>"
	"</docTitle></p></preface>"
	"<preamble><formula name='enactingFormula'><p>The Body,</p></formula>"
	"<container name='recalling'><p>Recalling it,</p></container>"
	"</preamble><mainBody>"
	"<paragraph><num>1.</num><content><p>Asks the <organization "
	"refersTo='#b'>Body</organization>;</p></content></paragraph>"
	"<paragraph><num>2.</num><list><intro><p>Decides<authorialNote "
	"marker='1'><p>A note.</p></authorialNote>:</p></intro>"
	"<point><num>(a)</num><content><p>To go;</p></content></point>"
	"<point><num>(b)</num><content><p>To stay.</p><p>And see <ref "
	"href='/r'>this</ref>.</p></content></point></list></paragraph>"
	"</mainBody><conclusions><p><signature><person>J. Doe</person>"
	"</signature></p></conclusions></statement></akomaNtoso>";

static void
a_resolution_has_its_parts_numbers_and_roles(void **state)
{
	(void)state;
	expect(resolution, "= cover\nparagraph: 99/1. On ships\n"
			   "= body\nparagraph: The Body,\n"
			   "paragraph/preambular: Recalling it,\n"
			   "paragraph (1)/operative: 1. Asks the Body;\n"
			   "paragraph (2)/operative: 2. Decides 1:\n"
			   "footnote (1): 1 A note.\n"
			   "list\n.item 1 (a): (a) To go;\n"
			   ".item 1 (b): (b) To stay.|And see this.\n"
			   "signature: J. Doe\n"
			   "organisation (The Body) </o/b>: Body\nnote (1): 1\n"
			   "reference </r>: this\nperson: J. Doe\n");
}

static void
fields_are_what_the_markup_says(void **state)
{
	(void)state;
	expect_field(resolution, DOCKET_FIELD_CLASS, 0, "resolution");
	expect_field(resolution, DOCKET_FIELD_LANGUAGE, 0, "en");
	expect_field(resolution, DOCKET_FIELD_DATE, 0, "2044-10-05");
	expect_field(resolution, DOCKET_FIELD_TITLE, 0, "On ships");
	/* 99/1 is no symbol. */
	expect_field(resolution, DOCKET_FIELD_SYMBOL, 0, "A/RES/99/1");
	expect_field(resolution, DOCKET_FIELD_SYMBOL, 1, NULL);
	expect_field(resolution, DOCKET_FIELD_SIGNATORY, 0, "J. Doe");
	expect_field(resolution, DOCKET_FIELD_IDENTIFIER, 0, "/akn/x/eng@");
}

static const char letter[] =
	"<a:akomaNtoso xmlns:a='http://www.akomantoso.org/2.0'><a:doc "
	"name='officialLetter'><a:meta><a:FRBRWork><a:FRBRdate "
	"date='0001-01-01' name='unknown'/><a:FRBRname "
	"value='identicalLetters'/></a:FRBRWork></a:meta><a:preface><a:p>"
	"<a:docTitle>Letters dated <a:docDate date='2003-10-10'>10 October"
	"</a:docDate> to <a:inline name='akn4un:to'>A</a:inline> and <a:inline "
	"name='akn4un:to'>B</a:inline></a:docTitle></a:p></a:preface>"
	"<a:mainBody><a:p>Text.</a:p></a:mainBody><a:attachments>"
	"<a:attachment><a:heading>Annex II</a:heading><a:doc name='annex'>"
	"<a:preface><a:p><a:docTitle>Of it</a:docTitle></a:p></a:preface>"
	"<a:mainBody><a:section><a:num>I.</a:num><a:heading>One</a:heading>"
	"<a:p>x</a:p></a:section></a:mainBody><a:attachments><a:attachment>"
	"<a:doc name='appendix'><a:mainBody><a:p>y</a:p></a:mainBody></a:doc>"
	"</a:attachment></a:attachments></a:doc></a:attachment></a:attachments>"
	"</a:doc></a:akomaNtoso>";

static void
attachments_are_parts_whatever_the_namespace(void **state)
{
	(void)state;
	expect(letter,
	       "= cover\nparagraph: Letters dated 10 October to A and B\n"
	       "= body\nparagraph: Text.\n"
	       "= annex (II) \"Of it\"\nheading 1: Annex II\n"
	       "paragraph: Of it\nheading 1 (I): I. One\nparagraph: x\n"
	       "= appendix\nparagraph: y\ndate (2003-10-10): 10 October\n");
	expect_field(letter, DOCKET_FIELD_CLASS, 0, "letter-identical");
	expect_field(letter, DOCKET_FIELD_TO, 1, "B");
	/* The date in the meta says itself that it is none. */
	expect_field(letter, DOCKET_FIELD_DATE, 0, "2003-10-10");
}

static void
what_docket_wrote_is_taken_back(void **state)
{
	static const char ours[] = AKN
		"<doc name='officialLetter'><meta><proprietary "
		"source='#docket' "
		"xmlns:d='urn:docket:record'><d:field name='class'>note-verbale"
		"</d:field><d:field name='from'>Someone</d:field></proprietary>"
		"</meta><preface><container "
		"name='cover'><p>Head</p></container>"
		"<container name='body'><p>Dear</p></container></preface>"
		"<mainBody><hcontainer name='line'><content><p>2</p></content>"
		"</hcontainer><hcontainer name='footnote'><num>1</num><content>"
		"<p>Note\nof two</p></content></hcontainer></mainBody>"
		"</doc></akomaNtoso>";

	(void)state;
	expect(ours, "= cover\nparagraph: Head\n= body\nparagraph: Dear\n"
		     "line: 2\nfootnote (1): 1 Note|of two\n");
	expect_field(ours, DOCKET_FIELD_CLASS, 0, "note-verbale");
	expect_field(ours, DOCKET_FIELD_FROM, 0, "Someone");
}

static void
sections_have_levels_and_tables_cells(void **state)
{
	(void)state;
	expect(AKN "<doc name='x'><mainBody><chapter><num>Chapter I</num>"
		   "<heading>A</heading><section><num>1.</num><heading>B"
		   "</heading><table><tr><th><p>a</p></th><td>b</td></tr>"
		   "</table></section><article><num>Article 2</num>"
		   "<paragraph><num>1.</num><content><p>c</p></content>"
		   "</paragraph></article></chapter></mainBody></doc>"
		   "</akomaNtoso>",
	       "= body\nheading 1 (I): Chapter I A\nheading 2 (1): 1. B\n"
	       "table\n.row\n..cell: a\n..cell: b\n"
	       "heading 2 (2): Article 2\nparagraph (1): 1. c\n");
}

static void
odd_structure_is_a_record_all_the_same(void **state)
{
	(void)state;
	expect(AKN "<attachment><list><point><p>a<attachment><p>b</p>"
		   "</attachment>c</p></point></list><num>3</num></attachment>"
		   "<unknown>d<preface>e</preface></unknown></akomaNtoso>",
	       "= annex (3)\nlist\n.item 1: a|b|c\nparagraph: 3\n"
	       "= body\nparagraph: d\nparagraph: e\n");
}

/* ---- other XML ---- */

static void
each_element_with_text_is_a_block(void **state)
{
	(void)state;
	expect("<book xml:lang='fr'><title>T</title><part><head>H</head>"
	       "<para>a <em>b</em>c\n d</para><para xml:lang='en'>e</para>"
	       "<empty/></part></book>",
	       "= body\nheading 1: T\nheading 2: H\nparagraph: a bc d\n"
	       "paragraph@en: e\n");
	expect_field("<b xml:lang='fr-CA'><title>T</title></b>",
		     DOCKET_FIELD_TITLE, 0, "T");
	expect_field("<b xml:lang='fr-CA'>a</b>", DOCKET_FIELD_LANGUAGE, 0,
		     "fr");
}

static void
encodings_are_those_of_the_declaration(void **state)
{
	(void)state;
	expect("<?xml version='1.0' encoding='windows-1251'?><a>\xcf</a>",
	       "= body\nparagraph: П\n");
	expect("\xef\xbb\xbf<a>П</a>", "= body\nparagraph: П\n");
}

static void
what_is_broken_is_read_as_far_as_it_goes(void **state)
{
	(void)state;
	expect("<a><b>c</b><d>e", "= body\nparagraph: c\nparagraph: e\n");
	expect_field("<a>\n<b>c</a>", DOCKET_FIELD_WARNING, 0,
		     "It is not well-formed (line 2: Opening and ending tag "
		     "mismatch: b line 2 and a): something may be missing.");
	expect_reason(bytes_of("no XML"), "damaged");
	expect_reason(bytes_of(""), "damaged");
}

static void
entities_are_not_expanded(void **state)
{
	(void)state;
	expect_reason(bytes_of("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
		      "xml-entities");
	expect_reason(
		bytes_of("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>"
			 "]><a>&b;</a>"),
		"xml-entities");
	expect_reason(
		bytes_of("<!DOCTYPE a [<!ENTITY % b SYSTEM 'c'>%b;]><a/>"),
		"xml-entities");
	expect("<!DOCTYPE a SYSTEM 'b.dtd'><a>caf&eacute; &amp; &none;</a>",
	       "= body\nparagraph: café &\n");
}

static void
repeat(struct buffer *out, const char *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_put_string(out, words);
}

static void
depth_and_attributes_are_limited(void **state)
{
	auto_buffer struct buffer deep = { 0 };
	auto_buffer struct buffer wide = { 0 };
	auto_buffer struct buffer rule = { 0 };
	struct docket_job job;

	(void)state;
	repeat(&deep, "<a>", 257);
	expect_reason(buffer_bytes(&deep), "");
	buffer_put_string(&wide, "<a");
	for (size_t i = 0; i < 1001; i++)
		buffer_format(&wide, " b%zu=''", i);
	buffer_put_string(&wide, "/>");
	expect_reason(buffer_bytes(&wide), "");
	buffer_put_string(&rule, "<a><!-- ");
	repeat(&rule, "=", 2000);
	buffer_put_string(&rule, " -->b</a>");
	assert_int_equal(parse(&job, buffer_bytes(&rule)), DOCKET_OK);
	job_end(&job);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_resolution_has_its_parts_numbers_and_roles),
		cmocka_unit_test(fields_are_what_the_markup_says),
		cmocka_unit_test(attachments_are_parts_whatever_the_namespace),
		cmocka_unit_test(what_docket_wrote_is_taken_back),
		cmocka_unit_test(sections_have_levels_and_tables_cells),
		cmocka_unit_test(odd_structure_is_a_record_all_the_same),
		cmocka_unit_test(each_element_with_text_is_a_block),
		cmocka_unit_test(encodings_are_those_of_the_declaration),
		cmocka_unit_test(what_is_broken_is_read_as_far_as_it_goes),
		cmocka_unit_test(entities_are_not_expanded),
		cmocka_unit_test(depth_and_attributes_are_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
