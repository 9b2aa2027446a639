/* SPDX-License-Identifier: Apache-2.0 */
/*
 * encoding.c - the bytes of a page to UTF-8
 *
 * Owns the decoded text. What pages say of their encoding is as often wrong as
 * right, so bytes that are valid UTF-8, and not ASCII alone, are believed first.
 * Names of ISO and national encodings mean what browsers take them for: the
 * Windows ones, of which they are a part. Running out of memory ends the process.
 */
#include "encoding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

#include "attribute.h"

/* Where a page says what it is in; what statistics look at. */
#define HEAD_LIMIT 4096u
#define SAMPLE_LIMIT (64u << 10)
/* A broken sequence in so many whole ones is damage, not another encoding. */
#define DAMAGE_RATIO 20
#define SURE_PERCENT 40

static const struct {
	char mark[4];
	size_t size;
	const char *name;
} order_marks[] = {
	{ "\xef\xbb\xbf", 3, "UTF-8" },
	{ "\xff\xfe", 2, "UTF-16LE" },
	{ "\xfe\xff", 2, "UTF-16BE" },
};

/* What is said, and what it means. */
static const struct {
	const char *label;
	const char *name;
} meanings[] = {
	{ "ascii", "windows-1252" },
	{ "us-ascii", "windows-1252" },
	{ "iso-8859-1", "windows-1252" },
	{ "iso8859-1", "windows-1252" },
	{ "iso_8859-1", "windows-1252" },
	{ "latin1", "windows-1252" },
	{ "iso-8859-9", "windows-1254" },
	{ "latin5", "windows-1254" },
	{ "tis-620", "windows-874" },
	{ "gb2312", "GB18030" },
	{ "gbk", "GB18030" },
	{ "x-gbk", "GB18030" },
	{ "big5", "Big5-HKSCS" },
	{ "shift_jis", "ibm-943_P15A-2003" },
	{ "x-sjis", "ibm-943_P15A-2003" },
	{ "euc-kr", "windows-949" },
	{ "ks_c_5601-1987", "windows-949" },
	{ "x-mac-cyrillic", "x-mac-cyrillic" },
};

static void
set_name(char out[ENCODING_NAME_LIMIT], const char *name)
{
	snprintf(out, ENCODING_NAME_LIMIT, "%s", name);
}

/* ---- what the page says ---- */

static bool
keep_label(struct encoding_text *text, struct docket_bytes label)
{
	size_t size = 0;

	while (size < label.size && size < ENCODING_NAME_LIMIT - 1 &&
	       (unsigned char)label.data[size] > ' ' &&
	       !strchr("\"';>/?", label.data[size]))
		size++;
	if (size)
		memcpy(text->declared, label.data, size);
	text->declared[size] = '\0';
	return size > 0;
}

/* "text/html; charset=utf-8" */
static bool
read_content(struct encoding_text *text, struct docket_bytes content)
{
	static const char word[] = "charset=";

	for (size_t at = 0; at + sizeof(word) <= content.size; at++) {
		if (strncasecmp(content.data + at, word, sizeof(word) - 1))
			continue;
		at += sizeof(word) - 1;
		return keep_label(text,
				  (struct docket_bytes){ content.data + at,
							 content.size - at });
	}
	return false;
}

static bool
read_meta(struct encoding_text *text, struct docket_bytes tag)
{
	struct docket_bytes charset = attribute_find(tag, "charset");

	if (charset.size)
		return keep_label(text, charset);
	return read_content(text, attribute_find(tag, "content"));
}

/* In <?xml encoding=""?> or a <meta>, within the first bytes. */
static void
read_declaration(struct encoding_text *text, struct docket_bytes bytes)
{
	static const char meta[] = "<meta";
	static const char xml[] = "<?xml";

	if (bytes.size > HEAD_LIMIT)
		bytes.size = HEAD_LIMIT;
	if (bytes.size > sizeof(xml) &&
	    memcmp(bytes.data, xml, sizeof(xml) - 1) == 0) {
		struct docket_bytes tag = { bytes.data + sizeof(xml) - 1,
					    bytes.size - sizeof(xml) + 1 };

		if (keep_label(text, attribute_find(tag, "encoding")))
			return;
	}
	for (size_t at = 0; at + sizeof(meta) <= bytes.size; at++) {
		struct docket_bytes tag = { bytes.data + at + sizeof(meta) - 1,
					    bytes.size - at - sizeof(meta) +
						    1 };

		if (bytes.data[at] == '<' &&
		    strncasecmp(bytes.data + at, meta, sizeof(meta) - 1) == 0 &&
		    read_meta(text, tag))
			return;
	}
}

/* The name of a converter for what the page says; NULL: there is none. */
static const char *
find_meaning(const char *declared)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (strcasecmp(meanings[i].label, declared) == 0)
			return meanings[i].name;
	/* Its bytes could be read here, so it is neither of these. */
	if (strncasecmp(declared, "utf", 3) == 0 ||
	    strncasecmp(declared, "unicode", 7) == 0 ||
	    strncasecmp(declared, "ucs", 3) == 0)
		return NULL;
	return declared[0] ? declared : NULL;
}

/* ---- converting ---- */

static size_t
count_replaced(struct docket_bytes text)
{
	static const char replacement[] = "\xef\xbf\xbd";
	size_t count = 0;

	while (text.size) {
		const char *found =
			memmem(text.data, text.size, replacement, 3);

		if (!found)
			break;
		text.size -= (size_t)(found - text.data) + 3;
		text.data = found + 3;
		count++;
	}
	return count;
}

static bool
convert(struct docket_bytes bytes, const char *name, struct encoding_text *text)
{
	UErrorCode error = U_ZERO_ERROR;
	UConverter *from = ucnv_open(name, &error);
	UConverter *to = ucnv_open("UTF-8", &error);
	size_t capacity = bytes.size * 3 + 16;
	const char *source = bytes.data;
	char *target = NULL;
	const char *registered;

	if (U_SUCCESS(error)) {
		target = text->owned = malloc(capacity);
		if (!target)
			abort();
		ucnv_convertEx(to, from, &target, text->owned + capacity,
			       &source, bytes.data + bytes.size, NULL, NULL,
			       NULL, NULL, true, true, &error);
		text->utf8.data = text->owned;
		text->utf8.size = (size_t)(target - text->owned);
		text->replaced = count_replaced(text->utf8);
		registered = ucnv_getStandardName(name, "MIME", &error);
		set_name(text->name, registered ? registered : name);
	}
	ucnv_close(from);
	ucnv_close(to);
	return target != NULL;
}

/* ---- deciding ---- */

struct scan {
	size_t whole; /* UTF-8 sequences of two bytes and more */
	size_t broken;
	size_t first; /* byte that is not ASCII */
	bool has_escapes;
};

/* Past ASCII, eight bytes at a time. */
static size_t
skip_ascii(const uint8_t *data, size_t at, size_t size)
{
	uint64_t piece;

	for (; size - at >= sizeof(piece); at += sizeof(piece)) {
		memcpy(&piece, data + at, sizeof(piece));
		if (piece & UINT64_C(0x8080808080808080))
			break;
	}
	while (at < size && data[at] < 0x80)
		at++;
	return at;
}

static struct scan
scan_bytes(struct docket_bytes bytes)
{
	const uint8_t *data = (const uint8_t *)bytes.data;
	struct scan scan = { .first = bytes.size };
	size_t at = 0;

	while ((at = skip_ascii(data, at, bytes.size)) < bytes.size) {
		UChar32 c;

		if (scan.first == bytes.size)
			scan.first = at;
		U8_NEXT(data, at, bytes.size, c);
		scan.whole += c >= 0;
		scan.broken += c < 0;
	}
	scan.has_escapes =
		bytes.size && memchr(bytes.data, 0x1b, bytes.size) != NULL;
	return scan;
}

static bool
detect(struct docket_bytes bytes, size_t start, struct encoding_text *text)
{
	UErrorCode error = U_ZERO_ERROR;
	UCharsetDetector *detector = ucsdet_open(&error);
	size_t size = bytes.size - start;
	const UCharsetMatch *match;
	const char *name = NULL;
	int sure = 0;
	bool is_read;

	if (size > SAMPLE_LIMIT)
		size = SAMPLE_LIMIT;
	ucsdet_setText(detector, bytes.data + start, (int32_t)size, &error);
	match = ucsdet_detect(detector, &error);
	if (match) {
		name = ucsdet_getName(match, &error);
		sure = ucsdet_getConfidence(match, &error);
	}
	text->is_guess = sure < SURE_PERCENT;
	if (!name || strncmp(name, "UTF", 3) == 0)
		name = "windows-1252";
	is_read = convert(
		bytes, strcmp(name, "ISO-8859-1") == 0 ? "windows-1252" : name,
		text);
	ucsdet_close(detector);
	return is_read;
}

/* Seven bits, which ISO-2022 and the like shift. */
static bool
decode_ascii(struct docket_bytes bytes, const struct scan *scan,
	     struct encoding_text *text)
{
	if (scan->has_escapes &&
	    strncasecmp(text->declared, "iso-2022", 8) == 0)
		return convert(bytes, text->declared, text);
	set_name(text->name, "US-ASCII");
	text->utf8 = bytes;
	return true;
}

static bool
decode_unmarked(struct docket_bytes bytes, struct encoding_text *text)
{
	struct scan scan = scan_bytes(bytes);
	const char *said;

	read_declaration(text, bytes);
	if (scan.first == bytes.size)
		return decode_ascii(bytes, &scan, text);
	said = find_meaning(text->declared);
	set_name(text->name, "UTF-8");
	text->utf8 = bytes;
	if (scan.broken * DAMAGE_RATIO <= scan.whole) {
		text->is_contradicted = said != NULL;
		return true;
	}
	if (said && convert(bytes, said, text))
		return true;
	text->is_contradicted = text->declared[0] != '\0';
	return detect(bytes, scan.first, text);
}

bool
encoding_decode(struct docket_bytes bytes, struct encoding_text *out_text)
{
	*out_text = (struct encoding_text){ 0 };
	for (size_t i = 0; i < sizeof(order_marks) / sizeof(order_marks[0]);
	     i++) {
		struct docket_bytes rest;

		if (bytes.size < order_marks[i].size ||
		    memcmp(bytes.data, order_marks[i].mark,
			   order_marks[i].size) != 0)
			continue;
		rest.data = bytes.data + order_marks[i].size;
		rest.size = bytes.size - order_marks[i].size;
		if (i > 0)
			return convert(rest, order_marks[i].name, out_text);
		set_name(out_text->name, order_marks[i].name);
		out_text->utf8 = rest;
		return true;
	}
	return decode_unmarked(bytes, out_text);
}

void
encoding_fini(struct encoding_text *text)
{
	free(text->owned);
	*text = (struct encoding_text){ 0 };
}
