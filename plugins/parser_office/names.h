/* SPDX-License-Identifier: Apache-2.0 */
/*
 * names.h - what a format calls things, and their places in arrays
 */
#ifndef PARSER_OFFICE_NAMES_H
#define PARSER_OFFICE_NAMES_H

#include "text.h"

struct name {
	size_t at; /* in the strings */
	size_t size;
	uint32_t value;
};

/* A zeroed one knows none. */
struct names {
	struct name *items;
	size_t count;
	size_t capacity;
	struct text strings;
	bool is_sorted;
};

#define NAMES_NONE UINT32_MAX

/* name stands for value; the first of equal ones counts. */
void names_put(struct names *names, struct docket_bytes name, uint32_t value);
/* NAMES_NONE: it is not known. */
uint32_t names_find(struct names *names, struct docket_bytes name);
void names_fini(struct names *names);

#endif
