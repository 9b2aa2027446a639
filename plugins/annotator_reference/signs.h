/* SPDX-License-Identifier: Apache-2.0 */
/*
 * signs.h - a passage as what matters to citations, and nothing else
 */
#ifndef ANNOTATOR_REFERENCE_SIGNS_H
#define ANNOTATOR_REFERENCE_SIGNS_H

#include "finds.h"
#include "item.h"
#include "passages.h"
#include "vocabulary.h"

enum sign_kind {
	SIGN_OTHER = 0, /* anything else, however much: it ends a citation */
	SIGN_END,	/* the end of a sentence */
	SIGN_SYMBOL,
	SIGN_RESOLUTION,
	SIGN_DECISION,
	SIGN_OWN,
	SIGN_LIST,
	SIGN_FILL, /* payload: a day or year, a month; 0: a word */
	SIGN_NUMBER,
	SIGN_ORGAN, /* payload: its number, ORGAN_OTHER */
	SIGN_SHORT, /* payload: which word */
	SIGN_ITEM,  /* payload: index into items */
};

/* Of SIGN_FILL: a month, by its number. */
#define SIGN_MONTH 0x10000u

struct sign {
	uint32_t start; /* bytes into the text */
	uint32_t payload;
	uint8_t kind;
};

/* Zeroed, it is empty; it keeps its memory from passage to passage. */
struct signs {
	struct sign *signs;
	size_t count;
	size_t room;
	struct item *items;
	size_t item_count;
	size_t item_room;
};

void signs_fini(struct signs *signs);

/* Read a passage. Symbols and instruments are found at once. */
void signs_read(struct signs *signs, const struct vocabulary *vocabulary,
		const struct passages *passages, struct finds *finds);

/* Read a line that is no prose: a symbol, if it is nothing else. */
void signs_read_line(const struct vocabulary *vocabulary,
		     const struct passages *passages, struct finds *finds);

#endif
