/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encoding.h - bytes of unknown encoding to UTF-8
 */
#ifndef PARSER_TEXT_ENCODING_H
#define PARSER_TEXT_ENCODING_H

#include <stdbool.h>

#include <docket/plugin.h>

#define ENCODING_NAME_LIMIT 64

/* Text that was decoded. A zeroed one is empty. */
struct encoding_text {
	struct docket_bytes utf8; /* valid; without byte order mark */
	char *owned;		  /* what utf8 lends from, or NULL: the input */
	char name[ENCODING_NAME_LIMIT]; /* IANA's */
	uint64_t replaced;		/* sequences that became U+FFFD */
	int confidence;			/* percent; 100 where it is certain */
};

/* Is there a converter of this name? */
bool encoding_exists(const char *name);

/*
 * Find out the encoding and decode: a byte order mark, else UTF-8 if it is
 * valid, else UTF-16 if zero bytes say so, else `fallback`, and if that is
 * empty what statistics say. true: text, the caller's until encoding_fini().
 * false: this is no text, or larger than offsets of a record reach.
 */
bool encoding_decode(struct docket_bytes bytes, const char *fallback,
		     struct encoding_text *out_text);
void encoding_fini(struct encoding_text *text);

#endif
