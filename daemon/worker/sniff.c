/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sniff.c - the media type of a document, from its bytes
 *
 * Pure, in layers. Magic: bytes at a place where no text has them. Containers:
 * archives that are known by what is in them. Text: whatever has hardly any
 * control characters; sniff_text.c tells which. Names: where bytes look alike.
 * Owns and ends nothing.
 */
#include "sniff.h"

#include <string.h>
#include <strings.h>

#include "escape.h"

/* What is looked at of the beginning. */
#define HEAD_LIMIT (64u << 10)
/* Where readers of PDF look for its mark. */
#define PDF_LIMIT 1024
/* Units of two bytes that are looked at for mark-up. */
#define WIDE_LIMIT 4096
/* One control character in so many is an accident, more are no text. */
#define CONTROLS_RATIO 64

#define LITERAL(string)                    \
	{                                  \
		string, sizeof(string) - 1 \
	}

#define OOXML "application/vnd.openxmlformats-officedocument."

static const struct container {
	const char *type;
	const char *(*look_into)(struct docket_bytes bytes);
} containers[] = {
	{ "application/zip", sniff_zip_type },
	{ "application/x-ole-storage", sniff_ole_type },
};

/* Documents of two types that differ within, or not at all. */
static const struct look_alike {
	const char *type;
	const char *suffix;
	const char *better;
} look_alikes[] = {
	{ "text/plain", ".md", "text/markdown" },
	{ "text/plain", ".markdown", "text/markdown" },
	{ OOXML "wordprocessingml.document", ".dotx",
	  OOXML "wordprocessingml.template" },
	{ "application/vnd.ms-word.document.macroenabled.12", ".dotm",
	  "application/vnd.ms-word.template.macroenabled.12" },
	{ OOXML "spreadsheetml.sheet", ".xltx",
	  OOXML "spreadsheetml.template" },
	{ "application/vnd.ms-excel.sheet.macroenabled.12", ".xltm",
	  "application/vnd.ms-excel.template.macroenabled.12" },
	{ OOXML "presentationml.presentation", ".potx",
	  OOXML "presentationml.template" },
	{ OOXML "presentationml.presentation", ".ppsx",
	  OOXML "presentationml.slideshow" },
	{ "application/vnd.ms-xpsdocument", ".oxps", "application/oxps" },
	{ "application/pkcs7-mime", ".p7s", "application/pkcs7-signature" },
};

/* Byte order marks. What follows one is text, whatever it holds. */
static const struct docket_bytes order_marks[] = {
	LITERAL("\xef\xbb\xbf"),
	LITERAL("\xff\xfe"),
	LITERAL("\xfe\xff"),
	LITERAL("\0\0\xfe\xff"),
};

static const struct docket_bytes pdf_mark = LITERAL("%PDF-");

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

/* ---- layers ---- */

static const char *
look_into(struct docket_bytes bytes, const char *type)
{
	const char *inner = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(containers) && !inner; i++)
		if (strcmp(containers[i].type, type) == 0)
			inner = containers[i].look_into(bytes);
	return inner ? inner : type;
}

bool
sniff_has_suffix(struct docket_bytes name, const char *suffix)
{
	size_t size = strlen(suffix);

	return name.size > size &&
	       strncasecmp(name.data + name.size - size, suffix, size) == 0;
}

static const char *
choose_by_name(const char *type, struct docket_bytes name)
{
	for (size_t i = 0; i < ARRAY_SIZE(look_alikes); i++)
		if (strcmp(look_alikes[i].type, type) == 0 &&
		    sniff_has_suffix(name, look_alikes[i].suffix))
			return look_alikes[i].better;
	return type;
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

/*
 * Text in units of two bytes, of which mark-up is looked for in what is ASCII.
 * Mail, and whatever else is told by lines, is never written so.
 */
static const char *
sniff_wide_text(struct docket_bytes head, struct docket_bytes name)
{
	bool is_big = (unsigned char)head.data[0] == 0xfe;
	char narrow[WIDE_LIMIT];
	struct docket_bytes text = { narrow, 0 };

	for (size_t at = 2; at + 1 < head.size && text.size < sizeof(narrow);
	     at += 2) {
		char high = head.data[at + !is_big];
		char low = head.data[at + is_big];

		narrow[text.size++] = high == 0 && low > 0 ? low : '?';
	}
	return text.size && text.data[0] == '<' ? sniff_text_type(text, name)
						: "text/plain";
}

static const char *
find_type(struct docket_bytes bytes, struct docket_bytes name)
{
	struct docket_bytes head = cut(bytes, HEAD_LIMIT);
	size_t order_mark = find_order_mark(head);
	bool is_texty = order_mark || is_text(head);
	const char *type = sniff_magic(head, is_texty);

	if (type)
		return look_into(bytes, type);
	if (order_mark == 2)
		return sniff_wide_text(head, name);
	if (is_texty)
		return sniff_text_type(skip(head, order_mark), name);
	if (has_within(cut(head, PDF_LIMIT), pdf_mark))
		return "application/pdf";
	return "application/octet-stream";
}

const char *
sniff_media_type(struct docket_bytes bytes, struct docket_bytes name)
{
	return choose_by_name(find_type(bytes, name), name);
}
