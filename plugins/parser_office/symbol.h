/* SPDX-License-Identifier: Apache-2.0 */
/*
 * symbol.h - signs of fonts that are no letters, as Unicode
 *
 * Symbol and Wingdings put signs where other fonts have letters. Documents
 * hold the places, often as U+F000 and the place.
 */
#ifndef PARSER_OFFICE_SYMBOL_H
#define PARSER_OFFICE_SYMBOL_H

#include "text.h"

enum symbol_font {
	SYMBOL_NONE = 0, /* a font of letters */
	SYMBOL_GREEK,	 /* Symbol */
	SYMBOL_DINGBATS, /* Wingdings and others like it */
	SYMBOL_BULLET,	 /* whatever it is, it is a bullet */
};

enum symbol_font symbol_font_of(struct docket_bytes name);

/* Put the sign at a place. False: it is not known, and nothing was put. */
bool symbol_put(struct text *text, uint32_t place, enum symbol_font font);

/*
 * Put text that is in a font, and signs for what is in the private area.
 * Returns how many were not known.
 */
size_t symbol_put_all(struct text *text, struct docket_bytes from,
		      enum symbol_font font);

#endif
