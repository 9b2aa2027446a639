/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotator_language_file.c - a language is a file, and a bad one is told */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "language_file.h"
#include "mem.h"
#include "tally.h"

#define LANGUAGE "[language]\nname = português\niso639-2 = por\nscript = Latn\n"
#define LETTERS \
	"[letters]\nalphabet = abcdefghijklmnopqrstuvwxyz áâãàçéêíóôõúü\n"
#define WORDS                                                                  \
	"[words]\nshare = 45\nwords = de a e o que do da em os no na dos das " \
	"com\n"                                                                \
	"words = um uma para por se as à ao não mais nos nas como foi sua "  \
	"seu\n"

static void
assert_refused(const char *text, const char *reason)
{
	struct languages *languages = languages_new();
	struct data_error error;

	assert_int_equal(language_file_parse(languages, "pt.conf",
					     bytes_of(text), &error),
			 -EINVAL);
	assert_string_equal(error.text, reason);
	languages_free(languages);
}

static void
a_language_is_a_file(void **state)
{
	static const char text[] =
		"A terceira reunião realizou-se nos dias 4 e 5 de abril. Os "
		"participantes observaram que a mesma carta não recebia a "
		"mesma cota e que ninguém podia dizer em que dia foi lida.";
	struct languages *languages = languages_new();
	struct data_error error;
	struct tally tally;
	int number;

	(void)state;
	assert_int_equal(
		language_file_read_folder(
			languages, SOURCE_FOLDER "/etc/languages", &error),
		0);
	tally_init(languages, &tally);
	tally_text(languages, bytes_of(text), &tally);
	number = tally_judge(languages, &tally);
	tally_fini(&tally);
	assert_true(number >= 0);
	assert_string_equal(languages->items[number].code, "pt");
	languages_free(languages);
}

static void
sections_of_others_are_left_alone(void **state)
{
	struct languages *languages = languages_new();
	struct data_error error;

	(void)state;
	assert_int_equal(
		language_file_parse(
			languages, "pt.conf",
			bytes_of("[dates]\nmonths = a b\n"
				 "months = c\n" LANGUAGE LETTERS WORDS),
			&error),
		0);
	languages_free(languages);
}

static void
errors_name_their_line(void **state)
{
	(void)state;
	assert_refused(LANGUAGE "colour = blue\n",
		       "pt.conf:5: there is no key \"colour\" in [language]");
	assert_refused("name = x\n",
		       "pt.conf:1: there is no key \"name\" in []");
	assert_refused(LANGUAGE "name = y\n", "pt.conf:5: name is given twice");
	assert_refused("[language]\niso639-2 = pt\n",
		       "pt.conf:2: iso639-2 is three letters, not \"pt\"");
	assert_refused("[words]\nshare = many\n",
		       "pt.conf:2: share is a percentage, not \"many\"");
	assert_refused("[words]\nshare = 101\n",
		       "pt.conf:2: share is a percentage, not \"101\"");
	assert_refused("[words]\nwords = de a\n",
		       "pt.conf:2: [language] with its script must come first");
	assert_refused(LANGUAGE "[letters]\nalphabet = abж\n",
		       "pt.conf:6: \"ж\" is no letter of script Latn");
	assert_refused(LANGUAGE "[words]\n\nwords = de por-se\n",
		       "pt.conf:7: \"por-se\" is not one word of script Latn");
	assert_refused("[language]\n\njust words\n",
		       "pt.conf:3: this is neither a section nor a key");
	assert_refused(LANGUAGE,
		       "pt.conf:4: name, iso639-2, script, share and words are "
		       "all needed");
}

static void
lines_that_would_be_cut_are_refused(void **state)
{
	auto_buffer struct buffer text = { 0 };
	struct languages *languages = languages_new();
	struct data_error error;

	(void)state;
	buffer_put_string(&text, LANGUAGE "# ");
	for (int i = 0; i < 200; i++)
		buffer_put_string(&text, "x");
	buffer_put(&text, "", 1);
	assert_refused(text.data,
		       "pt.conf:5: the line is longer than 190 bytes");
	assert_int_equal(
		language_file_parse(languages, "pt.conf",
				    (struct docket_bytes){ "[lang\0uage]", 11 },
				    &error),
		-EINVAL);
	assert_string_equal(error.text,
			    "pt.conf:1: the line is not text in UTF-8");
	languages_free(languages);
	assert_refused("[language]\nname = \xff\n",
		       "pt.conf:2: the line is not text in UTF-8");
}

static void
unknown_script_is_refused(void **state)
{
	(void)state;
	assert_refused("[language]\nscript = Klingon\n[words]\nwords = a\n",
		       "pt.conf:4: there is no script \"Klingon\", or no more "
		       "room");
}

static void
missing_folder_is_an_error(void **state)
{
	struct languages *languages = languages_new();
	struct data_error error;

	(void)state;
	assert_int_equal(
		language_file_read_folder(languages, "/nonexistent", &error),
		-ENOENT);
	languages_free(languages);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_language_is_a_file),
		cmocka_unit_test(sections_of_others_are_left_alone),
		cmocka_unit_test(errors_name_their_line),
		cmocka_unit_test(lines_that_would_be_cut_are_refused),
		cmocka_unit_test(unknown_script_is_refused),
		cmocka_unit_test(missing_folder_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
