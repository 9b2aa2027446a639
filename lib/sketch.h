/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sketch.h - which texts are nearly the same
 *
 * A sketch is what a text's runs of words leave when each is hashed into one of
 * sixteen bins and a bin keeps its least (one permutation min-hashing). The
 * share of bins that two sketches agree in estimates the share of runs their
 * texts have in common. Letters and digits count, case of ASCII, layout and
 * punctuation do not: so it is the same for renditions of one text.
 */
#ifndef LIB_SKETCH_H
#define LIB_SKETCH_H

#include "mem.h"

#define SKETCH_BINS 16
/* Bins that renditions of one text agree in. */
#define SKETCH_ALIKE 13

struct sketch {
	uint32_t bins[SKETCH_BINS];
};

/* False: the text is too short to tell. Linear. */
bool sketch_make(struct docket_bytes text, struct sketch *out_sketch);

/* How many bins are the same. */
unsigned sketch_compare(const struct sketch *a, const struct sketch *b);

/* By which to look for others: texts that are alike mostly have the same. */
uint64_t sketch_key(const struct sketch *sketch);

#endif
