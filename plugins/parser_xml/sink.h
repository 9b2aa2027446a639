/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sink.h - text that runs, into one block of the record after the other
 */
#ifndef PARSER_XML_SINK_H
#define PARSER_XML_SINK_H

#include <stdbool.h>

#include <docket/parser.h>

#define SINK_MARKS 16  /* that may be open at once; further ones are left out */
#define SINK_STRING 64 /* bytes of a number or language */

/* A zeroed one with `job` set is ready. */
struct sink {
	struct docket_job *job;
	char *text;
	size_t size;
	size_t capacity;
	struct docket_block block;
	char number[SINK_STRING];
	char language[SINK_STRING];
	bool is_open;
	bool has_text;	/* any that was put */
	bool has_space; /* to be put before the next character */
	bool has_line;	/* a line feed instead */
	bool is_parted; /* a space, if a word comes right behind a note's mark */

	struct docket_mark *marks; /* positions are in the block's text */
	size_t mark_count;
	size_t mark_capacity;
	struct docket_mark open_marks[SINK_MARKS];
	size_t open_count; /* may be above the limit */
};

void sink_fini(struct sink *sink);

/* Its number and language are copied. */
void sink_open(struct sink *sink, const struct docket_block *block);

/* White space collapses unless it is preserved. */
void sink_put(struct sink *sink, struct docket_bytes text, bool is_preserved);

/* A footnote's mark; is_parted: from words that touch it. */
void sink_put_note(struct sink *sink, struct docket_bytes label,
		   struct docket_bytes number, bool is_parted);

/* What follows stands on a line of its own. */
void sink_break(struct sink *sink);

/* Open marks end with the block and go on with the next. */
void sink_close(struct sink *sink);

/* What a mark lends must last until its block is closed. They nest. */
void sink_begin_mark(struct sink *sink, const struct docket_mark *mark);
void sink_end_mark(struct sink *sink);

#endif
