/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_xml.c - XML written into a buffer
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "xml.h"

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static void
elements_nest_and_empty_ones_are_short(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct xml xml;

	(void)state;
	xml_init(&xml, &out);
	xml_begin(&xml, "a");
	xml_set(&xml, "x", "1");
	xml_begin(&xml, "b");
	xml_end(&xml, "b");
	xml_text(&xml, bytes_of(""));
	xml_text(&xml, bytes_of("t"));
	xml_end(&xml, "a");
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, DECLARATION "<a x=\"1\"><b/>t</a>");
}

static void
what_xml_cannot_carry_is_replaced(void **state)
{
	auto_buffer struct buffer out = { 0 };
	struct xml xml;

	(void)state;
	xml_init(&xml, &out);
	xml_begin(&xml, "a");
	xml_set(&xml, "x", "\"<&>");
	xml_text(&xml, bytes_of("a<b>&\f\x01"
				"\xef\xbf\xbe\xff|\xef\xbf"));
	xml_end(&xml, "a");
	buffer_put(&out, "", 1);
	assert_string_equal(out.data, DECLARATION
			    "<a x=\"&quot;&lt;&amp;&gt;\">a&lt;b&gt;&amp;  "
			    "\xef\xbf\xbd\xef\xbf\xbd|\xef\xbf\xbd</a>");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(elements_nest_and_empty_ones_are_short),
		cmocka_unit_test(what_xml_cannot_carry_is_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
