/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gazetteer.h - the names of organisations, offices and countries
 *
 * All of it is data: names/organisations.tsv and countries.tsv, and [names] of
 * languages/<code>.conf, which has the words that go with persons.
 */
#ifndef ANNOTATOR_NAMES_GAZETTEER_H
#define ANNOTATOR_NAMES_GAZETTEER_H

#include "data.h"
#include "phrases.h"

enum entity_kind {
	ENTITY_NONE = 0, /* it only looks like a name */
	ENTITY_ORGANISATION,
	ENTITY_OFFICE,
	ENTITY_COUNTRY,
	/* words that go with persons */
	ENTITY_HONORIFIC, /* Mr. */
	ENTITY_PARTICLE,  /* van, bin: within a name */
	ENTITY_TITLE,	  /* Ambassador: begins an office, ends a name */
};

struct entity {
	char *id;
	char *name; /* English */
	enum entity_kind kind;
};

struct gazetteer {
	struct writing *writing;
	struct phrases *phrases; /* values are indices of entities */
	struct entity *entities;
	uint32_t count;
};

/*
 * Read all of it from docket's data folder. 0, or a negative errno with the
 * reason; the gazetteer is to be freed in any case.
 */
int gazetteer_read(struct gazetteer *gazetteer, const char *folder,
		   struct data_error *error);
void gazetteer_fini(struct gazetteer *gazetteer);

#endif
