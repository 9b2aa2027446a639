/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numeral.h - letters and Roman numbers within the numbers of resolutions
 *
 * People type them in Latin letters, or in Cyrillic ones that look the same.
 * Arabic has words for them: 217 ألف (د-3) is 217 A (III).
 */
#ifndef ANNOTATOR_REFERENCE_NUMERAL_H
#define ANNOTATOR_REFERENCE_NUMERAL_H

#include "lexer.h"

/* A capital letter by itself: its ASCII code, or 0. */
char numeral_letter(struct docket_bytes text, const struct token *token);

/* The same of a word with "and" before it, as Arabic writes: وباء; or 0. */
char numeral_joined_letter(struct docket_bytes text, const struct token *token);

/*
 * What stands before the number of a session: "S-", "ES-", also where it is
 * Arabic; "" of a regular one; NULL: nothing that does. Borrowed.
 */
const char *numeral_session(struct docket_bytes text,
			    const struct token *token);

/*
 * A session in Roman numbers, with what is before them: "XXV", "S-IV". How
 * many tokens, or 0.
 */
size_t numeral_roman(struct docket_bytes text, const struct tokens *tokens,
		     size_t index, char *out, size_t room);

#endif
