/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cover.h - what each unit before the text of a document is
 */
#ifndef ANNOTATOR_OFFICIAL_COVER_H
#define ANNOTATOR_OFFICIAL_COVER_H

#include "document.h"

#define COVER_LIMIT 160 /* units; no cover is longer */

enum cover {
	COVER_PLAIN = 0, /* a title, be it the document's or an agenda item's */
	COVER_SKIPPED,	 /* furniture, rules, marks of footnotes */
	COVER_MASTHEAD,	 /* organisation, symbol, distribution, date ... */
	COVER_ORGAN,
	COVER_SESSION,
	COVER_AGENDA,
	COVER_CLASS,	/* says what the document is */
	COVER_ADOPTION, /* says who adopted it, and when */
	COVER_BRACKET,	/* [on the report of ...] */
	COVER_SPONSOR,	/* says who proposes it */
	COVER_DATELINE, /* a place and a date */
	COVER_NOTE,	/* Addendum, Part two */
	COVER_TEXT,	/* here the text begins */
};

enum cover cover_classify(const struct document *document,
			  const struct unit *unit);

/* What the masthead's lines say goes into fields; to `end`, with its kinds. */
void cover_read_masthead(struct document *document, const uint8_t *kinds,
			 size_t end);

/* The first date of a place and date, before `end`; its year may be 0. */
struct date cover_read_dateline(const struct document *document,
				const uint8_t *kinds, size_t end);

/* Is it a line that ends in a date? It is in *out_date then. */
bool cover_is_dateline(const struct document *document, const struct unit *unit,
		       struct date *out_date);

/*
 * The day of a line that ends in one, and in no period: sessions last from one
 * day to another. Its year may be 0.
 */
struct date cover_read_day(const struct document *document,
			   const struct unit *unit);

/* The first date in the unit; its year may be 0. */
struct date cover_find_date(const struct document *document,
			    const struct unit *unit);

/* The same in a text that is folded already. */
struct date cover_find_date_in(const struct document *document,
			       struct docket_bytes folded);

/* How many agenda items the unit names. */
size_t cover_count_items(const struct document *document,
			 const struct unit *unit);

#endif
