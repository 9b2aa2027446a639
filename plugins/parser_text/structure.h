/* SPDX-License-Identifier: Apache-2.0 */
/*
 * structure.h - the lines of a document into its blocks
 */
#ifndef PARSER_TEXT_STRUCTURE_H
#define PARSER_TEXT_STRUCTURE_H

#include "paragraphs.h"

/*
 * Put lines together by their layout, or by Markdown's rules; find pages,
 * notes, numbers and lists. Marks and reorders lines, which must outlive the
 * paragraphs; those are the caller's until paragraphs_fini().
 */
void structure_find(struct lines *lines, bool is_marked_down,
		    struct paragraphs *out_paragraphs);

#endif
