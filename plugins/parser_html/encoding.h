/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encoding.h - the bytes of a page to UTF-8
 */
#ifndef PARSER_HTML_ENCODING_H
#define PARSER_HTML_ENCODING_H

#include <stdbool.h>
#include <stdint.h>

#include <docket/plugin.h>

#define ENCODING_NAME_LIMIT 64

/* A page that was decoded. A zeroed one is empty. */
struct encoding_text {
	struct docket_bytes utf8; /* nearly: what is broken is still there */
	char *owned;		  /* what utf8 lends from, or NULL: the input */
	char name[ENCODING_NAME_LIMIT];	    /* IANA's */
	char declared[ENCODING_NAME_LIMIT]; /* what the page says; may be "" */
	size_t replaced; /* places that have no meaning in it */
	bool is_guess;
	bool is_contradicted; /* the page says what is not so */
};

/*
 * A byte order mark decides; else valid UTF-8 is that; else what the page says
 * of itself; else statistics. false: nobody can tell. The caller's until
 * encoding_fini().
 */
bool encoding_decode(struct docket_bytes bytes, struct encoding_text *out_text);
void encoding_fini(struct encoding_text *text);

#endif
