/* SPDX-License-Identifier: Apache-2.0 */
/*
 * languages.c - what is known of languages, ready to be looked up
 *
 * Owns the tables. Everything about a character is one load from a table by
 * its number, everything about a word one probe of a hash table that keeps no
 * words: hashes of 64 bits of some thousand words do not meet by chance. Out
 * of memory ends the process.
 */
#include "languages.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#define WORDS_MINIMUM 1024
#define TATWEEL 0x640

static void *
allocate(size_t count, size_t size)
{
	void *memory = calloc(count, size);

	if (!memory)
		abort();
	return memory;
}

/* Letters of any script are foreign until a language has it. */
static uint8_t
classify(int32_t c)
{
	UErrorCode error = U_ZERO_ERROR;
	UScriptCode script;

	if (c == TATWEEL || U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK))
		return LETTER_SKIPPED;
	if (!u_isalpha(c))
		return LETTER_NONE;
	script = uscript_getScript(c, &error);
	return script == USCRIPT_COMMON || script == USCRIPT_INHERITED
		       ? LETTER_NONE
		       : LETTER_FOREIGN;
}

struct languages *
languages_new(void)
{
	struct languages *languages = allocate(1, sizeof(*languages));

	languages->letters = allocate(LETTERS_COUNT, sizeof(struct letter));
	for (int32_t c = 0; c < LETTERS_COUNT; c++) {
		int32_t small = u_tolower(c);

		languages->letters[c].class = classify(c);
		languages->letters[c].small =
			(uint16_t)(small < LETTERS_COUNT ? small : c);
	}
	languages->words = allocate(WORDS_MINIMUM, sizeof(struct word_entry));
	languages->word_mask = WORDS_MINIMUM - 1;
	return languages;
}

struct languages *
languages_free(struct languages *languages)
{
	if (!languages)
		return NULL;
	free(languages->letters);
	free(languages->words);
	free(languages);
	return NULL;
}

/* ---- scripts ---- */

static uint8_t
script_class(size_t script)
{
	return (uint8_t)(LETTER_SCRIPT + script);
}

static void
add_script(struct languages *languages, int32_t number)
{
	size_t script = languages->script_count++;
	UErrorCode error = U_ZERO_ERROR;

	languages->scripts[script] = (struct script){
		.number = number,
		.is_unspaced =
			uscript_breaksBetweenLetters((UScriptCode)number),
	};
	for (int32_t c = 0; c < LETTERS_COUNT; c++)
		if (languages->letters[c].class == LETTER_FOREIGN &&
		    uscript_getScript(c, &error) == (UScriptCode)number)
			languages->letters[c].class = script_class(script);
}

static int
find_script(struct languages *languages, const char *name)
{
	int32_t number = u_getPropertyValueEnum(UCHAR_SCRIPT, name);

	if (number <= USCRIPT_INHERITED)
		return -1;
	for (size_t i = 0; i < languages->script_count; i++)
		if (languages->scripts[i].number == number)
			return (int)i;
	if (languages->script_count == SCRIPTS_LIMIT)
		return -1;
	add_script(languages, number);
	return (int)languages->script_count - 1;
}

/* ---- languages ---- */

int
languages_add(struct languages *languages, const char *code, const char *script,
	      unsigned share_percent)
{
	struct language *language;
	int number;

	if (languages->count == LANGUAGES_LIMIT || strlen(code) >= CODE_LIMIT)
		return -1;
	number = find_script(languages, script);
	if (number < 0)
		return -1;
	language = &languages->items[languages->count];
	strcpy(language->code, code);
	language->script = (uint8_t)number;
	language->share_percent = (uint8_t)share_percent;
	languages->scripts[number].writers |= 1u << languages->count;
	return (int)languages->count++;
}

bool
languages_add_letter(struct languages *languages, size_t language, int32_t c,
		     bool is_frequent)
{
	struct language *item = &languages->items[language];
	struct letter *letter;

	if (c < 0 || c >= LETTERS_COUNT)
		return false;
	letter = &languages->letters[c];
	if (letter->class != script_class(item->script))
		return false;
	if (!is_frequent) {
		letter->writers |= 1u << language;
		return true;
	}
	if (!letter->frequent && languages->frequent_count == FREQUENT_LIMIT)
		return false;
	if (!letter->frequent)
		letter->frequent = (uint8_t)++languages->frequent_count;
	item->frequent |= 1u << (letter->frequent - 1);
	return true;
}

void
languages_finish(struct languages *languages, size_t language)
{
	uint8_t class = script_class(languages->items[language].script);
	uint32_t bit = 1u << language;
	bool has_any = false;

	for (size_t c = 0; c < LETTERS_COUNT && !has_any; c++)
		has_any = languages->letters[c].writers & bit;
	for (size_t c = 0; c < LETTERS_COUNT; c++) {
		struct letter *letter = &languages->letters[c];
		const struct letter *small = &languages->letters[letter->small];

		if (letter->class == class &&
		    (!has_any || small->writers & bit))
			letter->writers |= bit;
		if (letter->class == class)
			letter->frequent = small->frequent;
	}
}

struct letter
languages_letter(const struct languages *languages, int32_t c)
{
	struct letter letter = { .class = classify(c) };
	UErrorCode error = U_ZERO_ERROR;
	UScriptCode number;

	if (c < LETTERS_COUNT)
		return languages->letters[c];
	if (letter.class != LETTER_FOREIGN)
		return letter;
	number = uscript_getScript(c, &error);
	for (size_t i = 0; i < languages->script_count; i++) {
		if (languages->scripts[i].number != (int32_t)number)
			continue;
		letter.class = script_class(i);
		letter.writers = languages->scripts[i].writers;
	}
	return letter;
}

/* ---- words ---- */

static struct word_entry *
probe(const struct languages *languages, uint64_t hash)
{
	size_t at = hash & languages->word_mask;

	while (languages->words[at].hash && languages->words[at].hash != hash)
		at = (at + 1) & languages->word_mask;
	return &languages->words[at];
}

static void
grow_words(struct languages *languages)
{
	size_t size = languages->word_mask + 1;
	struct word_entry *before = languages->words;

	languages->words = allocate(size * 2, sizeof(struct word_entry));
	languages->word_mask = size * 2 - 1;
	for (size_t i = 0; i < size; i++)
		if (before[i].hash)
			*probe(languages, before[i].hash) = before[i];
	free(before);
}

/* The hash of what is one word; 0 if it is none, or more than one. */
static uint64_t
hash_word(const struct languages *languages, size_t language,
	  struct docket_bytes word)
{
	uint8_t script = languages->items[language].script;
	uint64_t hash = WORD_HASH;
	size_t letters = 0;

	for (size_t at = 0; at < word.size;) {
		struct letter letter;
		UChar32 c;

		U8_NEXT((const uint8_t *)word.data, at, word.size, c);
		if (c < 0 || c >= LETTERS_COUNT)
			return 0;
		letter = languages_letter(languages, c);
		if (letter.class != script_class(script))
			return 0;
		hash = word_hash(hash, letter.small);
		letters++;
	}
	if (!letters || (letters > 1 && languages->scripts[script].is_unspaced))
		return 0;
	return hash;
}

bool
languages_add_word(struct languages *languages, size_t language,
		   struct docket_bytes word)
{
	uint64_t hash = hash_word(languages, language, word);
	struct word_entry *entry;

	if (!hash)
		return false;
	if (languages->word_count * 2 > languages->word_mask)
		grow_words(languages);
	entry = probe(languages, hash);
	languages->word_count += !entry->hash;
	entry->hash = hash;
	entry->languages |= 1u << language;
	return true;
}

uint32_t
languages_find_word(const struct languages *languages, uint64_t hash)
{
	return probe(languages, hash)->languages;
}
