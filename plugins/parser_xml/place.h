/* SPDX-License-Identifier: Apache-2.0 */
/*
 * place.h - the open elements of a document, for the files of walk.c alone
 */
#ifndef PARSER_XML_PLACE_H
#define PARSER_XML_PLACE_H

#include "rule.h"
#include "sink.h"
#include "tape.h"
#include "terms.h"
#include "walk.h"

#define PLACE_LABEL 64

/* Which part text at the top of the document is in. */
enum place_stage {
	STAGE_NONE = 0,
	STAGE_COVER,
	STAGE_BODY,
	STAGE_ANNEX, /* parts of an annex are no parts of their own */
};

/* An open element: what text in it is, from its parents and itself. */
struct place {
	const struct rule *rule;
	size_t node;
	size_t num;	 /* node of its label; 0: it has none */
	uint8_t leaf;	 /* enum docket_block_kind of its text */
	uint8_t role;	 /* enum docket_block_role */
	uint8_t level;	 /* of the sections it is in */
	uint8_t items;	 /* how many items it is in */
	bool is_in_leaf; /* further elements are within a line of text */
	bool is_joined;	 /* its paragraphs are lines of one block */
	bool is_in_cell;
	bool is_resolving; /* in a resolution or decision: paragraphs operate */
	bool is_used;	   /* the owner's own block was there */
	bool is_label_due; /* its number was not yet printed */
	bool has_block;	   /* the host has a list, table or row open for it */
	bool has_part;
	bool has_mark;
	char language[4];
	char label[PLACE_LABEL]; /* of a section or item, as printed */
	/* Indexes of places; 0 is the root's parent, and none. */
	uint32_t owner;	      /* whose block its text is in */
	uint32_t label_owner; /* whose label comes before its text */
	uint32_t list;	      /* the outermost */
	uint32_t table;
};

struct walk {
	struct docket_job *job;
	const struct tape *tape;
	bool is_akoma;
	bool is_ours; /* written by docket: lines are where it put them */
	struct terms terms;
	struct sink sink;
	uint32_t sink_owner;
	enum place_stage stage;
	bool is_part_open;  /* of the stage: cover or body */
	size_t open_blocks; /* lists, tables and rows in the host */

	size_t *notes; /* nodes of footnotes that are due */
	size_t note_count;
	size_t note_capacity;

	size_t depth; /* places[0] is around the root */
	struct place places[TAPE_DEPTH + 1];
};

static inline struct place *
place_top(struct walk *walk)
{
	return &walk->places[walk->depth - 1];
}

/* place.c: open the element of the node; false: it is not to be entered. */
bool place_open(struct walk *walk, size_t node);
void place_close(struct walk *walk);

/* The open block ends; footnotes that are due follow where they may stand. */
void place_end_block(struct walk *walk);

/* section.c: an element with a number, a heading, content, or some of them. */
void place_begin_section(struct walk *walk, struct place *place);
bool place_is_named(const struct walk *walk, const struct place *place,
		    const char *name);

/* leaf.c: text that is read, into the open block or a new one. */
void place_put(struct walk *walk, const struct tape_node *node);

/* A paragraph ends: a line does where paragraphs are joined. */
void place_break(struct walk *walk);

/* The label of the top as a block of its own, if it is due. */
void place_put_label(struct walk *walk);

/* The table and row of the top in the host, and a cell in them. */
void place_open_cell(struct walk *walk);

/* A mark of this kind begins with the text of the top. */
void place_begin_mark(struct walk *walk, enum docket_mark_kind kind);

/* All footnotes that are due. */
void place_put_notes(struct walk *walk);

/* part.c: the part that the node begins; false: it begins none. */
bool part_open_annex(struct walk *walk, size_t node);
void part_enter(struct walk *walk, enum place_stage stage);
void part_leave(struct walk *walk);

#endif
