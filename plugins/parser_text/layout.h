/* SPDX-License-Identifier: Apache-2.0 */
/*
 * layout.h - how the lines of a document are broken, learned from itself
 */
#ifndef PARSER_TEXT_LAYOUT_H
#define PARSER_TEXT_LAYOUT_H

#include "lines.h"

struct layout {
	/* A line that would be this wide with the next word on it is full. */
	unsigned full;
	bool is_wrapped; /* paragraphs go over several lines */
	bool is_spaced;	 /* empty lines stand between paragraphs */
};

struct layout layout_learn(const struct lines *lines);

/* Columns that a line would have with the first word of the next on it. */
unsigned layout_reach(const struct line *line, const struct line *next);

#endif
