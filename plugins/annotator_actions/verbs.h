/* SPDX-License-Identifier: Apache-2.0 */
/*
 * verbs.h - the words by which somebody decides, asks or states
 *
 * All of it is data: [actions] of languages/<code>.conf. A class of verbs is
 * what a key is called there, the same in all languages.
 */
#ifndef ANNOTATOR_ACTIONS_VERBS_H
#define ANNOTATOR_ACTIONS_VERBS_H

#include "data.h"
#include "phrases.h"

#define VERBS_CLASSES 48
#define VERBS_CLASS 24 /* bytes of its name */

enum verb_use {
	VERB_OPENING = 0, /* it begins a paragraph of a resolution */
	VERB_SAID,	  /* it follows who did it */
	VERB_FIRST,	  /* who did it follows it, or is before it */
	VERB_JOINED,  /* it follows another verb, and a word such as "and" */
	VERB_SUBJECT, /* no verb: who may do it */
	VERB_OBJECT,  /* no verb: who may be asked */
	VERB_SMALL,   /* no verb: may stand between them */
	VERB_LIST,    /* no verb: and */
};

struct verbs {
	struct writing *writing;
	struct phrases *phrases;
	char classes[VERBS_CLASSES][VERBS_CLASS];
	uint32_t count;
};

#define VERBS_SHIFT 24

static inline enum verb_use
verbs_use(uint32_t value)
{
	return (enum verb_use)(value >> VERBS_SHIFT);
}

static inline const char *
verbs_class(const struct verbs *verbs, uint32_t value)
{
	return verbs->classes[value & ((1u << VERBS_SHIFT) - 1)];
}

/*
 * Read all of it from docket's data folder. 0, or a negative errno with the
 * reason; the verbs are to be freed in any case.
 */
int verbs_read(struct verbs *verbs, const char *folder,
	       struct data_error *error);
void verbs_fini(struct verbs *verbs);

#endif
