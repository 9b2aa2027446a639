/* SPDX-License-Identifier: Apache-2.0 */
/*
 * put.h - paragraphs into the record
 */
#ifndef PARSER_TEXT_PUT_H
#define PARSER_TEXT_PUT_H

#include <docket/parser.h>

#include "paragraphs.h"

/* Text that grows; a zeroed one is empty. */
struct put_text {
	char *data;
	size_t size;
	size_t capacity;
};

/* Append the text of a paragraph in one line. */
void put_paragraph_text(const struct paragraphs *paragraphs,
			const struct paragraph *paragraph,
			struct put_text *out);

/* Put them all, as blocks. */
void put_paragraphs(struct docket_job *job,
		    const struct paragraphs *paragraphs);

#endif
