/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_seen.h - words that were seen before, and their tokens (private to word*)
 *
 * By the bytes that they have in a text, so that nothing is folded, composed
 * or stemmed where the same word comes again.
 */
#ifndef LIB_WORD_SEEN_H
#define LIB_WORD_SEEN_H

#include "word_stem.h"

/* Longer words are not remembered. A multiple of eight. */
#define WORD_SEEN_LIMIT_BYTES 40
/* The first bytes of a word, which lie apart, so that most are all there. */
#define WORD_SEEN_HEAD 2

/* A word in a text, ready to be looked for. */
struct word_sighting {
	struct docket_bytes raw; /* as it stands in the text */
	size_t end;		 /* of raw, without signs that are ignored */
	enum word_language language;
	bool is_kept; /* if not, the rest is not filled in */
	size_t set;   /* where it would be */
	uint64_t bytes[WORD_SEEN_LIMIT_BYTES / 8]; /* raw, then zeros */
};

/* Its tokens: "token ", or "token =twin ", or nothing. */
struct word_tokens {
	const char *data; /* lent; WORD_SEEN_PADDING bytes may be read */
	uint8_t size;
	uint8_t twin_size; /* without "=" and " " */
	uint8_t end;	   /* as in the sighting */
};

/* So many bytes may always be read there, whatever they are. */
#define WORD_SEEN_PADDING 32

struct word_seen; /* heap */

struct word_seen *word_seen_new(void);
/* As word_breaker_see_many(). */
void word_seen_see_many(struct word_seen *seen);
struct word_seen *word_seen_free(struct word_seen *seen);

/*
 * Fill in the rest of a sighting, of which raw (at least a byte, behind which
 * `room` bytes may be read, its own included), end and language are known, and
 * have the memory come where it would be. It comes while others are prepared.
 */
void word_seen_prepare(struct word_seen *seen, size_t room,
		       struct word_sighting *sighting);

/* The tokens of a word that was prepared; false: it is not remembered. */
bool word_seen_find(struct word_seen *seen,
		    const struct word_sighting *sighting,
		    struct word_tokens *out_tokens);

/* Remember a word that was prepared. In its place another one is forgotten. */
void word_seen_put(struct word_seen *seen, const struct word_sighting *sighting,
		   const struct word_stems *stems);

#endif
