/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pattern.h - a phrase of a language, with gaps
 *
 *   Letter dated {date} from {from} addressed to {to}
 *
 * Words stand for themselves, folded. Three dots ("…") and the gaps {from}
 * {to} {sponsors} {name} {title} are any words, as few as do; {date}, {label},
 * {number}, {day}, {month} and {year} are what they say; "*" behind a word:
 * it may go on; "$": the text ends here. A pattern is looked for at the
 * beginning of a text. "{from:the Secretary-General}" is a gap in which stands
 * nothing but that.
 */
#ifndef ANNOTATOR_OFFICIAL_PATTERN_H
#define ANNOTATOR_OFFICIAL_PATTERN_H

#include <stdbool.h>

#include "fold.h"
#include "label.h"

enum slot {
	SLOT_NONE = 0,
	SLOT_ANY, /* gaps: from here */
	SLOT_FROM,
	SLOT_TO,
	SLOT_SPONSORS,
	SLOT_NAME,
	SLOT_TITLE, /* to here */
	SLOT_DATE,
	SLOT_LABEL,
	SLOT_NUMBER,
	SLOT_DAY,
	SLOT_MONTH,
	SLOT_YEAR,
	SLOT_END, /* of the text */
	SLOT_COUNT,
};

/* A word or several, where slot is SLOT_NONE; else a slot. */
struct element {
	enum slot slot;
	bool may_go_on; /* it need not end where a word ends */
	char *text;
	size_t size;
};

struct pattern {
	struct element *elements;
	size_t count;
};

struct date {
	unsigned year; /* 0: none */
	unsigned month;
	unsigned day;
};

/* Offsets into the folded text. */
struct match {
	struct {
		size_t start;
		size_t end;
	} slots[SLOT_COUNT];
	struct date date;
	struct label label;
	unsigned number;
	size_t end; /* of what was matched */
};

/*
 * What a language's slots mean is asked of whoever matches: read `slot` at
 * *at, move behind it, note what it was. False: it is not there.
 */
struct slot_reader {
	bool (*read)(const struct slot_reader *reader, enum slot slot,
		     struct docket_bytes folded, size_t *at,
		     struct match *match);
	/* Could it be there, where a text goes on with this byte? */
	bool (*may_begin)(const struct slot_reader *reader, enum slot slot,
			  char byte);
	const void *context;
	uint32_t languages;
};

/* False: there is no such slot, or nothing in it. The caller's to free. */
bool pattern_make(const struct fold_table *table, struct docket_bytes source,
		  struct pattern *out_pattern);
void pattern_fini(struct pattern *pattern);

bool pattern_match(const struct pattern *pattern, struct docket_bytes folded,
		   size_t at, const struct slot_reader *reader,
		   struct match *out_match);

/* Does the text begin as the pattern does, up to its first gap? */
bool pattern_begins(const struct pattern *pattern, struct docket_bytes folded,
		    const struct slot_reader *reader);

#endif
