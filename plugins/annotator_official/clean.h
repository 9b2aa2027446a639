/* SPDX-License-Identifier: Apache-2.0 */
/*
 * clean.h - a piece of the text as the value of a field
 */
#ifndef ANNOTATOR_OFFICIAL_CLEAN_H
#define ANNOTATOR_OFFICIAL_CLEAN_H

#include <docket/annotator.h>

/* On one line, with single spaces, without marks of footnotes. */
void clean_put_field(struct docket_job *job, enum docket_field field,
		     struct docket_bytes value);

#endif
