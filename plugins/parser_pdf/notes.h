/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notes.h - the footnotes at the foot of pages and columns
 */
#ifndef PARSER_PDF_NOTES_H
#define PARSER_PDF_NOTES_H

#include "document.h"
#include "page.h"

/* The lowest short rule of a page that notes may stand below; 0: none. */
float notes_find_rule(const struct page *page);

/* Make them LINE_NOTE, and flag the lines that begin with a mark. */
void notes_mark(struct document *document);

#endif
