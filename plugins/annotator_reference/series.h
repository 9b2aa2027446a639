/* SPDX-License-Identifier: Apache-2.0 */
/*
 * series.h - the symbols that documents of an organisation bear
 *
 *   symbol   = series *( "/" element ) [ suffix ]
 *   element  = number | [ "E" ] "S-" number | "(" number ")"
 *            | word [ "." ( number | letter [ number ] | roman ) ]
 *            | word "(" number ")" [ number ]
 *   suffix   = " (" year ")" | [ " " letter ] [ " (" session ")" ]
 *              of resolutions and decisions alone
 *   double   = symbol "-" symbol
 *
 * What regional organisations print is in regional.h. Series are data (names/series.tsv). What looks so and is none (a date, a
 * fraction, a body without a number) is told by what each series may have.
 */
#ifndef ANNOTATOR_REFERENCE_SERIES_H
#define ANNOTATOR_REFERENCE_SERIES_H

#include "lexer.h"

#define SYMBOL_TEXT 96
#define SYMBOL_SERIES 160
#define SYMBOL_CODE 16

/* What follows a series: names/series.tsv, column "form". */
enum series_form {
	SERIES_SLASHES = 0, /* A/48/246 */
	SERIES_DOTTED,	    /* WHA69.2, WHA69/2016/REC/1 */
	SERIES_LETTERED,    /* ITU-T E.119 */
	SERIES_ROMAN,	    /* Assembly/AU/Dec.619(XXVII) */
	SERIES_BRACKETED,   /* GC(63)/RES/11, IDB.46/Dec.8 */
	/* regional.h */
	SERIES_AMERICAN,
	SERIES_WEST_AFRICAN,
	SERIES_YEARLY,
	SERIES_SESSIONAL,
	SERIES_COUNTED,
};

struct series {
	char code[SYMBOL_CODE];	  /* as it is printed: "A", "GEGN.2" */
	char normal[SYMBOL_CODE]; /* as it is in values */
	enum series_form form;
	/* A number alone may follow, from this on; 0: none may. */
	uint32_t alone;
	/* Two numbers follow: the first is one of these (0: any). */
	uint32_t first;
	uint32_t last;
};

struct series_table {
	struct series items[SYMBOL_SERIES];
	size_t count;
};

struct symbol {
	char text[SYMBOL_TEXT]; /* normalised */
	uint32_t start;		/* bytes into the text */
	uint32_t end;
	size_t count; /* tokens */
};

/* Most words are told from a symbol by what is behind them. */
static inline bool
series_may_begin(const struct tokens *tokens, size_t index)
{
	const struct token *token = &tokens->items[index];
	const struct token *next = token + 1;

	if (token->kind != TOKEN_WORD || !(token->flags & TOKEN_CAPITAL) ||
	    index + 1 >= tokens->count || next->flags & TOKEN_SPACED)
		return false;
	return next->kind == TOKEN_NUMBER || token_is_sign(next, '/') ||
	       token_is_sign(next, '.') || token_is_sign(next, '-') ||
	       token_is_sign(next, '(');
}

/* Is there one at this token? Double symbols are one. */
bool series_read(const struct series_table *series, struct docket_bytes text,
		 const struct tokens *tokens, size_t index,
		 struct symbol *out_symbol);

#endif
