/* SPDX-License-Identifier: Apache-2.0 */
/*
 * traits.h - what a text must have if a phrase is to be in it
 *
 * A bit for each pair of neighbouring bytes, by its hash, and one for numbers.
 * A short line has few of them, so nearly all phrases that may begin with any
 * word ("… session") are seen not to be in it without a search.
 */
#ifndef ANNOTATOR_OFFICIAL_TRAITS_H
#define ANNOTATOR_OFFICIAL_TRAITS_H

#include <stdbool.h>

#include <docket/plugin.h>

#define TRAITS_ALL UINT64_MAX /* of a text that was not looked at */
#define TRAITS_NUMBER (UINT64_C(1) << 63)

/* May a number begin with it, in folded text? The last are of ideographs. */
static inline bool
traits_is_numeral(unsigned char byte)
{
	return (byte >= '0' && byte <= '9') || (byte >= 0xe3 && byte <= 0xe9);
}

/* Of a folded text; long ones have all. */
uint64_t traits_of_text(struct docket_bytes folded);

/* Of every text with these words, whose spaces may be something else. */
uint64_t traits_of_words(struct docket_bytes words);

#endif
