/* SPDX-License-Identifier: Apache-2.0 */
/* test_parser_text_lines.c - text is broken into lines, and they are measured */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lines.h"
#include "mem.h"

static void
assert_line(const struct lines *lines, size_t at, const char *text)
{
	struct docket_bytes line;

	assert_true(at < lines->count);
	line = line_text(lines, &lines->items[at]);
	assert_int_equal(line.size, strlen(text));
	assert_memory_equal(line.data, text, line.size);
}

static struct line
only_line(const char *text)
{
	struct lines lines;
	struct line line;

	assert_true(lines_split(bytes_of(text), &lines));
	assert_int_equal(lines.count, 1);
	line = lines.items[0];
	lines_fini(&lines);
	return line;
}

static void
every_kind_of_line_end_ends_a_line(void **state)
{
	struct lines lines;

	(void)state;
	assert_true(lines_split(bytes_of("a\nb\r\nc\rd\ve\xc2\x85"
					 "f\xe2\x80\xa8g\xe2\x80\xa9h"),
				&lines));
	assert_int_equal(lines.count, 8);
	for (size_t i = 0; i < 8; i++) {
		char letter[] = { (char)('a' + i), '\0' };

		assert_line(&lines, i, letter);
		assert_int_equal(lines.items[i].blanks, 0);
	}
	lines_fini(&lines);
}

static void
empty_lines_are_counted_not_kept(void **state)
{
	struct lines lines;

	(void)state;
	assert_true(lines_split(bytes_of("a \n \n\t\n  b\n\n"), &lines));
	assert_int_equal(lines.count, 2);
	assert_line(&lines, 1, "b");
	assert_int_equal(lines.items[1].blanks, 2);
	assert_int_equal(lines.items[1].indent, 2);
	lines_fini(&lines);
}

static void
form_feeds_begin_pages_and_are_no_empty_lines(void **state)
{
	struct lines lines;

	(void)state;
	assert_true(lines_split(bytes_of("a\n\fb\fc"), &lines));
	assert_int_equal(lines.count, 3);
	assert_true(lines.has_pages);
	assert_int_equal(lines.items[1].page, 1);
	assert_int_equal(lines.items[1].blanks, 0);
	assert_true(lines.items[1].flags & LINE_NEW_PAGE);
	assert_int_equal(lines.items[2].page, 2);
	lines_fini(&lines);
}

static void
zero_bytes_are_white_space(void **state)
{
	struct lines lines;

	(void)state;
	assert_true(
		lines_split((struct docket_bytes){ "\0a\0b\0", 5 }, &lines));
	assert_int_equal(lines.count, 1);
	assert_int_equal(lines.items[0].end - lines.items[0].start, 3);
	lines_fini(&lines);
}

static void
ideographs_are_two_columns_and_marks_none(void **state)
{
	struct line line = only_line("  大会主席 x");

	(void)state;
	assert_int_equal(line.width, 12);
	assert_int_equal(line.first_word, 2);
	assert_int_equal(line.opening, GLYPH_IDEOGRAPH);
	line = only_line("عُقد x");
	assert_int_equal(line.width, 5);
	assert_int_equal(line.first_word, 3);
	line = only_line("conseil x");
	assert_int_equal(line.first_word, 7);
}

static void
ends_of_sentences_are_seen_behind_quotes_and_notes(void **state)
{
	static const struct {
		const char *text;
		enum closing closing;
	} rows[] = {
		{ "of the Charter.", CLOSING_SENTENCE },
		{ "« nouvelles ».", CLOSING_SENTENCE },
		{ "“attack”.’", CLOSING_SENTENCE },
		{ "of the peoples.3", CLOSING_SENTENCE },
		{ "出席了会议。", CLOSING_SENTENCE },
		{ "1,5", CLOSING_OPEN },
		{ "section 4.2", CLOSING_OPEN },
		{ "the following:", CLOSING_PAUSE },
		{ "بما يلي؛", CLOSING_PAUSE },
		{ "adressées,", CLOSING_COMMA },
		{ "举行，", CLOSING_COMMA },
		{ "A/63/467-", CLOSING_HYPHEN },
		{ "S/2009/", CLOSING_HYPHEN },
		{ "l’islam –", CLOSING_OPEN },
		{ "inter\xc2\xad", CLOSING_SOFT },
		{ "the Council", CLOSING_OPEN },
		{ "resolution 1612 (2005)", CLOSING_OPEN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct line line = only_line(rows[i].text);

		if (line.closing != rows[i].closing)
			print_message("%s\n", rows[i].text);
		assert_int_equal(line.closing, rows[i].closing);
	}
}

static void
gaps_and_leading_dots_make_columns(void **state)
{
	struct line line = only_line("United Nations          A/64/731");

	(void)state;
	assert_int_equal(line.gaps, 1);
	assert_int_equal(line.right_column, 24);
	assert_int_equal(only_line("Introduction ........ 3").gaps, 1);
	assert_int_equal(only_line("One. Two  three").gaps, 0);
	assert_int_equal(only_line("1.    Takes note").gaps, 0);
	assert_int_equal(only_line("1.\tTakes note\t2").gaps, 1);
}

static void
flags_tell_what_words_there_are(void **state)
{
	(void)state;
	assert_true(only_line("__________").flags & LINE_BARE);
	assert_true(only_line("10-28866 (E)  3/7").flags & LINE_WORDLESS);
	assert_false(only_line("A/RES/76/331").flags & LINE_WORDLESS);
	assert_true(only_line("CONSEJO DE SEGURIDAD").flags & LINE_CAPITALS);
	assert_true(only_line("under the Charter of the").flags &
		    LINE_SHORT_TAIL);
	assert_true(only_line("DECLARACIÓN DE LA").flags & LINE_SHORT_TAIL);
	assert_false(only_line("the work of the UN").flags & LINE_SHORT_TAIL);
	assert_false(only_line("the work of it.").flags & LINE_SHORT_TAIL);
}

static void
too_many_lines_are_refused(void **state)
{
	size_t size = (LINES_LIMIT + 1) * 2;
	auto_free char *text = mem_alloc(size);
	struct lines lines;

	(void)state;
	for (size_t i = 0; i < size; i++)
		text[i] = i % 2 ? '\n' : 'a';
	assert_false(lines_split((struct docket_bytes){ text, size }, &lines));
	/* Empty ones are not counted. */
	memset(text, '\n', size);
	assert_true(lines_split((struct docket_bytes){ text, size }, &lines));
	assert_int_equal(lines.count, 0);
	lines_fini(&lines);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_line_end_ends_a_line),
		cmocka_unit_test(empty_lines_are_counted_not_kept),
		cmocka_unit_test(form_feeds_begin_pages_and_are_no_empty_lines),
		cmocka_unit_test(zero_bytes_are_white_space),
		cmocka_unit_test(ideographs_are_two_columns_and_marks_none),
		cmocka_unit_test(
			ends_of_sentences_are_seen_behind_quotes_and_notes),
		cmocka_unit_test(gaps_and_leading_dots_make_columns),
		cmocka_unit_test(flags_tell_what_words_there_are),
		cmocka_unit_test(too_many_lines_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
