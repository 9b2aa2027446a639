/* SPDX-License-Identifier: Apache-2.0 */
/*
 * join.h - does a line go on with the paragraph of the line before it?
 */
#ifndef PARSER_TEXT_JOIN_H
#define PARSER_TEXT_JOIN_H

#include "layout.h"

/* From certainly not to certainly. */
enum join {
	JOIN_NEVER = 0,
	JOIN_HARDLY,
	JOIN_LIKELY,
	JOIN_SURELY,
};

/*
 * One answer for each line, about it and the line before; the first is
 * JOIN_NEVER. Only neighbours are joined: not over empty lines or pages.
 */
void join_judge_lines(const struct lines *lines, const struct layout *layout,
		      uint8_t *out_joins);

/* Does the paragraph that `line` is the last of go on behind a page break? */
bool join_over_page(const struct layout *layout, const struct line *line,
		    const struct line *next);

/* The same where there are only empty lines between. */
bool join_over_gap(const struct layout *layout, const struct line *line,
		   const struct line *next);

static inline bool
join_is_joined(uint8_t join)
{
	return join >= JOIN_LIKELY;
}

#endif
