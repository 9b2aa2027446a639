/* SPDX-License-Identifier: Apache-2.0 */
/*
 * xml.c - XML 1.0 written straight into a buffer, UTF-8, without white space
 *
 * Owns nothing; never ends the process.
 */
#include "xml.h"

#include <string.h>

#include "escape.h"

void
xml_init(struct xml *xml, struct buffer *out)
{
	*xml = (struct xml){ .out = out };
	buffer_put_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

static void
close_tag(struct xml *xml)
{
	if (xml->is_open)
		buffer_put(xml->out, ">", 1);
	xml->is_open = false;
}

void
xml_begin(struct xml *xml, const char *name)
{
	close_tag(xml);
	buffer_put(xml->out, "<", 1);
	buffer_put_string(xml->out, name);
	xml->is_open = true;
}

void
xml_end(struct xml *xml, const char *name)
{
	if (xml->is_open)
		buffer_put_string(xml->out, "/>");
	else
		buffer_format(xml->out, "</%s>", name);
	xml->is_open = false;
}

/* What a byte is written as, or NULL: as it is. */
static const char *
get_escape(char byte)
{
	switch (byte) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\r':
		return "&#13;";
	default:
		break;
	}
	if ((unsigned char)byte < 0x20 && byte != '\n' && byte != '\t')
		return " ";
	return NULL;
}

/* U+FFFE and U+FFFF are no characters of XML. */
static bool
is_nonchar(const char *at, size_t left)
{
	return left >= 3 && memcmp(at, "\xef\xbf", 2) == 0 &&
	       (unsigned char)at[2] >= 0xbe;
}

static void
put_escaped(struct buffer *out, struct docket_bytes clean)
{
	size_t done = 0;

	for (size_t i = 0; i < clean.size; i++) {
		const char *escape = get_escape(clean.data[i]);

		if (!escape && is_nonchar(clean.data + i, clean.size - i))
			escape = "\xef\xbf\xbd";
		if (!escape)
			continue;
		buffer_put(out, clean.data + done, i - done);
		buffer_put_string(out, escape);
		if ((unsigned char)clean.data[i] == 0xef)
			i += 2;
		done = i + 1;
	}
	buffer_put(out, clean.data + done, clean.size - done);
}

static void
put_text(struct buffer *out, struct docket_bytes text)
{
	auto_buffer struct buffer clean = { 0 };

	if (!text.size)
		return;
	escape_put_utf8(&clean, text);
	put_escaped(out, buffer_bytes(&clean));
}

void
xml_attribute(struct xml *xml, const char *name, struct docket_bytes value)
{
	buffer_format(xml->out, " %s=\"", name);
	put_text(xml->out, value);
	buffer_put(xml->out, "\"", 1);
}

void
xml_set(struct xml *xml, const char *name, const char *value)
{
	xml_attribute(xml, name, bytes_of(value));
}

void
xml_text(struct xml *xml, struct docket_bytes text)
{
	if (!text.size)
		return;
	close_tag(xml);
	put_text(xml->out, text);
}
