/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocabulary_tables.c - names/series.tsv and names/organs.tsv
 *
 * Owns nothing: fills the vocabulary's tables, cell by cell.
 */
#include "vocabulary_tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vocabulary.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* A row of data: how a key or a column is taken. */
struct taker {
	const char *name;
	bool (*take)(struct vocabulary *vocabulary,
		     const struct data_value *value);
};

static bool
take_by(const struct taker *takers, size_t count, struct vocabulary *vocabulary,
	const char *name, const struct data_value *value)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(takers[i].name, name) == 0)
			return takers[i].take(vocabulary, value);
	snprintf(value->reason, DATA_REASON, "there is no such key or column");
	return false;
}

static bool
copy(char *out, size_t room, const struct data_value *value)
{
	if (strlen(value->text) < room) {
		strcpy(out, value->text);
		return true;
	}
	snprintf(value->reason, DATA_REASON, "it is longer than %zu bytes",
		 room - 1);
	return false;
}

static bool
refuse_more(const struct data_value *value)
{
	snprintf(value->reason, DATA_REASON, "there is no room for more");
	return false;
}

/* ---- names/series.tsv ---- */

static struct series *
last_series(struct vocabulary *vocabulary)
{
	return &vocabulary->series.items[vocabulary->series.count - 1];
}

static bool
take_series_code(struct vocabulary *vocabulary, const struct data_value *value)
{
	struct series *series;

	if (vocabulary->series.count == SYMBOL_SERIES)
		return refuse_more(value);
	vocabulary->series.count++;
	series = last_series(vocabulary);
	return copy(series->code, sizeof(series->code), value) &&
	       copy(series->normal, sizeof(series->normal), value);
}

static bool
take_series_normal(struct vocabulary *vocabulary,
		   const struct data_value *value)
{
	struct series *series = last_series(vocabulary);

	return copy(series->normal, sizeof(series->normal), value);
}

static bool
take_series_form(struct vocabulary *vocabulary, const struct data_value *value)
{
	static const char *const forms[] = {
		[SERIES_SLASHES] = "slashes",
		[SERIES_DOTTED] = "dotted",
		[SERIES_LETTERED] = "lettered",
		[SERIES_ROMAN] = "roman",
		[SERIES_BRACKETED] = "bracketed",
		[SERIES_AMERICAN] = "american",
		[SERIES_WEST_AFRICAN] = "west-african",
		[SERIES_YEARLY] = "yearly",
		[SERIES_SESSIONAL] = "sessional",
		[SERIES_COUNTED] = "counted",
	};

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
		if (strcmp(forms[i], value->text) == 0) {
			last_series(vocabulary)->form = (enum series_form)i;
			return true;
		}
	snprintf(value->reason, DATA_REASON, "there is no form \"%.32s\"",
		 value->text);
	return false;
}

static bool
take_series_alone(struct vocabulary *vocabulary, const struct data_value *value)
{
	last_series(vocabulary)->alone =
		(uint32_t)strtoul(value->text, NULL, 10);
	return true;
}

static bool
take_series_first(struct vocabulary *vocabulary, const struct data_value *value)
{
	struct series *series = last_series(vocabulary);

	if (sscanf(value->text, "%u-%u", &series->first, &series->last) == 2)
		return true;
	snprintf(value->reason, DATA_REASON, "it is no range such as 31-99");
	return false;
}

bool
vocabulary_take_series(void *user, const struct data_value *value)
{
	static const struct taker columns[] = {
		{ "series", take_series_code },
		{ "normal", take_series_normal },
		{ "form", take_series_form },
		{ "alone", take_series_alone },
		{ "first", take_series_first },
	};

	return take_by(columns, ARRAY_SIZE(columns), user, value->code, value);
}

/* ---- names/organs.tsv ---- */

static struct organ *
last_organ(struct vocabulary *vocabulary)
{
	return &vocabulary->organs[vocabulary->organ_count - 1];
}

static bool
take_organ_id(struct vocabulary *vocabulary, const struct data_value *value)
{
	if (vocabulary->organ_count == ORGANS_LIMIT)
		return refuse_more(value);
	vocabulary->organ_count++;
	return copy(last_organ(vocabulary)->id, ORGAN_TEXT, value);
}

static bool
take_organ_resolution(struct vocabulary *vocabulary,
		      const struct data_value *value)
{
	return copy(last_organ(vocabulary)->resolution, ORGAN_TEXT, value);
}

static bool
take_organ_decision(struct vocabulary *vocabulary,
		    const struct data_value *value)
{
	return copy(last_organ(vocabulary)->decision, ORGAN_TEXT, value);
}

static bool
take_organ_word(struct vocabulary *vocabulary, const struct data_value *value)
{
	for (uint32_t i = 0; i < vocabulary->word_count; i++)
		if (strcmp(vocabulary->words[i], value->text) == 0)
			return copy(last_organ(vocabulary)->word, ORGAN_TEXT,
				    value);
	if (vocabulary->word_count == WORDS_LIMIT)
		return refuse_more(value);
	return copy(vocabulary->words[vocabulary->word_count++], ORGAN_TEXT,
		    value) &&
	       copy(last_organ(vocabulary)->word, ORGAN_TEXT, value);
}

/* Forms by their names, parted by spaces. */
static bool
read_forms(const struct data_value *value, uint32_t *out_forms)
{
	static const struct {
		const char *name;
		enum form form;
	} forms[] = {
		{ "session", FORM_SESSION }, { "year", FORM_YEAR },
		{ "special", FORM_SPECIAL }, { "dated", FORM_DATED },
		{ "roman", FORM_ROMAN },     { "plain", FORM_PLAIN },
		{ "dotted", FORM_DOTTED },   { "parties", FORM_PARTIES },
		{ "letter", FORM_LETTER },   { "conference", FORM_CONFERENCE },
	};
	const char *at = value->text;

	while (*at) {
		size_t size = strcspn(at, " ");
		uint32_t form = 0;

		for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
			if (strlen(forms[i].name) == size &&
			    strncmp(forms[i].name, at, size) == 0)
				form = forms[i].form;
		if (!form) {
			snprintf(value->reason, DATA_REASON,
				 "there is no form \"%.*s\"", (int)size, at);
			return false;
		}
		*out_forms |= form;
		at += size + strspn(at + size, " ");
	}
	return true;
}

static bool
take_organ_forms(struct vocabulary *vocabulary, const struct data_value *value)
{
	return read_forms(value, &last_organ(vocabulary)->forms);
}

static bool
take_organ_defaults(struct vocabulary *vocabulary,
		    const struct data_value *value)
{
	return read_forms(value, &last_organ(vocabulary)->defaults);
}

static bool
take_organ_series(struct vocabulary *vocabulary, const struct data_value *value)
{
	return copy(last_organ(vocabulary)->series, ORGAN_TEXT, value);
}

static bool
take_organ_sessions(struct vocabulary *vocabulary,
		    const struct data_value *value)
{
	struct organ *organ = last_organ(vocabulary);

	if (sscanf(value->text, "%u-%u", &organ->first_session,
		   &organ->last_session) == 2)
		return true;
	snprintf(value->reason, DATA_REASON, "it is no range such as 31-99");
	return false;
}

static bool
take_organ_roman(struct vocabulary *vocabulary, const struct data_value *value)
{
	last_organ(vocabulary)->last_roman =
		(uint32_t)strtoul(value->text, NULL, 10);
	return true;
}

static bool
take_organ_rate(struct vocabulary *vocabulary, const struct data_value *value)
{
	last_organ(vocabulary)->rate = (uint32_t)strtoul(value->text, NULL, 10);
	return true;
}

bool
vocabulary_take_organ(void *user, const struct data_value *value)
{
	static const struct taker columns[] = {
		{ "id", take_organ_id },
		{ "resolution", take_organ_resolution },
		{ "decision", take_organ_decision },
		{ "short", take_organ_word },
		{ "forms", take_organ_forms },
		{ "series", take_organ_series },
		{ "defaults", take_organ_defaults },
		{ "sessions", take_organ_sessions },
		{ "roman", take_organ_roman },
		{ "rate", take_organ_rate },
	};

	return take_by(columns, ARRAY_SIZE(columns), user, value->code, value);
}
