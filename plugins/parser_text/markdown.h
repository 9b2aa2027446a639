/* SPDX-License-Identifier: Apache-2.0 */
/*
 * markdown.h - the little of Markdown that shows in a document's structure
 */
#ifndef PARSER_TEXT_MARKDOWN_H
#define PARSER_TEXT_MARKDOWN_H

#include "paragraphs.h"

/* The text without its backslashes before signs; to be freed. */
char *markdown_unescape(struct docket_bytes text, size_t *out_size);

/* Front matter is no text: LINE_FURNITURE. */
void markdown_mark(struct lines *lines);

/*
 * The title that front matter gives, from where it begins to where its last
 * line ends, quotation marks around it left out; nothing: it gives none.
 */
struct docket_bytes markdown_find_title(const struct lines *lines);

/* As join_judge_lines(), by Markdown's rules instead of the layout's. */
void markdown_judge_lines(const struct lines *lines, uint8_t *out_joins);

/* Headings, and the bullets that are mark-up. After lists_find(). */
void markdown_find_headings(struct paragraphs *paragraphs);

#endif
