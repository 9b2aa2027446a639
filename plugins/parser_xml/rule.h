/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rule.h - what the elements of Akoma Ntoso are to a record
 */
#ifndef PARSER_XML_RULE_H
#define PARSER_XML_RULE_H

#include <stdbool.h>

#include <docket/parser.h>

enum rule_kind {
	RULE_OTHER = 0, /* a block if it holds text and stands in none */
	RULE_INLINE,	/* within a block, whatever it holds */
	RULE_SKIP,	/* not read as text */
	RULE_DOCUMENT,	/* doc, statement ...: with a name and meta */
	RULE_COVER,
	RULE_BODY,
	RULE_PREAMBLE,
	RULE_ANNEX,
	RULE_CONTAINER, /* its name says what is in it */
	RULE_SECTION,	/* has num, heading, and content or further ones */
	RULE_NUM,
	RULE_HEADING,
	RULE_BLOCK,
	RULE_FORMULA, /* a block in a preamble that is not one of its own */
	RULE_LIST,
	RULE_ITEM,
	RULE_TABLE,
	RULE_ROW,
	RULE_CELL,
	RULE_NOTE,  /* stands in the text, is read at its end */
	RULE_BREAK, /* of a line */
};

#define RULE_NO_MARK DOCKET_MARK_KIND_COUNT

struct rule {
	const char *name;
	enum rule_kind kind;
	enum docket_mark_kind mark; /* what its text is; or NO_MARK */
};

/* For an element of Akoma Ntoso, or of any other document. Never NULL. */
const struct rule *rule_find(const char *name, bool is_akoma);

/* "1." "(a)" "Article 7": the number in it. */
struct docket_bytes rule_number(struct docket_bytes label);

#endif
