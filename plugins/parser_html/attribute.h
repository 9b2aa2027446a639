/* SPDX-License-Identifier: Apache-2.0 */
/*
 * attribute.h - the attributes of a tag, one after the other
 */
#ifndef PARSER_HTML_ATTRIBUTE_H
#define PARSER_HTML_ATTRIBUTE_H

#include <stdbool.h>

#include <docket/plugin.h>

/* As written: case as it is, references not yet read. */
struct attribute {
	struct docket_bytes name;
	struct docket_bytes value; /* empty if it has none */
};

/*
 * The attribute at *at of `tag`, what stands behind a tag's name; *at moves
 * behind it. False at the '>' that ends the tag, or at the end of the bytes
 * where it has none: *at is there.
 */
bool attribute_next(struct docket_bytes tag, size_t *at,
		    struct attribute *out_attribute);

/* The value of the first attribute of this name, in lower case; else empty. */
struct docket_bytes attribute_find(struct docket_bytes tag, const char *name);

/* The same word, whatever its case? */
bool attribute_is(struct docket_bytes value, const char *word);

/* Does this word, in lower case, stand anywhere in it? */
bool attribute_has(struct docket_bytes value, const char *word);

/*
 * The value with its references read and white space at both ends gone, in
 * `buffer`, cut to `size` at a character.
 */
struct docket_bytes attribute_decode(struct docket_bytes value, char *buffer,
				     size_t size);

/* A number such as "12" or "-3"; `fallback` where there is none. */
int attribute_number(struct docket_bytes value, int fallback);

#endif
