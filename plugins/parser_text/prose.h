/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prose.h - ASCII of a line, as far as nothing in it is special
 */
#ifndef PARSER_TEXT_PROSE_H
#define PARSER_TEXT_PROSE_H

#include <stdbool.h>
#include <stddef.h>

/* Letters, digits, signs and single spaces, eight of them at most. */
struct prose {
	size_t size;
	unsigned letters;
	bool has_lower;
	bool has_upper;
	bool has_black; /* something other than a space */
	bool is_space_last;
};

/*
 * Read what the text begins with, up to the first period, control character,
 * byte that is not ASCII, or space that `has_space` says may not come (true: a
 * second one in a row; false: any). size is 0 where that is at once.
 */
struct prose prose_read(const char *text, size_t size, bool has_space,
			bool is_after_space);

#endif
