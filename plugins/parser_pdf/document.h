/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document.h - the lines of all pages, in the order in which they are read
 *
 * What the steps between the page and the record hand on to each other. A flow
 * is a column, or a page that has none: its lines stand one below the other.
 */
#ifndef PARSER_PDF_DOCUMENT_H
#define PARSER_PDF_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum line_flag {
	LINE_BOLD = 1, /* these two: all of it */
	LINE_ITALIC = 2,
	LINE_CAPS = 4, /* letters that have cases are capitals */
	LINE_RTL = 8,
	LINE_TABULAR = 16,  /* its parts stand far apart */
	LINE_ARTIFACT = 32, /* the producer says: not part of the text */
	LINE_OPENS_NOTE = 64,
	LINE_IN_COLUMN = 128, /* there are others beside its flow */
};

enum line_kind {
	LINE_BODY,
	LINE_RUNNING, /* a running head, a page number */
	LINE_NOTE,    /* of a footnote */
	LINE_CELL,    /* of a table: see cell */
	LINE_LOST,    /* its letters are not what they say */
};

struct line {
	uint32_t text, size; /* bytes, in document->text */
	uint32_t page;	     /* from 1 */
	uint32_t flow;	     /* counted through the document */
	float x0, x1, y;
	float font;  /* its size */
	float word;  /* the width of its first word */
	float inner; /* from its start to its second word, if that is apart */
	uint32_t first, last; /* code points */
	uint32_t glyphs;
	uint32_t cell; /* index into document->cells */
	enum line_kind kind;
	uint8_t flags;
	uint8_t label;	 /* bytes of "1." or "(a)" at its start; 0: none */
	bool is_guessed; /* fonts do not say what some of its glyphs are */
};

/* A cell of a table, by rows. */
struct cell {
	uint32_t table, row, column;
};

/* A small raised number or sign: bytes of document->text. */
struct raised {
	uint32_t start, end;
};

struct sheet {
	float width, height;
	uint32_t line, count; /* its lines */
	float note_rule;      /* y of the rule above its notes; 0: none */
	bool is_unreadable;
};

struct document {
	char *text;
	size_t text_size, text_capacity;
	struct line *lines;
	size_t count, capacity;
	struct cell *cells;
	size_t cells_count, cells_capacity;
	struct raised *raised;
	size_t raised_count, raised_capacity;
	struct sheet *sheets;
	size_t sheets_count, sheets_capacity;
	uint32_t flows, tables;
	/* Measured over all lines: */
	float body;	    /* the font's size that most letters have */
	uint8_t body_style; /* LINE_BOLD, if most letters are */
	float leading;	    /* from line to line, in parts of that size */
	bool is_from_left;  /* its lines that run leftwards begin in one line
			       at their end: they are set flush left */
};

void document_fini(struct document *document);

/* Grow by one zeroed item. Borrowed until the next one. */
struct line *document_add_line(struct document *document);
struct sheet *document_add_sheet(struct document *document);
uint32_t document_add_cell(struct document *document, struct cell cell);
void document_add_text(struct document *document, const char *text,
		       size_t size);
void document_add_raised(struct document *document, uint32_t start,
			 uint32_t end);

/* Where a line begins and ends, seen from where it is read. */
float line_start(const struct document *document, const struct line *line);
float line_end(const struct document *document, const struct line *line);

#endif
