/* SPDX-License-Identifier: Apache-2.0 */
/*
 * labels.h - the "1.", "(a)" or bullet that a paragraph begins with
 */
#ifndef PARSER_PDF_LABELS_H
#define PARSER_PDF_LABELS_H

#include "document.h"

struct label {
	uint32_t size;	 /* bytes, with its punctuation; 0: there is none */
	uint32_t number; /* where its number begins, and how long it is: "a" */
	uint32_t number_size; /* 0 if it is a bullet */
};

struct label label_read(const char *text, size_t size);

/* Set label of every line. */
void labels_mark(struct document *document);

/* The mark that a footnote begins with: its bytes; 0 if there is none. */
uint32_t label_read_note(const char *text, size_t size);

#endif
