/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.h - text while it is lexed: eight bytes at once, or a character
 */
#ifndef PHRASES_SOURCE_H
#define PHRASES_SOURCE_H

#include "hash.h"
#include "writing.h"

/* The same in each of eight bytes. */
#define SOURCE_EACH UINT64_C(0x0101010101010101)

/* Text, and how far it is read. */
struct source {
	const struct writing *writing;
	struct docket_bytes text;
	size_t end;
};

/* Of each of eight bytes the top bit, where it is no ASCII letter. */
static inline uint64_t
source_others(uint64_t eight)
{
	uint64_t low = (eight | 0x20 * SOURCE_EACH) & 0x7f * SOURCE_EACH;
	/* Top bits: from 'a' on, and behind 'z'; none carries over. */
	uint64_t from = low + (0x80 - 'a') * SOURCE_EACH;
	uint64_t behind = low + (0x7f - 'z') * SOURCE_EACH;

	return (~(from ^ behind) | eight) & 0x80 * SOURCE_EACH;
}

static inline uint64_t
source_lowest(uint64_t bits)
{
	return bits & -bits;
}

/* The ASCII letters that are next, eight at most. */
struct source_letters {
	uint64_t folded; /* zero behind them */
	uint64_t small;	 /* not zero: some are no capitals */
	size_t count;
};

/* The eight bytes at a place, zero behind the end. */
static inline uint64_t
source_load(const struct source *source, size_t at)
{
	const char *data = source->text.data + at;
	char last[8] = { 0 };

	if (source->end - at >= 8)
		return hash_load(data);
	memcpy(last, data, source->end - at);
	return hash_load(last);
}

static inline struct source_letters
source_letters(const struct source *source, size_t at)
{
	uint64_t eight = source_load(source, at);
	uint64_t stop = source_lowest(source_others(eight));
	uint64_t letters = stop ? (stop >> 7) - 1 : ~UINT64_C(0);

	return (struct source_letters){
		.folded = (eight | 0x20 * SOURCE_EACH) & letters,
		.small = eight & letters & 0x20 * SOURCE_EACH,
		.count = stop ? (size_t)__builtin_ctzll(stop) / 8 : 8,
	};
}

static inline const struct letter *
source_letter(const struct source *source, size_t *at, struct letter *room)
{
	return writing_letter(
		source->writing,
		writing_next(source->text.data, source->text.size, at), room);
}

#endif
