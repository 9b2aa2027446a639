/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text.h - UTF-8 that grows
 *
 * A zeroed one is empty. Out of memory ends the worker.
 */
#ifndef PARSER_OFFICE_TEXT_H
#define PARSER_OFFICE_TEXT_H

#include <docket/plugin.h>

#include <stdbool.h>
#include <string.h>

struct text {
	char *data;
	size_t size;
	size_t capacity;
};

void text_put(struct text *text, const char *data, size_t size);
/* One character; what is none becomes U+FFFD. */
void text_put_character(struct text *text, uint32_t character);
void text_put_number(struct text *text, uint32_t value);
void text_fini(struct text *text);

static inline void
text_put_bytes(struct text *text, struct docket_bytes bytes)
{
	text_put(text, bytes.data, bytes.size);
}

static inline void
text_put_string(struct text *text, const char *string)
{
	text_put(text, string, strlen(string));
}

/* Lent until the next change. */
static inline struct docket_bytes
text_bytes(const struct text *text)
{
	return (struct docket_bytes){ text->data, text->size };
}

/* Some of it; nothing of an empty one. Lent as well. */
static inline struct docket_bytes
text_slice(const struct text *text, size_t at, size_t size)
{
	return (struct docket_bytes){ size ? text->data + at : "", size };
}

/* ---- bytes that somebody else owns ---- */

static inline struct docket_bytes
bytes_from(const char *string)
{
	return (struct docket_bytes){ string, strlen(string) };
}

static inline bool
bytes_are(struct docket_bytes bytes, const char *string)
{
	return bytes.size == strlen(string) &&
	       (!bytes.size || memcmp(bytes.data, string, bytes.size) == 0);
}

static inline bool
bytes_begin(struct docket_bytes bytes, const char *string)
{
	size_t size = strlen(string);

	return bytes.size >= size && memcmp(bytes.data, string, size) == 0;
}

static inline bool
bytes_end(struct docket_bytes bytes, const char *string)
{
	size_t size = strlen(string);

	return bytes.size >= size &&
	       memcmp(bytes.data + bytes.size - size, string, size) == 0;
}

static inline bool
bytes_match(struct docket_bytes bytes, struct docket_bytes other)
{
	return bytes.size == other.size &&
	       (!bytes.size || memcmp(bytes.data, other.data, bytes.size) == 0);
}

/* The digits it begins with, behind a sign; fallback where there are none. */
int32_t bytes_number(struct docket_bytes bytes, int32_t fallback);

#endif
