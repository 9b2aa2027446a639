/* SPDX-License-Identifier: Apache-2.0 */
/*
 * headings.h - paragraphs that stand out
 */
#ifndef PARSER_PDF_HEADINGS_H
#define PARSER_PDF_HEADINGS_H

#include "paragraphs.h"

/* Set heading of those that are: the level, the larger the type the lower. */
void headings_find(struct paragraphs *paragraphs);

#endif
