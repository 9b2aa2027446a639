/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_annotator_names_phrases.c - phrases are found as people write them
 *
 * The library plugins/phrases, of which annotator_names is one of the users.
 */
#include "plugin_host.h"

#include "data.h"
#include "phrases.h"

struct set {
	struct writing *writing;
	struct phrases *phrases;
};

static void
open_set(struct set *set)
{
	*set = (struct set){ writing_new(), phrases_new() };
}

static void
close_set(struct set *set)
{
	phrases_free(set->phrases);
	writing_free(set->writing);
}

static void
add(struct set *set, const char *phrase, uint32_t value)
{
	assert_true(phrases_add(set->phrases, set->writing, bytes_of(phrase), 0,
				value));
}

/* The value of what the text begins with, and its length in tokens. */
static uint32_t
find(const struct set *set, const char *text, size_t *out_count)
{
	struct phrase_match match = { 0, 0 };
	struct tokens tokens = { 0 };

	lexer_read(&tokens, set->writing, bytes_of(text), 0,
		   (uint32_t)strlen(text));
	if (tokens.count)
		phrases_find(set->phrases, set->writing, bytes_of(text),
			     &tokens, 0, 0, &match);
	lexer_fini(&tokens);
	*out_count = match.count;
	return match.value;
}

static void
assert_found(const struct set *set, const char *text, uint32_t value)
{
	size_t count;

	assert_int_equal(find(set, text, &count), value);
}

static void
the_longest_phrase_is_found(void **state)
{
	struct set set;
	size_t count;

	(void)state;
	open_set(&set);
	add(&set, "Council", 1);
	add(&set, "Council of Europe", 2);
	assert_int_equal(find(&set, "Council of Europe today", &count), 2);
	assert_int_equal(count, 3);
	assert_int_equal(find(&set, "Council of ministers", &count), 1);
	assert_int_equal(count, 1);
	assert_int_equal(find(&set, "Councillor", &count), 0);
	assert_int_equal(find(&set, "council", &count), 0);
	close_set(&set);
}

static void
accents_hyphens_and_line_ends_do_not_count(void **state)
{
	struct set set;

	(void)state;
	open_set(&set);
	add(&set, "Haut-Commissariat de l'État", 1);
	assert_found(&set, "Haut Commissariat de l’Etat", 1);
	assert_found(&set, "HAUT–COMMISSARIAT\nDE L'ÉTAT", 1);
	assert_found(&set, "Haut, Commissariat de l'État", 0);
	close_set(&set);
}

static void
acronyms_are_capitals_and_not_among_them(void **state)
{
	struct set set;

	(void)state;
	open_set(&set);
	add(&set, "WHO", 1);
	add(&set, "UNESCO", 2);
	assert_found(&set, "WHO said", 1);
	assert_found(&set, "Who said", 0);
	assert_found(&set, "WHO SAID", 0);
	assert_found(&set, "UNESCO SAID", 2);
	close_set(&set);
}

static void
endings_articles_and_prefixes_are_data(void **state)
{
	struct set set;

	(void)state;
	open_set(&set);
	assert_found(&set, "Советом", 0);
	assert_true(writing_take(set.writing, "endings", "ом а у"));
	assert_true(writing_take(set.writing, "article", "ال"));
	assert_true(writing_take(set.writing, "prefixes", "و لل"));
	assert_false(writing_take(set.writing, "suffixes", "x"));
	assert_false(writing_take(set.writing, "endings", "слишкомдлинно"));
	add(&set, "Совет", 1);
	add(&set, "=Перу", 2);
	add(&set, "الجمعية العامة", 3);
	assert_found(&set, "Советом", 1);
	assert_found(&set, "Перу", 2);
	assert_found(&set, "Пером", 0);
	assert_found(&set, "للجمعية العامة", 3);
	assert_found(&set, "والجمعية العامة", 3);
	assert_found(&set, "جمعيّة عامة", 3);
	close_set(&set);
}

static void
unspaced_text_is_found_anywhere(void **state)
{
	struct set set;
	size_t count;

	(void)state;
	open_set(&set);
	add(&set, "大会", 1);
	assert_int_equal(find(&set, "大会第60号", &count), 1);
	assert_int_equal(count, 2);
	close_set(&set);
}

static void
tokens_part_letters_digits_and_signs(void **state)
{
	static const struct {
		uint8_t kind;
		uint32_t code;
	} expected[] = {
		{ TOKEN_WORD, 'l' },	       { TOKEN_SIGN, '.' },
		{ TOKEN_NUMBER, 41 },	       { TOKEN_SIGN, '/' },
		{ TOKEN_NUMBER, 123 },	       { TOKEN_ALONE, 0x53f7 },
		{ TOKEN_NUMBER, TOKEN_LARGE },
	};
	const char *text = "L.41/\u0661\u0662\u0663号 12345678901234567890";
	struct writing *writing = writing_new();
	struct tokens tokens = { 0 };

	(void)state;
	lexer_read(&tokens, writing, bytes_of(text), 0, (uint32_t)strlen(text));
	assert_int_equal(tokens.count, ARRAY_SIZE(expected));
	for (size_t i = 0; i < tokens.count; i++) {
		assert_int_equal(tokens.items[i].kind, expected[i].kind);
		assert_int_equal(tokens.items[i].code, expected[i].code);
	}
	lexer_fini(&tokens);
	writing_free(writing);
}

/* The first token of a text that has only one. */
static struct token
read_one(const struct writing *writing, const char *text)
{
	struct tokens tokens = { 0 };
	struct token token;

	lexer_read(&tokens, writing, bytes_of(text), 0, (uint32_t)strlen(text));
	assert_int_equal(tokens.count, 1);
	token = tokens.items[0];
	assert_int_equal(token.end, strlen(text));
	lexer_fini(&tokens);
	return token;
}

/* A word of so many letters, with what else it has last. */
static void
make_word(size_t letters, const char *last, char *out)
{
	for (size_t i = 0; i < letters; i++)
		out[i] = (char)('a' + i % 26);
	strcpy(out + letters, last);
}

static void
a_word_is_the_same_however_its_letters_are_written(void **state)
{
	struct writing *writing = writing_new();

	(void)state;
	for (size_t letters = 0; letters < 200; letters++) {
		char plain[256], accented[256], other[256];
		struct token token;

		make_word(letters, "e", plain);
		make_word(letters, "\u00e9", accented);
		make_word(letters, "\u200d\u0113", other);
		token = read_one(writing, plain);
		assert_int_equal(token.hash, token.exact);
		assert_int_equal(read_one(writing, accented).hash, token.hash);
		assert_int_equal(read_one(writing, other).hash, token.hash);
		make_word(letters, "f", other);
		assert_int_not_equal(read_one(writing, other).hash, token.hash);
	}
	writing_free(writing);
}

static void
capitals_are_told_in_words_of_any_length(void **state)
{
	static const struct {
		const char *word;
		uint8_t flags;
	} words[] = {
		{ "a", 0 },
		{ "A", TOKEN_CAPITAL },
		{ "UN", TOKEN_CAPITAL | TOKEN_CAPITALS },
		{ "Un", TOKEN_CAPITAL },
		{ "uN", 0 },
		{ "ABCDEFGH", TOKEN_CAPITAL | TOKEN_CAPITALS },
		{ "ABCDEFGHI", TOKEN_CAPITAL | TOKEN_CAPITALS },
		{ "ABCDEFGHi", TOKEN_CAPITAL },
		{ "aBCDEFGHI", 0 },
		{ "\u00c9TAT", TOKEN_CAPITAL | TOKEN_CAPITALS },
		{ "\u00c9tat", TOKEN_CAPITAL },
		{ "ETAT\u00c9", TOKEN_CAPITAL | TOKEN_CAPITALS },
		{ "ETAT\u00e9", TOKEN_CAPITAL },
		{ "\u041e\u041e\u041d", TOKEN_CAPITAL | TOKEN_CAPITALS },
		{ "\u041e\u043e\u043d", TOKEN_CAPITAL },
	};
	struct writing *writing = writing_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		assert_int_equal(read_one(writing, words[i].word).flags,
				 words[i].flags | TOKEN_SPACED);
	writing_free(writing);
}

/* ---- tables ---- */

static bool
take_cell(void *user, const struct data_value *value)
{
	struct buffer *list = user;

	if (strcmp(value->text, "bad") == 0) {
		snprintf(value->reason, DATA_REASON, "it is bad");
		return false;
	}
	buffer_format(list, "%s.%s=%s ", value->key, value->code, value->text);
	return true;
}

static int
read_table(const char *text, struct buffer *list, struct data_error *error)
{
	char path[] = "/tmp/docket-table-XXXXXX";
	int fd = mkstemp(path);
	int rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	rc = data_read_table(path, take_cell, list, error);
	unlink(path);
	return rc;
}

static void
tables_are_read_by_columns(void **state)
{
	auto_buffer struct buffer list = { 0 };
	struct data_error error;

	(void)state;
	assert_int_equal(
		read_table("# note\nid\ten\tfr\nun\tone\tun\n\ndeux\t\t2\n",
			   &list, &error),
		0);
	buffer_put(&list, "", 1);
	assert_string_equal(
		list.data,
		"un.id=un un.en=one un.fr=un deux.id=deux deux.fr=2 ");
}

static void
bad_tables_are_refused_with_their_line(void **state)
{
	static const struct {
		const char *text;
		const char *reason;
	} rows[] = {
		{ "id\ten\nun\tbad\n", ":2: en: it is bad" },
		{ "id\nun\tone\n", ":2: there are more cells than columns" },
		{ "# nothing\n", ":1: no line names the columns" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		auto_buffer struct buffer list = { 0 };
		struct data_error error;

		assert_true(read_table(rows[i].text, &list, &error) < 0);
		assert_non_null(strstr(error.text, rows[i].reason));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_longest_phrase_is_found),
		cmocka_unit_test(accents_hyphens_and_line_ends_do_not_count),
		cmocka_unit_test(acronyms_are_capitals_and_not_among_them),
		cmocka_unit_test(endings_articles_and_prefixes_are_data),
		cmocka_unit_test(unspaced_text_is_found_anywhere),
		cmocka_unit_test(tokens_part_letters_digits_and_signs),
		cmocka_unit_test(
			a_word_is_the_same_however_its_letters_are_written),
		cmocka_unit_test(capitals_are_told_in_words_of_any_length),
		cmocka_unit_test(tables_are_read_by_columns),
		cmocka_unit_test(bad_tables_are_refused_with_their_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
