/* SPDX-License-Identifier: Apache-2.0 */
/*
 * put.h - paragraphs into the record
 */
#ifndef PARSER_PDF_PUT_H
#define PARSER_PDF_PUT_H

#include <docket/parser.h>

#include "paragraphs.h"
#include "scans.h"

/* With the pages of scans where they belong between them. */
void put_paragraphs(struct docket_job *job, const struct paragraphs *paragraphs,
		    struct scans *scans);

#endif
