/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stack.h - the open elements of a page, for the files page_*.c alone
 */
#ifndef PARSER_HTML_STACK_H
#define PARSER_HTML_STACK_H

#include "flow.h"
#include "hints.h"
#include "notes.h"
#include "token.h"

/* Deeper elements are as if they were not there; no browser goes deeper. */
#define STACK_LIMIT 512
#define LANGUAGE_SIZE 4

/* An open element: what text in it is, from its parents and itself. */
struct element {
	uint8_t tag;
	uint8_t leaf;  /* enum docket_block_kind of its text */
	uint8_t level; /* of headings and items */
	uint8_t style; /* enum ordinal_style of its items */
	bool is_hidden;
	bool is_preserved;
	bool is_aside;
	bool is_article;
	bool is_in_cell;
	bool is_label;
	bool has_block; /* a list, table or row that the host has open */
	bool is_used;	/* an item or note whose own block was there */
	char language[LANGUAGE_SIZE];
	int value; /* of the next item; of this item */
	int step;
	/* Indexes in the stack; 0 is the page, and none. */
	uint32_t owner; /* whose block text is in: an item's, a cell's */
	uint32_t item;	/* the nearest list item */
	uint32_t list;	/* the outermost list */
	uint32_t table; /* the nearest table of data */
	struct docket_bytes number; /* of a footnote */
};

struct page {
	struct docket_job *job;
	const struct tokens *tokens;
	const struct notes *notes;
	size_t next_mark; /* in notes */
	size_t next_foot;

	struct flow flow;
	uint32_t leaf_owner; /* of the block that flow has open */
	bool has_loose_list; /* the host has one open, for items without one */
	bool has_note;	     /* the next block is a footnote */
	struct docket_bytes note_number;
	char label[ORDINAL_LIMIT]; /* of a word processor's list item */
	unsigned label_level;
	bool has_title;
	bool is_too_deep;
	size_t looked; /* tokens, ahead */

	size_t depth;		    /* elements[0] is the page itself */
	uint32_t open[TAG_COUNT];   /* how many of each are in the stack */
	uint32_t excess[TAG_COUNT]; /* and were too deep for it */
	/* What the stack was when an end tag found nothing to end in it. */
	size_t generation;
	size_t missed[TAG_COUNT];
	struct element elements[STACK_LIMIT];
};

static inline struct element *
stack_top(struct page *page)
{
	return &page->elements[page->depth - 1];
}

/* A child of the top with this tag, on top; NULL where that is too deep. */
struct element *stack_push(struct page *page, enum tag tag);

/* The top ends, and with it blocks that it began. */
void stack_pop(struct page *page);

/* Elements end down to the innermost with these traits, not beyond others. */
void stack_end(struct page *page, uint32_t traits, uint32_t within);

/* The end tag of an element. */
void stack_close(struct page *page, enum tag tag);

/* A paragraph ends: a line does, in cells and items. */
void stack_break(struct page *page);

/* The open block ends, unless it is a cell. */
void stack_part(struct page *page);

/* A list of items without one ends. */
void stack_end_loose_list(struct page *page);

/* list.c: what the new element, on top, is as a list or an item of one. */
void stack_begin_list(struct page *page, struct element *element, size_t index,
		      const struct hints *hints);
void stack_begin_item(struct page *page, struct element *element,
		      const struct hints *hints);

/*
 * Text that is shown: into the open block, or one that is opened for it.
 * is_exact: '&' is nothing but that.
 */
void stack_put(struct page *page, struct docket_bytes text, bool is_exact);

/* What browsers put around <q>. */
#define STACK_QUOTE_OPEN ((struct docket_bytes){ "\xe2\x80\x9c", 3 })
#define STACK_QUOTE_CLOSE ((struct docket_bytes){ "\xe2\x80\x9d", 3 })

/* The table, and the row if it is one, of the top in the host. */
void stack_open_table(struct page *page, uint32_t row);

#endif
