/* SPDX-License-Identifier: Apache-2.0 */
/*
 * symbol.c - the symbols that documents of an organisation bear
 *
 * Pure. Reads tokens from left to right and never back, so time is linear in
 * what it takes.
 */
#include "symbol.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define ELEMENTS_MAX 12
#define ROMAN_MAX 8
/* No series has come so far by numbers alone. */
#define ALONE_MAX 99999

/* Words of elements that are not all capitals. */
static const char *const mixed_words[] = {
	"Add", "Rev", "Corr", "Amend", "Summary", "Sub", "Misc", "Agenda",
};

/* With a number, these make a symbol right behind a series: S/PV.4701. */
static const char *const lone_words[] = {
	"L", "PV", "SR", "INF", "CRP", "WP", "R", "MISC", "Misc", "NGO", "BUR",
};

/* Single letters that are elements with a number: C.5, L.41. */
#define LETTERS_DOTTED "CGLRW"

/* A symbol while it is read. */
struct scan {
	const struct series_table *series;
	struct docket_bytes text;
	const struct tokens *tokens;
	size_t at; /* next token */
	char value[SYMBOL_TEXT];
	size_t size;
	bool is_long; /* it did not fit */
};

static const struct token *
peek(const struct scan *scan, size_t ahead)
{
	static const struct token none = { .kind = TOKEN_SIGN };
	size_t at = scan->at + ahead;

	return at < scan->tokens->count ? &scan->tokens->items[at] : &none;
}

static struct docket_bytes
text_of(const struct scan *scan, const struct token *token)
{
	return (struct docket_bytes){ scan->text.data + token->start,
				      token->end - token->start };
}

static bool
is_word(const struct scan *scan, const struct token *token, const char *word)
{
	struct docket_bytes text = text_of(scan, token);

	return text.size == strlen(word) &&
	       memcmp(text.data, word, text.size) == 0;
}

static bool
is_one_of(const struct scan *scan, const struct token *token,
	  const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_word(scan, token, words[i]))
			return true;
	return false;
}

static void __attribute__((format(printf, 2, 3)))
append(struct scan *scan, const char *format, ...)
{
	size_t room = sizeof(scan->value) - scan->size;
	va_list arguments;
	int count;

	va_start(arguments, format);
	count = vsnprintf(scan->value + scan->size, room, format, arguments);
	va_end(arguments);
	if (count < 0 || (size_t)count >= room)
		scan->is_long = true;
	else
		scan->size += (size_t)count;
}

/* Digits are appended as ASCII, whatever script they are in. */
static void
append_number(struct scan *scan, const struct token *number)
{
	append(scan, "%u", number->code);
}

static void
append_text(struct scan *scan, const struct token *token)
{
	struct docket_bytes text = text_of(scan, token);

	append(scan, "%.*s", (int)text.size, text.data);
}

/* ---- parts ---- */

static bool
is_glued(const struct token *token)
{
	return !(token->flags & TOKEN_SPACED);
}

/* A full-width letter, or an accented one, is no letter of a symbol. */
static bool
is_ascii(const struct scan *scan, const struct token *token)
{
	struct docket_bytes text = text_of(scan, token);

	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.data[i] >= 0x80)
			return false;
	return token->kind == TOKEN_WORD && text.size > 0;
}

static bool
is_element_word(const struct scan *scan, const struct token *token)
{
	if (!is_ascii(scan, token))
		return false;
	if (token->end - token->start == 1)
		return token->flags & TOKEN_CAPITAL;
	return token->flags & TOKEN_CAPITALS ||
	       is_one_of(scan, token, mixed_words, ARRAY_SIZE(mixed_words));
}

/* S-27, ES-10: a special session. */
static bool
take_special(struct scan *scan)
{
	const struct token *word = peek(scan, 0);

	if (!is_word(scan, word, "S") && !is_word(scan, word, "ES"))
		return false;
	if (!token_is_sign(peek(scan, 1), '-') || !is_glued(peek(scan, 1)) ||
	    peek(scan, 2)->kind != TOKEN_NUMBER || !is_glued(peek(scan, 2)))
		return false;
	append_text(scan, word);
	append(scan, "-");
	append_number(scan, peek(scan, 2));
	scan->at += 3;
	return true;
}

/* .59, .A: what a word may have behind it; false: it has not. */
static bool
take_dotted(struct scan *scan)
{
	const struct token *next = peek(scan, 1);

	if (!token_is_sign(peek(scan, 0), '.') || !is_glued(peek(scan, 0)) ||
	    !is_glued(next))
		return false;
	if (next->kind == TOKEN_NUMBER) {
		append(scan, ".");
		append_number(scan, next);
	} else if (is_ascii(scan, next) && next->end - next->start == 1 &&
		   next->flags & TOKEN_CAPITAL) {
		append(scan, ".");
		append_text(scan, next);
	} else {
		return false;
	}
	scan->at += 2;
	return true;
}

/* What an element was; how it may be followed depends on it. */
enum element {
	ELEMENT_NONE = 0,
	ELEMENT_NUMBER,
	ELEMENT_WORD,	/* RES, ITA */
	ELEMENT_DOTTED, /* PV.4701 */
};

static enum element
take_word(struct scan *scan)
{
	const struct token *word = peek(scan, 0);
	bool is_letter = word->end - word->start == 1;

	if (!is_element_word(scan, word))
		return ELEMENT_NONE;
	append_text(scan, word);
	scan->at++;
	if (take_dotted(scan))
		return ELEMENT_DOTTED;
	/* HRC/49/G/4: a letter between numbers. */
	if (is_letter && !token_is_sign(peek(scan, 0), '/'))
		return ELEMENT_NONE;
	return ELEMENT_WORD;
}

static enum element
take_bracketed(struct scan *scan)
{
	if (!token_is_sign(peek(scan, 0), '(') ||
	    peek(scan, 1)->kind != TOKEN_NUMBER ||
	    !token_is_sign(peek(scan, 2), ')'))
		return ELEMENT_NONE;
	append(scan, "(");
	append_number(scan, peek(scan, 1));
	append(scan, ")");
	scan->at += 3;
	return ELEMENT_NUMBER;
}

static enum element
take_element(struct scan *scan)
{
	const struct token *first = peek(scan, 0);

	if (first->kind == TOKEN_NUMBER && first->code != TOKEN_LARGE) {
		append_number(scan, first);
		scan->at++;
		return ELEMENT_NUMBER;
	}
	if (take_special(scan))
		return ELEMENT_NUMBER;
	if (token_is_sign(first, '('))
		return take_bracketed(scan);
	return take_word(scan);
}

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
		return is_one_of(scan, word, lone_words,
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
	return is_glued(token) || token->flags & TOKEN_LINED ||
	       is_one_of(scan, token, mixed_words, ARRAY_SIZE(mixed_words));
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

		if (!token_is_sign(peek(scan, 0), '/') ||
		    !is_glued(peek(scan, 0)) ||
		    !may_follow_slash(scan, peek(scan, 1)))
			break;
		scan->at++;
		append(scan, "/");
		shape->words[i] = peek(scan, 0);
		shape->numbers[i] = peek(scan, 0)->code;
		kind = take_element(scan);
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

char
symbol_letter(struct docket_bytes text, const struct token *token)
{
	static const struct {
		const char *cyrillic;
		char latin;
	} alike[] = {
		{ "А", 'A' }, { "В", 'B' }, { "С", 'C' },
		{ "Е", 'E' }, { "Н", 'H' }, { "К", 'K' },
	};
	const char *data = text.data + token->start;

	if (token->kind != TOKEN_WORD || !(token->flags & TOKEN_CAPITAL))
		return 0;
	if (token->end - token->start == 1)
		return data[0];
	for (size_t i = 0; i < ARRAY_SIZE(alike); i++)
		if (token->end - token->start == 2 &&
		    memcmp(data, alike[i].cyrillic, 2) == 0)
			return alike[i].latin;
	return 0;
}

/* One letter of a Roman number, Latin or Cyrillic; 0: it is none. */
static char
roman_letter(const char *data, size_t size, size_t *at)
{
	static const struct {
		const char *cyrillic;
		char latin;
	} alike[] = { { "Х", 'X' }, { "І", 'I' }, { "С", 'C' } };

	if (strchr("IVXLC", data[*at]))
		return data[(*at)++];
	for (size_t i = 0; i < ARRAY_SIZE(alike); i++)
		if (size - *at >= 2 &&
		    memcmp(data + *at, alike[i].cyrillic, 2) == 0) {
			*at += 2;
			return alike[i].latin;
		}
	return 0;
}

/* Append the Roman number that a token is. */
static bool
put_roman(struct docket_bytes text, const struct token *token, char *out,
	  size_t room)
{
	const char *data = text.data + token->start;
	size_t size = token->end - token->start;
	size_t used = strlen(out);

	if (token->kind != TOKEN_WORD || size == 0)
		return false;
	for (size_t at = 0; at < size;) {
		char letter = roman_letter(data, size, &at);

		if (!letter || used + 1 >= room)
			return false;
		out[used++] = letter;
		out[used] = '\0';
	}
	return true;
}

/* XX Х: Latin and Cyrillic letters part tokens. */
size_t
symbol_roman(struct docket_bytes text, const struct tokens *tokens,
	     size_t index, char *out, size_t room)
{
	size_t at = index;

	out[0] = '\0';
	if (at + 2 < tokens->count &&
	    token_is_sign(&tokens->items[at + 1], '-') &&
	    (symbol_letter(text, &tokens->items[at]) == 'S')) {
		snprintf(out, room, "S-");
		at += 2;
	}
	if (at >= tokens->count ||
	    !put_roman(text, &tokens->items[at], out, room))
		return 0;
	for (at++; at < tokens->count && is_glued(&tokens->items[at]) &&
		   put_roman(text, &tokens->items[at], out, room);)
		at++;
	return at - index;
}

/* " (2001)", " A", " A (XXIII)". */
static void
take_suffix(struct scan *scan)
{
	char roman[ROMAN_MAX + 4];
	char letter = symbol_letter(scan->text, peek(scan, 0));
	size_t ahead = letter ? 1 : 0;
	size_t count;

	if (letter && token_is_sign(peek(scan, 1), '/'))
		return;
	if (token_is_sign(peek(scan, ahead), '(')) {
		const struct token *inner = peek(scan, ahead + 1);

		count = symbol_roman(scan->text, scan->tokens,
				     scan->at + ahead + 1, roman,
				     sizeof(roman));
		if (count &&
		    token_is_sign(peek(scan, ahead + 1 + count), ')')) {
			if (letter)
				append(scan, " %c", letter);
			append(scan, " (%s)", roman);
			scan->at += ahead + count + 2;
			return;
		}
		if (!letter && is_year(inner->code) &&
		    inner->kind == TOKEN_NUMBER &&
		    token_is_sign(peek(scan, 2), ')')) {
			append(scan, " (%u)", inner->code);
			scan->at += 3;
			return;
		}
	}
	if (letter && letter != 'I') {
		append(scan, " %c", letter);
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
	append(scan, "S/RES/%u (%u)", shape->numbers[1], shape->numbers[2]);
	return true;
}

static bool
is_resolution(const struct scan *scan, const struct shape *shape)
{
	for (size_t i = 0; i + 1 < shape->count; i++)
		if (shape->kinds[i] == ELEMENT_WORD &&
		    (is_word(scan, shape->words[i], "RES") ||
		     is_word(scan, shape->words[i], "DEC")))
			return true;
	return false;
}

/* ---- series ---- */

/* How many tokens the series' code takes here; 0: it is another. */
static size_t
match_code(const struct scan *scan, const struct series *series)
{
	const struct token *first = peek(scan, 0);
	const struct token *last = first;
	size_t size = strlen(series->code);
	size_t count = 1;

	while (last->end - first->start < size &&
	       scan->at + count < scan->tokens->count &&
	       is_glued(&scan->tokens->items[scan->at + count]))
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
	if (!is_glued(next))
		return false;
	return token_is_sign(next, '/') ||
	       (series->form == SERIES_DOTTED && next->kind == TOKEN_NUMBER);
}

static const struct series *
find_series(const struct scan *scan, size_t *out_count)
{
	const struct token *first = peek(scan, 0);

	for (size_t i = 0; i < scan->series->count; i++) {
		const struct series *series = &scan->series->items[i];

		if (series->code[0] != scan->text.data[first->start])
			continue;
		*out_count = match_code(scan, series);
		if (*out_count && has_beginning(series, peek(scan, *out_count)))
			return series;
	}
	return NULL;
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

/* WHA69.2; with slashes the first number is the assembly's. */
static bool
take_numbered(struct scan *scan, const struct series *series)
{
	struct shape shape = { .count = 0 };

	if (peek(scan, 0)->kind != TOKEN_NUMBER)
		return take_slashes(scan, series);
	append_number(scan, peek(scan, 0));
	scan->at++;
	if (take_dotted(scan))
		return true;
	take_elements(scan, &shape);
	return shape.count > 1;
}

/* ITU-T E.119, Y.4102. */
static bool
take_lettered(struct scan *scan)
{
	const struct token *letter = peek(scan, 0);

	if (!is_ascii(scan, letter) || letter->end - letter->start != 1 ||
	    !(letter->flags & TOKEN_CAPITAL))
		return false;
	append(scan, " ");
	append_text(scan, letter);
	scan->at++;
	if (!take_dotted(scan))
		return false;
	while (take_dotted(scan))
		;
	return true;
}

/* Most words are told from a symbol by what is behind them. */
static bool
may_begin(const struct scan *scan)
{
	const struct token *next = peek(scan, 1);

	return peek(scan, 0)->kind == TOKEN_WORD &&
	       peek(scan, 0)->flags & TOKEN_CAPITAL && is_glued(next) &&
	       (next->kind == TOKEN_NUMBER || token_is_sign(next, '/') ||
		token_is_sign(next, '.') || token_is_sign(next, '-'));
}

static bool
take_symbol(struct scan *scan)
{
	size_t count = 0;
	const struct series *series;

	if (!may_begin(scan))
		return false;
	series = find_series(scan, &count);
	if (!series)
		return false;
	append(scan, "%s", series->normal);
	scan->at += count;
	switch (series->form) {
	case SERIES_SLASHES:
		return take_slashes(scan, series);
	case SERIES_DOTTED:
		return take_numbered(scan, series);
	case SERIES_LETTERED:
		return take_lettered(scan);
	}
	return false;
}

/* The second half of a double symbol, behind a hyphen that may be lost. */
static void
take_second(struct scan *scan)
{
	struct scan trial = *scan;
	const struct token *first = peek(scan, 0);
	bool has_hyphen = token_is_sign(first, '-') && is_glued(first);

	if (has_hyphen)
		trial.at++;
	else if (!is_word(scan, first, "S") || first->flags & TOKEN_LINED ||
		 strncmp(scan->value, "A/", 2) != 0)
		return;
	append(&trial, "-");
	if (take_symbol(&trial) && !trial.is_long)
		*scan = trial;
}

bool
symbol_read(const struct series_table *series, struct docket_bytes text,
	    const struct tokens *tokens, size_t index,
	    struct symbol *out_symbol)
{
	struct scan scan = {
		.series = series,
		.text = text,
		.tokens = tokens,
		.at = index,
	};

	if (!take_symbol(&scan) || scan.is_long)
		return false;
	take_second(&scan);
	memcpy(out_symbol->text, scan.value, scan.size + 1);
	out_symbol->start = tokens->items[index].start;
	out_symbol->end = tokens->items[scan.at - 1].end;
	out_symbol->count = scan.at - index;
	return true;
}
