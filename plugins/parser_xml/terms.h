/* SPDX-License-Identifier: Apache-2.0 */
/*
 * terms.h - what ids within the document stand for
 */
#ifndef PARSER_XML_TERMS_H
#define PARSER_XML_TERMS_H

#include "tape.h"

/* An entry of <references>. */
struct term {
	struct docket_bytes id;
	struct docket_bytes uri;
	struct docket_bytes name; /* as shown to readers */
};

struct terms {
	struct term *items; /* by id */
	size_t count;
	size_t capacity;
};

/* Lends from the tape. The caller's until terms_fini(). */
void terms_read(struct terms *terms, const struct tape *tape);
void terms_fini(struct terms *terms);

/* What "#id" refers to; NULL: nothing that is there. */
const struct term *terms_find(const struct terms *terms,
			      struct docket_bytes reference);

#endif
