/* SPDX-License-Identifier: Apache-2.0 */
/*
 * element.h - what stands between the slashes of a symbol
 */
#ifndef ANNOTATOR_REFERENCE_ELEMENT_H
#define ANNOTATOR_REFERENCE_ELEMENT_H

#include "series.h"

/* A symbol while it is read. */
struct scan {
	const struct series_table *series;
	struct docket_bytes text;
	const struct tokens *tokens;
	size_t first;		 /* token that the symbol begins with */
	size_t at;		 /* next token */
	char value[SYMBOL_TEXT]; /* what is read, normalised */
	size_t size;
	bool is_long; /* it did not fit */
};

/* What an element was; how it may be followed depends on it. */
enum element {
	ELEMENT_NONE = 0,
	ELEMENT_NUMBER, /* 48, S-10, (1455) */
	ELEMENT_WORD,	/* RES, ITA */
	ELEMENT_DOTTED, /* PV.4701 */
};

/* The token so far ahead; behind the last one a sign that is none. */
const struct token *element_peek(const struct scan *scan, size_t ahead);

bool element_is_word(const struct scan *scan, const struct token *token,
		     const char *word);
bool element_is_one_of(const struct scan *scan, const struct token *token,
		       const char *const *words, size_t count);
/* Add, Rev ...: words of symbols that are not all capitals. */
bool element_is_mixed(const struct scan *scan, const struct token *token);
/* A word of ASCII letters. */
bool element_is_ascii(const struct scan *scan, const struct token *token);

/* Add to the value; digits as ASCII, whatever script they are in. */
void element_append(struct scan *scan, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void element_append_number(struct scan *scan, const struct token *number);
void element_append_text(struct scan *scan, const struct token *token);

/* Read what comes next into the value and step over it. */
enum element element_take(struct scan *scan);
/* .59, .A, .R5, .III: what a word may have behind it; false: it has not. */
bool element_take_dotted(struct scan *scan);
/* (14), (2010)5: what it may have instead. */
bool element_take_brackets(struct scan *scan);

/* There is no space before it. */
static inline bool
element_is_glued(const struct token *token)
{
	return !(token->flags & TOKEN_SPACED);
}

#endif
