/* SPDX-License-Identifier: Apache-2.0 */
/*
 * odt_lists.h - the lists of an OpenDocument text, and how far they counted
 */
#ifndef PARSER_OFFICE_ODT_LISTS_H
#define PARSER_OFFICE_ODT_LISTS_H

#include "label.h"
#include "names.h"
#include "xml.h"

struct odt_list {
	struct label_level levels[LABEL_LEVELS];
	struct label_counts counts;
};

struct odt_lists {
	struct odt_list *items;
	size_t count;
	size_t capacity;
	struct names ids;
	uint32_t outline; /* the list of headings, or NAMES_NONE */
	bool is_inside;	  /* a list style, while reading */
};

/* A reader's rules: odt_lists_of(reader) finds the table. */
struct odt_lists *odt_lists_of(void *reader);
#define ODT_LIST_RULES 6
extern const struct xml_rule odt_list_rules[ODT_LIST_RULES];

void odt_lists_init(struct odt_lists *lists);
void odt_lists_fini(struct odt_lists *lists);

/* The list of that name, or NULL. Lent until another one is read. */
struct odt_list *odt_lists_find(struct odt_lists *lists,
				struct docket_bytes name);
struct odt_list *odt_lists_outline(struct odt_lists *lists);

#endif
