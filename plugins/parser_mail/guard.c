/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guard.c - mails that GMime should not be given
 *
 * Pure. What GMime makes of a mail grows with its headers, a hundred bytes for
 * one of two, and groups in lists of addresses ("a: b: c:") end on the stack.
 * Owns and ends nothing.
 */
#include "guard.h"

#include <string.h>
#include <strings.h>

#define NAME_LIMIT 1000

static const char *const address_headers[] = {
	"From", "To", "Cc", "Bcc", "Sender", "Reply-To",
};

struct count {
	size_t headers;
	size_t groups;	 /* of the header at hand */
	bool is_address; /* it lists addresses */
};

/* Takes the next line off rest, with its end. */
static struct docket_bytes
cut_line(struct docket_bytes *rest)
{
	const char *end = memchr(rest->data, '\n', rest->size);
	struct docket_bytes line = *rest;

	if (end)
		line.size = (size_t)(end - rest->data) + 1;
	rest->data += line.size;
	rest->size -= line.size;
	return line;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t';
}

/* How long the name is that the line begins with; 0: it is no header. */
static size_t
measure_name(struct docket_bytes line)
{
	size_t limit = line.size < NAME_LIMIT ? line.size : NAME_LIMIT;
	const char *colon = memchr(line.data, ':', limit);
	size_t size = colon ? (size_t)(colon - line.data) : 0;

	while (size && is_space(line.data[size - 1]))
		size--;
	return size && !memchr(line.data, ' ', size) ? size : 0;
}

static bool
is_address_header(struct docket_bytes name)
{
	for (size_t i = 0;
	     i < sizeof(address_headers) / sizeof(address_headers[0]); i++)
		if (strlen(address_headers[i]) == name.size &&
		    strncasecmp(address_headers[i], name.data, name.size) == 0)
			return true;
	return false;
}

static size_t
count_colons(struct docket_bytes line)
{
	size_t count = 0;

	for (size_t i = 0; i < line.size; i++)
		count += line.data[i] == ':';
	return count;
}

static void
count_line(struct count *count, struct docket_bytes line)
{
	if (!is_space(line.data[0])) {
		struct docket_bytes name = { line.data, measure_name(line) };

		count->headers += name.size > 0;
		count->is_address = is_address_header(name);
		count->groups = 0;
	}
	if (count->is_address)
		count->groups += count_colons(line);
}

enum guard_verdict
guard_judge(struct docket_bytes mail)
{
	struct count count = { 0 };

	while (mail.size) {
		count_line(&count, cut_line(&mail));
		if (count.headers > GUARD_HEADERS_LIMIT)
			return GUARD_HEADERS;
		if (count.groups > GUARD_GROUPS_LIMIT)
			return GUARD_GROUPS;
	}
	return GUARD_PASS;
}
