/* SPDX-License-Identifier: Apache-2.0 */
/*
 * class.c - names of classes of documents
 *
 * Pure.
 */
#include "class.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *name;
	enum document_class class;
} classes[] = {
	{ "letter", CLASS_LETTER },
	{ "letter-identical", CLASS_LETTER_IDENTICAL },
	{ "note-verbale", CLASS_NOTE_VERBALE },
	{ "note", CLASS_NOTE },
	{ "resolution", CLASS_RESOLUTION },
	{ "resolution-draft", CLASS_RESOLUTION_DRAFT },
	{ "decision", CLASS_DECISION },
	{ "decision-draft", CLASS_DECISION_DRAFT },
	{ "report", CLASS_REPORT },
	{ "statement", CLASS_STATEMENT },
	{ "presidential-statement", CLASS_PRESIDENTIAL_STATEMENT },
	{ "verbatim-record", CLASS_VERBATIM_RECORD },
	{ "summary-record", CLASS_SUMMARY_RECORD },
	{ "agenda", CLASS_AGENDA },
	{ "list-of-participants", CLASS_LIST_OF_PARTICIPANTS },
	{ "press-release", CLASS_PRESS_RELEASE },
	{ "declaration", CLASS_DECLARATION },
	{ "recommendation", CLASS_RECOMMENDATION },
	{ "treaty", CLASS_TREATY },
	{ "court-order", CLASS_COURT_ORDER },
};

enum document_class
class_find(const char *name)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (strcmp(classes[i].name, name) == 0)
			return classes[i].class;
	return CLASS_NONE;
}

const char *class_name(enum document_class class)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (classes[i].class == class)
			return classes[i].name;
	return NULL;
}
