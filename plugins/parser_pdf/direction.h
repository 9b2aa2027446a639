/* SPDX-License-Identifier: Apache-2.0 */
/*
 * direction.h - a line's letters from the order of places to that of reading
 */
#ifndef PARSER_PDF_DIRECTION_H
#define PARSER_PDF_DIRECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One base glyph and the marks on it, or a space. */
struct letter {
	uint32_t code;	       /* its first code point; 0: a space */
	uint32_t glyph;	       /* index of the base */
	uint32_t first, count; /* the same with its marks, as drawn */
	uint32_t loose;	       /* further marks: 1 + their first; 0: none */
	uint8_t kind;	       /* enum letter_kind */
	bool is_rtl;	       /* it is read from right to left */
};

/* A mark that was drawn apart from its letter. */
struct loose {
	uint32_t glyph;
	uint32_t next; /* 1 + its index; 0: none */
};

/* Do they run from right to left? Lines without letters run as the page. */
bool direction_is_rtl(const struct letter *letters, size_t count,
		      bool is_page_rtl);

/*
 * The letters come from left to right and leave as they are read; is_rtl of
 * each is set.
 */
void direction_order(struct letter *letters, size_t count, bool is_rtl);

/*
 * Of ordered letters: above 0 if brackets that are read from right to left say
 * what they look like, below 0 if they say what they mean.
 */
int direction_judge_brackets(const struct letter *letters, size_t count);

#endif
