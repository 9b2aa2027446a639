/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verbs.c - the words by which somebody decides, asks or states
 *
 * Owns them. Reads docket's data folder, once. Ends the process where memory
 * runs out.
 */
#include "verbs.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Keys that are no class, and what is put behind one. */
static const struct {
	const char *key;
	enum verb_use use;
} words[] = {
	{ "subject", VERB_SUBJECT },
	{ "object", VERB_OBJECT },
	{ "small", VERB_SMALL },
	{ "list", VERB_LIST },
};

static const struct {
	const char *suffix;
	enum verb_use use;
} uses[] = {
	{ ".said", VERB_SAID },
	{ ".first", VERB_FIRST },
	{ ".joined", VERB_JOINED },
	{ "", VERB_OPENING },
};

static void
add_phrases(struct verbs *verbs, const struct data_value *value,
	    enum verb_use use, uint32_t class)
{
	phrases_add_value(verbs->phrases, verbs->writing, value,
			  (uint32_t)use << VERBS_SHIFT | class);
}

/* The number of a class; it is added where it is new. */
static bool
find_class(struct verbs *verbs, const char *name, size_t size,
	   uint32_t *out_class)
{
	for (uint32_t i = 0; i < verbs->count; i++)
		if (strlen(verbs->classes[i]) == size &&
		    memcmp(verbs->classes[i], name, size) == 0) {
			*out_class = i;
			return true;
		}
	if (verbs->count == VERBS_CLASSES || size >= VERBS_CLASS)
		return false;
	memcpy(verbs->classes[verbs->count], name, size);
	*out_class = verbs->count++;
	return true;
}

static bool
ends_with(const char *key, const char *suffix)
{
	size_t size = strlen(key), end = strlen(suffix);

	return size > end && strcmp(key + size - end, suffix) == 0;
}

static bool
take_verb(struct verbs *verbs, const struct data_value *value)
{
	for (size_t i = 0; i < ARRAY_SIZE(uses); i++) {
		size_t size = strlen(value->key) - strlen(uses[i].suffix);
		uint32_t class;

		if (!ends_with(value->key, uses[i].suffix))
			continue;
		if (!find_class(verbs, value->key, size, &class)) {
			snprintf(value->reason, DATA_REASON,
				 "its name is too long, or there are too many");
			return false;
		}
		add_phrases(verbs, value, uses[i].use, class);
		return true;
	}
	return false;
}

/*
 * "souligné" and "souligne" are one word where accents do not count: what
 * follows who did it goes first, since it may also open a paragraph.
 */
static bool
take_said(void *user, const struct data_value *value)
{
	return !strchr(value->key, '.') || take_verb(user, value);
}

static bool
take_others(void *user, const struct data_value *value)
{
	struct verbs *verbs = user;

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strcmp(words[i].key, value->key) == 0) {
			add_phrases(verbs, value, words[i].use, 0);
			return true;
		}
	return strchr(value->key, '.') || take_verb(verbs, value);
}

static bool
take_affixes(void *user, const struct data_value *value)
{
	struct verbs *verbs = user;

	return writing_take(verbs->writing, value->key, value->text);
}

int
verbs_read(struct verbs *verbs, const char *folder, struct data_error *error)
{
	static const char *const inflection[] = { "inflection", NULL };
	static const char *const actions[] = { "actions", NULL };
	char path[PATH_MAX];
	int rc;

	*verbs = (struct verbs){
		.writing = writing_new(),
		.phrases = phrases_new(),
	};
	snprintf(path, sizeof(path), "%s/languages", folder);
	/* Words are stemmed as they are added: affixes go first. */
	rc = data_read_sections(path, inflection, take_affixes, verbs, error);
	if (!rc)
		rc = data_read_sections(path, actions, take_said, verbs, error);
	return rc ? rc
		  : data_read_sections(path, actions, take_others, verbs,
				       error);
}

void
verbs_fini(struct verbs *verbs)
{
	phrases_free(verbs->phrases);
	writing_free(verbs->writing);
	*verbs = (struct verbs){ 0 };
}
