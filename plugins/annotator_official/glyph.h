/* SPDX-License-Identifier: Apache-2.0 */
/*
 * glyph.h - what official documents ask of a character
 */
#ifndef ANNOTATOR_OFFICIAL_GLYPH_H
#define ANNOTATOR_OFFICIAL_GLYPH_H

#include <stdbool.h>

#include <docket/plugin.h>

/* The character at *at, which moves behind it; *at must be below size. */
int32_t glyph_next(struct docket_bytes text, size_t *at);

/* The character before *at, which moves to its start; *at must be above 0. */
int32_t glyph_previous(struct docket_bytes text, size_t *at);

bool glyph_is_space(int32_t c);

/* A letter or a digit. */
bool glyph_is_word(int32_t c);

/* Of a script that writes words without spaces between them. */
bool glyph_is_wide(int32_t c);

/* Those in common use: most of most Chinese texts. */
static inline bool
glyph_is_ideograph(int32_t c)
{
	return c >= 0x3400 && c < 0xa000;
}

bool glyph_is_lower(int32_t c);
bool glyph_is_upper(int32_t c);

/* Letters with no case, such as those of Arabic or Chinese, as well. */
bool glyph_is_letter(int32_t c);

/* The value of a decimal digit of any script, or -1. */
int glyph_digit(int32_t c);

/* The text without white space around it. */
struct docket_bytes glyph_trim(struct docket_bytes text);

#endif
