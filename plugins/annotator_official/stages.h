/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stages.h - how a document is understood, step by step
 *
 * Each stage reads what those before it wrote into the document and its units,
 * and adds to it. None of them looks back further than a unit or two, so all
 * of them together take time in proportion to the text.
 */
#ifndef ANNOTATOR_OFFICIAL_STAGES_H
#define ANNOTATOR_OFFICIAL_STAGES_H

#include "document.h"

/* contents.c: tables of contents are set apart. */
void contents_mark(struct document *document);

/* furniture.c: running heads and page numbers that the parser let pass. */
void furniture_mark(struct document *document);

/* front.c: the cover: masthead, title, class, from whom and to whom. */
void front_read(struct document *document);

/* split.c: recitals that were run together, before anything counts units. */
void split_recitals(struct document *document);

/* sections.c: the body, annexes, appendices and enclosures. */
void sections_find(struct document *document);

/* join.c: paragraphs that were torn apart. */
void join_mark(struct document *document);

/* signature.c: who signed. */
void signature_mark(struct document *document);

/* resolution.c: preambular and operative paragraphs, the date of adoption. */
void resolution_mark(struct document *document);

/* numbering.c: numbered paragraphs, and items of lists. */
void numbering_mark(struct document *document);

/* headings.c: what is left and short: headings, and lists without labels. */
void headings_mark(struct document *document);

/* put.c: the structure into the record. */
void put_structure(struct document *document);

/* recommendation.c: the symbol and date of one. */
void recommendation_read(struct document *document);

/* fields.c: what was found out about the whole. */
void fields_put(struct document *document);

/* How many names a text may hold, and what parts them. */
enum parties {
	PARTIES_ONE,
	PARTIES_OFFICES,   /* "the President of ... and the President of ..." */
	PARTIES_COUNTRIES, /* "Fiji, Ireland and Nepal" */
};

/* parties.c: names into the record, without articles, apart, in nominative. */
void parties_put(struct document *document, enum docket_field field,
		 struct docket_bytes names, enum parties parties);

#endif
