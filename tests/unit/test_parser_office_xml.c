/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_office_xml.c - XML as calls, and where it is refused */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../plugins/parser_office/xml.h"

#define WORD "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define STRICT "http://purl.oclc.org/ooxml/wordprocessingml/main"

/* What was called, one letter each: ( p starts, ) it ends, text as it is. */
struct log {
	struct text calls;
	struct text value;
};

static void
start_p(void *reader, const struct xml_element *element)
{
	struct log *log = reader;

	text_put_string(&log->calls, "(");
	xml_put_value(&log->value, xml_get(element, SPACE_W, "val"));
}

static void
end_p(void *reader)
{
	struct log *log = reader;

	text_put_string(&log->calls, ")");
}

static void
put_text(void *reader, struct docket_bytes text)
{
	struct log *log = reader;

	text_put_bytes(&log->calls, text);
}

static void
start_cut(void *reader, const struct xml_element *element)
{
	(void)reader;
	xml_skip(element);
}

static const struct xml_rule rules[] = {
	{ SPACE_W, "p", start_p, end_p, false },
	{ SPACE_W, "skip", .is_skipped = true },
	{ SPACE_W, "cut", start_cut, end_p, false },
};

static const struct xml_grammar grammar = {
	.tables = { { rules, sizeof(rules) / sizeof(rules[0]) } },
	.text = put_text,
};

static const char *
read_part(struct log *log, struct text *part)
{
	struct refusal refusal = { 0 };

	xml_read(text_bytes(part), "test", &grammar, log, &refusal);
	text_put(&log->calls, "", 1);
	text_put(&log->value, "", 1);
	text_fini(part);
	return refusal.word ? refusal.word : "";
}

static void
assert_calls(const char *xml, const char *calls, const char *value)
{
	struct log log = { 0 };
	struct text part = { 0 };

	text_put_string(&part, xml);
	assert_string_equal(read_part(&log, &part), "");
	assert_string_equal(log.calls.data, calls);
	assert_string_equal(log.value.data, value);
	text_fini(&log.calls);
	text_fini(&log.value);
}

static void
assert_refused(struct text *part, const char *word)
{
	struct log log = { 0 };

	assert_string_equal(read_part(&log, part), word);
	text_fini(&log.calls);
	text_fini(&log.value);
}

static void
names_count_with_their_space_and_not_with_their_prefix(void **state)
{
	(void)state;
	assert_calls("<x:p xmlns:x='" WORD "'>a</x:p>", "(a)", "");
	assert_calls("<p xmlns='" STRICT "'>a</p>", "(a)", "");
	assert_calls("<p xmlns='urn:other'>a</p>", "a", "");
}

static void
values_keep_their_ampersands(void **state)
{
	(void)state;
	assert_calls("<w:p xmlns:w='" WORD "' w:val='a&amp;b&#38;&lt;'/>", "()",
		     "a&b&<");
}

static void
what_is_skipped_is_not_called(void **state)
{
	(void)state;
	assert_calls("<w:p xmlns:w='" WORD "'><w:skip>a<w:p/></w:skip>b</w:p>",
		     "(b)", "");
	assert_calls("<w:p xmlns:w='" WORD "'><w:cut>a<w:p/></w:cut>b</w:p>",
		     "()b)", "");
}

static void
text_in_cdata_is_text(void **state)
{
	(void)state;
	assert_calls("<w:p xmlns:w='" WORD "'>a<![CDATA[<&]]>&amp;</w:p>",
		     "(a<&&)", "");
}

static void
depth_is_refused_as_nesting(void **state)
{
	struct text part = { 0 };

	(void)state;
	for (int i = 0; i < 100000; i++)
		text_put_string(&part, "<a>");
	assert_refused(&part, "nesting");
}

static void
namespaces_within_each_other_are_refused(void **state)
{
	struct text part = { 0 };

	(void)state;
	for (uint32_t i = 0; i < 200; i++) {
		text_put_string(&part, "<a");
		for (uint32_t k = 0; k < 10; k++) {
			text_put_string(&part, " xmlns:n");
			text_put_number(&part, i * 10 + k);
			text_put_string(&part, "='u'");
		}
		text_put_string(&part, ">");
	}
	assert_refused(&part, "nesting");
}

static void
a_million_attributes_are_refused_at_once(void **state)
{
	struct text part = { 0 };

	(void)state;
	text_put_string(&part, "<a");
	for (uint32_t i = 0; i < 1000000; i++) {
		text_put_string(&part, " a");
		text_put_number(&part, i);
		text_put_string(&part, "='>'");
	}
	text_put_string(&part, "/>");
	assert_refused(&part, "nesting");
}

static void
entities_and_damage_are_told_apart(void **state)
{
	struct text part = { 0 };

	(void)state;
	text_put_string(&part, "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>");
	assert_refused(&part, "xml-entities");
	text_put_string(&part, "<a>&e;</a>");
	assert_refused(&part, "damaged");
	text_put_string(&part, "<a><b></a>");
	assert_refused(&part, "damaged");
	assert_refused(&part, "damaged");
}

static void
a_long_text_is_no_crowd_of_attributes(void **state)
{
	struct text part = { 0 };
	struct log log = { 0 };

	(void)state;
	text_put_string(&part, "<a>");
	for (int i = 0; i < 100000; i++)
		text_put_string(&part, "a='1' ");
	text_put_string(&part, "</a>");
	assert_string_equal(read_part(&log, &part), "");
	assert_int_equal(log.calls.size, 600001);
	text_fini(&log.calls);
	text_fini(&log.value);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			names_count_with_their_space_and_not_with_their_prefix),
		cmocka_unit_test(values_keep_their_ampersands),
		cmocka_unit_test(what_is_skipped_is_not_called),
		cmocka_unit_test(text_in_cdata_is_text),
		cmocka_unit_test(depth_is_refused_as_nesting),
		cmocka_unit_test(namespaces_within_each_other_are_refused),
		cmocka_unit_test(a_million_attributes_are_refused_at_once),
		cmocka_unit_test(entities_and_damage_are_told_apart),
		cmocka_unit_test(a_long_text_is_no_crowd_of_attributes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
