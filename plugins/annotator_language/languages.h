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
#define NO_SCRIPT SCRIPTS_LIMIT

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

/* Words by the middle of their hash, told apart by its upper half. */
struct word_bucket {
	uint32_t tags[4];
	uint32_t groups[4]; /* 0: there is no word */
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
	/* by languages_settle() */
	uint32_t *groups; /* sets of languages that share words; 0: the empty */
	size_t group_count;
	struct word_bucket *buckets;
	size_t bucket_mask;
	/* whose languages have all of a to z, none of them frequent */
	uint8_t ascii_script; /* or NO_SCRIPT */
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

/* To be called behind the last language, before anything is looked up. */
void languages_settle(struct languages *languages);

/* The character, with its script; lent. */
struct letter languages_letter(const struct languages *languages, int32_t c);

/*
 * A word's hash takes its small letters eight at a time: the low bytes of their
 * numbers, the first in the highest place, and where there are any the others.
 */
#define WORD_HASH UINT64_C(0xcbf29ce484222325)
#define WORD_LETTERS 8
static inline uint64_t
word_hash(uint64_t hash, uint64_t low, uint64_t high)
{
	hash = (hash ^ low) * UINT64_C(0x9e3779b97f4a7c15);
	return high ? (hash ^ high) * UINT64_C(0xc2b2ae3d27d4eb4f) : hash;
}

/*
 * The group of languages that have the word. Half of all words are known, at
 * random: so nothing here may depend on which are, or it is foretold wrong.
 */
static inline uint32_t
languages_find_word(const struct languages *languages, uint64_t hash)
{
	const struct word_bucket *bucket =
		&languages->buckets[(hash >> 20) & languages->bucket_mask];
	uint32_t tag = (uint32_t)(hash >> 32);
	uint32_t group = 0;

	for (int i = 0; i < 4; i++)
		group |=
			bucket->groups[i] & -(uint32_t)(bucket->tags[i] == tag);
	return group;
}

#endif
