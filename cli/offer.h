/* SPDX-License-Identifier: Apache-2.0 */
/*
 * offer.h - the plugins that come with docket where their libraries are there
 *
 * What DATA/plugins.tsv says of them, so that nobody has to load a plugin, or
 * have it at all, to know what it would read.
 */
#ifndef CLI_OFFER_H
#define CLI_OFFER_H

#include "mem.h"

/* A line of the file; everything lent from it. */
struct offer {
	const char *name;     /* parser_pdf: of its file, without the suffix */
	bool is_apart;	      /* DOCKET_NEED_PROCESS */
	const char *packages; /* of Debian, that its build needs */
	const char *types;    /* media types, with blanks between them */
	const char *summary;
};

struct offers {
	struct offer *rows;
	size_t count, capacity;
	char *text;
};

/* None where there is no such file; lines that are no offer are passed over. */
void offers_load(struct offers *offers, const char *data_folder);
void offers_fini(struct offers *offers);

/* NULL: it is no plugin of docket's, or one that needs no library. */
const struct offer *offers_find(const struct offers *offers,
				struct docket_bytes name);

#endif
