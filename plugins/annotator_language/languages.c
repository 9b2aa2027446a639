/* SPDX-License-Identifier: Apache-2.0 */
/*
 * languages.c - what is known of languages, ready to be looked up
 *
 * Owns the tables. Everything about a character is one load from a table by
 * its number, everything about a word one look into a hash table that keeps no
 * words: hashes of some thousand words do not meet by chance. Out of memory
 * ends the process.
 */
#include "languages.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#define WORDS_MINIMUM 1024
#define BUCKETS_MINIMUM 256
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
	languages->ascii_script = NO_SCRIPT;
	return languages;
}

struct languages *
languages_free(struct languages *languages)
{
	if (!languages)
		return NULL;
	free(languages->letters);
	free(languages->words);
	free(languages->groups);
	free(languages->buckets);
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
	size_t at = (hash >> 32) & languages->word_mask;

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
	uint64_t low = 0;
	uint64_t high = 0;
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
		low = low << 8 | (letter.small & 0xff);
		high = high << 8 | letter.small >> 8;
		if (++letters % WORD_LETTERS)
			continue;
		hash = word_hash(hash, low, high);
		low = high = 0;
	}
	if (!letters || (letters > 1 && languages->scripts[script].is_unspaced))
		return 0;
	return letters % WORD_LETTERS ? word_hash(hash, low, high) : hash;
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

/* ---- what follows from all of them ---- */

static uint32_t
find_group(struct languages *languages, uint32_t set)
{
	size_t group = 0;

	while (group < languages->group_count &&
	       languages->groups[group] != set)
		group++;
	if (group < languages->group_count)
		return (uint32_t)group;
	languages->groups = realloc(languages->groups,
				    (group + 1) * sizeof(*languages->groups));
	if (!languages->groups)
		abort();
	languages->groups[languages->group_count++] = set;
	return (uint32_t)group;
}

/* False: it is full. */
static bool
put_in_bucket(struct word_bucket *bucket, uint32_t tag, uint32_t group)
{
	for (int i = 0; i < 4; i++) {
		if (bucket->groups[i] && bucket->tags[i] != tag)
			continue;
		bucket->tags[i] = tag;
		bucket->groups[i] = group;
		return true;
	}
	return false;
}

static bool
fill_buckets(struct languages *languages, size_t count)
{
	free(languages->buckets);
	languages->buckets = allocate(count, sizeof(struct word_bucket));
	languages->bucket_mask = count - 1;
	for (size_t i = 0; i <= languages->word_mask; i++) {
		const struct word_entry *entry = &languages->words[i];
		size_t at = (entry->hash >> 20) & languages->bucket_mask;

		if (entry->hash &&
		    !put_in_bucket(&languages->buckets[at],
				   (uint32_t)(entry->hash >> 32),
				   find_group(languages, entry->languages)))
			return false;
	}
	return true;
}

/* Is it a letter like any other, for all who write that script? */
static bool
is_plain(const struct languages *languages, char c, uint8_t script)
{
	const struct letter *letter = &languages->letters[(unsigned char)c];
	uint32_t writers = languages->scripts[script].writers;

	return letter->class == script_class(script) && !letter->frequent &&
	       letter->small == (c | 0x20) && !(writers & ~letter->writers);
}

static uint8_t
find_ascii_script(const struct languages *languages)
{
	uint8_t script =
		(uint8_t)(languages->letters['a'].class - LETTER_SCRIPT);

	if (languages->letters['a'].class < LETTER_SCRIPT ||
	    languages->scripts[script].is_unspaced)
		return NO_SCRIPT;
	for (char c = 'a'; c <= 'z'; c++)
		if (!is_plain(languages, c, script) ||
		    !is_plain(languages, (char)(c & ~0x20), script))
			return NO_SCRIPT;
	return script;
}

void
languages_settle(struct languages *languages)
{
	size_t count = BUCKETS_MINIMUM;

	languages->group_count = 0;
	find_group(languages, 0);
	while (!fill_buckets(languages, count))
		count *= 2;
	languages->ascii_script = find_ascii_script(languages);
}
