/* SPDX-License-Identifier: Apache-2.0 */
/*
 * put_field.h - a field of the record from a C string
 */
#ifndef PARSER_MAIL_PUT_FIELD_H
#define PARSER_MAIL_PUT_FIELD_H

#include <string.h>

#include <docket/parser.h>

static inline void
put_field(struct docket_job *job, enum docket_field field, const char *value)
{
	docket_put_field(job, field,
			 (struct docket_bytes){ value, strlen(value) });
}

#endif
