/* SPDX-License-Identifier: Apache-2.0 */
/*
 * hash.h - words as numbers, by which they are compared and never further
 *
 * A hash of 64 bits takes eight bytes at a time: most words are one such step.
 * Each bit of the eight reaches all of the hash before the next eight come, so
 * what differs in two places does not cancel itself out.
 */
#ifndef PHRASES_HASH_H
#define PHRASES_HASH_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* What the hash begins as: no word, number and sign have the same. */
#define HASH_WORD 0xcbf29ce484222325u
#define HASH_NUMBER 0x9ce484222325cbf2u
#define HASH_SIGN 0x84222325cbf29ce4u
#define HASH_FACTOR 0x9e3779b97f4a7c15u

static inline uint64_t
hash_eight(uint64_t hash, uint64_t eight)
{
	hash = (hash ^ eight) * HASH_FACTOR;
	hash = (hash ^ hash >> 32) * HASH_FACTOR;
	return hash ^ hash >> 29;
}

/* The eight bytes at a place, the first in the lowest bits. */
static inline uint64_t
hash_load(const char *bytes)
{
	uint64_t eight;

	memcpy(&eight, bytes, sizeof eight);
	return le64toh(eight);
}

/* Go on with size bytes; up to seven behind them are read and left out. */
static inline uint64_t
hash_bytes(uint64_t hash, const char *bytes, size_t size)
{
	for (; size >= 8; size -= 8, bytes += 8)
		hash = hash_eight(hash, hash_load(bytes));
	if (size)
		hash = hash_eight(hash,
				  hash_load(bytes) & ((1ull << size * 8) - 1));
	return hash;
}

#endif
