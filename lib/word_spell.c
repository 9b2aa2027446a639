/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_spell.c - the kept form of a word, gathered character by character
 *
 * Owns nothing. Composes on the way: e and a combining acute are one letter,
 * as if they had been typed as one. ASCII goes eight bytes at a time.
 */
#include "word_spell.h"

#include <endian.h>
#include <string.h>

const char word_ascii[256] = {
	['0'] = '0', '1',	  '2', '3', '4', '5', '6', '7', '8',
	'9',	     ['A'] = 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h',
	'i',	     'j',	  'k', 'l', 'm', 'n', 'o', 'p', 'q',
	'r',	     's',	  't', 'u', 'v', 'w', 'x', 'y', 'z',
	['a'] = 'a', 'b',	  'c', 'd', 'e', 'f', 'g', 'h', 'i',
	'j',	     'k',	  'l', 'm', 'n', 'o', 'p', 'q', 'r',
	's',	     't',	  'u', 'v', 'w', 'x', 'y', 'z',
};

void
word_spell_clear(struct word_spelling *spelling)
{
	spelling->size = 0;
	spelling->characters = 0;
	spelling->last = 0;
	spelling->has_marks = false;
}

static void
add_character(struct word_spelling *spelling, uint32_t code)
{
	char bytes[4];
	size_t length = word_fold_encode(code, bytes);

	if (spelling->characters == WORD_LIMIT_CHARACTERS ||
	    spelling->size + length > WORD_TOKEN_LIMIT_BYTES) {
		spelling->characters = WORD_LIMIT_CHARACTERS;
		spelling->last = 0;
		return;
	}
	spelling->characters++;
	spelling->last = code;
	spelling->last_at = spelling->size;
	memcpy(spelling->bytes + spelling->size, bytes, length);
	spelling->size += length;
}

/* A character that may make another one of the one before it. */
static void
add_joiner(struct word_spelling *spelling, uint32_t code)
{
	uint32_t composed = word_fold_compose(spelling->last, code);

	if (composed) {
		spelling->size = spelling->last_at;
		spelling->characters--;
		code = composed;
	}
	add_character(spelling, code);
}

void
word_spell(struct word_spelling *spelling, uint32_t code,
	   const struct word_fold *fold)
{
	spelling->has_marks |= fold->has_marks;
	if (fold->class == WORD_CLASS_JOINER)
		add_joiner(spelling, fold->count ? fold->kept[0] : code);
	else if (fold->count == 0)
		add_character(spelling, code);
	else
		for (size_t i = 0; i < fold->count; i++)
			add_character(spelling, fold->kept[i]);
}

/* How many ASCII letters and digits eight bytes of text begin with. */
static size_t
measure_eight(uint64_t raw)
{
	const uint64_t each = UINT64_C(0x0101010101010101);
	uint64_t lower = raw | 0x20 * each; /* digits have that bit already */
	uint64_t low, is_letter, is_digit, is_other;

	/* A top bit says that the byte is in the range; none carries over. */
	low = raw & 0x7f * each;
	is_digit = (low + (0x80 - '0') * each) & ~(low + (0x7f - '9') * each);
	low = lower & 0x7f * each;
	is_letter = (low + (0x80 - 'a') * each) & ~(low + (0x7f - 'z') * each);
	is_other = (~(is_digit | is_letter) | raw) & 0x80 * each;
	if (is_other == 0)
		return sizeof(raw);
	return (size_t)__builtin_ctzll(le64toh(is_other)) / 8;
}

size_t
word_measure_ascii(const char *text, size_t size)
{
	size_t at = 0, count = 8;
	uint64_t raw;

	while (count == 8 && size - at >= 8) {
		memcpy(&raw, text + at, sizeof(raw));
		count = measure_eight(raw);
		at += count;
	}
	if (count < 8)
		return at;
	while (at < size && word_ascii[(unsigned char)text[at]])
		at++;
	return at;
}

/*
 * Fold eight bytes of text at once; returns with how many ASCII letters and
 * digits they begin. What is written behind those means nothing.
 */
static size_t
fold_eight(const char *text, char *to)
{
	uint64_t raw, lower;

	memcpy(&raw, text, sizeof(raw));
	lower = raw | UINT64_C(0x2020202020202020);
	memcpy(to, &lower, sizeof(lower));
	return measure_eight(raw);
}

size_t
word_spell_ascii(struct word_spelling *spelling, const char *text, size_t size)
{
	size_t room = WORD_LIMIT_CHARACTERS - spelling->characters;
	char *to = spelling->bytes + spelling->size;
	size_t at = 0, count = 8;
	char kept;

	while (count == 8 && size - at >= 8 && at + 8 <= room) {
		count = fold_eight(text + at, to + at);
		at += count;
	}
	while (at < size && at < room &&
	       (kept = word_ascii[(unsigned char)text[at]]) != 0)
		to[at++] = kept;
	if (at > 0) {
		spelling->characters += at;
		spelling->size += at;
		spelling->last_at = spelling->size - 1;
		spelling->last = (unsigned char)to[at - 1];
	}
	if (at < room)
		return at;
	for (; at < size && word_ascii[(unsigned char)text[at]]; at++)
		spelling->last = 0; /* cut off */
	return at;
}
