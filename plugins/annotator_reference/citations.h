/* SPDX-License-Identifier: Apache-2.0 */
/*
 * citations.h - resolutions and decisions that are cited by their numbers
 *
 * A citation names its organ, or leaves it to the reader: "its resolution
 * 48/161", "Council resolution 2010/5", "resolution 5/1". So they are gathered
 * from the whole document first, and settled at its end.
 */
#ifndef ANNOTATOR_REFERENCE_CITATIONS_H
#define ANNOTATOR_REFERENCE_CITATIONS_H

#include "signs.h"

/* A day as it is stated; all 0: it is not; a year alone has no month. */
struct day {
	uint32_t year;
	uint32_t month;
	uint32_t day;
};

struct citation {
	struct item item;
	uint32_t organ;	  /* named beside it; ORGAN_UNKNOWN */
	uint32_t word;	  /* "the Council"; WORDS_LIMIT: none */
	uint32_t nearby;  /* named before it in the sentence; ORGAN_UNKNOWN */
	uint32_t council; /* last one named in full before it, of that word */
	struct day day;	  /* of its adoption */
	bool is_decision;
	bool is_own;	       /* "its" */
	bool is_right_to_left; /* its passage is */
};

struct citations {
	struct citation *items;
	size_t count;
	size_t room;
	/* While passages are read: who was named last. */
	uint32_t last_of_word[WORDS_LIMIT];
	uint32_t nearby;
	/* 1 + the last item of a list that the sentence may go on with; 0. */
	size_t listed;
	/* Who speaks: named in the enacting formula; ORGAN_UNKNOWN. */
	uint32_t enacting;
	bool is_resolution; /* the document is one, or a decision */
};

void citations_init(struct citations *citations, bool is_resolution);
void citations_fini(struct citations *citations);

/* Take what a passage cites. Passages come in the order of the text. */
void citations_take(struct citations *citations,
		    const struct vocabulary *vocabulary,
		    const struct signs *signs, bool is_right_to_left);

#endif
