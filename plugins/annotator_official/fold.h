/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fold.h - text as it is compared: one spelling for what means the same
 *
 * Small letters without accents, Western digits, one kind of space, dash,
 * comma and apostrophe; no vowel signs of Arabic, no kashida, no quotation
 * marks, no asterisks, no spaces beside ideographs. Each folded byte knows
 * where it came from.
 */
#ifndef ANNOTATOR_OFFICIAL_FOLD_H
#define ANNOTATOR_OFFICIAL_FOLD_H

#include <stdbool.h>

#include <docket/plugin.h>

#define FOLD_TABLE 0x700 /* characters below are looked up */

/* What a character becomes, 0: nothing. Made once by fold_init(). */
struct fold_table {
	uint16_t items[FOLD_TABLE];
};

void fold_init(struct fold_table *table);

/* Folded text of many pieces, one behind the other. A zeroed one is empty. */
struct folds {
	char *data;
	uint32_t *source; /* of each byte; the one past the last as well */
	size_t size;
	size_t capacity;
};

/* A folded piece, and where each of its bytes comes from. */
struct folded {
	struct docket_bytes text;
	const uint32_t *source; /* from `base` on; one past the last as well */
};

/* Pieces that stay where they are until all go. A zeroed one is empty. */
struct fold_store {
	struct folds *pages;
	size_t count;
};

/*
 * Append text that begins at `base` of a whole; which becomes at most three
 * times as long. Out of memory ends the process.
 */
void fold_add(const struct fold_table *table, struct folds *folds,
	      struct docket_bytes text, uint32_t base);
void fold_fini(struct folds *folds);

/* The same into a store, which owns it. */
struct folded fold_keep(const struct fold_table *table,
			struct fold_store *store, struct docket_bytes text,
			uint32_t base);
void fold_store_fini(struct fold_store *store);

/* What a character of the table becomes; 0: nothing, or it is in none. */
static inline int32_t
fold_look_up(const struct fold_table *table, int32_t c)
{
	return c >= 0 && c < FOLD_TABLE ? table->items[c] : 0;
}

#endif
