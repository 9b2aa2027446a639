/* SPDX-License-Identifier: Apache-2.0 */
/*
 * properties.h - what a document says of itself: its author, its dates
 */
#ifndef PARSER_OFFICE_PROPERTIES_H
#define PARSER_OFFICE_PROPERTIES_H

#include <docket/parser.h>

#include "refusal.h"
#include "text.h"

struct properties {
	struct docket_job *job; /* the fields are put */
	struct text title;	/* but this one, which may be known better */
	uint32_t pages;		/* 0 unknown */
	struct text value;	/* of the element that is read */
	enum docket_field field;
	bool is_inside;
};

/*
 * Read docProps/core.xml, docProps/app.xml or meta.xml. What is wrong in one
 * is told in a warning: no text is lost by it. Only entities refuse.
 */
bool properties_read(struct properties *properties, struct docket_bytes part,
		     struct refusal *refusal);
/* Put the title: this one where there is one, else what was read. */
void properties_put_title(struct properties *properties,
			  struct docket_bytes better);
void properties_fini(struct properties *properties);

#endif
