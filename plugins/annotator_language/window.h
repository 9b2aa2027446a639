/* SPDX-License-Identifier: Apache-2.0 */
/*
 * window.h - the words of a text, by windows of 64 bytes
 */
#ifndef ANNOTATOR_LANGUAGE_WINDOW_H
#define ANNOTATOR_LANGUAGE_WINDOW_H

#include "languages.h"

/* A word that was read letter by letter. */
struct word {
	uint64_t hash;
	uint32_t writers;  /* languages that have all its letters */
	uint32_t frequent; /* letters that languages name as such, a bit each */
	uint32_t letters;
	uint8_t script;
	bool is_capital; /* its first letter */
};

/* What is read, how far, and which letters no language's script has. */
struct window_reader {
	const struct languages *languages;
	struct docket_bytes text;
	size_t at;
	uint32_t foreign;
};

#define WINDOW_SIZE 64 /* bytes that are looked at together */

/* The words of a window. */
struct window_words {
	/* those in ASCII, by their hashes, but for single capitals */
	uint64_t hashes[WINDOW_SIZE];
	size_t count;
	uint32_t letters; /* of them, and those capitals */
	/* the others */
	struct word others[WINDOW_SIZE];
	size_t other_count;
};

/*
 * The words that begin in the next window, of which there may be none. All were
 * read when reader->at is the text's size.
 */
void window_read(struct window_reader *reader, struct window_words *out_words);

#endif
