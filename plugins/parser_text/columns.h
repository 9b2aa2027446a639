/* SPDX-License-Identifier: Apache-2.0 */
/*
 * columns.h - the masthead that is set in two columns
 */
#ifndef PARSER_TEXT_COLUMNS_H
#define PARSER_TEXT_COLUMNS_H

#include "lines.h"

/*
 * Where the first lines of a document stand in two columns, put those of the
 * left one before those of the right one, each a line of its own (LINE_CELL).
 */
void columns_split(struct lines *lines);

#endif
