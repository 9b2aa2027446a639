/* SPDX-License-Identifier: Apache-2.0 */
/*
 * symbol.h - document symbols as keys: A/58/444-S/2003/987, E/2004/52/Corr.1
 *
 * A symbol names a work: its language versions share it. A work of two organs
 * has two, joined by a hyphen, and each of them is a key. Addenda, corrigenda
 * and revisions have the symbol of what they change and a modifier behind it.
 */
#ifndef LIB_SYMBOL_H
#define LIB_SYMBOL_H

#include "mem.h"

/*
 * The next key of a symbol, from *at on, with single blanks in it. False at the
 * end. The key is appended to a buffer that was empty.
 */
bool symbol_next(struct docket_bytes symbol, size_t *at,
		 struct buffer *out_key);

/* How a symbol with a modifier relates to the one without. */
enum symbol_change {
	SYMBOL_PLAIN = 0,
	SYMBOL_ADDENDUM,
	SYMBOL_CORRIGENDUM,
	SYMBOL_REVISION,
	SYMBOL_AMENDMENT,
	SYMBOL_SUMMARY,
	SYMBOL_CHANGE_COUNT
};

/* The last modifier of a key, and the key without it. */
enum symbol_change symbol_split(struct docket_bytes key,
				struct docket_bytes *out_base);

/* "addendum" ...; NULL for SYMBOL_PLAIN. */
const char *symbol_change_name(enum symbol_change change);

#endif
