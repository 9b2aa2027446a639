/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sniff.c - the media type of a document, from its bytes
 *
 * Pure, in layers. Magic: bytes at a place where no text has them. Containers:
 * archives that are known by what is in them. Text: whatever has hardly any
 * control characters; sniff_text.c tells which. Owns and ends nothing.
 */
#include "sniff.h"

#include <string.h>

#include "escape.h"

/* What is looked at of the beginning; and of a container, of both ends. */
#define HEAD_LIMIT (64u << 10)
#define CONTAINER_LIMIT (1u << 20)
/* Where readers of PDF look for its mark. */
#define PDF_LIMIT 1024
/* One control character in so many is an accident, more are no text. */
#define CONTROLS_RATIO 64

#define LITERAL(string)                    \
	{                                  \
		string, sizeof(string) - 1 \
	}

struct magic {
	size_t offset;
	struct docket_bytes mark;
	const char *type;
};

static const struct magic magics[] = {
	{ 0, LITERAL("%PDF-"), "application/pdf" },
	{ 0, LITERAL("{\\rtf"), "application/rtf" },
	{ 0, LITERAL("%!PS"), "application/postscript" },
	{ 0, LITERAL("PK\3\4"), "application/zip" },
	{ 0, LITERAL("PK\5\6"), "application/zip" },
	{ 0, LITERAL("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
	  "application/x-ole-storage" },
	{ 0, LITERAL("\xdb\xa5-\0"), "application/msword" },
	{ 0, LITERAL("\xffWPC"), "application/vnd.wordperfect" },
	{ 0, LITERAL("\x89PNG\r\n\x1a\n"), "image/png" },
	{ 0, LITERAL("\xff\xd8\xff"), "image/jpeg" },
	{ 0, LITERAL("GIF87a"), "image/gif" },
	{ 0, LITERAL("GIF89a"), "image/gif" },
	{ 0, LITERAL("II*\0"), "image/tiff" },
	{ 0, LITERAL("MM\0*"), "image/tiff" },
	{ 0, LITERAL("\0\0\0\x0cjP  \r\n\x87\n"), "image/jp2" },
	{ 8, LITERAL("WEBPVP8"), "image/webp" },
	{ 0, LITERAL("\x1f\x8b\x08"), "application/gzip" },
	{ 4, LITERAL("1AY&SY"), "application/x-bzip2" },
	{ 0,
	  LITERAL("\xfd"
		  "7zXZ\0"),
	  "application/x-xz" },
	{ 0, LITERAL("\x28\xb5\x2f\xfd"), "application/zstd" },
	{ 0, LITERAL("7z\xbc\xaf\x27\x1c"), "application/x-7z-compressed" },
	{ 0, LITERAL("Rar!\x1a\7"), "application/vnd.rar" },
	{ 257, LITERAL("ustar"), "application/x-tar" },
	{ 0,
	  LITERAL("\x7f"
		  "ELF"),
	  "application/x-executable" },
};

/* A container of one type with this inside is of another. */
struct member {
	const char *container;
	struct docket_bytes mark;
	const char *type;
};

#define OOXML "application/vnd.openxmlformats-officedocument."
#define ODF "application/vnd.oasis.opendocument."

/* The names in OLE files are UTF-16. */
static const struct member members[] = {
	{ "application/zip", LITERAL("word/document.xml"),
	  OOXML "wordprocessingml.document" },
	{ "application/zip", LITERAL("xl/workbook.xml"),
	  OOXML "spreadsheetml.sheet" },
	{ "application/zip", LITERAL("ppt/presentation.xml"),
	  OOXML "presentationml.presentation" },
	{ "application/zip", LITERAL("mimetype" ODF "text"), ODF "text" },
	{ "application/zip", LITERAL("mimetype" ODF "spreadsheet"),
	  ODF "spreadsheet" },
	{ "application/zip", LITERAL("mimetype" ODF "presentation"),
	  ODF "presentation" },
	{ "application/zip", LITERAL("mimetypeapplication/epub+zip"),
	  "application/epub+zip" },
	{ "application/x-ole-storage",
	  LITERAL("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"),
	  "application/msword" },
	{ "application/x-ole-storage", LITERAL("W\0o\0r\0k\0b\0o\0o\0k\0"),
	  "application/vnd.ms-excel" },
	{ "application/x-ole-storage",
	  LITERAL("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D\0o\0c\0u\0m\0e\0n\0t\0"),
	  "application/vnd.ms-powerpoint" },
	{ "application/x-ole-storage",
	  LITERAL("_\0_\0s\0u\0b\0s\0t\0g\0"
		  "1\0.\0"
		  "0\0_\0"),
	  "application/vnd.ms-outlook" },
};

/* Byte order marks. What follows one is text, whatever it holds. */
static const struct docket_bytes order_marks[] = {
	LITERAL("\xef\xbb\xbf"),
	LITERAL("\xff\xfe"),
	LITERAL("\xfe\xff"),
	LITERAL("\0\0\xfe\xff"),
};

static struct docket_bytes
skip(struct docket_bytes bytes, size_t count)
{
	return (struct docket_bytes){ bytes.data + count, bytes.size - count };
}

static struct docket_bytes
cut(struct docket_bytes bytes, size_t limit)
{
	return (struct docket_bytes){ bytes.data,
				      bytes.size < limit ? bytes.size : limit };
}

static bool
has_at(struct docket_bytes bytes, size_t offset, struct docket_bytes mark)
{
	return bytes.size >= offset && bytes.size - offset >= mark.size &&
	       memcmp(bytes.data + offset, mark.data, mark.size) == 0;
}

static bool
has_within(struct docket_bytes bytes, struct docket_bytes mark)
{
	return memmem(bytes.data, bytes.size, mark.data, mark.size) != NULL;
}

/* ---- magic and containers ---- */

static const char *
find_magic(struct docket_bytes bytes)
{
	for (size_t i = 0; i < ARRAY_SIZE(magics); i++)
		if (has_at(bytes, magics[i].offset, magics[i].mark))
			return magics[i].type;
	return NULL;
}

/* What is in it stands at the beginning or in the directory at the end. */
static const char *
find_member(struct docket_bytes bytes, const char *container)
{
	struct docket_bytes head = cut(bytes, CONTAINER_LIMIT);
	struct docket_bytes tail =
		skip(bytes, bytes.size > CONTAINER_LIMIT
				    ? bytes.size - CONTAINER_LIMIT
				    : bytes.size);

	for (size_t i = 0; i < ARRAY_SIZE(members); i++) {
		if (strcmp(members[i].container, container) != 0)
			continue;
		if (has_within(head, members[i].mark) ||
		    has_within(tail, members[i].mark))
			return members[i].type;
	}
	return container;
}

static size_t
find_order_mark(struct docket_bytes bytes)
{
	for (size_t i = 0; i < ARRAY_SIZE(order_marks); i++)
		if (has_at(bytes, 0, order_marks[i]))
			return order_marks[i].size;
	return 0;
}

/* Backspace to carriage return, escape, and the end of file of old systems. */
static bool
is_plain(unsigned char c)
{
	return c >= 0x20 || (c >= 0x08 && c <= 0x0d) || c == 0x1b || c == 0x1a;
}

static bool
is_text(struct docket_bytes head)
{
	size_t controls = 0;

	for (size_t i = 0; i < head.size; i++) {
		unsigned char c;

		i += escape_measure_printing(head.data + i, head.size - i);
		if (i == head.size)
			break;
		c = (unsigned char)head.data[i];
		if (c == '\0')
			return false;
		controls += !is_plain(c);
	}
	return controls * CONTROLS_RATIO <= head.size;
}

const char *
sniff_media_type(struct docket_bytes bytes, struct docket_bytes name)
{
	struct docket_bytes head = cut(bytes, HEAD_LIMIT);
	size_t order_mark = find_order_mark(head);
	const char *type = find_magic(head);

	if (type)
		return find_member(bytes, type);
	if (order_mark || is_text(head))
		return sniff_text_type(skip(head, order_mark), name);
	if (has_within(cut(head, PDF_LIMIT), magics[0].mark))
		return magics[0].type;
	return "application/octet-stream";
}
