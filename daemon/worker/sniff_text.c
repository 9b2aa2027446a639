/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sniff_text.c - which kind of text a text is
 *
 * Pure: its first words tell HTML, XML and mail from the rest. A name is a
 * stranger's claim and believed last. Owns and ends nothing.
 */
#include <string.h>
#include <strings.h>

#include "sniff.h"

/* The first tag of what browsers take for HTML. */
static const char *const html_tags[] = {
	"!doctype html",
	"html",
	"head",
	"body",
	"title",
	"meta",
	"script",
	"style",
	"link",
	"base",
	"table",
	"div",
	"font",
	"center",
	"iframe",
	"h1",
	"h2",
	"h3",
	"p",
	"a",
	"b",
	"br",
};

/* Elements that name an XML document's type better than "XML" does. */
static const struct {
	const char *element;
	const char *type;
} xml_roots[] = {
	{ "akomaNtoso", "application/akn+xml" },
	{ "html", "application/xhtml+xml" },
};

/* A mail is known by a line that only machines write. */
static const char *const mail_headers[] = {
	"Received:",	 "Return-Path:",    "Delivered-To:", "Message-ID:",
	"MIME-Version:", "DKIM-Signature:", "Content-Type:", "X-Mailer:",
};

/* Text whose bytes could be any text's. */
static const struct {
	const char *suffix;
	const char *type;
} suffixes[] = {
	{ ".md", "text/markdown" },
	{ ".markdown", "text/markdown" },
};

static struct docket_bytes
skip(struct docket_bytes bytes, size_t count)
{
	return (struct docket_bytes){ bytes.data + count, bytes.size - count };
}

static bool
begins_with(struct docket_bytes bytes, const char *word)
{
	size_t size = strlen(word);

	return bytes.size >= size && strncasecmp(bytes.data, word, size) == 0;
}

static struct docket_bytes
skip_space(struct docket_bytes bytes)
{
	size_t count = 0;

	while (count < bytes.size && strchr(" \t\r\n\f", bytes.data[count]) &&
	       bytes.data[count])
		count++;
	return skip(bytes, count);
}

/* Past white space and comments, to the first tag there is. */
static struct docket_bytes
skip_comments(struct docket_bytes bytes)
{
	const char *end;

	bytes = skip_space(bytes);
	while (begins_with(bytes, "<!--")) {
		end = memmem(bytes.data, bytes.size, "-->", 3);
		if (!end)
			break;
		bytes = skip(bytes, (size_t)(end - bytes.data) + 3);
		bytes = skip_space(bytes);
	}
	return bytes;
}

/* Is it "<name" and then something that ends a name? */
static bool
has_tag(struct docket_bytes bytes, const char *name)
{
	size_t size = strlen(name);

	if (bytes.size < size + 2 || bytes.data[0] != '<' ||
	    !begins_with(skip(bytes, 1), name))
		return false;
	return strchr(" \t\r\n/>", bytes.data[size + 1]) &&
	       bytes.data[size + 1];
}

/* The document's first element, past declarations and comments. */
static struct docket_bytes
find_root(struct docket_bytes bytes)
{
	const char *end;

	while (begins_with(bytes, "<?") || begins_with(bytes, "<!")) {
		end = memchr(bytes.data, '>', bytes.size);
		if (!end)
			break;
		bytes = skip(bytes, (size_t)(end - bytes.data) + 1);
		bytes = skip_comments(bytes);
	}
	return bytes;
}

static const char *
find_markup(struct docket_bytes text)
{
	struct docket_bytes first = skip_comments(text);
	struct docket_bytes root;

	for (size_t i = 0; i < ARRAY_SIZE(html_tags); i++)
		if (has_tag(first, html_tags[i]))
			return "text/html";
	if (!begins_with(first, "<?xml"))
		return NULL;
	root = find_root(first);
	for (size_t i = 0; i < ARRAY_SIZE(xml_roots); i++)
		if (has_tag(root, xml_roots[i].element))
			return xml_roots[i].type;
	return "application/xml";
}

/* A line of a block of headers: "Name: ...", or one that goes on with it. */
static bool
is_header(struct docket_bytes line)
{
	const char *colon = memchr(line.data, ':', line.size);

	if (line.data[0] == ' ' || line.data[0] == '\t')
		return true;
	if (!colon || colon == line.data)
		return false;
	return !memchr(line.data, ' ', (size_t)(colon - line.data));
}

static bool
is_mail_header(struct docket_bytes line)
{
	for (size_t i = 0; i < ARRAY_SIZE(mail_headers); i++)
		if (begins_with(line, mail_headers[i]))
			return true;
	return false;
}

/* Headers from the first line to an empty one, and a machine's among them. */
static bool
is_mail(struct docket_bytes text)
{
	bool has_machine = false;

	while (text.size) {
		const char *end = memchr(text.data, '\n', text.size);
		struct docket_bytes line = text;

		if (!end)
			return false;
		line.size = (size_t)(end - text.data);
		if (line.size == 0 || line.data[0] == '\r')
			return has_machine;
		if (!is_header(line))
			return false;
		has_machine |= is_mail_header(line);
		text = skip(text, line.size + 1);
	}
	return false;
}

static const char *
find_suffix(struct docket_bytes name)
{
	for (size_t i = 0; i < ARRAY_SIZE(suffixes); i++) {
		size_t size = strlen(suffixes[i].suffix);

		if (name.size > size &&
		    begins_with(skip(name, name.size - size),
				suffixes[i].suffix))
			return suffixes[i].type;
	}
	return "text/plain";
}

const char *
sniff_text_type(struct docket_bytes head, struct docket_bytes name)
{
	const char *type = find_markup(head);

	if (!type && is_mail(head))
		type = "message/rfc822";
	return type ? type : find_suffix(name);
}
