/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tally.h - the words of a text, counted by languages; and what they prove
 */
#ifndef ANNOTATOR_LANGUAGE_TALLY_H
#define ANNOTATOR_LANGUAGE_TALLY_H

#include "languages.h"

/* A record's text has less than 2^32 letters. */
struct tally {
	uint32_t letters; /* of whatever script */
	uint32_t script_letters[SCRIPTS_LIMIT];
	uint32_t script_words[SCRIPTS_LIMIT];
	uint32_t foreign[LANGUAGES_LIMIT]; /* words it cannot even write */
	uint32_t frequent; /* letters that are there, a bit each */
	uint32_t *groups;  /* words, by the group of languages that have them */
};

/* Of no text; the caller's until tally_fini(). */
void tally_init(const struct languages *languages, struct tally *tally);
void tally_fini(struct tally *tally);

/* Of this text alone. Linear. */
void tally_text(const struct languages *languages, struct docket_bytes text,
		struct tally *tally);
void tally_add(const struct languages *languages, struct tally *tally,
	       const struct tally *other);

/* The number of the language that this is for certain, or -1. */
int tally_judge(const struct languages *languages, const struct tally *tally);

/* Are there words enough to prove anything? */
bool tally_is_long(const struct languages *languages,
		   const struct tally *tally);

#endif
