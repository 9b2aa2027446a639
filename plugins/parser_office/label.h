/* SPDX-License-Identifier: Apache-2.0 */
/*
 * label.h - one level of a list, and the label that it prints
 */
#ifndef PARSER_OFFICE_LABEL_H
#define PARSER_OFFICE_LABEL_H

#include "numerals.h"
#include "paragraph.h"

/* Levels of one list. Word has nine of them, ODF ten. */
#define LABEL_LEVELS 10

struct label_level {
	enum numerals numerals;
	int32_t start;
	char *pattern;	 /* "%1.%2)"; of a bullet: itself. NULL: nothing */
	bool is_joined;	 /* nothing between label and text */
	bool is_legal;	 /* all its numbers in digits */
	bool is_set;	 /* the list has this level */
	int32_t restart; /* level (1 ...) whose number restarts it; 0 never,
			    -1 any that is above */
};

/* How far each level has counted. */
struct label_counts {
	int32_t values[LABEL_LEVELS];
	bool is_running[LABEL_LEVELS];
};

/* The next number at a level; those below begin anew. */
void label_count(struct label_counts *counts, const struct label_level *levels,
		 size_t level);
/* What it prints now. */
void label_make(const struct label_counts *counts,
		const struct label_level *levels, size_t level,
		struct paragraph_label *out_label);

/*
 * Is a paragraph with that label one of the document's numbered paragraphs,
 * "12." or "1.2", and not an item of a list?
 */
bool label_is_paragraph(const struct label_level *levels, size_t level);

#endif
