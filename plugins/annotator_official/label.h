/* SPDX-License-Identifier: Apache-2.0 */
/*
 * label.h - what things are numbered with: 7, 3.1, iv, B, 十二
 *
 * Labels are read from folded text, in which all digits are Western and all
 * letters small.
 */
#ifndef ANNOTATOR_OFFICIAL_LABEL_H
#define ANNOTATOR_OFFICIAL_LABEL_H

#include <stdbool.h>

#include <docket/plugin.h>

enum label_style {
	LABEL_NONE = 0,
	LABEL_DIGITS, /* 7 */
	LABEL_DOTTED, /* 3.1 */
	LABEL_ROMAN,  /* iv; also i, v, x, which may be letters */
	LABEL_LETTER,
	LABEL_HAN,
	LABEL_WORD, /* a word of the language: "first" */
};

struct label {
	enum label_style style;
	unsigned value; /* of the last number; a letter's place; 0 unknown */
	size_t end;	/* behind it */
};

/* The label at `at`, up to where it is no longer one; LABEL_NONE: none. */
struct label label_read(struct docket_bytes folded, size_t at);

/* The number at `at` in digits or ideographs, below 10,000; false: none. */
bool label_read_number(struct docket_bytes folded, size_t *at,
		       unsigned *out_value);

#endif
