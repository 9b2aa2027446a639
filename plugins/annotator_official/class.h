/* SPDX-License-Identifier: Apache-2.0 */
/*
 * class.h - names of classes of documents
 */
#ifndef ANNOTATOR_OFFICIAL_CLASS_H
#define ANNOTATOR_OFFICIAL_CLASS_H

#include <stdbool.h>

/* What documents are; a resolution's draft is none of its kind yet. */
enum document_class {
	CLASS_NONE = 0,
	CLASS_LETTER,
	CLASS_LETTER_IDENTICAL,
	CLASS_NOTE_VERBALE,
	CLASS_NOTE,
	CLASS_RESOLUTION,
	CLASS_RESOLUTION_DRAFT,
	CLASS_DECISION,
	CLASS_DECISION_DRAFT,
	CLASS_REPORT,
	CLASS_STATEMENT,
	CLASS_PRESIDENTIAL_STATEMENT,
	CLASS_VERBATIM_RECORD,
	CLASS_SUMMARY_RECORD,
	CLASS_AGENDA,
	CLASS_LIST_OF_PARTICIPANTS,
	CLASS_PRESS_RELEASE,
	CLASS_DECLARATION,
	CLASS_RECOMMENDATION,
	CLASS_TREATY,
	CLASS_COURT_ORDER,
	CLASS_COUNT,
};

/* CLASS_NONE: nothing is called that. */
enum document_class class_find(const char *name);

/* NULL for CLASS_NONE. */
const char *class_name(enum document_class class);

static inline bool class_is_letter(enum document_class class)
{
	return class == CLASS_LETTER || class == CLASS_LETTER_IDENTICAL ||
	       class == CLASS_NOTE_VERBALE;
}

/* Resolutions and decisions, drafts included. */
static inline bool class_is_resolution(enum document_class class)
{
	return class >= CLASS_RESOLUTION && class <= CLASS_DECISION_DRAFT;
}

#endif
