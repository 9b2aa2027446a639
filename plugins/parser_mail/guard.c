/* SPDX-License-Identifier: Apache-2.0 */
/*
 * guard.c - mails that would be taken apart into far too many pieces
 *
 * Pure. Headers are the first lines of the mail and what follows a line that
 * may be a boundary, up to an empty line; behind which, in a part that is a
 * mail, more of them may follow. Owns and ends nothing.
 */
#include "guard.h"

#include <string.h>

static bool
is_header(const char *line, size_t size)
{
	const char *colon = memchr(line, ':', size < 128 ? size : 128);

	return colon && colon > line && line[0] != ' ' && line[0] != '\t' &&
	       !memchr(line, ' ', (size_t)(colon - line));
}

static bool
is_boundary(const char *line, size_t size)
{
	return size > 2 && line[0] == '-' && line[1] == '-';
}

static bool
is_empty(const char *line, size_t size)
{
	return size == 0 || (size == 1 && line[0] == '\r');
}

bool
guard_is_too_much(struct docket_bytes mail)
{
	bool may_be_header = true;
	size_t count = 0;

	while (mail.size && count <= GUARD_HEADERS_LIMIT) {
		const char *end = memchr(mail.data, '\n', mail.size);
		size_t size = end ? (size_t)(end - mail.data) : mail.size;

		if (is_boundary(mail.data, size))
			may_be_header = true;
		else if (may_be_header && is_header(mail.data, size))
			count++;
		else if (!is_empty(mail.data, size) && mail.data[0] != ' ' &&
			 mail.data[0] != '\t')
			may_be_header = false;
		mail.data += size + (end != NULL);
		mail.size -= size + (end != NULL);
	}
	return count > GUARD_HEADERS_LIMIT;
}
