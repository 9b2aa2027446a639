/* SPDX-License-Identifier: Apache-2.0 */
/*
 * info.h - what the file says of itself
 */
#ifndef PARSER_PDF_INFO_H
#define PARSER_PDF_INFO_H

#include <docket/parser.h>

#include "library.h"

#define INFO_DATE_SIZE 32

/* Put it into the record's fields. */
void info_put(struct docket_job *job, struct library_document *document);

/* Is this a title, and not the name of a file or a program's filler? */
bool info_is_title(struct docket_bytes title);

/*
 * "D:20031010153000+02'00'" as ISO 8601, as far as it is given: at least the
 * year. False if it is no date.
 */
bool info_read_date(struct docket_bytes date, char out[INFO_DATE_SIZE]);

#endif
