/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_unspaced.h - words of scripts without spaces (private to word*)
 */
#ifndef LIB_WORD_UNSPACED_H
#define LIB_WORD_UNSPACED_H

#include "mem.h"

/* No run is longer: what ICU remembers of it stays small. */
#define WORD_UNSPACED_LIMIT_BYTES 4096

struct word_unspaced; /* heap */

struct word_unspaced *word_unspaced_new(void);
struct word_unspaced *word_unspaced_free(struct word_unspaced *unspaced);

/*
 * Start on a run of such a script: valid UTF-8, lent until the last
 * word_unspaced_next(). If it was cut off where it was too long, its last word
 * is withheld unless it is the only one: it may go on.
 */
void word_unspaced_start(struct word_unspaced *unspaced,
			 struct docket_bytes run, bool is_cut);

/* Where the next word ends, in bytes from the run's start; 0 at the end. */
size_t word_unspaced_next(struct word_unspaced *unspaced);

#endif
