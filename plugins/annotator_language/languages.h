/* SPDX-License-Identifier: Apache-2.0 */
/*
 * languages.h - what is known of languages, ready to be looked up
 */
#ifndef ANNOTATOR_LANGUAGE_LANGUAGES_H
#define ANNOTATOR_LANGUAGE_LANGUAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <docket/plugin.h>

#define LANGUAGES_LIMIT 32
#define SCRIPTS_LIMIT 16
/* Letters that a language may name as frequent, all languages together. */
#define FREQUENT_LIMIT 32
#define CODE_LIMIT 12

/* What a character is; scripts of languages follow. */
enum letter_class {
	LETTER_NONE = 0, /* it parts words */
	LETTER_SKIPPED,	 /* a mark: within words, but not of them */
	LETTER_FOREIGN,	 /* of a script that no language has */
	LETTER_SCRIPT,	 /* + number of the script */
};

struct letter {
	uint32_t writers; /* languages that have it, a bit each */
	uint16_t small;	  /* the same letter, small */
	uint8_t class;
	uint8_t frequent; /* number of a frequent letter, plus 1; or 0 */
};

struct script {
	int32_t number;	  /* ICU's */
	uint32_t writers; /* languages written in it */
	bool is_unspaced; /* a word is one character */
};

struct language {
	char code[CODE_LIMIT]; /* BCP 47 */
	uint8_t script;
	uint8_t share_percent; /* of words that are known, in ordinary text */
	uint32_t frequent;     /* its frequent letters, a bit each */
};

struct word_entry {
	uint64_t hash; /* 0: empty */
	uint32_t languages;
};

/* Characters beyond the first plane are looked at by their script alone. */
#define LETTERS_COUNT 0x10000

struct languages {
	struct language items[LANGUAGES_LIMIT];
	size_t count;
	struct script scripts[SCRIPTS_LIMIT];
	size_t script_count;
	size_t frequent_count;
	struct letter *letters; /* LETTERS_COUNT */
	struct word_entry *words;
	size_t word_count;
	size_t word_mask;
};

/* On the heap, empty; free takes NULL. */
struct languages *languages_new(void);
struct languages *languages_free(struct languages *languages);

/*
 * Add a language of an ISO 15924 script; returns its number. -1: unknown
 * script, code too long, or too many; nothing was added.
 */
int languages_add(struct languages *languages, const char *code,
		  const char *script, unsigned share_percent);

/*
 * Tell what it has. Letters: none at all is all of the script. false: not a
 * letter of its script, or too many frequent ones.
 */
bool languages_add_letter(struct languages *languages, size_t language,
			  int32_t c, bool is_frequent);
/* false: it is not one word, as text is broken into words. */
bool languages_add_word(struct languages *languages, size_t language,
			struct docket_bytes word);
/* To be called once, after the last of a language's letters. */
void languages_finish(struct languages *languages, size_t language);

/* The character, with its script; lent. */
struct letter languages_letter(const struct languages *languages, int32_t c);

/* A word's hash begins with this, and takes its letters one by one. */
#define WORD_HASH 0xcbf29ce484222325u
static inline uint64_t
word_hash(uint64_t hash, uint32_t letter)
{
	return (hash ^ letter) * 0x100000001b3u;
}

/* The languages that have the word, a bit each. */
uint32_t languages_find_word(const struct languages *languages, uint64_t hash);

#endif
