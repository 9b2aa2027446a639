/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heading_names.h - what programs call the styles of headings
 */
#ifndef PARSER_OFFICE_HEADING_NAMES_H
#define PARSER_OFFICE_HEADING_NAMES_H

#include "text.h"

/*
 * The level of a heading by the name of its style, 1 the outermost; 0 where
 * the name is no heading's.
 */
unsigned heading_names_level(struct docket_bytes name);

#endif
