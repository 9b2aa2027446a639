/* SPDX-License-Identifier: Apache-2.0 */
/*
 * body.h - the text of a mail into the record
 */
#ifndef PARSER_MAIL_BODY_H
#define PARSER_MAIL_BODY_H

#include <docket/parser.h>

#include "runs.h"

/*
 * Each run as text files are put: paragraphs, lists, numbers. What is quoted
 * has its depth as the level of its paragraphs; a signature is one block.
 */
void body_put(struct docket_job *job, const struct runs *runs);

#endif
