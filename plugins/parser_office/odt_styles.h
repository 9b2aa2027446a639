/* SPDX-License-Identifier: Apache-2.0 */
/*
 * odt_styles.h - what the styles of an OpenDocument text say
 */
#ifndef PARSER_OFFICE_ODT_STYLES_H
#define PARSER_OFFICE_ODT_STYLES_H

#include "names.h"
#include "xml.h"

/* What a style says itself; strings lie in its table. */
struct odt_style {
	struct name parent; /* size 0: none */
	struct name list;
	bool has_list;	  /* it names a list, or none ("") */
	int8_t is_hidden; /* -1: it does not say */
	int8_t turns_page;
	bool has_page; /* of its own kind */
};

/* Styles of one file. */
struct odt_styles {
	struct odt_style *items;
	size_t count;
	size_t capacity;
	struct names ids; /* "pName" of paragraphs, "tName" of text */
	struct text strings;
	bool is_inside; /* a style, while reading */
};

/* Of paragraphs and of text, with all that they are based on. */
struct odt_look {
	struct docket_bytes list; /* the list style that it names; lent */
	bool has_list;
	bool is_hidden;
	bool turns_page;
	bool is_title;
};

/* A reader's rules: odt_styles_of(reader) finds the table that is filled. */
struct odt_styles *odt_styles_of(void *reader);
#define ODT_STYLE_RULES 3
extern const struct xml_rule odt_style_rules[ODT_STYLE_RULES];

/* Look in own, then in common (which may be NULL). kind is 'p' or 't'. */
struct odt_look odt_styles_find(struct odt_styles *own,
				struct odt_styles *common, char kind,
				struct docket_bytes name);
void odt_styles_fini(struct odt_styles *styles);

#endif
