/* SPDX-License-Identifier: Apache-2.0 */
/*
 * measure.h - how the document is set: its usual size, style and leading
 */
#ifndef PARSER_PDF_MEASURE_H
#define PARSER_PDF_MEASURE_H

#include "document.h"

/* Sets body, body_style and leading. */
void measure_document(struct document *document);

/* Where the lines of each flow begin and end, seen from where they are read. */
struct extent {
	float start, end;
};

/* One for each flow; the caller's, by free(). Of body lines only. */
struct extent *measure_flows(const struct document *document);

#endif
