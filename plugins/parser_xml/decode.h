/* SPDX-License-Identifier: Apache-2.0 */
/*
 * decode.h - the bytes of an XML document to UTF-8
 */
#ifndef PARSER_XML_DECODE_H
#define PARSER_XML_DECODE_H

#include <stdbool.h>

#include <docket/plugin.h>

#define DECODE_NAME_LIMIT 64

/* A zeroed one is empty. */
struct decoded {
	struct docket_bytes utf8; /* what is broken is U+FFFD, if owned */
	char *owned;		  /* what utf8 lends from, or NULL: the input */
	char name[DECODE_NAME_LIMIT]; /* IANA's */
};

/*
 * As its byte order mark or its declaration has it; without either it is UTF-8.
 * False: it names an encoding that is not known, which is in out_decoded->name.
 * The caller's until decode_fini().
 */
bool decode(struct docket_bytes bytes, struct decoded *out_decoded);
void decode_fini(struct decoded *decoded);

#endif
