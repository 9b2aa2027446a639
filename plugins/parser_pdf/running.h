/* SPDX-License-Identifier: Apache-2.0 */
/*
 * running.h - running heads, page numbers and job numbers
 */
#ifndef PARSER_PDF_RUNNING_H
#define PARSER_PDF_RUNNING_H

#include "document.h"

/* Make them LINE_RUNNING. */
void running_mark(struct document *document);

#endif
