/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notes.h - the footnotes below a rule
 */
#ifndef PARSER_TEXT_NOTES_H
#define PARSER_TEXT_NOTES_H

#include "lines.h"

/*
 * Mark the lines of footnotes (LINE_NOTE); the first line of each gets a
 * marker of kind MARKER_NOTE.
 */
void notes_mark(struct lines *lines);

#endif
