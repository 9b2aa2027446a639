/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ordinal.h - the numbers that a browser prints before the items of a list
 */
#ifndef PARSER_HTML_ORDINAL_H
#define PARSER_HTML_ORDINAL_H

#include <stdbool.h>

#include <docket/plugin.h>

#define ORDINAL_LIMIT 24 /* bytes of one, with its NUL */

enum ordinal_style {
	ORDINAL_UNSAID = 0, /* decimal in an ordered list, a bullet in others */
	ORDINAL_NONE,	    /* nothing, or a bullet */
	ORDINAL_DECIMAL,
	ORDINAL_LOWER_LETTER,
	ORDINAL_UPPER_LETTER,
	ORDINAL_LOWER_ROMAN,
	ORDINAL_UPPER_ROMAN,
	ORDINAL_ARABIC, /* Arabic-Indic digits */
};

/* Of <ol type="a">, and of a style that sets list-style or list-style-type. */
enum ordinal_style ordinal_style_of_type(struct docket_bytes value);
enum ordinal_style ordinal_style_of_css(struct docket_bytes style);

/*
 * The number as printed, without the full stop behind it; decimal where the
 * style has no such number. Empty for UNSAID and NONE. Returns its size.
 */
size_t ordinal_print(int value, enum ordinal_style style,
		     char out[ORDINAL_LIMIT]);

#endif
