/* SPDX-License-Identifier: Apache-2.0 */
/*
 * walk.c - a document's elements into parts and blocks
 *
 * Owns the open elements. Goes over the tape once; looks ahead only within an
 * element that begins, so an element is looked at at most as often as it lies
 * deep. Running out of memory ends the process.
 */
#include "walk.h"

#include <stdlib.h>
#include <string.h>

#include "place.h"

/* ISO 639-2 where BCP 47 has two letters. */
static const char languages[][2][4] = {
	{ "ara", "ar" }, { "zho", "zh" }, { "chi", "zh" }, { "eng", "en" },
	{ "fra", "fr" }, { "fre", "fr" }, { "rus", "ru" }, { "spa", "es" },
	{ "por", "pt" }, { "deu", "de" }, { "ger", "de" }, { "ita", "it" },
};

void
walk_read_language(struct docket_bytes value, char out[4])
{
	size_t size = 0;

	memset(out, 0, 4);
	while (size < value.size && size < 4 &&
	       (value.data[size] | 0x20) >= 'a' &&
	       (value.data[size] | 0x20) <= 'z')
		size++;
	if (size < 2 || size > 3 ||
	    (size < value.size && value.data[size] != '-'))
		return;
	for (size_t i = 0; i < size; i++)
		out[i] = (char)(value.data[i] | 0x20);
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
		if (strcmp(out, languages[i][0]) == 0)
			strcpy(out, languages[i][1]);
	/* mul, und, mis, zxx: none in particular */
	if (strcmp(out, "und") == 0 || strcmp(out, "mul") == 0 ||
	    strcmp(out, "mis") == 0 || strcmp(out, "zxx") == 0)
		memset(out, 0, 4);
}

static void
put_node(struct walk *walk, size_t *index)
{
	const struct tape_node *node = &walk->tape->nodes[*index];

	switch ((enum tape_kind)node->kind) {
	case TAPE_TEXT:
		place_put(walk, node);
		break;
	case TAPE_OPEN:
		if (!place_open(walk, *index))
			*index = node->end;
		break;
	case TAPE_CLOSE:
		place_close(walk);
		break;
	}
}

/* Nobody else writes <proprietary source="#docket">. */
static bool
is_ours(const struct walk *walk)
{
	size_t node =
		walk->is_akoma ? tape_find(walk->tape, 0, "proprietary") : 0;
	struct docket_bytes source = { 0 };

	if (node)
		source = tape_attribute(walk->tape, node, "source");
	return source.size == 7 && memcmp(source.data, "#docket", 7) == 0;
}

/* The document's language is that of its root, or the only one it names. */
static void
begin(struct walk *walk)
{
	struct place *around = &walk->places[0];
	struct docket_bytes language = { 0 };
	size_t named = 0;

	around->rule = rule_find("", true);
	walk->depth = 1;
	if (!walk->tape->count)
		return;
	language = tape_attribute(walk->tape, 0, "xml:lang");
	if (walk->is_akoma)
		named = tape_find(walk->tape, 0, "FRBRlanguage");
	if (named)
		language = tape_attribute(walk->tape, named, "language");
	walk_read_language(language, around->language);
	walk->is_ours = is_ours(walk);
}

bool
walk_put(struct docket_job *job, const struct tape *tape, bool is_akoma)
{
	struct walk *walk = calloc(1, sizeof(*walk));
	bool has_text;

	if (!walk)
		abort();
	walk->job = walk->sink.job = job;
	walk->tape = tape;
	walk->is_akoma = is_akoma;
	terms_read(&walk->terms, tape);
	begin(walk);
	for (size_t i = 0; i < tape->count; i++)
		put_node(walk, &i);
	part_leave(walk);
	has_text = walk->sink.has_text;
	sink_fini(&walk->sink);
	terms_fini(&walk->terms);
	free(walk->notes);
	free(walk);
	return has_text;
}
