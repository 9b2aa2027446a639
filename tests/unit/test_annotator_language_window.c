/* SPDX-License-Identifier: Apache-2.0 */
/* test_annotator_language_window.c - words are the same wherever they stand */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "language_file.h"
#include "mem.h"
#include "window.h"

struct found {
	size_t words;
	size_t letters;
	size_t known;
	size_t foreign;
};

static int
set_up(void **state)
{
	struct languages *languages = languages_new();
	struct data_error error;

	assert_int_equal(
		language_file_read_folder(
			languages, SOURCE_FOLDER "/etc/languages", &error),
		0);
	*state = languages;
	return 0;
}

static int
tear_down(void **state)
{
	languages_free(*state);
	return 0;
}

static struct found
read_all(const struct languages *languages, const char *data, size_t size)
{
	/* on the heap, so that a byte read too far is noticed */
	char *text = mem_alloc(size);
	struct window_reader reader = { .languages = languages,
					.text = { text, size } };
	struct found found = { 0 };
	struct window_words words;

	memcpy(text, data, size);
	while (reader.at < size) {
		window_read(&reader, &words);
		found.words += words.count + words.other_count;
		found.letters += words.letters;
		for (size_t i = 0; i < words.count; i++)
			found.known += languages_find_word(
					       languages, words.hashes[i]) != 0;
		for (size_t i = 0; i < words.other_count; i++) {
			found.letters += words.others[i].letters;
			found.known +=
				languages_find_word(languages,
						    words.others[i].hash) != 0;
		}
	}
	free(text);
	found.foreign = reader.foreign;
	return found;
}

/* Behind so many signs, and again before as many. */
static struct found
read_shifted(const struct languages *languages, const char *word, size_t shift)
{
	char text[512];
	size_t size = strlen(word);

	memset(text, '-', sizeof(text));
	memcpy(text + shift, word, size);
	return read_all(languages, text, shift + size + shift % 3);
}

static void
a_word_is_found_wherever_it_stands(void **state)
{
	static const struct {
		const char *word;
		size_t letters;
	} words[] = {
		{ "the", 3 },	  { "Which", 5 },   { "été", 3 },
		{ "который", 7 }, { "también", 7 }, { "THEIR", 5 },
		{ "на", 2 },	  { "من", 2 },	    { "的", 1 },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (size_t shift = 0; shift < 140; shift++) {
			struct found found =
				read_shifted(*state, words[i].word, shift);

			assert_int_equal(found.words, 1);
			assert_int_equal(found.letters, words[i].letters);
			assert_int_equal(found.known, 1);
		}
}

static void
a_long_word_is_one(void **state)
{
	char text[300];

	memset(text, 'a', sizeof(text));
	for (size_t size = 1; size <= sizeof(text); size++) {
		struct found found = read_all(*state, text, size);

		assert_int_equal(found.words, 1);
		assert_int_equal(found.letters, size);
	}
}

static struct found
read_string(const struct languages *languages, const char *text)
{
	return read_all(languages, text, strlen(text));
}

static void
words_end_at_signs_and_at_other_scripts(void **state)
{
	struct found found = read_string(*state, "l’homme A/64/870 wordслово");

	assert_int_equal(found.words, 4); /* "A" is none */
	assert_int_equal(found.letters, 1 + 5 + 1 + 4 + 5);
	/* an accent that is a character of its own */
	assert_int_equal(read_string(*state, "cafe\u0301s").words, 1);
	assert_int_equal(read_string(*state, "αβγ").foreign, 3);
	assert_int_equal(read_string(*state, "αβγ").words, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_word_is_found_wherever_it_stands, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_long_word_is_one, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(
			words_end_at_signs_and_at_other_scripts, set_up,
			tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
