/* SPDX-License-Identifier: Apache-2.0 */
/*
 * traits.c - what a text must have if a phrase is to be in it
 *
 * Pure.
 */
#include "traits.h"

/* Bytes; in a longer text hardly a pair is missing. */
#define TEXT_LIMIT 300

/* The product spreads letters, which differ in their low bits. */
static uint64_t
trait_of(unsigned char before, unsigned char byte)
{
	uint16_t hash = (uint16_t)((before << 8 | byte) * 40503u);

	return UINT64_C(1) << (hash >> 10);
}

uint64_t
traits_of_text(struct docket_bytes folded)
{
	const unsigned char *data = (const unsigned char *)folded.data;
	uint64_t traits = 0;
	bool has_number = false;

	if (folded.size > TEXT_LIMIT)
		return TRAITS_ALL;
	for (size_t i = 0; i < folded.size; i++) {
		has_number |= traits_is_numeral(data[i]);
		if (i > 0)
			traits |= trait_of(data[i - 1], data[i]);
	}
	return has_number ? traits | TRAITS_NUMBER : traits & ~TRAITS_NUMBER;
}

uint64_t
traits_of_words(struct docket_bytes words)
{
	const unsigned char *data = (const unsigned char *)words.data;
	uint64_t traits = 0;

	for (size_t i = 1; i < words.size; i++)
		if (data[i - 1] != ' ' && data[i] != ' ')
			traits |= trait_of(data[i - 1], data[i]);
	return traits & ~TRAITS_NUMBER;
}
