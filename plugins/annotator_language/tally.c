/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tally.c - the words of a text, counted by languages; and what they prove
 *
 * Pure. Three things are asked of a language before it is given: the text is
 * in its script and letters; so many of the words are among its frequent ones
 * as in any text in it; and it has clearly more words to itself than every
 * other language of that script. The second keeps out languages that nobody
 * told us of, the third the relatives.
 */
#include "tally.h"

#include <unicode/utf8.h>

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

/* A word while it is read. */
struct word {
	uint64_t hash;
	uint32_t writers; /* languages that have all letters up to here */
	uint32_t letters;
	uint8_t script;
	bool is_capital; /* its first letter */
};

static void
count_known(struct tally *tally, uint32_t known, uint32_t all)
{
	for (uint32_t rest = known; rest; rest &= rest - 1) {
		unsigned language = (unsigned)__builtin_ctz(rest);

		tally->known[language]++;
		for (uint32_t others = all & ~known; others;
		     others &= others - 1)
			tally->against[language][__builtin_ctz(others)]++;
	}
}

static void
end_word(const struct languages *languages, struct tally *tally,
	 struct word *word)
{
	const struct script *script = &languages->scripts[word->script];
	uint32_t foreign;

	if (!word->letters)
		return;
	tally->script_letters[word->script] += word->letters;
	/* A, S, E: initials and the symbols of documents. */
	if (word->letters == 1 && word->is_capital) {
		word->letters = 0;
		return;
	}
	tally->script_words[word->script]++;
	count_known(tally, languages_find_word(languages, word->hash),
		    script->writers);
	foreign = script->writers & ~word->writers;
	for (; foreign; foreign &= foreign - 1)
		tally->foreign[__builtin_ctz(foreign)]++;
	word->letters = 0;
}

static void
count_letter(const struct languages *languages, struct tally *tally,
	     struct word *word, const struct letter *letter, bool is_capital)
{
	uint8_t script = (uint8_t)(letter->class - LETTER_SCRIPT);

	if (word->letters && word->script != script)
		end_word(languages, tally, word);
	if (!word->letters)
		*word = (struct word){
			.hash = WORD_HASH,
			.writers = UINT32_MAX,
			.script = script,
			.is_capital = is_capital,
		};
	word->hash = word_hash(word->hash, letter->small);
	word->writers &= letter->writers;
	word->letters++;
	if (letter->frequent)
		tally->frequent[letter->frequent - 1]++;
	if (languages->scripts[script].is_unspaced)
		end_word(languages, tally, word);
}

void
tally_text(const struct languages *languages, struct docket_bytes text,
	   struct tally *out_tally)
{
	const uint8_t *data = (const uint8_t *)text.data;
	struct word word = { 0 };

	*out_tally = (struct tally){ 0 };
	for (size_t at = 0; at < text.size;) {
		struct letter letter;
		UChar32 c;

		U8_NEXT_OR_FFFD(data, at, text.size, c);
		letter = c < LETTERS_COUNT ? languages->letters[c]
					   : languages_letter(languages, c);
		if (letter.class >= LETTER_SCRIPT) {
			out_tally->letters++;
			count_letter(languages, out_tally, &word, &letter,
				     letter.small != (uint16_t)c);
			continue;
		}
		out_tally->letters += letter.class == LETTER_FOREIGN;
		if (letter.class != LETTER_SKIPPED)
			end_word(languages, out_tally, &word);
	}
	end_word(languages, out_tally, &word);
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
	for (size_t i = 0; i < languages->count; i++) {
		tally->known[i] += other->known[i];
		tally->foreign[i] += other->foreign[i];
		for (size_t k = 0; k < languages->count; k++)
			tally->against[i][k] += other->against[i][k];
	}
	for (size_t i = 0; i < languages->frequent_count; i++)
		tally->frequent[i] += other->frequent[i];
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
	if (!language->frequent ||
	    tally->script_letters[language->script] < FREQUENT_LETTERS)
		return true;
	for (uint32_t rest = language->frequent; rest; rest &= rest - 1)
		if (tally->frequent[__builtin_ctz(rest)])
			return true;
	return false;
}

static bool
has_its_words(const struct tally *tally, const struct language *language,
	      size_t number)
{
	double words = tally->script_words[language->script];
	double needed =
		words * language->share_percent * SHARE_PERCENT / 100 / 100;
	double excess = tally->known[number] - needed;

	return tally->known[number] >= KNOWN_MINIMUM && excess > 0 &&
	       excess * excess * CHANCE_DIVISOR >= words;
}

/* Words of one language's own: that the other lacks, or cannot write. */
static uint64_t
count_own(const struct tally *tally, size_t number, size_t other)
{
	uint64_t own = tally->against[number][other];

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
		uint64_t own = count_own(tally, number, i);

		if (i == number || languages->items[i].script != script)
			continue;
		if (own < KNOWN_MINIMUM ||
		    own < count_own(tally, i, number) * AGAINST_RATIO)
			return false;
	}
	return true;
}

int
tally_judge(const struct languages *languages, const struct tally *tally)
{
	for (size_t i = 0; i < languages->count; i++) {
		const struct language *language = &languages->items[i];

		if (is_of_script(tally, language) &&
		    has_its_letters(tally, language, i) &&
		    has_its_words(tally, language, i) &&
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
