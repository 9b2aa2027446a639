/* SPDX-License-Identifier: Apache-2.0 */
/*
 * numbers.h - the printed numbers of paragraphs
 */
#ifndef PARSER_TEXT_NUMBERS_H
#define PARSER_TEXT_NUMBERS_H

#include "paragraphs.h"

/* Give paragraphs that count up from 1 (to 2 at least) their numbers. */
void numbers_find(struct paragraphs *paragraphs);

#endif
