/* SPDX-License-Identifier: Apache-2.0 */
/*
 * print.c - pieces of output for people: styles, widths, sizes, times, prose
 *
 * Owns nothing. Depends on LC_CTYPE for the width of characters and on TZ for
 * local time.
 */
#include "print.h"

#include <string.h>
#include <time.h>
#include <wchar.h>

#include "escape.h"

#define ELLIPSIS "\xe2\x80\xa6"
#define LABEL_COLUMNS 14

void
print_style(struct output *out, enum print_style style)
{
	static const char *const codes[PRINT_STYLE_COUNT] = {
		[PRINT_PLAIN] = "\x1b[0m", [PRINT_BOLD] = "\x1b[1m",
		[PRINT_DIM] = "\x1b[2m",   [PRINT_GOOD] = "\x1b[32m",
		[PRINT_BAD] = "\x1b[31m",  [PRINT_PENDING] = "\x1b[33m",
	};

	if (out->is_styled)
		buffer_put_string(&out->text, codes[style]);
}

/* The bytes of the character that text begins with; at least 1. */
static size_t
step(struct docket_bytes text, uint32_t *out_code)
{
	size_t size = escape_decode(text.data, text.size, out_code);

	if (size > 0)
		return size;
	*out_code = '?';
	return 1;
}

/* Characters newer than the C library count as one column. */
static size_t
measure_character(uint32_t code)
{
	int width = wcwidth((wchar_t)code);

	return width < 0 ? 1 : (size_t)width;
}

static struct docket_bytes
skip(struct docket_bytes text, size_t size)
{
	return (struct docket_bytes){ text.data + size, text.size - size };
}

size_t
print_measure(struct docket_bytes text)
{
	size_t columns = 0;

	while (text.size > 0) {
		uint32_t code;

		text = skip(text, step(text, &code));
		columns += measure_character(code);
	}
	return columns;
}

size_t
print_cut(struct buffer *out, struct docket_bytes text, size_t columns)
{
	struct docket_bytes rest = text;
	struct docket_bytes fits = { text.data, 0 };
	size_t used = 0;
	size_t used_by_fits = 0;

	while (rest.size > 0) {
		uint32_t code;
		size_t size = step(rest, &code);

		used += measure_character(code);
		if (used > columns)
			break;
		rest = skip(rest, size);
		if (used < columns) {
			fits.size = text.size - rest.size;
			used_by_fits = used;
		}
	}
	if (rest.size == 0) {
		buffer_put_bytes(out, text);
		return used;
	}
	buffer_put_bytes(out, fits);
	if (columns == 0)
		return 0;
	buffer_put_string(out, ELLIPSIS);
	return used_by_fits + 1;
}

void
print_spaces(struct buffer *out, size_t count)
{
	char *at = buffer_reserve(out, count);

	memset(at, ' ', count);
	out->size += count;
}

void
print_size(struct buffer *out, uint64_t bytes)
{
	static const char *const units[] = { "KiB", "MiB", "GiB", "TiB" };
	double value = (double)bytes / 1024;
	size_t unit = 0;

	if (bytes < 1024) {
		buffer_format(out, "%u B", (unsigned)bytes);
		return;
	}
	/* 1023.95 would be shown as 1024.0 of the smaller unit. */
	while (value >= 1023.95 && unit + 1 < ARRAY_SIZE(units)) {
		value /= 1024;
		unit++;
	}
	buffer_format(out, "%.1f %s", value, units[unit]);
}

void
print_time(struct buffer *out, int64_t time_ms)
{
	time_t seconds = (time_t)(time_ms / 1000);
	char text[64];
	struct tm local;

	if (time_ms == 0 || !localtime_r(&seconds, &local) ||
	    strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &local) == 0)
		buffer_put_string(out, "-");
	else
		buffer_put_string(out, text);
}

bool
print_is_space(uint32_t code)
{
	return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xa0 ||
	       code == 0x2028 || code == 0x2029;
}

/* Whatever a log line must have escaped, but for the backslash. */
static bool
is_steering(struct docket_bytes character)
{
	auto_buffer struct buffer escaped = { 0 };

	if (character.data[0] >= ' ' && character.data[0] < 0x7f)
		return false;
	escape_put_line(&escaped, character);
	return escaped.size != character.size;
}

void
print_prose(struct buffer *out, struct docket_bytes text)
{
	bool is_waiting = false; /* a space, for the next character */
	size_t begin = out->size;

	while (text.size > 0) {
		uint32_t code;
		struct docket_bytes character = { text.data, 0 };

		character.size = step(text, &code);
		text = skip(text, character.size);
		if (print_is_space(code)) {
			is_waiting = out->size > begin;
			continue;
		}
		if (is_steering(character))
			continue;
		if (is_waiting)
			buffer_put_string(out, " ");
		is_waiting = false;
		buffer_put_bytes(out, character);
	}
}

void
print_page(struct buffer *out, struct docket_bytes text)
{
	while (text.size > 0) {
		uint32_t code;
		struct docket_bytes character = { text.data, 0 };

		character.size = step(text, &code);
		text = skip(text, character.size);
		if (code == '\n' || code == '\t' || !is_steering(character))
			buffer_put_bytes(out, character);
	}
}

void
print_field(struct output *out, const char *label, struct docket_bytes value)
{
	if (value.size == 0)
		return;
	print_style(out, PRINT_DIM);
	buffer_format(&out->text, "%-*s ", LABEL_COLUMNS - 1, label);
	print_style(out, PRINT_PLAIN);
	escape_put_line(&out->text, value);
	buffer_put_string(&out->text, "\n");
}
