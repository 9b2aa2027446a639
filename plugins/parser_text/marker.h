/* SPDX-License-Identifier: Apache-2.0 */
/*
 * marker.h - what a line of text begins with: "1.", "(a)", "II.", a bullet
 */
#ifndef PARSER_TEXT_MARKER_H
#define PARSER_TEXT_MARKER_H

#include <docket/plugin.h>

enum marker_kind {
	MARKER_NONE = 0,
	MARKER_NUMBER,	/* 1.  12 -  ٣ -     a paragraph of a document */
	MARKER_ITEM,	/* (a)  b)  (iv)  1)  an item of a list */
	MARKER_BULLET,	/* •  -  –            the same, without a number */
	MARKER_OUTLINE, /* 3.2.  IV.  B.  二、   a heading, mostly */
	MARKER_NOTE,	/* 4/                 a footnote */
};

/* How the label of an item is written: items of one list agree in it. */
enum marker_style {
	MARKER_DIGIT = 0,
	MARKER_ROMAN, /* could also be a letter: i, v, x, c, d, l, m */
	MARKER_LETTER,
	MARKER_HAN,
	MARKER_OTHER, /* a bullet: the sign itself */
};

/* A zeroed one is none. Offsets are bytes from the start of the line. */
struct marker {
	uint16_t value;	    /* of digits, else 0 */
	uint8_t kind;	    /* enum marker_kind */
	uint8_t style;	    /* enum marker_style */
	uint8_t label;	    /* where the label begins, without punctuation */
	uint8_t label_size; /* bytes */
	uint8_t size;	    /* up to the text, white space included */
	uint8_t columns;    /* the same in columns */
	uint8_t closer;	    /* ')' or '.', how the label ends; 0 other */
};

/* The line is without white space around it. */
struct marker marker_read(struct docket_bytes line);

#endif
