/* SPDX-License-Identifier: Apache-2.0 */
/*
 * person.h - persons whom a text names with an honorific, or who signed it
 */
#ifndef ANNOTATOR_NAMES_PERSON_H
#define ANNOTATOR_NAMES_PERSON_H

#include "finds.h"
#include "gazetteer.h"
#include "passages.h"

/* A passage, and the gazetteer by which it is read. */
struct person_place {
	const struct gazetteer *gazetteer;
	const struct phrases *signatories; /* of the document; or NULL */
	struct docket_bytes text;
	const struct tokens *tokens;
	uint32_t language;
};

/*
 * Read the name that begins at this token, behind an honorific, into finds; how
 * many tokens it has, or 0. Where the honorific is doubtful, a name has two
 * words or more.
 */
size_t person_read(const struct person_place *place, size_t index,
		   bool is_doubtful, struct finds *finds);

/* The same of one who signed: a match of place->signatories. */
void person_find(const struct person_place *place, size_t index, size_t count,
		 struct finds *finds);

#endif
