/* SPDX-License-Identifier: Apache-2.0 */
/*
 * head.h - what the head of a page says about it, as fields
 */
#ifndef PARSER_HTML_HEAD_H
#define PARSER_HTML_HEAD_H

#include <stdbool.h>

#include <docket/parser.h>

/* Bytes of a value; more is cut. */
#define HEAD_LIMIT 4096

/* The attributes of <meta> and <link>. */
void head_put_meta(struct docket_job *job, struct docket_bytes tag);
void head_put_link(struct docket_job *job, struct docket_bytes tag);

/* What stands in <title>. False where that is nothing. */
bool head_put_title(struct docket_job *job, struct docket_bytes text);

/* "FR", "fr-CA": the language alone, in lower case; empty if it is none. */
void head_read_language(struct docket_bytes value, char out[4]);

#endif
