/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pages.h - pages, their running heads and their numbers
 */
#ifndef PARSER_TEXT_PAGES_H
#define PARSER_TEXT_PAGES_H

#include "lines.h"

/*
 * Find out where pages end, if no form feeds say so, and mark what stands at
 * the head or foot of several of them (LINE_FURNITURE).
 */
void pages_mark(struct lines *lines);

#endif
