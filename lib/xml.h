/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xml.h - XML 1.0 written straight into a buffer, UTF-8, without white space
 *
 * Text may hold any bytes: what XML cannot carry becomes U+FFFD or a space.
 * Names are the caller's to get right, as is the order of begin and end.
 */
#ifndef LIB_XML_H
#define LIB_XML_H

#include "mem.h"

struct xml {
	struct buffer *out; /* borrowed */
	bool is_open;	    /* the last tag takes attributes */
};

/* Begins with the declaration. */
void xml_init(struct xml *xml, struct buffer *out);

/* Pair: an element. One with nothing in it is <name/>. */
void xml_begin(struct xml *xml, const char *name);
void xml_end(struct xml *xml, const char *name);

/* Of the element that was begun last, before anything in it. */
void xml_attribute(struct xml *xml, const char *name,
		   struct docket_bytes value);
/* The same of a string. */
void xml_set(struct xml *xml, const char *name, const char *value);

void xml_text(struct xml *xml, struct docket_bytes text);

#endif
