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

/* Behind agenda items, as many titles of theirs as are there before `end`. */
size_t front_skip_items(const struct front *front, size_t end);

/* The plain lines from `from` on are the title. */
void front_take_title(struct front *front, size_t from, size_t end);

/* formula.c: the number and date that such a line gives. */
void formula_read_number(struct document *document, const struct unit *unit);

/* formula.c: is it a resolution or decision, or a draft? Then read its cover. */
bool formula_read(struct front *front);

#endif
