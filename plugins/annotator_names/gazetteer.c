/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gazetteer.c - the names of organisations, offices and countries
 *
 * Owns them. Reads docket's data folder, once. Ends the process where memory
 * runs out.
 */
#include "gazetteer.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static char *
duplicate(const char *text, size_t size)
{
	char *twin = strndup(text, size);

	if (!twin)
		abort();
	return twin;
}

static struct entity *
last_entity(const struct gazetteer *gazetteer)
{
	return &gazetteer->entities[gazetteer->count - 1];
}

static void
add_entity(struct gazetteer *gazetteer, const char *id, enum entity_kind kind)
{
	gazetteer->entities =
		reallocarray(gazetteer->entities, gazetteer->count + 1u,
			     sizeof(struct entity));
	if (!gazetteer->entities)
		abort();
	gazetteer->entities[gazetteer->count++] = (struct entity){
		.id = duplicate(id, strlen(id)),
		.kind = kind,
	};
}

/* ---- tables ---- */

static bool
take_kind(struct gazetteer *gazetteer, const struct data_value *value)
{
	static const struct {
		const char *name;
		enum entity_kind kind;
	} kinds[] = {
		{ "none", ENTITY_NONE },
		{ "organisation", ENTITY_ORGANISATION },
		{ "body", ENTITY_ORGANISATION },
		{ "office", ENTITY_OFFICE },
		{ "country", ENTITY_COUNTRY },
	};

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(kinds[i].name, value->text) == 0) {
			last_entity(gazetteer)->kind = kinds[i].kind;
			return true;
		}
	snprintf(value->reason, DATA_REASON, "there is no kind \"%.32s\"",
		 value->text);
	return false;
}

/* The id comes first, then the kind; what is first in English names it. */
static bool
take_cell(void *user, const struct data_value *value)
{
	struct gazetteer *gazetteer = user;

	if (strcmp(value->code, "id") == 0) {
		add_entity(gazetteer, value->text, ENTITY_NONE);
		return true;
	}
	if (strcmp(value->code, "kind") == 0)
		return take_kind(gazetteer, value);
	if (!last_entity(gazetteer)->name)
		last_entity(gazetteer)->name =
			duplicate(value->text, strcspn(value->text, ";"));
	phrases_add_value(gazetteer->phrases, gazetteer->writing, value,
			  gazetteer->count - 1);
	return true;
}

/* ---- languages ---- */

static const struct {
	const char *key;
	enum entity_kind kind;
} words[] = {
	{ "honorific", ENTITY_HONORIFIC },
	{ "particle", ENTITY_PARTICLE },
	{ "title", ENTITY_TITLE },
};

static bool
take_words(void *user, const struct data_value *value)
{
	struct gazetteer *gazetteer = user;

	/* The words are the first entities, in the order of the table. */
	for (uint32_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strcmp(words[i].key, value->key) == 0) {
			phrases_add_value(gazetteer->phrases,
					  gazetteer->writing, value, i);
			return true;
		}
	snprintf(value->reason, DATA_REASON, "there is no such key");
	return false;
}

static bool
take_affixes(void *user, const struct data_value *value)
{
	struct gazetteer *gazetteer = user;

	return writing_take(gazetteer->writing, value->key, value->text);
}

int
gazetteer_read(struct gazetteer *gazetteer, const char *folder,
	       struct data_error *error)
{
	static const char *const inflection[] = { "inflection", NULL };
	static const char *const names[] = { "names", NULL };
	static const char *const tables[] = { "organisations", "countries" };
	char path[PATH_MAX];
	int rc;

	*gazetteer = (struct gazetteer){
		.writing = writing_new(),
		.phrases = phrases_new(),
	};
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		add_entity(gazetteer, words[i].key, words[i].kind);
	snprintf(path, sizeof(path), "%s/languages", folder);
	/* Words are stemmed as they are added: affixes go first. */
	rc = data_read_sections(path, inflection, take_affixes, gazetteer,
				error);
	for (size_t i = 0; i < ARRAY_SIZE(tables) && !rc; i++) {
		snprintf(path, sizeof(path), "%s/names/%s.tsv", folder,
			 tables[i]);
		rc = data_read_table(path, take_cell, gazetteer, error);
	}
	/* Last: "Secretary-General" is an office before it is a title. */
	snprintf(path, sizeof(path), "%s/languages", folder);
	return rc ? rc
		  : data_read_sections(path, names, take_words, gazetteer,
				       error);
}

void
gazetteer_fini(struct gazetteer *gazetteer)
{
	for (uint32_t i = 0; i < gazetteer->count; i++) {
		free(gazetteer->entities[i].id);
		free(gazetteer->entities[i].name);
	}
	free(gazetteer->entities);
	phrases_free(gazetteer->phrases);
	writing_free(gazetteer->writing);
	*gazetteer = (struct gazetteer){ 0 };
}
