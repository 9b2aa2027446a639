/* SPDX-License-Identifier: Apache-2.0 */
/*
 * flowed.c - plain text of a mail: what is quoted, what goes on, who signs
 *
 * Line by line: marks of quoting are counted and taken off, lines that flow are
 * joined with the next one of the same depth, and a run ends where the depth
 * changes. Running out of memory ends the process.
 */
#include "flowed.h"

#include <string.h>

#define DEPTH_LIMIT 100
/* What follows so many lines is no signature any more. */
#define SIGNATURE_LINES 8

/* A line without its end and its marks of quoting. */
struct line {
	struct docket_bytes text;
	unsigned depth;
};

struct reading {
	struct flowed_format format;
	struct runs *runs;
	bool is_open;	    /* the last line goes on */
	unsigned signature; /* lines that may still come of it */
};

static struct docket_bytes
skip(struct docket_bytes bytes, size_t count)
{
	return (struct docket_bytes){ bytes.data + count, bytes.size - count };
}

static bool
begins_with(struct docket_bytes text, char c)
{
	return text.size > 0 && text.data[0] == c;
}

/* Takes the next line off text. */
static struct docket_bytes
cut_line(struct docket_bytes *text)
{
	const char *end = memchr(text->data, '\n', text->size);
	struct docket_bytes line = *text;

	line.size = end ? (size_t)(end - text->data) : text->size;
	*text = skip(*text, line.size + (end != NULL));
	if (line.size && line.data[line.size - 1] == '\r')
		line.size--;
	return line;
}

/* ">From " is what mailboxes make of a line that begins with "From ". */
static bool
is_escaped(struct docket_bytes line)
{
	return line.size >= 6 && memcmp(line.data, ">From ", 6) == 0;
}

static struct line
unquote(const struct reading *reading, struct docket_bytes text)
{
	struct line line = { text, 0 };

	if (is_escaped(text)) {
		line.text = skip(text, 1);
		return line;
	}
	while (begins_with(line.text, '>') && line.depth < DEPTH_LIMIT) {
		line.text = skip(line.text, 1);
		line.depth++;
		/* Where lines are fixed, people write "> > ". */
		if (!reading->format.is_flowed && line.text.size > 1 &&
		    line.text.data[0] == ' ' && line.text.data[1] == '>')
			line.text = skip(line.text, 1);
	}
	if ((line.depth || reading->format.is_flowed) &&
	    begins_with(line.text, ' '))
		line.text = skip(line.text, 1);
	return line;
}

static bool
is_delimiter(const struct line *line)
{
	return line->depth == 0 && line->text.size >= 2 &&
	       line->text.size <= 3 &&
	       memcmp(line->text.data, "-- ", line->text.size) == 0;
}

static enum run_kind
judge_kind(struct reading *reading, const struct line *line)
{
	if (line->depth)
		reading->signature = 0;
	if (!reading->signature)
		return RUN_TEXT;
	reading->signature--;
	return RUN_SIGNATURE;
}

static void
take_line(struct reading *reading, struct line line)
{
	static const struct docket_bytes feed = { "\n", 1 };
	static const struct docket_bytes nothing = { "", 0 };
	bool is_flowed = reading->format.is_flowed;
	struct runs *runs = reading->runs;
	enum run_kind kind = judge_kind(reading, &line);
	bool goes_on = is_flowed && line.text.size &&
		       line.text.data[line.text.size - 1] == ' ';

	if (goes_on && reading->format.deletes_space)
		line.text.size--;
	if (runs_append(runs, kind, line.depth, nothing))
		reading->is_open = false;
	/* Each line that was not joined is a paragraph of its own. */
	if (is_flowed && kind == RUN_TEXT && !reading->is_open)
		runs_append(runs, kind, line.depth, feed);
	runs_append(runs, kind, line.depth, line.text);
	if (!goes_on)
		runs_append(runs, kind, line.depth, feed);
	reading->is_open = goes_on;
}

void
flowed_read(struct docket_bytes text, struct flowed_format format,
	    struct runs *out_runs)
{
	struct runs runs = { 0 };
	struct reading reading = { .format = format, .runs = &runs };

	while (text.size) {
		struct docket_bytes bytes = cut_line(&text);
		struct line line = unquote(&reading, bytes);

		if (is_delimiter(&line))
			reading.signature = SIGNATURE_LINES;
		else
			take_line(&reading, line);
	}
	*out_runs = runs;
}
