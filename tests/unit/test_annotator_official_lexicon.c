/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotator_official_lexicon.c - phrases with gaps, and dates */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lexicon_file.h"
#include "mem.h"

static const char english[] =
	"[official]\n"
	"month.10 = October | Oct\n"
	"date = {day} {month} {year}\n"
	"class.letter = Letter dated {date} from {from} addressed to {to}\n"
	"class.report = Report of {from:the Chair} on … | Report of {from}\n"
	"session = … session$\n"
	"annex = Annex {label} | Annex\n"
	"agenda = Item* {number}\n";

struct fixture {
	struct lexicon *lexicon;
	struct folds folds;
	struct match match;
};

static int
set_up(void **state)
{
	struct fixture *fixture = mem_alloc(sizeof(*fixture));
	struct data_error error;

	fixture->lexicon = lexicon_new();
	assert_int_equal(lexicon_file_parse(fixture->lexicon, "en.conf",
					    bytes_of(english), &error),
			 0);
	lexicon_finish(fixture->lexicon);
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	lexicon_free(fixture->lexicon);
	fold_fini(&fixture->folds);
	free(fixture);
	return 0;
}

static const struct entry *
match(struct fixture *fixture, enum lexeme lexeme, const char *text)
{
	fixture->folds.size = 0;
	fold_add(&fixture->lexicon->table, &fixture->folds, bytes_of(text), 0);
	return lexicon_match(fixture->lexicon, LEXICON_ALL, lexeme,
			     (struct docket_bytes){ fixture->folds.data,
						    fixture->folds.size },
			     0, &fixture->match);
}

static void
assert_slot(const struct fixture *fixture, enum slot slot, const char *expected)
{
	size_t start = fixture->match.slots[slot].start;
	size_t end = fixture->match.slots[slot].end;
	struct docket_bytes got = { fixture->folds.data + start, end - start };

	assert_true(bytes_equal(got, bytes_of(expected)));
}

static void
gaps_hold_what_stands_between_words(void **state)
{
	struct fixture *fixture = *state;
	const struct entry *entry =
		match(fixture, LEXEME_CLASS,
		      "Letter dated 7 October 2003, from the Chair of the "
		      "Board\naddressed to the President");

	assert_non_null(entry);
	assert_string_equal(entry->argument, "letter");
	assert_slot(fixture, SLOT_FROM, "the chair of the board");
	assert_slot(fixture, SLOT_TO, "the president");
	assert_int_equal(fixture->match.date.year, 2003);
	assert_int_equal(fixture->match.date.month, 10);
	assert_int_equal(fixture->match.date.day, 7);
}

static void
a_filled_gap_holds_those_words_alone(void **state)
{
	struct fixture *fixture = *state;

	assert_non_null(match(fixture, LEXEME_CLASS,
			      "Report of the Chair on its work"));
	assert_slot(fixture, SLOT_FROM, "the chair");
	assert_non_null(
		match(fixture, LEXEME_CLASS, "Report of the Group on tides"));
	assert_slot(fixture, SLOT_FROM, "the group on tides");
}

static void
words_end_where_words_end(void **state)
{
	struct fixture *fixture = *state;

	assert_null(match(fixture, LEXEME_ANNEX, "Annexation of the isle"));
	assert_non_null(match(fixture, LEXEME_ANNEX, "ANNEX IV"));
	assert_int_equal(fixture->match.label.value, 4);
	assert_non_null(match(fixture, LEXEME_AGENDA, "Items 31 and 32"));
	assert_int_equal(fixture->match.number, 31);
	assert_null(match(fixture, LEXEME_SESSION, "session"));
	assert_non_null(match(fixture, LEXEME_SESSION, "Fourth session"));
	assert_null(match(fixture, LEXEME_SESSION, "Fourth session held here"));
}

static void
assert_refused(const char *text, const char *expected)
{
	struct lexicon *lexicon = lexicon_new();
	struct data_error error;

	assert_int_not_equal(
		lexicon_file_parse(lexicon, "xx.conf", bytes_of(text), &error),
		0);
	assert_string_equal(error.text, expected);
	lexicon_free(lexicon);
}

static void
wrong_files_are_refused_with_their_line(void **state)
{
	(void)state;
	assert_refused("[official]\n\nanex = Annex\n",
		       "xx.conf:3: there is no such key in [official]");
	assert_refused("[official]\nannex = {nothing}\n",
		       "xx.conf:2: a phrase is empty, or there is no such "
		       "{slot}");
	assert_refused("[official]\ndate = {date}\n",
		       "xx.conf:2: this slot is not for this key");
	assert_refused("[official]\nannex\n",
		       "xx.conf:2: this is neither a section nor a key");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			gaps_hold_what_stands_between_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_filled_gap_holds_those_words_alone, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(words_end_where_words_end,
						set_up, tear_down),
		cmocka_unit_test(wrong_files_are_refused_with_their_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
