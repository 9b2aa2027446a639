/* SPDX-License-Identifier: Apache-2.0 */
/*
 * series.c - the symbols that documents of an organisation bear
 *
 * Pure. Reads tokens from left to right and never back, so time is linear in
 * what it takes.
 */
#include "series.h"

#include <string.h>

#include "element.h"
#include "numeral.h"
#include "regional.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define ELEMENTS_MAX 12
#define ROMAN_MAX 12
/* No series has come so far by numbers alone. */
#define ALONE_MAX 99999

/* With a number, these make a symbol right behind a series: S/PV.4701. */
static const char *const lone_words[] = {
	"L", "PV", "SR", "INF", "CRP", "WP", "R", "MISC", "Misc", "NGO", "BUR",
};

/* Single letters that are elements with a number: C.5, L.41. */
#define LETTERS_DOTTED "CGLRW"

/* ---- what may be a symbol ---- */

/* What is known of the elements behind the series. */
struct shape {
	enum element kinds[ELEMENTS_MAX];
	uint32_t numbers[ELEMENTS_MAX]; /* of plain numbers */
	const struct token *words[ELEMENTS_MAX];
	size_t count; /* up to the last that has a digit */
};

static bool
is_year(uint32_t number)
{
	return number >= 1946 && number <= 2100;
}

static bool
is_plausible(const struct scan *scan, const struct series *series,
	     const struct shape *shape)
{
	const struct token *word = shape->words[0];

	if (shape->count == 0)
		return false;
	if (shape->count == 1 && shape->kinds[0] == ELEMENT_NUMBER)
		return series->alone && shape->numbers[0] >= series->alone &&
		       shape->numbers[0] <= ALONE_MAX &&
		       !is_year(shape->numbers[0]);
	if (shape->count == 1)
		return element_is_one_of(scan, word, lone_words,
					 ARRAY_SIZE(lone_words));
	if (shape->kinds[0] == ELEMENT_NUMBER &&
	    shape->kinds[1] == ELEMENT_NUMBER && series->first)
		return shape->numbers[0] >= series->first &&
		       shape->numbers[0] <= series->last;
	if (shape->kinds[0] == ELEMENT_DOTTED && word->end - word->start == 1)
		return strchr(LETTERS_DOTTED, scan->text.data[word->start]);
	/* CRC/C/61 is one; A/B/61 is not. */
	return shape->kinds[0] != ELEMENT_WORD || series->code[1] ||
	       word->end - word->start > 1;
}

/* Glued to it, or on the next line; "A/61/204/ Add.1" has a space too many. */
static bool
may_follow_slash(const struct scan *scan, const struct token *token)
{
	return element_is_glued(token) || token->flags & TOKEN_LINED ||
	       element_is_mixed(scan, token);
}

/*
 * Take the elements; the scan stands behind the last of them that has a
 * digit, as no symbol ends without.
 */
static void
take_elements(struct scan *scan, struct shape *shape)
{
	struct scan kept = *scan;

	for (size_t i = 0; i < ELEMENTS_MAX; i++) {
		enum element kind;

		if (!token_is_sign(element_peek(scan, 0), '/') ||
		    !element_is_glued(element_peek(scan, 0)) ||
		    !may_follow_slash(scan, element_peek(scan, 1)))
			break;
		scan->at++;
		element_append(scan, "/");
		shape->words[i] = element_peek(scan, 0);
		shape->numbers[i] = element_peek(scan, 0)->code;
		kind = element_take(scan);
		shape->kinds[i] = kind;
		if (kind == ELEMENT_NONE || scan->is_long)
			break;
		if (kind == ELEMENT_WORD)
			continue;
		kept = *scan;
		shape->count = i + 1;
	}
	*scan = kept;
}

/* ---- resolutions and decisions ---- */

/* " (2001)", " A", " A (XXIII)". */
static void
take_suffix(struct scan *scan)
{
	char roman[ROMAN_MAX + 4];
	char letter = numeral_letter(scan->text, element_peek(scan, 0));
	size_t ahead = letter ? 1 : 0;
	size_t count;

	if (letter && token_is_sign(element_peek(scan, 1), '/'))
		return;
	if (token_is_sign(element_peek(scan, ahead), '(')) {
		const struct token *inner = element_peek(scan, ahead + 1);

		count = numeral_roman(scan->text, scan->tokens,
				      scan->at + ahead + 1, roman,
				      sizeof(roman));
		if (count &&
		    token_is_sign(element_peek(scan, ahead + 1 + count), ')')) {
			if (letter)
				element_append(scan, " %c", letter);
			element_append(scan, " (%s)", roman);
			scan->at += ahead + count + 2;
			return;
		}
		if (!letter && is_year(inner->code) &&
		    inner->kind == TOKEN_NUMBER &&
		    token_is_sign(element_peek(scan, 2), ')')) {
			element_append(scan, " (%u)", inner->code);
			scan->at += 3;
			return;
		}
	}
	if (letter && letter != 'I') {
		element_append(scan, " %c", letter);
		scan->at++;
	}
}

/* S/RES/1325/2000 is S/RES/1325 (2000). */
static bool
take_council(struct scan *scan, const struct shape *shape)
{
	if (shape->count != 3 || strncmp(scan->value, "S/RES/", 6) != 0 ||
	    !is_year(shape->numbers[2]))
		return false;
	scan->size = 0;
	element_append(scan, "S/RES/%u (%u)", shape->numbers[1],
		       shape->numbers[2]);
	return true;
}

static bool
is_resolution(const struct scan *scan, const struct shape *shape)
{
	static const char *const words[] = { "RES", "DEC", "Res", "Dec" };

	for (size_t i = 0; i + 1 < shape->count; i++)
		if (shape->kinds[i] == ELEMENT_WORD &&
		    element_is_one_of(scan, shape->words[i], words,
				      ARRAY_SIZE(words)))
			return true;
	return false;
}

/* ---- series ---- */

/* How many tokens the series' code takes here; 0: it is another. */
static size_t
match_code(const struct scan *scan, const struct series *series)
{
	const struct token *first = element_peek(scan, 0);
	const struct token *last = first;
	size_t size = strlen(series->code);
	size_t count = 1;

	/* written with the Cyrillic letter that looks like it */
	if (size == 1 && first->end - first->start == 2 &&
	    numeral_letter(scan->text, first) == series->code[0])
		return 1;
	while (last->end - first->start < size &&
	       scan->at + count < scan->tokens->count &&
	       element_is_glued(&scan->tokens->items[scan->at + count]))
		last = &scan->tokens->items[scan->at + count++];
	if (last->end - first->start != size ||
	    memcmp(scan->text.data + first->start, series->code, size) != 0)
		return 0;
	return count;
}

/* What must be right behind the code. */
static bool
has_beginning(const struct series *series, const struct token *next)
{
	if (series->form == SERIES_LETTERED)
		return next->kind == TOKEN_WORD;
	if (!element_is_glued(next))
		return false;
	switch (series->form) {
	case SERIES_DOTTED:
		return token_is_sign(next, '/') || next->kind == TOKEN_NUMBER;
	case SERIES_SESSIONAL:
		return next->kind == TOKEN_NUMBER;
	case SERIES_BRACKETED:
		return token_is_sign(next, '(') || token_is_sign(next, '.');
	case SERIES_YEARLY:
		return token_is_sign(next, '(');
	case SERIES_SLASHES:
	case SERIES_LETTERED:
	case SERIES_ROMAN:
	case SERIES_AMERICAN:
	case SERIES_WEST_AFRICAN:
	case SERIES_COUNTED:
		break;
	}
	return token_is_sign(next, '/');
}

static bool
take_slashes(struct scan *scan, const struct series *series)
{
	struct shape shape = { .count = 0 };

	take_elements(scan, &shape);
	if (!is_plausible(scan, series, &shape))
		return false;
	if (is_resolution(scan, &shape) && !take_council(scan, &shape))
		take_suffix(scan);
	return true;
}

/* WHA69.2, WHA69(14); with slashes the first number is the assembly's. */
static bool
take_numbered(struct scan *scan, const struct series *series)
{
	struct shape shape = { .count = 0 };

	if (element_peek(scan, 0)->kind != TOKEN_NUMBER)
		return take_slashes(scan, series);
	element_append_number(scan, element_peek(scan, 0));
	scan->at++;
	if (element_take_dotted(scan) || element_take_brackets(scan))
		return true;
	take_elements(scan, &shape);
	return shape.count > 1;
}

/* ITU-T E.164, Y.4102. */
static bool
take_lettered(struct scan *scan)
{
	const struct token *letter = element_peek(scan, 0);

	if (!element_is_ascii(scan, letter) ||
	    letter->end - letter->start != 1 ||
	    !(letter->flags & TOKEN_CAPITAL))
		return false;
	element_append(scan, " ");
	element_append_text(scan, letter);
	scan->at++;
	if (!element_take_dotted(scan))
		return false;
	while (element_take_dotted(scan))
		;
	return true;
}

/* Assembly/AU/Dec.619(XXVII), EX.CL/1021(XXXI). */
static bool
take_roman(struct scan *scan, const struct series *series)
{
	struct shape shape = { .count = 0 };
	char roman[ROMAN_MAX + 4];
	size_t count;

	take_elements(scan, &shape);
	if (shape.count == 0 ||
	    !(series->alone || shape.kinds[shape.count - 1] == ELEMENT_DOTTED))
		return false;
	if (!token_is_sign(element_peek(scan, 0), '('))
		return true;
	count = numeral_roman(scan->text, scan->tokens, scan->at + 1, roman,
			      sizeof(roman));
	if (count && token_is_sign(element_peek(scan, count + 1), ')')) {
		element_append(scan, "(%s)", roman);
		scan->at += count + 2;
	}
	return true;
}

/* GC(63)/RES/11, IDB.46/Dec.8: the session is glued to the series. */
static bool
take_bracketed(struct scan *scan)
{
	struct shape shape = { .count = 0 };

	if (!element_take_brackets(scan) && !element_take_dotted(scan))
		return false;
	take_elements(scan, &shape);
	return shape.count > 0;
}

static bool
take_of_series(struct scan *scan, const struct series *series)
{
	element_append(scan, "%s", series->normal);
	switch (series->form) {
	case SERIES_SLASHES:
		return take_slashes(scan, series);
	case SERIES_DOTTED:
		return take_numbered(scan, series);
	case SERIES_LETTERED:
		return take_lettered(scan);
	case SERIES_ROMAN:
		return take_roman(scan, series);
	case SERIES_BRACKETED:
		return take_bracketed(scan);
	case SERIES_AMERICAN:
	case SERIES_WEST_AFRICAN:
	case SERIES_YEARLY:
	case SERIES_SESSIONAL:
	case SERIES_COUNTED:
		return regional_take(scan, series);
	}
	return false;
}

/* What the code of a series here begins with. */
static char
first_letter(const struct scan *scan)
{
	const struct token *first = element_peek(scan, 0);
	char letter = first->end - first->start == 2
			      ? numeral_letter(scan->text, first)
			      : 0;

	return letter ? letter : scan->text.data[first->start];
}

/* Several series may have the same code: A/61/204, A/SP.1/06/06, A72/21. */
static bool
take_symbol(struct scan *scan)
{
	char letter;

	if (scan->at >= scan->tokens->count ||
	    !series_may_begin(scan->tokens, scan->at))
		return false;
	letter = first_letter(scan);
	for (size_t i = 0; i < scan->series->count; i++) {
		const struct series *series = &scan->series->items[i];
		struct scan trial;
		size_t count;

		if (series->code[0] != letter)
			continue;
		count = match_code(scan, series);
		if (!count || !has_beginning(series, element_peek(scan, count)))
			continue;
		trial = *scan;
		trial.at += count;
		if (take_of_series(&trial, series)) {
			*scan = trial;
			return true;
		}
	}
	return false;
}

/* The second half of a double symbol, behind a hyphen that may be lost. */
static void
take_second(struct scan *scan)
{
	struct scan trial = *scan;
	const struct token *first = element_peek(scan, 0);
	bool has_hyphen = token_is_sign(first, '-') && element_is_glued(first);

	if (has_hyphen)
		trial.at++;
	else if (!element_is_word(scan, first, "S") ||
		 first->flags & TOKEN_LINED ||
		 strncmp(scan->value, "A/", 2) != 0)
		return;
	element_append(&trial, "-");
	if (take_symbol(&trial) && !trial.is_long)
		*scan = trial;
}

bool
series_read(const struct series_table *series, struct docket_bytes text,
	    const struct tokens *tokens, size_t index,
	    struct symbol *out_symbol)
{
	struct scan scan;

	if (index >= tokens->count || !series_may_begin(tokens, index))
		return false;
	scan = (struct scan){
		.series = series,
		.text = text,
		.tokens = tokens,
		.first = index,
		.at = index,
	};
	if (!take_symbol(&scan) || scan.is_long)
		return false;
	take_second(&scan);
	memcpy(out_symbol->text, scan.value, scan.size + 1);
	out_symbol->start = tokens->items[scan.first].start;
	out_symbol->end = tokens->items[scan.at - 1].end;
	out_symbol->count = scan.at - index;
	return true;
}
