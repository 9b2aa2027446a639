/* SPDX-License-Identifier: Apache-2.0 */
/*
 * decode.c - the bytes of an XML document to UTF-8
 *
 * Owns what it converted. ICU converts, so that the same encodings are known
 * whatever libxml2 was built with, and no file is looked for. Running out of
 * memory ends the process.
 */
#include "decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/ucnv.h>

#define DECLARATION_LIMIT 256

static const struct {
	char mark[4];
	size_t size;
	const char *name;
} beginnings[] = {
	{ "\xef\xbb\xbf", 3, "UTF-8" }, { "\xff\xfe", 2, "UTF-16LE" },
	{ "\xfe\xff", 2, "UTF-16BE" },	{ "<\0?", 3, "UTF-16LE" },
	{ "\0<\0?", 4, "UTF-16BE" },
};

static bool
begins(struct docket_bytes bytes, const char *word, size_t size)
{
	return bytes.size >= size && memcmp(bytes.data, word, size) == 0;
}

/* The value of encoding="" in <?xml ...?>; empty if there is none. */
static void
read_declared(struct docket_bytes bytes, char out[DECODE_NAME_LIMIT])
{
	static const char word[] = "encoding";
	const char *end = memchr(bytes.data, '>', bytes.size);
	const char *at;
	size_t size = 0;

	out[0] = '\0';
	if (!begins(bytes, "<?xml", 5) || !end ||
	    end - bytes.data > DECLARATION_LIMIT)
		return;
	at = memmem(bytes.data, (size_t)(end - bytes.data), word,
		    sizeof(word) - 1);
	if (!at)
		return;
	at += sizeof(word) - 1;
	while (at < end && strchr(" \t\r\n='\"", *at))
		at++;
	while (at + size < end && !strchr(" \t\r\n'\"?", at[size]) &&
	       size < DECODE_NAME_LIMIT - 1)
		size++;
	memcpy(out, at, size);
	out[size] = '\0';
}

static bool
convert(struct docket_bytes bytes, struct decoded *decoded)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *from = ucnv_open(decoded->name, &error);
	UConverter *to = ucnv_open("UTF-8", &error);
	size_t capacity = bytes.size * 3 + 16;
	const char *source = bytes.data;
	char *target = NULL;

	if (U_SUCCESS(error)) {
		target = decoded->owned = malloc(capacity);
		if (!target)
			abort();
		ucnv_convertEx(to, from, &target, decoded->owned + capacity,
			       &source, bytes.data + bytes.size, NULL, NULL,
			       NULL, NULL, true, true, &error);
		decoded->utf8.data = decoded->owned;
		decoded->utf8.size = (size_t)(target - decoded->owned);
	}
	ucnv_close(from);
	ucnv_close(to);
	return target != NULL;
}

static bool
is_utf8(const char *name)
{
	return strcasecmp(name, "UTF-8") == 0 ||
	       strcasecmp(name, "UTF8") == 0 ||
	       strcasecmp(name, "US-ASCII") == 0 ||
	       strcasecmp(name, "ASCII") == 0;
}

static void
set_name(struct decoded *decoded, const char *name)
{
	snprintf(decoded->name, sizeof(decoded->name), "%s", name);
}

bool
decode(struct docket_bytes bytes, struct decoded *out_decoded)
{
	char declared[DECODE_NAME_LIMIT];

	*out_decoded = (struct decoded){ 0 };
	read_declared(bytes, declared);
	set_name(out_decoded, declared[0] ? declared : "UTF-8");
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]);
	     i++) {
		size_t size = beginnings[i].size;

		if (!begins(bytes, beginnings[i].mark, size))
			continue;
		set_name(out_decoded, beginnings[i].name);
		if (!memchr(beginnings[i].mark, '<', size)) {
			bytes.data += size;
			bytes.size -= size;
		}
		break;
	}
	/* Bytes that could be looked at one by one are not in pairs. */
	if (strcasecmp(declared, out_decoded->name) == 0 &&
	    strncasecmp(declared, "UTF-16", 6) == 0)
		set_name(out_decoded, "UTF-8");
	if (!is_utf8(out_decoded->name))
		return convert(bytes, out_decoded);
	set_name(out_decoded, "UTF-8");
	out_decoded->utf8 = bytes;
	return true;
}

void
decode_fini(struct decoded *decoded)
{
	free(decoded->owned);
	*decoded = (struct decoded){ 0 };
}
