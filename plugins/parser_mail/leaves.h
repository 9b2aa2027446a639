/* SPDX-License-Identifier: Apache-2.0 */
/*
 * leaves.h - what a mail is made of, and what becomes of each piece
 */
#ifndef PARSER_MAIL_LEAVES_H
#define PARSER_MAIL_LEAVES_H

#include <stdbool.h>

#include <gmime/gmime.h>

#define LEAVES_LIMIT 1000
#define LEAVES_DEPTH_LIMIT 32

enum leaf_kind {
	LEAF_PLAIN,    /* text of the mail itself */
	LEAF_HTML,     /* the same as HTML */
	LEAF_PROLOGUE, /* what a multipart has instead of parts */
	LEAF_FILE,     /* an attachment */
	LEAF_MESSAGE,  /* a mail in this one */
};

struct leaf {
	enum leaf_kind kind;
	GMimeObject *object; /* lent by the message */
};

struct leaves {
	struct leaf items[LEAVES_LIMIT];
	unsigned count;
	unsigned icons;	    /* small pictures that belong to the text */
	unsigned encrypted; /* parts that nobody here can read */
	bool is_signed;
	bool is_sealed; /* signed so that its text is inside the signature */
	bool is_cut;	/* the last part has no end */
	bool has_too_many;
	bool is_too_deep;
};

/* Of alternatives one is the text; files are kept wherever they are. */
void leaves_collect(GMimeMessage *message, struct leaves *out_leaves);

/* The bytes of a part, decoded. To be g_byte_array_unref()ed; never NULL. */
GByteArray *leaf_decode(GMimeObject *object);

/* A stream that writes into bytes, which stay the caller's. */
GMimeStream *leaf_open_memory(GByteArray *bytes);

#endif
