/* SPDX-License-Identifier: Apache-2.0 */
/*
 * paragraph.h - a paragraph while it is read
 */
#ifndef PARSER_OFFICE_PARAGRAPH_H
#define PARSER_OFFICE_PARAGRAPH_H

#include <docket/record.h>

#include "text.h"

struct paragraph_mark {
	uint32_t start; /* bytes into the paragraph's text */
	uint32_t end;
	enum docket_mark_kind kind; /* DOCKET_MARK_NOTE or _LINK */
	size_t string;		    /* in strings: its value or its address */
	size_t string_size;
};

/* What an office program prints before a paragraph. */
struct paragraph_label {
	struct text text; /* "(a)", or a bullet */
	size_t number;	  /* of text, what counts: "a" */
	size_t number_size;
	bool is_joined; /* no space follows it */
};

/* A zeroed one is an empty paragraph. */
struct paragraph {
	struct text text;
	struct paragraph_label label;
	enum docket_block_kind kind;
	uint32_t level; /* headings and items: 1 is the outermost */
	uint32_t page;	/* on which it begins; 0 unknown */
	struct paragraph_mark *marks;
	size_t mark_count;
	size_t mark_capacity;
	struct text strings;
};

/* Append text. White space becomes single spaces, soft hyphens go. */
void paragraph_put(struct paragraph *paragraph, struct docket_bytes text);
/* End a line in it. */
void paragraph_put_break(struct paragraph *paragraph);
/* Mark the text from start to its end, if there is any. */
void paragraph_mark(struct paragraph *paragraph, enum docket_mark_kind kind,
		    size_t start, struct docket_bytes string);
/* Append a note's mark, [1]: in brackets it is not taken for a letter. */
void paragraph_put_note(struct paragraph *paragraph,
			struct docket_bytes number);

/* Append its text to another one, on one line and without marks of notes. */
void paragraph_copy_text(const struct paragraph *paragraph, struct text *out);

/* Empty it, and keep its memory for the next one. */
void paragraph_clear(struct paragraph *paragraph);
void paragraph_fini(struct paragraph *paragraph);

static inline bool
paragraph_is_empty(const struct paragraph *paragraph)
{
	return !paragraph->text.size && !paragraph->label.text.size;
}

#endif
