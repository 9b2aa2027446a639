/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sniff_text.c - which kind of text a text is
 *
 * Pure: its first words tell HTML, XML and mail from the rest. A name is a
 * stranger's claim; it decides whether headers without any trace of a machine
 * are a mail or a memorandum. Owns and ends nothing.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "sniff.h"

/* Nearly all that is looked at of a document: what has no end here goes on. */
#define HEADERS_LIMIT (60u << 10)

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
	{ "svg", "image/svg+xml" },
	{ "office:document",
	  "application/vnd.oasis.opendocument.text-flat-xml" },
};

/* Formats made of lines that begin with a line of their own. */
static const struct {
	const char *line;
	const char *type;
} beginnings[] = {
	{ "BEGIN:VCARD", "text/vcard" },
	{ "BEGIN:VCALENDAR", "text/calendar" },
	{ "{\\rtf", "application/rtf" },
	{ "{\\urtf", "application/rtf" },
	{ "-----BEGIN PKCS7-----", "application/pkcs7-mime" },
	{ "-----BEGIN CMS-----", "application/pkcs7-mime" },
	{ "-----BEGIN PGP MESSAGE-----", "application/pgp-encrypted" },
};

/* A mail is known by a line that only machines write. */
static const char *const mail_headers[] = {
	"Received:",
	"Return-Path:",
	"Delivered-To:",
	"Message-ID:",
	"MIME-Version:",
	"DKIM-Signature:",
	"Content-Type:",
	"X-Mailer:",
	"X-Received:",
	"X-Original-To:",
	"X-Mozilla-",
	"X-MS-",
	"ARC-Seal:",
	"Envelope-To:",
	"User-Agent:",
	"List-Id:",
	"Authentication-Results:",
	"Content-Transfer-Encoding:",
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

/* Is it a mark, a name, and then something that ends a name? */
static bool
has_name(struct docket_bytes bytes, char mark, const char *name)
{
	size_t size = strlen(name);

	if (bytes.size < size + 2 || bytes.data[0] != mark ||
	    !begins_with(skip(bytes, 1), name))
		return false;
	return strchr(" \t\r\n/>", bytes.data[size + 1]) &&
	       bytes.data[size + 1];
}

static bool
has_tag(struct docket_bytes bytes, const char *name)
{
	return has_name(bytes, '<', name);
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

/* "akn:akomaNtoso", too: a prefix is whatever its author likes. */
static const char *
find_root_type(struct docket_bytes root)
{
	struct docket_bytes name = root;
	size_t size = 1;

	while (size < root.size && (isalnum((unsigned char)root.data[size]) ||
				    root.data[size] == '-'))
		size++;
	if (size > 1 && size < root.size && root.data[size] == ':')
		name = skip(root, size);
	for (size_t i = 0; i < ARRAY_SIZE(xml_roots); i++) {
		const char *element = xml_roots[i].element;

		if (has_tag(root, element) || has_name(name, ':', element))
			return xml_roots[i].type;
	}
	return NULL;
}

static const char *
find_markup(struct docket_bytes text)
{
	struct docket_bytes first = skip_comments(text);
	const char *type;

	for (size_t i = 0; i < ARRAY_SIZE(html_tags); i++)
		if (has_tag(first, html_tags[i]))
			return "text/html";
	type = find_root_type(find_root(first));
	if (type)
		return type;
	return begins_with(first, "<?xml") ? "application/xml" : NULL;
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

/*
 * Headers from the first line to an empty one, and a machine's among them or
 * a name that says so. There may be more of them than is looked at.
 */
static bool
is_mail(struct docket_bytes text, bool is_called_mail)
{
	bool is_long = text.size >= HEADERS_LIMIT;
	bool is_known = is_called_mail;

	while (text.size) {
		const char *end = memchr(text.data, '\n', text.size);
		struct docket_bytes line = text;

		if (!end)
			break;
		line.size = (size_t)(end - text.data);
		if (line.size == 0 || line.data[0] == '\r')
			return is_known;
		if (!is_header(line))
			return false;
		is_known |= is_mail_header(line);
		text = skip(text, line.size + 1);
	}
	return is_long && is_known;
}

/* Past its first line. */
static struct docket_bytes
skip_line(struct docket_bytes text)
{
	const char *end = memchr(text.data, '\n', text.size);

	return skip(text, end ? (size_t)(end - text.data) + 1 : text.size);
}

/*
 * A mailbox begins with "From ", a sender and a time; then comes its first mail.
 * One that a program has saved alone may have its length before it.
 */
static const char *
find_mail(struct docket_bytes text, struct docket_bytes name)
{
	bool is_called_mail = sniff_has_suffix(name, ".eml");
	size_t digits = 0;

	if (text.size > 5 && memcmp(text.data, "From ", 5) == 0)
		return is_mail(skip_line(text), true) ? "application/mbox"
						      : NULL;
	while (digits < text.size && strchr("0123456789 ", text.data[digits]) &&
	       text.data[digits])
		digits++;
	if (digits && digits < text.size && text.data[digits] == '\n')
		return is_mail(skip(text, digits + 1), false) ? "message/x-emlx"
							      : NULL;
	return is_mail(text, is_called_mail) ? "message/rfc822" : NULL;
}

static const char *
find_beginning(struct docket_bytes text)
{
	struct docket_bytes first = skip_space(text);

	for (size_t i = 0; i < ARRAY_SIZE(beginnings); i++)
		if (begins_with(first, beginnings[i].line))
			return beginnings[i].type;
	return NULL;
}

const char *
sniff_text_type(struct docket_bytes head, struct docket_bytes name)
{
	const char *type = find_markup(head);

	if (!type)
		type = find_beginning(head);
	if (!type)
		type = find_mail(head, name);
	return type ? type : "text/plain";
}
