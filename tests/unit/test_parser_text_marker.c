/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_text_marker.c - labels of paragraphs are told from other text */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "marker.h"
#include "mem.h"

static void
assert_marker(const char *line, enum marker_kind kind, const char *label)
{
	struct marker marker = marker_read(bytes_of(line));

	if (marker.kind != kind)
		print_message("%s: kind %d\n", line, marker.kind);
	assert_int_equal(marker.kind, kind);
	assert_int_equal(marker.label_size, strlen(label));
	assert_memory_equal(line + marker.label, label, strlen(label));
}

static void
numbers_of_paragraphs_are_numbers(void **state)
{
	(void)state;
	assert_marker("1. Takes note", MARKER_NUMBER, "1");
	assert_marker("12.\tTakes note", MARKER_NUMBER, "12");
	assert_marker("7.", MARKER_NUMBER, "7");
	assert_marker("3 - يتعهد الطرفان", MARKER_NUMBER, "3");
	assert_marker("1-  تحمل النسخ", MARKER_NUMBER, "1");
	assert_marker("٤ - عممت القائمة", MARKER_NUMBER, "٤");
	assert_marker("1.与会者一致认为", MARKER_NUMBER, "1");
	assert_int_equal(marker_read(bytes_of("٤ - عممت")).value, 4);
}

static void
labels_of_items_are_items(void **state)
{
	(void)state;
	assert_marker("(a) To draw up", MARKER_ITEM, "a");
	assert_marker("a) De dresser", MARKER_ITEM, "a");
	assert_marker("(iv) To test", MARKER_ITEM, "iv");
	assert_marker("ii) дата", MARKER_ITEM, "ii");
	assert_marker("(أ) إعداد", MARKER_ITEM, "أ");
	assert_marker("（一）来文的原文", MARKER_ITEM, "一");
	assert_marker("(12) Withdrawal", MARKER_ITEM, "12");
	assert_marker("б) опробовать", MARKER_ITEM, "б");
}

static void
labels_of_headings_are_outlines(void **state)
{
	(void)state;
	assert_marker("II. État des registres", MARKER_OUTLINE, "II");
	assert_marker("B. Garanties", MARKER_OUTLINE, "B");
	assert_marker("一、信息交流", MARKER_OUTLINE, "一");
	assert_marker("3.2. Registers", MARKER_OUTLINE, "3");
	assert_marker("129.10 Consider", MARKER_OUTLINE, "129");
}

static void
bullets_need_a_space(void **state)
{
	(void)state;
	assert_marker("• coordination", MARKER_BULLET, "");
	assert_marker("– le développement", MARKER_BULLET, "");
	assert_marker("- issues", MARKER_BULLET, "");
	assert_marker("-5 degrees", MARKER_NONE, "");
	assert_marker("*1028866*", MARKER_NONE, "");
}

static void
marks_of_notes_are_notes(void **state)
{
	(void)state;
	assert_marker("1/ Véase el documento", MARKER_NOTE, "1");
	assert_marker("a/ See annex", MARKER_NOTE, "a");
}

static void
text_is_no_marker(void **state)
{
	static const char *const lines[] = {
		"1894 (2009) and on General Assembly",
		"2003. Elle portait",
		"(2005), the Council",
		"(see annex I), and",
		"8-11 письма",
		"3.5 million dollars",
		"17 March 1992",
		"1/CP.20",
		"10-28866 (E)",
		"4 (1946). Resolution",
		"A/64/731",
		"l’honneur",
		"I have the honour",
		"(Signed) Ilmari",
		"mi-parcours",
		"",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		assert_marker(lines[i], MARKER_NONE, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_paragraphs_are_numbers),
		cmocka_unit_test(labels_of_items_are_items),
		cmocka_unit_test(labels_of_headings_are_outlines),
		cmocka_unit_test(bullets_need_a_space),
		cmocka_unit_test(marks_of_notes_are_notes),
		cmocka_unit_test(text_is_no_marker),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
