/* SPDX-License-Identifier: Apache-2.0 */
/*
 * word.h - a Word document, from its package into the record
 */
#ifndef PARSER_OFFICE_WORD_H
#define PARSER_OFFICE_WORD_H

#include <docket/parser.h>

#include "package.h"
#include "relations.h"
#include "word_numbering.h"
#include "word_styles.h"

/* Notes of one kind, in the order of their part. */
struct word_notes {
	struct text *bodies;
	size_t count;
	size_t capacity;
	struct names ids;
	enum numerals numerals;
	int32_t next; /* number of the next one that is cited */
};

struct word {
	struct docket_job *job;
	struct package *package;
	struct refusal *refusal;
	struct word_styles styles;
	struct word_numbering numbering;
	struct word_notes footnotes;
	struct word_notes endnotes;
	struct text title; /* of paragraphs in the style Title */
	bool has_pages;	   /* their breaks are in it */
	size_t hidden;	   /* pieces of text that are not shown */
	size_t deleted;	   /* tracked deletions */
	size_t signs;	   /* of fonts that are not known */
	size_t inclusions; /* of other files */
};

/* Put a document. False: refused. */
bool word_read(struct docket_job *job, struct package *package,
	       struct refusal *refusal);

/* ---- between the files word*.c ---- */

struct flow;

/*
 * word_body.c: put the paragraphs of a part (word/document.xml, a header, a
 * part of notes) into a flow. Notes go into `notes`, where that is not NULL.
 */
bool word_body_read(struct word *word, struct docket_bytes part_name,
		    struct flow *flow, struct word_notes *notes);

/* word_heads.c: headers before the text, footers behind it, as lines. */
bool word_heads_put(struct word *word, const struct relations *relations,
		    struct docket_bytes document, const char *type);

#endif
