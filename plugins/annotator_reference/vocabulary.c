/* SPDX-License-Identifier: Apache-2.0 */
/*
 * vocabulary.c - the words by which texts cite, and who adopts what
 *
 * Owns them. Reads docket's data folder, once. Ends the process where memory
 * runs out.
 */
#include "vocabulary.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vocabulary_tables.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static uint32_t
make_value(enum role role, uint32_t payload)
{
	return (uint32_t)role << ROLE_SHIFT | payload;
}

/* ---- languages ---- */

static const struct {
	const char *key;
	enum role role;
	uint32_t payload;
} roles[] = {
	{ "resolution", ROLE_RESOLUTION, 0 },
	{ "decision", ROLE_DECISION, 0 },
	{ "own-resolution", ROLE_OWN_RESOLUTION, 0 },
	{ "own-decision", ROLE_OWN_DECISION, 0 },
	{ "own", ROLE_OWN, 0 },
	{ "list", ROLE_LIST, 0 },
	{ "between", ROLE_FILL, 0 },
	{ "number", ROLE_NUMBER, 0 },
	{ "other", ROLE_ORGAN, ORGAN_OTHER },
};

/* short.council = the Council */
static bool
take_short(struct vocabulary *vocabulary, const struct data_value *value)
{
	const char *word = value->key + strlen("short.");

	for (uint32_t i = 0; i < vocabulary->word_count; i++)
		if (strcmp(vocabulary->words[i], word) == 0) {
			phrases_add_value(vocabulary->phrases,
					  vocabulary->writing, value,
					  make_value(ROLE_SHORT, i));
			return true;
		}
	snprintf(value->reason, DATA_REASON, "no organ is \"%s\" for short",
		 word);
	return false;
}

/* month.5 = May: of [official], which says how dates are written. */
static bool
take_month(void *user, const struct data_value *value)
{
	struct vocabulary *vocabulary = user;
	struct docket_bytes code = { value->code, strlen(value->code) };
	uint32_t language = phrases_language(vocabulary->phrases, code, true);
	const char *at = value->text;
	unsigned month;

	if (sscanf(value->key, "month.%u", &month) != 1)
		return true;
	while (*at) {
		size_t size = strcspn(at, "|");

		phrases_add(vocabulary->phrases, vocabulary->writing,
			    (struct docket_bytes){ at, size }, language,
			    make_value(ROLE_MONTH, month));
		at += size + strspn(at + size, "|");
	}
	return true;
}

static bool
take_inflection(void *user, const struct data_value *value)
{
	struct vocabulary *vocabulary = user;

	return writing_take(vocabulary->writing, value->key, value->text);
}

static bool
take_word(void *user, const struct data_value *value)
{
	struct vocabulary *vocabulary = user;

	if (strncmp(value->key, "short.", strlen("short.")) == 0)
		return take_short(vocabulary, value);
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
		if (strcmp(roles[i].key, value->key) == 0) {
			phrases_add_value(
				vocabulary->phrases, vocabulary->writing, value,
				make_value(roles[i].role, roles[i].payload));
			return true;
		}
	snprintf(value->reason, DATA_REASON, "there is no such key");
	return false;
}

/* ---- names of organisations and instruments ---- */

static bool
is_name_column(const struct data_value *value)
{
	return strcmp(value->code, "id") != 0 &&
	       strcmp(value->code, "kind") != 0;
}

static bool
take_organisation(void *user, const struct data_value *value)
{
	struct vocabulary *vocabulary = user;
	uint32_t organ = ORGAN_OTHER;

	if (strcmp(value->code, "kind") == 0)
		vocabulary->is_body = strcmp(value->text, "organisation") == 0;
	if (!is_name_column(value))
		return true;
	if (!vocabulary->is_body) {
		phrases_add_value(vocabulary->phrases, vocabulary->writing,
				  value, make_value(ROLE_NONE, 0));
		return true;
	}
	for (uint32_t i = 0; i < vocabulary->organ_count; i++)
		if (strcmp(vocabulary->organs[i].id, value->key) == 0)
			organ = i;
	phrases_add_value(vocabulary->phrases, vocabulary->writing, value,
			  make_value(ROLE_ORGAN, organ));
	return true;
}

static char *
duplicate(const char *text, size_t size)
{
	char *twin = strndup(text, size);

	if (!twin)
		abort();
	return twin;
}

static void
add_instrument(struct vocabulary *vocabulary, const char *id)
{
	vocabulary->instruments = reallocarray(
		vocabulary->instruments, vocabulary->instrument_count + 1u,
		sizeof(struct instrument));
	if (!vocabulary->instruments)
		abort();
	vocabulary->instruments[vocabulary->instrument_count++] =
		(struct instrument){ .id = duplicate(id, strlen(id)) };
}

/* The id comes first, then names; what stands first in English names it. */
static bool
take_instrument(void *user, const struct data_value *value)
{
	struct vocabulary *vocabulary = user;
	struct instrument *instrument;

	if (strcmp(value->code, "id") == 0) {
		add_instrument(vocabulary, value->text);
		return true;
	}
	instrument = &vocabulary->instruments[vocabulary->instrument_count - 1];
	if (!instrument->name)
		instrument->name =
			duplicate(value->text, strcspn(value->text, ";"));
	phrases_add_value(
		vocabulary->phrases, vocabulary->writing, value,
		make_value(ROLE_INSTRUMENT, vocabulary->instrument_count - 1));
	return true;
}

/* ---- all of it ---- */

static int
read_sections(struct vocabulary *vocabulary, const char *folder,
	      struct data_error *error)
{
	static const struct {
		const char *names[2];
		data_take *take;
	} sections[] = {
		{ { "inflection", NULL }, take_inflection },
		{ { "official", NULL }, take_month },
		{ { "reference", NULL }, take_word },
	};
	char path[PATH_MAX];
	int rc = 0;

	snprintf(path, sizeof(path), "%s/languages", folder);
	/* Words are stemmed as they are added: affixes go first. */
	for (size_t i = 0; i < ARRAY_SIZE(sections) && !rc; i++)
		rc = data_read_sections(path, sections[i].names,
					sections[i].take, vocabulary, error);
	return rc;
}

static int
read_tables(struct vocabulary *vocabulary, const char *folder,
	    struct data_error *error)
{
	static const struct {
		const char *name;
		data_take *take;
	} tables[] = {
		{ "organisations.tsv", take_organisation },
		{ "instruments.tsv", take_instrument },
	};
	char path[PATH_MAX];
	int rc = 0;

	for (size_t i = 0; i < ARRAY_SIZE(tables) && !rc; i++) {
		snprintf(path, sizeof(path), "%s/names/%s", folder,
			 tables[i].name);
		rc = data_read_table(path, tables[i].take, vocabulary, error);
	}
	return rc;
}

int
vocabulary_read(struct vocabulary *vocabulary, const char *folder,
		struct data_error *error)
{
	char path[PATH_MAX];
	int rc;

	*vocabulary = (struct vocabulary){
		.writing = writing_new(),
		.phrases = phrases_new(),
	};
	snprintf(path, sizeof(path), "%s/names/series.tsv", folder);
	rc = data_read_table(path, vocabulary_take_series, vocabulary, error);
	if (rc)
		return rc;
	snprintf(path, sizeof(path), "%s/names/organs.tsv", folder);
	rc = data_read_table(path, vocabulary_take_organ, vocabulary, error);
	if (!rc)
		rc = read_sections(vocabulary, folder, error);
	return rc ? rc : read_tables(vocabulary, folder, error);
}

void
vocabulary_fini(struct vocabulary *vocabulary)
{
	for (uint32_t i = 0; i < vocabulary->instrument_count; i++) {
		free(vocabulary->instruments[i].id);
		free(vocabulary->instruments[i].name);
	}
	free(vocabulary->instruments);
	phrases_free(vocabulary->phrases);
	writing_free(vocabulary->writing);
	*vocabulary = (struct vocabulary){ 0 };
}
