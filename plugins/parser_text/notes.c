/* SPDX-License-Identifier: Apache-2.0 */
/*
 * notes.c - the footnotes below a rule
 *
 * Pure but for the lines it marks. Only what stands right below a line of
 * underscores or dashes, begins with the mark of a note and ends at an empty
 * line is certain to be footnotes.
 */
#include "notes.h"

#define RULE_MINIMUM 5
#define DIGITS_LIMIT 3

static bool
is_rule(const struct lines *lines, const struct line *line)
{
	struct docket_bytes text = line_text(lines, line);

	if (!(line->flags & LINE_BARE) || text.size < RULE_MINIMUM)
		return false;
	return text.data[0] == '_' || text.data[0] == '-' ||
	       (unsigned char)text.data[0] == 0xe2;
}

/* "3 ", "3/ ", "a/ ", "** ": how many bytes the mark has; 0 if it is none. */
static size_t
read_mark(struct docket_bytes text)
{
	size_t size = 0;

	while (size < text.size && size < DIGITS_LIMIT &&
	       text.data[size] >= '0' && text.data[size] <= '9')
		size++;
	if (!size)
		while (size < text.size && size < DIGITS_LIMIT &&
		       text.data[size] == '*')
			size++;
	if (!size && text.size && text.data[0] >= 'a' && text.data[0] <= 'z')
		size = 1;
	if (!size || size >= text.size)
		return 0;
	if (text.data[size] == '/' || text.data[size] == '.' ||
	    text.data[size] == ')')
		size++;
	return size < text.size && (text.data[size] == ' ' ||
				    text.data[size] == '\t')
		       ? size
		       : 0;
}

static bool
mark_line(const struct lines *lines, struct line *line, bool is_first)
{
	size_t size = read_mark(line_text(lines, line));

	if (is_first && !size)
		return false;
	line->flags |= LINE_NOTE;
	line->marker = (struct marker){ 0 };
	if (!size)
		return true;
	line->marker.kind = MARKER_NOTE;
	line->marker.label_size = (uint8_t)size;
	return true;
}

void
notes_mark(struct lines *lines)
{
	for (size_t i = 0; i + 1 < lines->count; i++) {
		size_t at = i + 1;

		if (!is_rule(lines, &lines->items[i]) ||
		    lines->items[at].blanks > 1 ||
		    !mark_line(lines, &lines->items[at], true))
			continue;
		for (at++; at < lines->count && !lines->items[at].blanks; at++)
			mark_line(lines, &lines->items[at], false);
		i = at - 1;
	}
}
