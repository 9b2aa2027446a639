/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tally.c - the words of a text, counted by languages; and what they prove
 *
 * Owns nothing but the counts of its callers. Three things are asked of a
 * language before it is given: the text is in its script and letters; so many
 * of the words are among its frequent ones as in any text in it; and it has
 * clearly more words to itself than every other language of that script. The
 * second keeps out languages that nobody told us of, the third the relatives.
 * Out of memory ends the process.
 */
#include "tally.h"

#include <stdlib.h>
#include <string.h>

#include "window.h"

/* Fewer words, fewer known words prove nothing. */
#define WORDS_MINIMUM 12
#define KNOWN_MINIMUM 4
/* Of the letters, so many must be of the script (percent). */
#define SCRIPT_PERCENT 50
/* Of the share of known words in ordinary text, so much must be there; */
#define SHARE_PERCENT 70
/* and more in few words, by the root of a number of words divided by this. */
#define CHANCE_DIVISOR 8
/* Names have letters that the language has not, but no more words than this. */
#define FOREIGN_PERCENT 6
/* Words of its own for each that only the other one has. */
#define AGAINST_RATIO 3
/* So many letters have some of a language's frequent ones among them. */
#define FREQUENT_LETTERS 200

/* ---- counting ---- */

void
tally_init(const struct languages *languages, struct tally *tally)
{
	*tally = (struct tally){
		.groups = calloc(languages->group_count + 1,
				 sizeof(*tally->groups)),
	};
	if (!tally->groups)
		abort();
}

void
tally_fini(struct tally *tally)
{
	free(tally->groups);
	tally->groups = NULL;
}

static void
count_word(const struct languages *languages, struct tally *tally,
	   const struct word *word)
{
	uint32_t foreign =
		languages->scripts[word->script].writers & ~word->writers;

	tally->letters += word->letters;
	tally->script_letters[word->script] += word->letters;
	tally->frequent |= word->frequent;
	/* A, S, E: initials and the symbols of documents. */
	if (word->letters == 1 && word->is_capital)
		return;
	tally->script_words[word->script]++;
	tally->groups[languages_find_word(languages, word->hash)]++;
	for (; foreign; foreign &= foreign - 1)
		tally->foreign[__builtin_ctz(foreign)]++;
}

/* All languages of their script have all letters of ASCII, none is frequent. */
static void
count_ascii(const struct languages *languages, struct tally *tally,
	    const struct window_words *words)
{
	if (!words->letters)
		return;
	tally->letters += words->letters;
	tally->script_letters[languages->ascii_script] += words->letters;
	tally->script_words[languages->ascii_script] += (uint32_t)words->count;
	for (size_t i = 0; i < words->count; i++)
		tally->groups[languages_find_word(languages,
						  words->hashes[i])]++;
}

void
tally_text(const struct languages *languages, struct docket_bytes text,
	   struct tally *tally)
{
	struct window_reader reader = { .languages = languages, .text = text };
	uint32_t *groups = tally->groups;
	struct window_words words;

	memset(groups, 0, languages->group_count * sizeof(*groups));
	memset(tally, 0, sizeof(*tally));
	tally->groups = groups;
	while (reader.at < text.size) {
		window_read(&reader, &words);
		count_ascii(languages, tally, &words);
		for (size_t i = 0; i < words.other_count; i++)
			count_word(languages, tally, &words.others[i]);
	}
	tally->letters += reader.foreign;
}

void
tally_add(const struct languages *languages, struct tally *tally,
	  const struct tally *other)
{
	tally->letters += other->letters;
	for (size_t i = 0; i < languages->script_count; i++) {
		tally->script_letters[i] += other->script_letters[i];
		tally->script_words[i] += other->script_words[i];
	}
	for (size_t i = 0; i < languages->count; i++)
		tally->foreign[i] += other->foreign[i];
	for (size_t i = 0; i < languages->group_count; i++)
		tally->groups[i] += other->groups[i];
	tally->frequent |= other->frequent;
}

/* ---- judging ---- */

static bool
is_of_script(const struct tally *tally, const struct language *language)
{
	uint64_t letters = tally->script_letters[language->script];

	return letters * 100 >= (uint64_t)tally->letters * SCRIPT_PERCENT;
}

static bool
has_its_letters(const struct tally *tally, const struct language *language,
		size_t number)
{
	uint64_t words = tally->script_words[language->script];

	if ((uint64_t)tally->foreign[number] * 100 > words * FOREIGN_PERCENT)
		return false;
	return !language->frequent ||
	       tally->script_letters[language->script] < FREQUENT_LETTERS ||
	       tally->frequent & language->frequent;
}

/* Words that the language has and the other has not. */
static uint32_t
count_against(const struct languages *languages, const struct tally *tally,
	      size_t number, size_t other)
{
	uint32_t count = 0;

	for (size_t i = 0; i < languages->group_count; i++)
		if (languages->groups[i] >> number & 1 &&
		    !(languages->groups[i] >> other & 1))
			count += tally->groups[i];
	return count;
}

/* Of each language, the words that it has. */
static void
count_known(const struct languages *languages, const struct tally *tally,
	    uint32_t *out_known)
{
	memset(out_known, 0, languages->count * sizeof(*out_known));
	for (size_t i = 0; i < languages->group_count; i++) {
		uint32_t rest = tally->groups[i] ? languages->groups[i] : 0;

		for (; rest; rest &= rest - 1)
			out_known[__builtin_ctz(rest)] += tally->groups[i];
	}
}

static bool
has_its_words(const struct tally *tally, const struct language *language,
	      uint32_t known)
{
	double words = tally->script_words[language->script];
	double needed =
		words * language->share_percent * SHARE_PERCENT / 100 / 100;
	double excess = known - needed;

	return known >= KNOWN_MINIMUM && excess > 0 &&
	       excess * excess * CHANCE_DIVISOR >= words;
}

/* Words of one language's own: that the other lacks, or cannot write. */
static uint64_t
count_own(const struct languages *languages, const struct tally *tally,
	  size_t number, size_t other)
{
	uint64_t own = count_against(languages, tally, number, other);

	if (tally->foreign[other] > tally->foreign[number])
		own += tally->foreign[other] - tally->foreign[number];
	return own;
}

static bool
beats_others(const struct languages *languages, const struct tally *tally,
	     size_t number)
{
	uint8_t script = languages->items[number].script;

	for (size_t i = 0; i < languages->count; i++) {
		uint64_t own;

		if (i == number || languages->items[i].script != script)
			continue;
		own = count_own(languages, tally, number, i);
		if (own < KNOWN_MINIMUM ||
		    own < count_own(languages, tally, i, number) *
				    AGAINST_RATIO)
			return false;
	}
	return true;
}

int
tally_judge(const struct languages *languages, const struct tally *tally)
{
	uint32_t known[LANGUAGES_LIMIT];

	count_known(languages, tally, known);
	for (size_t i = 0; i < languages->count; i++) {
		const struct language *language = &languages->items[i];

		if (is_of_script(tally, language) &&
		    has_its_letters(tally, language, i) &&
		    has_its_words(tally, language, known[i]) &&
		    beats_others(languages, tally, i))
			return (int)i;
	}
	return -1;
}

bool
tally_is_long(const struct languages *languages, const struct tally *tally)
{
	for (size_t i = 0; i < languages->script_count; i++)
		if (tally->script_words[i] >= WORDS_MINIMUM)
			return true;
	return false;
}
