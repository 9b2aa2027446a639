/* SPDX-License-Identifier: Apache-2.0 */
/*
 * annotator_names.c - organisations, offices, countries and persons
 *
 * Reads the text once, passage by passage; at each word the longest name counts,
 * and what is behind it comes next, so names do not overlap. Ends the process
 * where memory runs out.
 */
#include <docket/annotator.h>

#include <stdio.h>
#include <string.h>

#include "person.h"

#define IRI_TEXT 128

struct annotator_names {
	struct gazetteer gazetteer;
};

static const struct {
	enum docket_mark_kind kind;
	const char *iri;
} marks[] = {
	[ENTITY_ORGANISATION] = { DOCKET_MARK_ORGANISATION,
				  "/akn/ontology/organization/" },
	[ENTITY_OFFICE] = { DOCKET_MARK_ORGANISATION, "/akn/ontology/role/" },
	[ENTITY_COUNTRY] = { DOCKET_MARK_PLACE, "/akn/ontology/location/" },
};

static void
find_entity(const struct person_place *place, const struct entity *entity,
	    size_t index, size_t count, struct finds *finds)
{
	const struct token *first = &place->tokens->items[index];
	char uri[IRI_TEXT];

	snprintf(uri, sizeof(uri), "%s%s", marks[entity->kind].iri, entity->id);
	finds_add(finds, first->start, first[count - 1].end,
		  marks[entity->kind].kind, entity->name, uri);
}

/*
 * "Mr." and a name; the full stop is no part of the word. "M." may be the letter
 * of a heading as well.
 */
static size_t
take_person(const struct person_place *place, size_t index, size_t count,
	    struct finds *finds)
{
	const struct token *first = &place->tokens->items[index];
	bool is_letter = index == 0 && first->end - first->start == 1;
	size_t name = index + count;

	if (name < place->tokens->count &&
	    token_is_sign(&place->tokens->items[name], '.'))
		name++;
	return name - index + person_read(place, name, is_letter, finds);
}

/* What is at this token; how many tokens it takes. */
static size_t
take_one(const struct person_place *place, size_t index, struct finds *finds)
{
	const struct gazetteer *gazetteer = place->gazetteer;
	const struct entity *entity;
	struct phrase_match match;

	if (place->tokens->items[index].kind == TOKEN_SIGN)
		return 1;
	if (place->signatories &&
	    phrases_find(place->signatories, gazetteer->writing, place->text,
			 place->tokens, index, PHRASES_ANY, &match)) {
		person_find(place, index, match.count, finds);
		return match.count;
	}
	if (!phrases_find(gazetteer->phrases, gazetteer->writing, place->text,
			  place->tokens, index, place->language, &match))
		return 1;
	entity = &gazetteer->entities[match.value];
	switch (entity->kind) {
	case ENTITY_ORGANISATION:
	case ENTITY_OFFICE:
	case ENTITY_COUNTRY:
		find_entity(place, entity, index, match.count, finds);
		return match.count;
	case ENTITY_HONORIFIC:
		return take_person(place, index, match.count, finds);
	case ENTITY_NONE:
		return match.count;
	case ENTITY_PARTICLE:
	case ENTITY_TITLE:
		return 1;
	}
	return 1;
}

/* Who signed the document, as phrases; NULL: nobody is known to. */
static struct phrases *
read_signatories(const struct docket_job *job, const struct writing *writing)
{
	struct phrases *signatories = NULL;

	for (uint32_t i = 0;; i++) {
		struct docket_bytes name =
			docket_job_field(job, DOCKET_FIELD_SIGNATORY, i);

		if (!name.data)
			return signatories;
		if (!signatories)
			signatories = phrases_new();
		phrases_add(signatories, writing, name, PHRASES_ANY, i);
	}
}

static enum docket_status
annotate(void *self, struct docket_job *job)
{
	const struct annotator_names *annotator = self;
	const struct gazetteer *gazetteer = &annotator->gazetteer;
	struct phrases *signatories = read_signatories(job, gazetteer->writing);
	struct person_place place = {
		.gazetteer = gazetteer,
		.signatories = signatories,
		.text = docket_job_text(job),
	};
	struct passages passages;
	struct finds finds = { 0 };

	passages_open(&passages, job, gazetteer->writing);
	while (passages_next(&passages)) {
		place.tokens = &passages.tokens;
		place.language =
			phrases_language(gazetteer->phrases,
					 passages_language(&passages), false);
		for (size_t i = 0; i < passages.tokens.count;)
			i += take_one(&place, i, &finds);
	}
	passages_close(&passages);
	finds_put(&finds, job);
	finds_fini(&finds);
	phrases_free(signatories);
	return DOCKET_OK;
}

static void
forget(void *self)
{
	struct annotator_names *annotator = self;

	gazetteer_fini(&annotator->gazetteer);
}

/* Here, not in open(): it reads files. */
static enum docket_status
prepare(void *self)
{
	struct annotator_names *annotator = self;
	struct data_error error;

	if (!gazetteer_read(&annotator->gazetteer, docket_data_folder(),
			    &error))
		return DOCKET_OK;
	docket_log("%s", error.text);
	forget(annotator);
	return DOCKET_BROKEN;
}

static const char *const data[] = { "languages", "names", NULL };

static const struct docket_annotator annotator = {
	.annotate = annotate,
	.order = 40,
};

DOCKET_PLUGIN = {
	.name = "names",
	.summary = "Organisations, countries and persons that a text names",
	.data = data,
	.self_size = sizeof(struct annotator_names),
	.prepare = prepare,
	.close = forget,
	.annotator = &annotator,
};
