/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sketch.c - which texts are nearly the same
 *
 * Pure; owns and ends nothing. Scripts without spaces have characters where
 * others have words: so every character beyond U+2E80 is a word of its own.
 */
#include "sketch.h"

#include <string.h>

#define RUN_WORDS 4
#define WORDS_MIN 48
#define WORD_BEGIN 0xcbf29ce484222325u /* FNV-1a */
#define WORD_PRIME 0x100000001b3u
/* UTF-8 of U+2E80 and above begins with this or more. */
#define WIDE_LEAD 0xe2

static uint64_t
mix(uint64_t hash)
{
	hash ^= hash >> 33;
	hash *= 0xff51afd7ed558ccdu;
	hash ^= hash >> 33;
	hash *= 0xc4ceb9fe1a85ec53u;
	return hash ^ hash >> 33;
}

/* What a byte is in a word, or 0: it stands between words. */
static unsigned char
fold(unsigned char byte)
{
	if (byte >= 'A' && byte <= 'Z')
		return (unsigned char)(byte + 'a' - 'A');
	if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
	    byte >= 0x80)
		return byte;
	return 0;
}

/* The last words, and the sketch that their runs make. */
struct drawing {
	uint64_t words[RUN_WORDS];
	size_t count;
	struct sketch *sketch;
};

static void
put_word(struct drawing *drawing, uint64_t word)
{
	uint64_t hash = 0;
	uint32_t *bin;

	drawing->words[drawing->count++ % RUN_WORDS] = word;
	if (drawing->count < RUN_WORDS)
		return;
	for (size_t i = 0; i < RUN_WORDS; i++)
		hash = mix(hash ^
			   drawing->words[(drawing->count + i) % RUN_WORDS]);
	bin = &drawing->sketch->bins[hash % SKETCH_BINS];
	if ((uint32_t)(hash >> 32) < *bin)
		*bin = (uint32_t)(hash >> 32);
}

/* The bytes of a wide character, or 0. */
static size_t
measure_wide(const unsigned char *at, size_t left)
{
	size_t size = at[0] >= 0xf0 ? 4 : 3;

	/* Dashes and quotation marks are neither words nor in them. */
	if (at[0] <= WIDE_LEAD || size > left)
		return 0;
	return size;
}

static uint64_t
hash_bytes(const unsigned char *at, size_t size)
{
	uint64_t hash = WORD_BEGIN;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ at[i]) * WORD_PRIME;
	return hash;
}

/* U+2000 to U+2FFF, punctuation for the most part. */
static bool
is_between(const unsigned char *at, size_t left)
{
	return left >= 3 && at[0] == WIDE_LEAD;
}

static void
draw(struct drawing *drawing, const unsigned char *at, size_t left)
{
	uint64_t word = WORD_BEGIN;
	bool is_word = false;

	while (left > 0) {
		size_t wide = measure_wide(at, left);
		bool is_gap = is_between(at, left);
		unsigned char byte = is_gap || wide ? 0 : fold(*at);
		size_t size = is_gap ? 3 : wide ? wide : 1;

		if (byte)
			word = (word ^ byte) * WORD_PRIME;
		else if (is_word)
			put_word(drawing, word);
		if (wide)
			put_word(drawing, hash_bytes(at, wide));
		is_word = byte != 0;
		if (!is_word)
			word = WORD_BEGIN;
		at += size;
		left -= size;
	}
	if (is_word)
		put_word(drawing, word);
}

bool
sketch_make(struct docket_bytes text, struct sketch *out_sketch)
{
	struct drawing drawing = { .sketch = out_sketch };

	memset(out_sketch, 0xff, sizeof(*out_sketch));
	draw(&drawing, (const unsigned char *)text.data, text.size);
	return drawing.count >= WORDS_MIN;
}

unsigned
sketch_compare(const struct sketch *a, const struct sketch *b)
{
	unsigned same = 0;

	for (size_t i = 0; i < SKETCH_BINS; i++)
		same += a->bins[i] == b->bins[i];
	return same;
}

uint64_t
sketch_key(const struct sketch *sketch)
{
	return (uint64_t)sketch->bins[0] << 32 | sketch->bins[1];
}
