/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flow.h - paragraphs, tables and notes in their order, into the record
 *
 * One paragraph after the other is handed over, as both formats have them; the
 * flow makes lists of items that follow each other, holds back footnotes until
 * the block that cites them is complete, and puts the only paragraph of a cell
 * into the cell itself. A flow that captures makes lines of text of all of it,
 * for headers, footers and notes.
 */
#ifndef PARSER_OFFICE_FLOW_H
#define PARSER_OFFICE_FLOW_H

#include <docket/parser.h>

#include "paragraph.h"

/*
 * A table, row or cell that was begun. Its block is opened with the first
 * text in it: those without any, at the end of a row or as a whole, are left
 * out.
 */
struct flow_level {
	enum docket_block_kind kind;
	bool is_open;
	uint32_t empty;	       /* of a row: cells since the last with text */
	struct paragraph held; /* of a cell: the first one, until a second */
	bool has_held;
	bool is_divided; /* into blocks */
};

struct flow_note {
	struct text number;
	struct text body;
	bool has_mark; /* its mark is in its body */
};

struct flow {
	struct docket_job *job;	   /* where it goes, or NULL: */
	struct text *captured;	   /* where its lines go */
	struct flow_level *levels; /* one within another */
	size_t level_count;
	size_t level_capacity;
	bool has_list; /* open */
	uint32_t list_level;
	struct flow_note *notes; /* that wait */
	size_t note_count;
	size_t ready_notes; /* whose blocks are put */
	size_t note_capacity;
	uint32_t page;
};

/* Put what the paragraph holds and clear it. Empty ones leave no trace. */
void flow_put(struct flow *flow, struct paragraph *paragraph);

/* kind is table, row or cell; what is opened is closed. */
void flow_open(struct flow *flow, enum docket_block_kind kind);
/* For a cell, spanned is how many columns it takes beyond its first. */
void flow_close(struct flow *flow, uint32_t spanned);

/*
 * A footnote that was cited just now: put behind the block that does. Takes
 * its body, which is empty afterwards; has_mark tells whether that begins with
 * the number.
 */
void flow_put_note(struct flow *flow, struct docket_bytes number,
		   struct text *body, bool has_mark);

/* End lists and put notes that wait. */
void flow_settle(struct flow *flow);
void flow_fini(struct flow *flow);

#endif
