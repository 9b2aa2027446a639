/* SPDX-License-Identifier: Apache-2.0 */
/*
 * class.c - classes of documents, by what Akoma Ntoso calls them
 *
 * Pure: the names that AKN4UN suggests, and others that are used. A name that
 * means something else to docket ("statement") tells nothing.
 */
#include "class.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *name;
	const char *class;
} classes[] = {
	{ "resolution", "resolution" },
	{ "resolutionDraft", "resolution-draft" },
	{ "draftResolution", "resolution-draft" },
	{ "decision", "decision" },
	{ "decisionDraft", "decision-draft" },
	{ "presidentialStatement", "presidential-statement" },
	{ "officialLetter", "letter" },
	{ "identicalLetters", "letter-identical" },
	{ "noteVerbale", "note-verbale" },
	{ "note", "note" },
	{ "declaration", "declaration" },
	{ "officialStatement", "statement" },
	{ "address", "statement" },
	{ "pressRelease", "press-release" },
	{ "listOfParticipants", "list-of-participants" },
	{ "progressReport", "report" },
	{ "report", "report" },
	{ "meetingReport", "report" },
	{ "conferenceReport", "report" },
	{ "councilReport", "report" },
	{ "verbatimRecord", "verbatim-record" },
	{ "summaryRecord", "summary-record" },
	{ "meetingMinute", "summary-record" },
	{ "meetingMinutes", "summary-record" },
	{ "agenda", "agenda" },
	{ "agendaListing", "agenda" },
	{ "agendaAnnotated", "agenda" },
	{ "recommendation", "recommendation" },
	{ "treaty", "treaty" },
	{ "convention", "treaty" },
	{ "charter", "treaty" },
	{ "protocol", "treaty" },
	{ "order", "court-order" },
};

static bool
is_equal(struct docket_bytes name, const char *word)
{
	return strlen(word) == name.size &&
	       strncasecmp(name.data, word, name.size) == 0;
}

const char *
class_of(const char *element, struct docket_bytes name)
{
	static const char publication[] = "publication";
	size_t size = sizeof(publication) - 1;

	if (strcmp(element, "judgment") == 0)
		return "court-order";
	if (name.size > size && memcmp(name.data, publication, size) == 0) {
		name.data += size;
		name.size -= size;
	}
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (is_equal(name, classes[i].name))
			return classes[i].class;
	return NULL;
}
