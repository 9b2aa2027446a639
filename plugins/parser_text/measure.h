/* SPDX-License-Identifier: Apache-2.0 */
/*
 * measure.h - what can be seen of a line
 */
#ifndef PARSER_TEXT_MEASURE_H
#define PARSER_TEXT_MEASURE_H

#include "lines.h"

/* Fill in a line of that text, of which start and indent are known. */
void measure_line(struct docket_bytes text, struct line *line);

#endif
