/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_breaker.h - what a breaker has in hand (private to word.c, word_paired.c)
 */
#ifndef LIB_WORD_BREAKER_H
#define LIB_WORD_BREAKER_H

#include "escape.h"
#include "word_fold.h"
#include "word_seen.h"
#include "word_spell.h"
#include "word_stem.h"
#include "word_unspaced.h"

/* A Han or kana with its marks. */
struct paired {
	uint32_t code; /* 0: there is none */
	size_t start;
	size_t end;
};

struct word_breaker {
	struct docket_bytes text;
	size_t at;
	enum word_language language;
	struct word_stemmer *stemmer;
	struct word_seen *seen;
	struct word_unspaced *unspaced; /* NULL until the first such run */
	bool is_in_run;
	size_t run_at;
	struct paired ahead; /* the successor of the last one */
	struct word_spelling spelling;
	char plain[WORD_TOKEN_LIMIT_BYTES + 1];
};

/* The row of the character there; its length, 0 at the end or at no UTF-8. */
static inline size_t
word_look_at(const struct word_breaker *breaker, size_t at, uint32_t *out_code,
	     const struct word_fold **out_fold)
{
	const unsigned char *text = (const void *)(breaker->text.data + at);
	size_t size = breaker->text.size - at, length = 2;

	/* Accented, Greek, Cyrillic and Arabic letters: two bytes. */
	if (size >= 2 && text[0] >= 0xc2 && text[0] < 0xe0 &&
	    (text[1] & 0xc0) == 0x80)
		*out_code = (text[0] & 0x1fu) << 6 | (text[1] & 0x3fu);
	else
		length = escape_decode((const char *)text, size, out_code);
	if (length > 0)
		*out_fold = word_fold_find(*out_code);
	return length;
}

/*
 * word_paired.c: the pair that begins at breaker->at, or at the character ahead
 * if there is one. Always a word.
 */
bool word_next_paired(struct word_breaker *breaker, struct word *word);

#endif
