/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_numbering.h - the numbers that Word prints before paragraphs
 */
#ifndef PARSER_OFFICE_WORD_NUMBERING_H
#define PARSER_OFFICE_WORD_NUMBERING_H

#include "label.h"
#include "names.h"
#include "refusal.h"
#include "word_styles.h"

/* A list as it is defined once; lists that share it count on in it. */
struct word_list {
	struct label_level levels[LABEL_LEVELS];
	struct text styles[LABEL_LEVELS]; /* w:pStyle: whose level it is */
	struct text link; /* w:numStyleLink: it is that style's */
	struct label_counts counts;
};

/* A use of a list, by which paragraphs name it. */
struct word_numbered {
	int32_t list;		      /* a place, or WORD_UNSET */
	int32_t starts[LABEL_LEVELS]; /* to begin at, or WORD_UNSET */
	bool has_begun[LABEL_LEVELS];
	struct word_list *own; /* levels of its own, or NULL */
	uint16_t own_levels;   /* which of them */
};

struct word_numbering {
	struct word_list *lists;
	size_t list_count;
	size_t list_capacity;
	struct names list_ids;
	struct word_numbered *uses;
	size_t use_count;
	size_t use_capacity;
	struct names use_ids;
	struct label_level *level; /* while reading: the one that is filled */
	struct text *level_style;
	int32_t overridden; /* while reading: the level, or WORD_UNSET */
	struct label_level merged[LABEL_LEVELS]; /* of the last paragraph */
};

/* Read numbering.xml; without one, nothing is numbered. False: refused. */
bool word_numbering_read(struct word_numbering *numbering,
			 struct word_styles *styles, struct docket_bytes part,
			 struct refusal *refusal);
void word_numbering_fini(struct word_numbering *numbering);

/* The level that belongs to a style, or 0. */
uint32_t word_numbering_level(struct word_numbering *numbering, int32_t id,
			      struct docket_bytes style);

/*
 * Number a paragraph: count, and make its label. Returns the level's
 * definitions, of which paragraphs are told from items; NULL: there is no such
 * list.
 */
const struct label_level *word_numbering_next(
	struct word_numbering *numbering, int32_t id, uint32_t level,
	struct paragraph_label *out_label);

#endif
