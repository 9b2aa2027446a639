/* SPDX-License-Identifier: Apache-2.0 */
/*
 * front.h - the lines of a cover, while they are being read
 */
#ifndef ANNOTATOR_OFFICIAL_FRONT_H
#define ANNOTATOR_OFFICIAL_FRONT_H

#include "cover.h"

struct front {
	struct document *document;
	uint8_t kinds[COVER_LIMIT]; /* enum cover */
	size_t count;		    /* units that were looked at */
};

#define JOIN_LIMIT 5 /* blocks that a title may have been torn into */

/* The units before the text. */
size_t front_find_text(const struct front *front);

/* Units first to first + count - 1 as one piece of text. */
struct docket_bytes front_join_units(const struct document *document,
				     size_t first, size_t count);

/* What a phrase's slot stands for, in the text that was folded. */
struct docket_bytes front_take_slot(struct docket_bytes text,
				    const struct folds *folds,
				    const struct match *match, enum slot slot);

/* What a title says. A class of none: it is no such title. */
struct said {
	enum document_class class;
	struct docket_bytes title;
	struct docket_bytes from;
	struct docket_bytes to;
	struct date date;
};

/* What those units say together. */
struct said front_read_joined(const struct document *document, size_t first,
			      size_t count);

/* It is the document's title. */
void front_take_over(struct document *document, const struct said *said);

/* Behind agenda items, as many titles of theirs as are there before `end`. */
size_t front_skip_items(const struct front *front, size_t end);

/* The plain lines from `from` on are the title. */
void front_take_title(struct front *front, size_t from, size_t end);

/* letter.c: is it a letter or note verbale? Then read its cover. */
bool letter_read(struct front *front);

/* letter.c: does the unit at `at` begin as notes verbales do? Then it is one. */
bool letter_read_compliments(struct front *front, size_t at);

/* record.c: the line at `at` says of which meeting it is the record. */
void record_read(struct front *front, size_t at, size_t end);

/* record.c: is it a verbatim record by its symbol? Then read its cover. */
bool record_read_verbatim(struct front *front, size_t end);

/* formula.c: the number and date that such a line gives. */
void formula_read_number(struct document *document, const struct unit *unit);

/* formula.c: is it a resolution or decision, or a draft? Then read its cover. */
bool formula_read(struct front *front);

/* formula.c: is that a part of a symbol of the document's own? */
bool formula_has_part(const struct document *document, const char *part);

#endif
