/* SPDX-License-Identifier: Apache-2.0 */
/*
 * envelope.h - who wrote to whom, when and about what, into the record
 */
#ifndef PARSER_MAIL_ENVELOPE_H
#define PARSER_MAIL_ENVELOPE_H

#include <docket/parser.h>

#include "header.h"

/*
 * Put the headers that people read as fields and, those that name people,
 * dates and the subject, as lines, too: what is searched is the text.
 */
void envelope_put(struct docket_job *job, struct headers *headers);

/* A line of the record, "Name: value". */
void envelope_put_line(struct docket_job *job, const char *name,
		       const char *value);

#endif
