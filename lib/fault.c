/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fault.c - a sentence for whoever has to act on an error
 *
 * Owns nothing. A sentence is put together in a buffer of its own before the
 * fault is written, so its arguments may point into the fault. Arguments are
 * escaped here, once; what a prefix is put before has been escaped already.
 */
#include "fault.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"

static void
put_formatted(struct buffer *line, const char *format, va_list args)
{
	auto_free char *text = NULL;

	if (vasprintf(&text, format, args) < 0)
		abort();
	escape_put_line(line, bytes_of(text));
}

static void
store_line(struct fault *fault, const struct buffer *line)
{
	struct docket_bytes cut =
		escape_cut(buffer_bytes(line), sizeof(fault->text) - 1);

	if (cut.size)
		memcpy(fault->text, cut.data, cut.size);
	fault->text[cut.size] = '\0';
}

int
fault_set(struct fault *fault, int code, const char *format, ...)
{
	auto_buffer struct buffer line = { 0 };
	va_list args;

	va_start(args, format);
	put_formatted(&line, format, args);
	va_end(args);
	store_line(fault, &line);
	return code;
}

int
fault_set_errno(struct fault *fault, int code, const char *format, ...)
{
	auto_buffer struct buffer line = { 0 };
	va_list args;

	va_start(args, format);
	put_formatted(&line, format, args);
	va_end(args);
	buffer_format(&line, ": %s", strerror(-code));
	store_line(fault, &line);
	return code;
}

int
fault_prefix(struct fault *fault, int code, const char *format, ...)
{
	auto_buffer struct buffer line = { 0 };
	va_list args;

	va_start(args, format);
	put_formatted(&line, format, args);
	va_end(args);
	buffer_format(&line, ": %s", fault->text);
	store_line(fault, &line);
	return code;
}
