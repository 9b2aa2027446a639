/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lines.h - headers and footers: lines that are no prose
 */
#ifndef PARSER_OFFICE_LINES_H
#define PARSER_OFFICE_LINES_H

#include <docket/parser.h>

#include "text.h"

/* Put each line as a block of its own, and equal ones once. */
void lines_put(struct docket_job *job, const struct text *lines);

#endif
