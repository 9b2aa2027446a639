/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word_styles.h - what the styles of a Word document say of its paragraphs
 */
#ifndef PARSER_OFFICE_WORD_STYLES_H
#define PARSER_OFFICE_WORD_STYLES_H

#include "names.h"
#include "refusal.h"

#define WORD_LEVELS 9
#define WORD_UNSET (-1)

/* What a style says, with all that it is based on. */
struct word_style {
	int32_t outline;   /* 0 is the outermost, 9 is no heading */
	int32_t numbering; /* w:numId */
	int32_t level;	   /* w:ilvl */
	int8_t is_hidden;  /* w:vanish */
	int8_t is_contents;
	int8_t is_title;
	int32_t based_on; /* a place, or WORD_UNSET */
	bool is_settled;  /* what it is based on is in it */
};

struct word_styles {
	struct word_style *items;
	size_t count;
	size_t capacity;
	struct names ids;
	struct names parents; /* while reading: the ids they are based on */
	uint32_t normal;      /* of paragraphs that name none; NAMES_NONE */
	bool is_inside;	      /* a style, while reading */
};

/* Read styles.xml; without one, no style is known. False: refused. */
bool word_styles_read(struct word_styles *styles, struct docket_bytes part,
		      struct refusal *refusal);
void word_styles_fini(struct word_styles *styles);

/* The style of an id; all is unset where it is not known. */
struct word_style word_styles_find(struct word_styles *styles,
				   struct docket_bytes id);
/* A style that says nothing. */
struct word_style word_styles_unset(void);
/* What a style does not say, its parent says. */
void word_styles_inherit(struct word_style *style,
			 const struct word_style *parent);
/* Of paragraphs that name none. */
struct word_style word_styles_normal(const struct word_styles *styles);

#endif
