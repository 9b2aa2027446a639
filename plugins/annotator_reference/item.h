/* SPDX-License-Identifier: Apache-2.0 */
/*
 * item.h - the number by which a resolution or decision is cited
 */
#ifndef ANNOTATOR_REFERENCE_ITEM_H
#define ANNOTATOR_REFERENCE_ITEM_H

#include "vocabulary.h"

#define ITEM_TEXT 32
#define ITEM_DAL 0x62fu /* of دورة, session */

struct item {
	char text[ITEM_TEXT]; /* "48/161", "217 A (III)", "1373 (2001)" */
	enum form form;
	uint32_t first; /* the first number, and the second if it is one */
	uint32_t second;
	uint32_t start; /* bytes into the text */
	uint32_t end;
	size_t count; /* tokens */
};

/* Nearly all words do not: a number, or a letter or two, or دإ. */
static inline bool
item_may_begin(const struct token *token)
{
	uint32_t size = token->end - token->start;

	return token->kind == TOKEN_NUMBER ||
	       (token->kind == TOKEN_WORD &&
		(size <= 2 || (token->code == ITEM_DAL && size <= 6)));
}

/*
 * Is there one at this token? A plain number is one only where may_be_plain,
 * that is where the word "resolution" is right before it.
 */
bool item_read(struct docket_bytes text, const struct tokens *tokens,
	       size_t index, bool may_be_plain, struct item *out_item);

/*
 * The same resolution by another letter: "A and B". is_listed: "and" is before
 * it; or else it may be part of the word.
 */
bool item_read_letter(struct docket_bytes text, const struct tokens *tokens,
		      size_t index, bool is_listed, const struct item *before,
		      struct item *out_item);

/* The numbers the other way round, as right-to-left text may have them. */
void item_swap(struct item *item);

#endif
