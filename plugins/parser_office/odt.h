/* SPDX-License-Identifier: Apache-2.0 */
/*
 * odt.h - an OpenDocument text, from its package into the record
 */
#ifndef PARSER_OFFICE_ODT_H
#define PARSER_OFFICE_ODT_H

#include <docket/parser.h>

#include "package.h"

/* Put a document. False: refused. */
bool odt_read(struct docket_job *job, struct package *package,
	      struct refusal *refusal);

#endif
