/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_fold.c - what each character is to a word
 *
 * Owns nothing; reads the table that gen/fold_table.c wrote at build time. A
 * character's block says where its 128 neighbours have their rows; blocks that
 * are alike, as those of Han are, are there once.
 */
#include "word_fold.h"

#include "escape.h"
#include "word_fold.inc"

#define HANGUL_FIRST 0xac00u
#define HANGUL_LAST 0xd7a3u
#define HANGUL_LEAD 0x1100u
#define HANGUL_VOWEL 0x1161u
#define HANGUL_TAIL 0x11a7u /* one before the first: no tail */
#define HANGUL_LEADS 19
#define HANGUL_VOWELS 21
#define HANGUL_TAILS 28

const struct word_fold *
word_fold_find(uint32_t code)
{
	size_t block = block_of[code / WORD_FOLD_BLOCK];

	return &entries[entry_of[block * WORD_FOLD_BLOCK +
				 code % WORD_FOLD_BLOCK]];
}

/* Syllables are not in the table: they are arithmetic. 0 if it is none. */
static uint32_t
compose_hangul(uint32_t first, uint32_t second)
{
	if (first - HANGUL_LEAD < HANGUL_LEADS &&
	    second - HANGUL_VOWEL < HANGUL_VOWELS)
		return HANGUL_FIRST + ((first - HANGUL_LEAD) * HANGUL_VOWELS +
				       (second - HANGUL_VOWEL)) *
					      HANGUL_TAILS;
	if (first >= HANGUL_FIRST && first <= HANGUL_LAST &&
	    (first - HANGUL_FIRST) % HANGUL_TAILS == 0 &&
	    second - HANGUL_TAIL - 1 < HANGUL_TAILS - 1)
		return first + (second - HANGUL_TAIL);
	return 0;
}

uint32_t
word_fold_compose(uint32_t first, uint32_t second)
{
	size_t low = 0, high = ARRAY_SIZE(pairs);

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct word_fold_pair *pair = &pairs[middle];

		if (pair->second == second && pair->first == first)
			return pair->composed;
		if (pair->second < second ||
		    (pair->second == second && pair->first < first))
			low = middle + 1;
		else
			high = middle;
	}
	return compose_hangul(first, second);
}

size_t
word_fold_encode(uint32_t code, char *out)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

size_t
word_fold_strip(struct docket_bytes kept, char *out)
{
	size_t size = 0;

	for (size_t at = 0, length; at < kept.size; at += length) {
		uint32_t code, plain;

		length = escape_decode(kept.data + at, kept.size - at, &code);
		if (length == 0)
			break;
		plain = word_fold_find(code)->plain;
		if (plain == WORD_FOLD_SELF)
			size += word_fold_encode(code, out + size);
		else if (plain != WORD_FOLD_DROP)
			size += word_fold_encode(plain, out + size);
	}
	return size;
}
