/* SPDX-License-Identifier: Apache-2.0 */
/*
 * header.h - the values of a mail's headers as text
 *
 * Headers are looked up by name, the first of a name counts. Encoded words are
 * decoded, folded lines joined; bytes that are not UTF-8 are taken for
 * `charset`, and where that is empty for what statistics say.
 */
#ifndef PARSER_MAIL_HEADER_H
#define PARSER_MAIL_HEADER_H

#include <stdbool.h>

#include <gmime/gmime.h>

/* More of a header is not read. */
#define HEADER_LIMIT (64u << 10)
/* More addresses or identifiers of a header are not taken. */
#define HEADER_VALUES_LIMIT 1000

struct headers {
	GMimeHeaderList *list; /* lent */
	const char *charset;   /* lent; "" where nobody says */
	bool was_cut;	       /* a header was longer, or had more values */
};

/* To be g_free()d; NULL where there is no such header, or nothing in it. */
char *header_text(struct headers *headers, const char *name);

/* "Name <address>" each; of strings that go with the array. Never NULL. */
GPtrArray *header_addresses(struct headers *headers, const char *name);

/* Message-IDs without their brackets. */
GPtrArray *header_identifiers(struct headers *headers, const char *name);

/*
 * ISO 8601, to the second and with the sender's zone. NULL: there is none, or
 * it cannot be read.
 */
char *header_date(struct headers *headers, const char *name);

#endif
