/* SPDX-License-Identifier: Apache-2.0 */
/*
 * regional.c - symbols that are not parted by slashes alone
 *
 * Pure but for the scan. Reads tokens from left to right and never back.
 */
#include "regional.h"

#include "numeral.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define ROMAN_ROOM 12
#define YEAR_MIN 1946
#define YEAR_MAX 2100
#define MONTHS 12

/* Step over a sign that is glued to what is before it. */
static bool
skip_sign(struct scan *scan, char sign)
{
	const struct token *token = element_peek(scan, 0);

	if (!token_is_sign(token, (uint32_t)sign) || !element_is_glued(token))
		return false;
	scan->at++;
	return true;
}

/* Take a number from minimum to maximum, as it is printed. */
static bool
take_number(struct scan *scan, uint32_t minimum, uint32_t maximum)
{
	const struct token *token = element_peek(scan, 0);

	if (token->kind != TOKEN_NUMBER || token->code < minimum ||
	    token->code > maximum)
		return false;
	element_append_number(scan, token);
	scan->at++;
	return true;
}

/* A year in two digits or in four. */
static bool
take_year(struct scan *scan)
{
	uint32_t year = element_peek(scan, 0)->code;

	return (year < 100 || year >= YEAR_MIN) &&
	       take_number(scan, 0, YEAR_MAX);
}

/* ---- American States ---- */

/* (XLVII-O/17), (2217/19): the session, and its year. */
static bool
take_session(struct scan *scan)
{
	char roman[ROMAN_ROOM];
	size_t count;

	if (!token_is_sign(element_peek(scan, 0), '('))
		return false;
	scan->at++;
	element_append(scan, " (");
	count = numeral_roman(scan->text, scan->tokens, scan->at, roman,
			      sizeof(roman));
	scan->at += count;
	if (count) {
		static const char *const kinds[] = { "O", "E" };
		const struct token *kind = element_peek(scan, 1);

		if (!skip_sign(scan, '-') ||
		    !element_is_one_of(scan, kind, kinds, ARRAY_SIZE(kinds)))
			return false;
		element_append(scan, "%s-", roman);
		element_append_text(scan, kind);
		scan->at++;
	} else if (!take_number(scan, 1, TOKEN_LARGE - 1)) {
		return false;
	}
	element_append(scan, "/");
	if (!skip_sign(scan, '/') || !take_year(scan) || !skip_sign(scan, ')'))
		return false;
	element_append(scan, ")");
	return true;
}

/* doc.5673/19 and its revisions: rev. 1 */
static bool
take_paper(struct scan *scan)
{
	static const char *const words[] = { "rev", "add", "corr" };

	if (!take_number(scan, 1, TOKEN_LARGE - 1))
		return false;
	element_append(scan, "/");
	if (!skip_sign(scan, '/') || !take_year(scan))
		return false;
	while (element_is_one_of(scan, element_peek(scan, 0), words,
				 ARRAY_SIZE(words)) &&
	       token_is_sign(element_peek(scan, 1), '.') &&
	       element_peek(scan, 2)->kind == TOKEN_NUMBER) {
		element_append(scan, " ");
		element_append_text(scan, element_peek(scan, 0));
		element_append(scan, ". ");
		element_append_number(scan, element_peek(scan, 2));
		scan->at += 3;
	}
	return true;
}

static bool
take_american(struct scan *scan)
{
	static const char *const acts[] = { "RES", "DEC", "DECL" };
	static const char *const papers[] = { "doc", "DOC", "INF", "inf" };
	const struct token *word = element_peek(scan, 1);
	bool is_act = element_is_one_of(scan, word, acts, ARRAY_SIZE(acts));

	if (!skip_sign(scan, '/') ||
	    !(is_act ||
	      element_is_one_of(scan, word, papers, ARRAY_SIZE(papers))))
		return false;
	scan->at++;
	element_append(scan, "/");
	element_append_text(scan, word);
	element_append(scan, ".");
	if (!skip_sign(scan, '.'))
		return false;
	if (!is_act)
		return take_paper(scan);
	element_append(scan, " ");
	return take_number(scan, 1, TOKEN_LARGE - 1) && take_session(scan);
}

/* ---- West African States ---- */

/* DEC.7/12/18, P1/7/96: what it is, its number, month and year. */
static bool
take_west_african(struct scan *scan)
{
	static const char *const words[] = {
		"DEC", "RES", "REC", "REG", "DIR", "DCL", "SA", "SP", "P",
	};
	const struct token *word = element_peek(scan, 1);

	if (!skip_sign(scan, '/') ||
	    !element_is_one_of(scan, word, words, ARRAY_SIZE(words)))
		return false;
	scan->at++;
	element_append(scan, "/");
	element_append_text(scan, word);
	if (skip_sign(scan, '.'))
		element_append(scan, ".");
	if (!element_is_glued(element_peek(scan, 0)) ||
	    !take_number(scan, 1, 999))
		return false;
	element_append(scan, "/");
	if (!skip_sign(scan, '/') || !take_number(scan, 1, MONTHS))
		return false;
	element_append(scan, "/");
	return skip_sign(scan, '/') && take_year(scan) &&
	       !token_is_sign(element_peek(scan, 0), '/');
}

/* ---- others ---- */

/* (2019) 640 */
static bool
take_yearly(struct scan *scan)
{
	if (!skip_sign(scan, '('))
		return false;
	element_append(scan, "(");
	if (!take_number(scan, YEAR_MIN, YEAR_MAX) || !skip_sign(scan, ')'))
		return false;
	element_append(scan, ") ");
	return take_number(scan, 1, TOKEN_LARGE - 1);
}

/* 72/21, 72/4 Rev.1: the session of who it is for, and its number there. */
static bool
take_sessional(struct scan *scan, const struct series *series)
{
	if (!take_number(scan, series->first, series->last) ||
	    !skip_sign(scan, '/') || !element_is_glued(element_peek(scan, 0)))
		return false;
	element_append(scan, "/");
	if (!take_number(scan, 1, YEAR_MIN - 1) ||
	    (token_is_sign(element_peek(scan, 0), '/') &&
	     element_is_glued(element_peek(scan, 0))))
		return false;
	while (element_is_mixed(scan, element_peek(scan, 0)) &&
	       token_is_sign(element_peek(scan, 1), '.') &&
	       element_peek(scan, 2)->kind == TOKEN_NUMBER) {
		element_append(scan, " ");
		element_append_text(scan, element_peek(scan, 0));
		scan->at++;
		element_take_dotted(scan);
	}
	return true;
}

/* 40 C/5: the session is before the series, which says who it is for. */
static bool
take_counted(struct scan *scan, const struct series *series)
{
	static const char *const words[] = {
		"Resolution", "Résolution", "Resolución",
		"Decision",   "Décision",   "Decisión",
	};
	const struct token *session;

	if (scan->at < 2)
		return false;
	session = &scan->tokens->items[scan->at - 2];
	if (session->kind != TOKEN_NUMBER || session->code < series->first ||
	    session->code > series->last || !skip_sign(scan, '/') ||
	    !element_is_glued(element_peek(scan, 0)))
		return false;
	scan->first = scan->at - 3;
	scan->size = 0;
	element_append(scan, "%u %s/", session->code, series->normal);
	if (element_is_one_of(scan, element_peek(scan, 0), words,
			      ARRAY_SIZE(words))) {
		element_append_text(scan, element_peek(scan, 0));
		element_append(scan, " ");
		scan->at++;
	}
	if (!take_number(scan, 1, YEAR_MIN - 1))
		return false;
	while (element_take_dotted(scan))
		;
	return true;
}

bool
regional_take(struct scan *scan, const struct series *series)
{
	switch (series->form) {
	case SERIES_AMERICAN:
		return take_american(scan);
	case SERIES_WEST_AFRICAN:
		return take_west_african(scan);
	case SERIES_YEARLY:
		return take_yearly(scan);
	case SERIES_SESSIONAL:
		return take_sessional(scan, series);
	case SERIES_COUNTED:
		return take_counted(scan, series);
	case SERIES_SLASHES:
	case SERIES_DOTTED:
	case SERIES_LETTERED:
	case SERIES_ROMAN:
	case SERIES_BRACKETED:
		break;
	}
	return false;
}
