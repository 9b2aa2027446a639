/* SPDX-License-Identifier: Apache-2.0 */
/*
 * receipt.c - one receipt: its text, its name, and putting it into a folder
 *
 * A receipt is written under a name of docketd's own and then renamed, so it is
 * whole from the moment it is seen. Since the text of an event is always the
 * same, a receipt that is written once more after a crash finds itself there
 * and is left alone.
 */
#include "receipt.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cure.h"
#include "escape.h"

#define COUNT_LIMIT 100
#define TEMPORARY ".docket-receipt-%" PRIu64
#define OPEN_FLAGS (O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

/* ---- text ---- */

static void
put_outcome(struct buffer *out, const struct event *event)
{
	switch ((int)event->type) {
	case EVENT_DOCUMENT_PARSED:
		buffer_put_string(out, "done: it was read and registered");
		break;
	case EVENT_DOCUMENT_DUPLICATE:
		buffer_format(
			out, "a duplicate: the same bytes are arrival %" PRIu64,
			event->original);
		break;
	case EVENT_DOCUMENT_QUARANTINED:
		buffer_put_string(out, "quarantined, for the reason ");
		escape_put_line(out, event->reason);
		break;
	case EVENT_DOCUMENT_FORGOTTEN:
		buffer_put_string(out, "discarded: it was given up and its "
				       "bytes were removed");
		break;
	default:
		break;
	}
	buffer_put_string(out, ".\n");
}

bool
receipt_is_due(const struct event *event)
{
	return event->type == EVENT_DOCUMENT_PARSED ||
	       event->type == EVENT_DOCUMENT_DUPLICATE ||
	       event->type == EVENT_DOCUMENT_QUARANTINED ||
	       event->type == EVENT_DOCUMENT_FORGOTTEN;
}

/* What somebody else wrote, as a line that ends like a sentence. */
static void
put_detail(struct buffer *out, struct docket_bytes detail)
{
	if (detail.size == 0)
		return;
	buffer_put_string(out, "Why: ");
	escape_put_line(out, detail);
	buffer_put_string(out,
			  detail.data[detail.size - 1] == '.' ? "\n" : ".\n");
}

/* Where it came from, and what came out of it. */
static void
put_origin(struct buffer *out, const struct event *event)
{
	if (event->parent > 0)
		buffer_format(out, "It was in arrival %" PRIu64 ", ",
			      event->parent);
	buffer_put_string(out, event->parent > 0 ? "where it was called "
						 : "Its file was called ");
	escape_put_line(out, event->name);
	buffer_put_string(out, ".\n");
	if (event->children > 0)
		buffer_format(out,
			      "Documents that were in it: %" PRIu64 ". Each "
			      "has a number and a receipt of its own.\n",
			      event->children);
}

void
receipt_put_text(struct buffer *out, const struct event *event)
{
	char id[DIGEST_TEXT_SIZE];

	buffer_format(out, "Arrival %" PRIu64 " of inbox ", event->arrival);
	escape_put_line(out, event->inbox);
	buffer_put_string(out, " is ");
	put_outcome(out, event);
	put_origin(out, event);
	if (event->has_digest)
		buffer_format(out, "The SHA-256 of its bytes is %s.\n",
			      digest_format(&event->digest, id) +
				      strlen("sha256:"));
	if (event->type == EVENT_DOCUMENT_QUARANTINED) {
		put_detail(out, event->detail);
		buffer_format(out, "What to do: %s\n",
			      cure_find(event->reason));
	}
	buffer_put_string(out, "It was settled at ");
	json_put_time(out, event->time_ms);
	buffer_put_string(out, ".\n");
}

/* ---- name ---- */

void
receipt_put_name(struct buffer *out, const struct event *event, unsigned count)
{
	auto_free char *end =
		count < 2 ? mem_format(".%" PRIu64 ".txt", event->arrival)
			  : mem_format(".%" PRIu64 "-%u.txt", event->arrival,
				       count);
	size_t begin = out->size;

	buffer_put_bytes(
		out, escape_cut(event->name, RECEIPT_NAME_LIMIT - strlen(end)));
	/* It may have been a path below the inbox. */
	for (size_t i = begin; i < out->size; i++)
		if (out->data[i] == '/')
			out->data[i] = '_';
	buffer_put_string(out, end);
}

/* ---- file ---- */

static int
write_all(int fd, struct docket_bytes bytes)
{
	while (bytes.size > 0) {
		ssize_t size = write(fd, bytes.data, bytes.size);

		if (size < 0 && errno != EINTR)
			return -errno;
		if (size > 0) {
			bytes.data += size;
			bytes.size -= (size_t)size;
		}
	}
	/* docketd's umask is narrow; receipts are for whoever sees the folder. */
	return fchmod(fd, 0644) < 0 || fsync(fd) < 0 ? -errno : 0;
}

/* One that a crash left is of the same arrival: nobody misses it. */
static int
write_temporary(int folder, const char *name, struct docket_bytes text)
{
	auto_fd int fd = -1;
	int status;

	if (unlinkat(folder, name, 0) < 0 && errno != ENOENT)
		return -errno;
	fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | OPEN_FLAGS,
		    0600);
	if (fd < 0)
		return -errno;
	status = write_all(fd, text);
	if (status < 0)
		unlinkat(folder, name, 0);
	return status;
}

/* Is this receipt there already? */
static bool
is_there(int folder, const char *name, struct docket_bytes text)
{
	auto_fd int fd = openat(folder, name, O_RDONLY | OPEN_FLAGS);
	auto_free char *there = mem_alloc(text.size + 1);
	struct stat meta;

	return fd >= 0 && fstat(fd, &meta) == 0 && S_ISREG(meta.st_mode) &&
	       meta.st_size == (off_t)text.size &&
	       pread(fd, there, text.size, 0) == (ssize_t)text.size &&
	       memcmp(there, text.data, text.size) == 0;
}

static int
name_it(int folder, const char *temporary, const struct event *event,
	struct docket_bytes text)
{
	for (unsigned count = 1; count <= COUNT_LIMIT; count++) {
		auto_buffer struct buffer name = { 0 };

		receipt_put_name(&name, event, count);
		buffer_put(&name, "", 1);
		if (is_there(folder, name.data, text))
			return unlinkat(folder, temporary, 0) < 0 ? -errno : 0;
		if (renameat2(folder, temporary, folder, name.data,
			      RENAME_NOREPLACE) == 0)
			return 0;
		if (errno != EEXIST)
			return -errno;
	}
	return -EEXIST;
}

int
receipt_write(int folder, const struct event *event)
{
	auto_free char *temporary = mem_format(TEMPORARY, event->arrival);
	auto_buffer struct buffer text = { 0 };
	int status;

	receipt_put_text(&text, event);
	status = write_temporary(folder, temporary, buffer_bytes(&text));
	if (status < 0)
		return status;
	status = name_it(folder, temporary, event, buffer_bytes(&text));
	if (status < 0)
		unlinkat(folder, temporary, 0);
	return status;
}
