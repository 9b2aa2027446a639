/* SPDX-License-Identifier: Apache-2.0 */
/*
 * iri.c - the IRIs of what is cited, in the AKN4UN form
 *
 * Pure: one table of what symbols tell.
 */
#include "iri.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a symbol has its year. */
enum year_place {
	YEAR_FIRST,    /* right behind the prefix: S/PRST/2010/1 */
	YEAR_BRACKETS, /* 1373 (2001); it is not part of the number */
	YEAR_NONE,     /* only the text may tell */
};

/*
 * The number of a resolution is the one it is cited by; that of any other
 * document is its symbol.
 */
static const struct {
	const char *prefix;
	const char *kind; /* type and subtype */
	const char *author;
	enum year_place year;
	bool is_whole; /* the number is the whole symbol */
} kinds[] = {
	{ "S/RES/", "statement/deliberation", "un-sc", YEAR_BRACKETS, false },
	{ "E/RES/", "statement/deliberation", "un-ecosoc", YEAR_FIRST, false },
	{ "E/DEC/", "statement/deliberation", "un-ecosoc", YEAR_FIRST, false },
	{ "A/RES/", "statement/deliberation", "un-ga", YEAR_NONE, false },
	{ "A/DEC/", "statement/deliberation", "un-ga", YEAR_NONE, false },
	{ "A/HRC/RES/", "statement/deliberation", "un-hrc", YEAR_NONE, false },
	{ "A/HRC/DEC/", "statement/deliberation", "un-hrc", YEAR_NONE, false },
	{ "S/PRST/", "doc/communication", "un-sc", YEAR_FIRST, true },
	{ "ST/SGB/", "statement/instruction", "un-sg", YEAR_FIRST, true },
	{ "ST/AI/", "statement/instruction", "un-st", YEAR_FIRST, true },
	{ "ST/IC/", "statement/instruction", "un-st", YEAR_FIRST, true },
};

#define COUNT (sizeof(kinds) / sizeof(kinds[0]))
#define DATE_TEXT 16
#define YEAR_MIN 1946
#define YEAR_MAX 2100

static unsigned
read_year(const char *number, enum year_place place)
{
	const char *at = number;
	unsigned year = 0;
	char after = '\0';

	if (place == YEAR_NONE)
		return 0;
	if (place == YEAR_BRACKETS) {
		at = strchr(number, '(');
		if (!at)
			return 0;
		at++;
	}
	if (sscanf(at, "%4u%c", &year, &after) != 2 ||
	    after != (place == YEAR_BRACKETS ? ')' : '/'))
		return 0;
	return year >= YEAR_MIN && year <= YEAR_MAX ? year : 0;
}

/* Slashes become hyphens, spaces underscores. */
static bool
put_number(const char *number, enum year_place place, char *out, size_t room)
{
	size_t size = strlen(number);

	if (place == YEAR_BRACKETS)
		size = strcspn(number, " (");
	if (size >= room)
		return false;
	for (size_t i = 0; i < size; i++)
		out[i] = number[i] == '/'   ? '-'
			 : number[i] == ' ' ? '_'
					    : number[i];
	out[size] = '\0';
	return true;
}

/* The day if it is stated and of that year, or the year; "": neither. */
static void
put_date(unsigned year, const char *date, char *out, size_t room)
{
	out[0] = '\0';
	if (date[0] && (!year || strtoul(date, NULL, 10) == year))
		snprintf(out, room, "%s", date);
	else if (year)
		snprintf(out, room, "%u", year);
}

bool
iri_of_symbol(const char *symbol, const char *date, char *out_iri)
{
	for (size_t i = 0; i < COUNT; i++) {
		size_t size = strlen(kinds[i].prefix);
		const char *number = symbol + size;
		char when[DATE_TEXT];
		int used;

		if (strncmp(symbol, kinds[i].prefix, size) != 0)
			continue;
		put_date(read_year(number, kinds[i].year), date, when,
			 sizeof(when));
		if (!when[0])
			return false;
		used = snprintf(out_iri, IRI_TEXT, "/akn/un/%s/%s/%s/",
				kinds[i].kind, kinds[i].author, when);
		return put_number(kinds[i].is_whole ? symbol : number,
				  kinds[i].year, out_iri + used,
				  IRI_TEXT - (size_t)used);
	}
	return false;
}
