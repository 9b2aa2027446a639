/* SPDX-License-Identifier: Apache-2.0 */
/*
 * print.h - pieces of output for people: styles, widths, sizes, times, prose
 *
 * Widths are columns of a terminal: a Chinese character takes two, a combining
 * mark none.
 */
#ifndef CLI_PRINT_H
#define CLI_PRINT_H

#include "output.h"

enum print_style {
	PRINT_PLAIN = 0,
	PRINT_BOLD,
	PRINT_DIM,
	PRINT_GOOD,    /* green */
	PRINT_PENDING, /* yellow */
	PRINT_BAD,     /* red */
	PRINT_STYLE_COUNT
};

/* Begin a style; PRINT_PLAIN ends it. Nothing where there are no styles. */
void print_style(struct output *out, enum print_style style);

/* Columns that text takes; it must be fit to be shown. */
size_t print_measure(struct docket_bytes text);

/*
 * Append text cut to at most columns, the last of them an ellipsis where
 * something is missing. Returns the columns it takes.
 */
size_t print_cut(struct buffer *out, struct docket_bytes text, size_t columns);

void print_spaces(struct buffer *out, size_t count);

/* Append "812 B", "18.6 KiB", "2.0 GiB". */
void print_size(struct buffer *out, uint64_t bytes);

/* Append local time, "2026-11-23 10:00:00"; "-" for 0. */
void print_time(struct buffer *out, int64_t time_ms);

/* White space, of which prose has one space only. */
bool print_is_space(uint32_t code);

/*
 * Append text for reading: what could steer a terminal is dropped. Prose has
 * every run of white space as one space; a page keeps its lines and tabs.
 */
void print_prose(struct buffer *out, struct docket_bytes text);
void print_page(struct buffer *out, struct docket_bytes text);

/* A line "label   value", the value escaped; nothing if it has no bytes. */
void print_field(struct output *out, const char *label,
		 struct docket_bytes value);

#endif
