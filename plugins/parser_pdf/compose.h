/* SPDX-License-Identifier: Apache-2.0 */
/*
 * compose.h - a paragraph's lines into one text
 */
#ifndef PARSER_PDF_COMPOSE_H
#define PARSER_PDF_COMPOSE_H

#include "paragraphs.h"

/* A raised sign: bytes of the text, and its number in plain digits. */
struct composed_mark {
	uint32_t start, end;
	char number[16];
};

struct composed {
	char *text;
	size_t size, capacity;
	struct composed_mark *marks;
	size_t marks_count, marks_capacity;
};

/* Replaces what was in there; skipped bytes of its first line are left out. */
void compose(const struct paragraphs *paragraphs,
	     const struct paragraph *paragraph, uint32_t skipped,
	     struct composed *composed);
void composed_fini(struct composed *composed);

/* Raised digits as plain ones, without punctuation. Ends with a zero. */
void compose_number(const char *text, size_t size, char out[16]);

#endif
