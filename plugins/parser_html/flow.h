/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flow.h - text that runs, into blocks of the record
 *
 * One block at a time is open. Its text is gathered and handed to the host
 * when it closes, so that white space can be judged from both sides.
 */
#ifndef PARSER_HTML_FLOW_H
#define PARSER_HTML_FLOW_H

#include <stdbool.h>

#include <docket/parser.h>

#define FLOW_NUMBER_LIMIT 32 /* bytes of a block's number; the rest is cut */

/* What the end of a paragraph does to the open block. */
enum flow_breaks {
	FLOW_BREAK_CLOSES = 0,
	FLOW_BREAK_IS_LINE,  /* items, cells: their next paragraph is a line */
	FLOW_BREAK_IS_SPACE, /* headings are one line */
};

struct flow_mark {
	uint32_t start; /* in the block's text */
	uint32_t end;
	enum docket_mark_kind kind;
	struct docket_bytes value;
	struct docket_bytes uri; /* as in the source: references not read */
};

/* A zeroed one with `job` set is ready. */
struct flow {
	struct docket_job *job;
	char *text;
	size_t size;
	size_t capacity;
	struct docket_block block;
	char number[FLOW_NUMBER_LIMIT];
	char language[FLOW_NUMBER_LIMIT];
	enum flow_breaks breaks;
	bool is_open;
	bool has_text;	     /* any that was put */
	bool has_space;	     /* to be put before the next character */
	bool has_feed;	     /* and it was a line feed */
	bool is_behind_note; /* a word would run into the mark of one */
	unsigned lines;	     /* line breaks to be put instead */

	struct flow_mark *marks;
	size_t mark_count;
	size_t mark_capacity;
	struct flow_mark mark; /* the open one */
	bool is_marking;
	bool has_begun; /* the open mark has text in this block */
};

void flow_fini(struct flow *flow);

/* Is there nothing in it that would begin a block? */
bool flow_is_blank(struct docket_bytes text);

/* Open a block. Its number and language are copied. */
void flow_open(struct flow *flow, const struct docket_block *block,
	       enum flow_breaks breaks);

/*
 * Text as it stands in a page, into the open block. is_exact: '&' is nothing
 * but that; is_preserved: white space stays.
 */
void flow_put(struct flow *flow, struct docket_bytes text, bool is_exact,
	      bool is_preserved);

/* <br>: two in a row end a paragraph. */
void flow_break_line(struct flow *flow);

/* A paragraph ends, if one is open. */
void flow_break(struct flow *flow);

/* The open block ends. A cell is put even if it is empty. */
void flow_close(struct flow *flow);

/* What follows, into further blocks if need be, is marked. */
void flow_begin_mark(struct flow *flow, enum docket_mark_kind kind,
		     struct docket_bytes value, struct docket_bytes uri);
void flow_end_mark(struct flow *flow);

#endif
