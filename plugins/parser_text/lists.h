/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lists.h - which paragraphs are the items of lists
 */
#ifndef PARSER_TEXT_LISTS_H
#define PARSER_TEXT_LISTS_H

#include "paragraphs.h"

/*
 * Make items of paragraphs that have labels or bullets in a row, and of short
 * lines by themselves that are a list without any.
 */
void lists_find(struct paragraphs *paragraphs);

#endif
