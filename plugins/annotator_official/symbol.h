/* SPDX-License-Identifier: Apache-2.0 */
/*
 * symbol.h - the symbols of documents: A/58/444, S/RES/1373 (2001)
 */
#ifndef ANNOTATOR_OFFICIAL_SYMBOL_H
#define ANNOTATOR_OFFICIAL_SYMBOL_H

#include <stdbool.h>

#include <docket/plugin.h>

/*
 * The symbol at *at, which moves behind it; a double symbol is two. False:
 * there is none.
 */
bool symbol_read(struct docket_bytes text, size_t *at,
		 struct docket_bytes *out_symbol);

/* Is there nothing but symbols in the text, and marks of footnotes? */
bool symbol_is_all(struct docket_bytes text);

/* Does the symbol have such a part: "RES", "L", "PV"? */
bool symbol_has_part(struct docket_bytes symbol, const char *part);

/* A job number: 18-16895 (E), GE.09-15263. Its size, or 0. */
size_t symbol_read_job(struct docket_bytes text);

/* A bar code's digits: *1816895* */
bool symbol_is_barcode(struct docket_bytes text);

#endif
