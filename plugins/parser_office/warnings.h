/* SPDX-License-Identifier: Apache-2.0 */
/*
 * warnings.h - what was left out of a document, said in its record
 */
#ifndef PARSER_OFFICE_WARNINGS_H
#define PARSER_OFFICE_WARNINGS_H

#include <docket/parser.h>

/* Put a sentence about count things; none about nothing. */
void warnings_put(struct docket_job *job, size_t count, const char *one,
		  const char *several);

#endif
