/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scans.h - pages that are read by looking at them
 *
 * Scans have no letters, and some fonts lie about theirs. Where tesseract is
 * not there when docket is built, scans_none.c stands in for scans.c, and no
 * page is read so.
 */
#ifndef PARSER_PDF_SCANS_H
#define PARSER_PDF_SCANS_H

#include <docket/parser.h>

#include "document.h"
#include "library.h"

struct scan;

struct scans_options {
	const char *languages; /* "": the usual ones */
	uint32_t limit;	       /* pages that are looked at */
};

/* Zeroed to begin with. */
struct scans {
	struct scan *items; /* in the order of their pages */
	size_t count, capacity;
	size_t put;	  /* the first so many of them are in the record */
	uint32_t liars;	  /* of them, pages whose fonts lie */
	uint32_t hard;	  /* of them, hard to read */
	uint32_t noise;	  /* pages on which nothing was seen that is text */
	uint32_t beyond;  /* pages that should have been looked at */
	size_t letters;	  /* bytes */
	double certainty; /* percent, times letters */
};

/*
 * Look at the pages of the document that have no text that can be read, and
 * keep what stands there. Lines of pages that were read so become LINE_LOST.
 */
void scans_read(struct scans *scans, struct docket_job *job,
		struct library_document *source, struct document *document,
		const struct scans_options *options);

/* The number of the page that comes next into the record; 0: there is none. */
uint32_t scans_next_page(const struct scans *scans);
/* Put it there. */
void scans_put(struct scans *scans, struct docket_job *job);
void scans_fini(struct scans *scans);

#endif
