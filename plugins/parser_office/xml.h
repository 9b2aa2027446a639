/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xml.h - a part in XML, as calls for the elements that a grammar names
 *
 * A grammar is a table: the elements that mean something, and what is to be
 * done at their start and at their end. Others are passed through: what is in
 * them is looked at. Characters come to one function for all.
 */
#ifndef PARSER_OFFICE_XML_H
#define PARSER_OFFICE_XML_H

#include <docket/plugin.h>

#include <stdbool.h>

#include "refusal.h"
#include "text.h"

/* The namespaces that are known, each under all its addresses. */
enum xml_space {
	SPACE_NONE = 0, /* no namespace */
	SPACE_OTHER,
	SPACE_W, /* WordprocessingML */
	SPACE_R, /* relationships of a part, as attributes */
	SPACE_RELATIONS,
	SPACE_MC, /* markup compatibility */
	SPACE_M,  /* mathematics */
	SPACE_CORE,
	SPACE_APP,
	SPACE_DC,
	SPACE_TERMS, /* dcterms */
	SPACE_OFFICE,
	SPACE_TEXT,
	SPACE_STYLE,
	SPACE_TABLE,
	SPACE_DRAW,
	SPACE_FO,
	SPACE_XLINK,
	SPACE_META,
	SPACE_SVG,
	SPACE_XML,
	SPACE_EXT, /* LibreOffice's own */
	SPACE_MANIFEST,
};

/* An element that starts. Valid during the call. */
struct xml_element;

struct xml_rule {
	enum xml_space space;
	const char *name;
	void (*start)(void *reader, const struct xml_element *element);
	void (*end)(void *reader);
	bool is_skipped; /* with all that is in it; neither is called */
};

struct xml_table {
	const struct xml_rule *rules;
	size_t count;
};

#define XML_TABLES 4

/* Tables are looked into in their order. */
struct xml_grammar {
	struct xml_table tables[XML_TABLES];
	void (*text)(void *reader, struct docket_bytes text); /* or NULL */
};

/* Read a part called name. False: refused, and some calls may have been made. */
bool xml_read(struct docket_bytes part, const char *name,
	      const struct xml_grammar *grammar, void *reader,
	      struct refusal *refusal);

/* Step over what is in this element; its end is called all the same. */
void xml_skip(const struct xml_element *element);

/* The rule that it was called by. */
const struct xml_rule *xml_rule_of(const struct xml_element *element);

/* The value of an attribute; data is NULL where there is none. Lent. */
struct docket_bytes xml_get(const struct xml_element *element,
			    enum xml_space space, const char *name);

/*
 * Append an attribute's value as it was meant: libxml2 leaves one character
 * in it escaped, the ampersand.
 */
void xml_put_value(struct text *text, struct docket_bytes value);

/* What OOXML says of a switch: on, unless its value is one of the noes. */
bool xml_is_on(const struct xml_element *element, enum xml_space space);

/* Is the attribute there and this? */
bool xml_is(const struct xml_element *element, enum xml_space space,
	    const char *name, const char *value);

#endif
