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
/* UTF-8 of U+2000 and above begins with this or more. */
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

/*
 * What a byte is in a word: 0 if it stands between words (or begins a wide
 * character), CAPITAL if its small letter counts instead.
 */
enum { PLAIN = 1, CAPITAL = 'a' - 'A' };

static const unsigned char classes[256] = {
	['0' ... '9'] = PLAIN,
	['A' ... 'Z'] = CAPITAL,
	['a' ... 'z'] = PLAIN,
	[0x80 ... WIDE_LEAD - 1] = PLAIN,
};

/*
 * The sketch, and what has been hashed of the runs that the last words began:
 * of one word, of two, of three. So a word is four steps that need not wait for
 * each other.
 */
struct drawing {
	uint64_t runs[RUN_WORDS - 1];
	size_t count;
	struct sketch *sketch;
};

static void
put_word(struct drawing *drawing, uint64_t word)
{
	uint64_t hash = mix(drawing->runs[RUN_WORDS - 2] ^ word);
	uint32_t *bin = &drawing->sketch->bins[hash % SKETCH_BINS];

	for (size_t i = RUN_WORDS - 2; i > 0; i--)
		drawing->runs[i] = mix(drawing->runs[i - 1] ^ word);
	drawing->runs[0] = mix(word);
	if (++drawing->count < RUN_WORDS)
		return;
	if ((uint32_t)(hash >> 32) < *bin)
		*bin = (uint32_t)(hash >> 32);
}

static uint64_t
add_byte(uint64_t word, unsigned char byte)
{
	return (word ^ byte) * WORD_PRIME;
}

static uint64_t
hash_bytes(const unsigned char *at, size_t size)
{
	uint64_t hash = WORD_BEGIN;

	for (size_t i = 0; i < size; i++)
		hash = add_byte(hash, at[i]);
	return hash;
}

/* The bytes of a wide character, or 0. */
static size_t
measure_wide(const unsigned char *at, size_t left)
{
	size_t size = at[0] >= 0xf0 ? 4 : 3;

	return at[0] < WIDE_LEAD || size > left ? 0 : size;
}

static void
draw(struct drawing *drawing, const unsigned char *at, size_t left)
{
	const unsigned char *end = at + left;
	uint64_t word = WORD_BEGIN; /* as long as there is none */
	size_t wide;

	while (at < end) {
		unsigned char class = classes[*at];

		/* Most bytes of most texts. */
		if (class) {
			word = add_byte(word, *at++ | (class & CAPITAL));
			continue;
		}
		wide = measure_wide(at, (size_t)(end - at));
		/* The start of one that was cut off. */
		if (*at >= WIDE_LEAD && wide == 0) {
			word = add_byte(word, *at++);
			continue;
		}
		if (word != WORD_BEGIN)
			put_word(drawing, word);
		/* Up to U+2FFF it is punctuation for the most part. */
		if (*at > WIDE_LEAD)
			put_word(drawing, hash_bytes(at, wide));
		word = WORD_BEGIN;
		at += wide ? wide : 1;
	}
	if (word != WORD_BEGIN)
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
