/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mbox.c - mails in a row in one file
 *
 * Pure. A mail begins behind a line that begins with "From ", which is the
 * first or has an empty line before it, and behind which there is a header: in
 * the text of a mail such a line is not always escaped. Owns and ends nothing.
 */
#include "mbox.h"

#include <string.h>

#define MARK "From "
#define MARK_SIZE (sizeof(MARK) - 1)

static struct docket_bytes
skip(struct docket_bytes bytes, size_t count)
{
	return (struct docket_bytes){ bytes.data + count, bytes.size - count };
}

static struct docket_bytes
skip_line(struct docket_bytes bytes)
{
	const char *end = memchr(bytes.data, '\n', bytes.size);

	return skip(bytes, end ? (size_t)(end - bytes.data) + 1 : bytes.size);
}

/* "Name: ..." */
static bool
is_header(struct docket_bytes line)
{
	size_t at = 0;

	while (at < line.size && line.data[at] > ' ' && line.data[at] < 0x7f &&
	       line.data[at] != ':')
		at++;
	return at > 0 && at < line.size && line.data[at] == ':';
}

static bool
is_mark(struct docket_bytes at)
{
	return at.size > MARK_SIZE && memcmp(at.data, MARK, MARK_SIZE) == 0 &&
	       is_header(skip_line(at));
}

bool
mbox_is(struct docket_bytes bytes)
{
	return is_mark(bytes);
}

/* The next mark behind an empty line, or the end. */
static struct docket_bytes
find_mark(struct docket_bytes at)
{
	while (at.size) {
		bool is_empty = at.data[0] == '\n' ||
				(at.size > 1 && at.data[0] == '\r' &&
				 at.data[1] == '\n');

		at = skip_line(at);
		if (is_empty && is_mark(at))
			break;
	}
	return at;
}

bool
mbox_next(struct docket_bytes *rest, struct docket_bytes *out_mail)
{
	struct docket_bytes mail;

	if (!rest->size)
		return false;
	mail = skip_line(*rest);
	*rest = find_mark(mail);
	mail.size -= rest->size;
	*out_mail = mail;
	return true;
}
