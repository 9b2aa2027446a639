/* SPDX-License-Identifier: Apache-2.0 */
/*
 * entity.h - characters written as &amp; &#38; &#x26;
 */
#ifndef PARSER_HTML_ENTITY_H
#define PARSER_HTML_ENTITY_H

#include <stdbool.h>

#include <docket/plugin.h>

struct entity_name {
	const char *name; /* without & and ; */
	char text[8];	  /* one or two characters */
	bool is_legacy;	  /* known without ; as well */
};

/* Sorted by name. */
extern const struct entity_name entity_names[];
extern const size_t entity_name_count;

/*
 * What the reference at the beginning of `text`, which is a '&', stands for.
 * Returns how many bytes of `text` it takes; 0: it is none, the '&' is meant.
 * In an attribute "&copy=" is none. out_text gets at most 7 bytes and a NUL.
 */
size_t entity_read(struct docket_bytes text, bool is_attribute,
		   char out_text[8]);

#endif
