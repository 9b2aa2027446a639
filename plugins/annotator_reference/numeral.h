/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numeral.h - letters and Roman numbers within the numbers of resolutions
 *
 * People type them in Latin letters, or in Cyrillic ones that look the same.
 */
#ifndef ANNOTATOR_REFERENCE_NUMERAL_H
#define ANNOTATOR_REFERENCE_NUMERAL_H

#include "lexer.h"

/* A capital letter by itself: its ASCII code, or 0. */
char numeral_letter(struct docket_bytes text, const struct token *token);

/*
 * A session in Roman numbers, with what is before them: "XXV", "S-IV". How
 * many tokens, or 0.
 */
size_t numeral_roman(struct docket_bytes text, const struct tokens *tokens,
		     size_t index, char *out, size_t room);

#endif
