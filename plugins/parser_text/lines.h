/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lines.h - text as lines that were measured
 */
#ifndef PARSER_TEXT_LINES_H
#define PARSER_TEXT_LINES_H

#include <stdbool.h>

#include "glyph.h"
#include "marker.h"

/* More lines than any document has. */
#define LINES_LIMIT (2u << 20)

/* How a line ends, past closing quotes, brackets and marks of footnotes. */
enum closing {
	CLOSING_OPEN = 0, /* a letter, a digit: it goes on, or is no sentence */
	CLOSING_COMMA,
	CLOSING_PAUSE,	  /* ; : */
	CLOSING_SENTENCE, /* . ! ? and their like */
	CLOSING_HYPHEN,	  /* -, / and their like, right behind a character */
	CLOSING_SOFT,	  /* a soft hyphen */
};

enum {
	LINE_NEW_PAGE = 1,   /* a form feed stands before it */
	LINE_BARE = 2,	     /* no letter and no digit in it: a rule */
	LINE_CAPITALS = 4,   /* capitals, and no small letter */
	LINE_SHORT_TAIL = 8, /* its last word is short, and in small letters
				where others are */
	LINE_FURNITURE = 16, /* a running head or foot */
	LINE_CELL = 32,	     /* stands beside others: never joined */
	LINE_NOTE = 64,	     /* of a footnote */
	LINE_WORDLESS = 128, /* two letters at most: a page or job number */
	LINE_TIDY = 256,     /* nothing in it but words and single spaces */
};

/* A line that is not empty. Columns are counted up to 65,535. */
struct line {
	uint32_t start; /* bytes; without the white space around it */
	uint32_t end;
	uint32_t right;	       /* where text begins again behind a wide gap */
	uint16_t right_column; /* of the first; 0: there is none */
	uint16_t gaps;	       /* how many, leading dots included */
	uint16_t blanks;       /* empty lines before it */
	uint16_t page;	       /* 0 is the first */
	uint16_t indent;
	uint16_t width; /* indent included */
	uint16_t
		first_word; /* columns of what could stand on the line before */
	uint8_t opening;    /* enum glyph: its first letter, digit or sign */
	uint8_t closing;    /* enum closing */
	uint16_t flags;
	struct marker marker;
};

struct lines {
	struct docket_bytes text; /* lent: UTF-8 */
	struct line *items;
	size_t count;
	size_t capacity;
	bool has_pages; /* page numbers mean something */
};

/* false: too many. Otherwise the caller's until lines_fini(). */
bool lines_split(struct docket_bytes text, struct lines *out_lines);
void lines_fini(struct lines *lines);

/* One more line with that text, the rest zero but for what is measured. */
struct line *lines_add(struct lines *lines, size_t start, size_t end,
		       unsigned column);

static inline struct docket_bytes
line_text(const struct lines *lines, const struct line *line)
{
	return (struct docket_bytes){ lines->text.data + line->start,
				      line->end - line->start };
}

#endif
