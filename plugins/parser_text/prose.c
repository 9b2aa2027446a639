/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prose.c - ASCII of a line, as far as nothing in it is special
 *
 * Pure. Most of most lines is words with single spaces between them, of which
 * only sums are asked. So they are counted eight bytes at a time: a byte's top
 * bit says whether something holds of it, and no sum carries over into the next
 * byte, for they are made of seven bits.
 */
#include "prose.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

#define EACH(byte) ((byte)*UINT64_C(0x0101010101010101))
#define TOP EACH(0x80)

/* At least this; of bytes below 0x80. */
static uint64_t
find_from(uint64_t bytes, unsigned char least)
{
	return bytes + EACH(0x80u - least);
}

static uint64_t
find_equal(uint64_t bytes, unsigned char byte)
{
	return ~((bytes ^ EACH(byte)) + EACH(0x7f));
}

static uint64_t
find_letters(uint64_t bytes)
{
	uint64_t small = bytes | EACH(0x20);

	return find_from(small, 'a') & ~find_from(small, 'z' + 1);
}

static uint64_t
load_eight(const char *text, size_t size)
{
	uint64_t bytes = 0;

	if (size >= sizeof(bytes))
		memcpy(&bytes, text, sizeof(bytes));
	else
		memcpy(&bytes, text, size);
	return le64toh(bytes);
}

static unsigned
count_bytes(uint64_t tops)
{
	return (unsigned)((tops >> 7) * EACH(1) >> 56);
}

struct prose
prose_read(const char *text, size_t size, bool has_space, bool is_after_space)
{
	uint64_t raw = load_eight(text, size), bytes = raw & ~TOP;
	uint64_t spaces = find_equal(bytes, ' ') & TOP, wrong = spaces;
	uint64_t stops, letters, small, within = UINT64_MAX;
	struct prose prose = { .size = sizeof(raw) };

	if (has_space)
		wrong &= spaces << 8 | (is_after_space ? 0x80 : 0);
	stops = (raw | ~find_from(bytes, ' ') | find_equal(bytes, 0x7f) |
		 find_equal(bytes, '.') | wrong) &
		TOP;
	if (stops) {
		prose.size = (size_t)__builtin_ctzll(stops) / 8;
		within = (UINT64_C(1) << prose.size * 8) - 1;
	}
	if (prose.size == 0)
		return prose;
	letters = find_letters(bytes) & TOP & within;
	small = bytes << 2 & TOP; /* the bit that tells a from A */
	prose.letters = count_bytes(letters);
	prose.has_lower = (letters & small) != 0;
	prose.has_upper = (letters & ~small) != 0;
	prose.has_black = (~spaces & TOP & within) != 0;
	prose.is_space_last = spaces >> (prose.size * 8 - 1) & 1;
	return prose;
}
