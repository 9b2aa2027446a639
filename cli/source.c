/* SPDX-License-Identifier: Apache-2.0 */
/*
 * source.c - a document that somebody named on the command line
 *
 * Owns its descriptor. Reads files with the rights of whoever runs docket.
 */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fault.h"
#include "log.h"

#define CHUNK_BYTES (64u << 10)

static int
explain_open(const char *label, int error)
{
	log_error("%s: %s", label, strerror(error));
	return EXIT_FAILURE;
}

static int
explain_read(const char *label)
{
	log_error("cannot read %s: %s", label, strerror(errno));
	return FAULT_EXIT_IO;
}

static int
write_all(int fd, const char *data, size_t size)
{
	while (size > 0) {
		ssize_t written = write(fd, data, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		data += written;
		size -= (size_t)written;
	}
	return 0;
}

/* Read from to its end into memory that has a descriptor. */
static int
gather(const char *label, int from, int *out_fd)
{
	char chunk[CHUNK_BYTES];
	auto_fd int fd = memfd_create("document", MFD_CLOEXEC);

	if (fd < 0)
		return explain_read(label);
	for (;;) {
		ssize_t size = read(from, chunk, sizeof(chunk));

		if (size < 0 && errno == EINTR)
			continue;
		if (size == 0)
			break;
		if (size < 0 || write_all(fd, chunk, (size_t)size) < 0)
			return explain_read(label);
	}
	if (lseek(fd, 0, SEEK_SET) < 0)
		return explain_read(label);
	*out_fd = take_fd(&fd);
	return 0;
}

/* From fd, which is taken, to a source that can be read more than once. */
static int
settle(struct source *source, int fd, bool is_gathered)
{
	auto_fd int given = fd;
	struct stat status;
	int code = 0;

	if (fstat(given, &status) < 0)
		return explain_read(source->label);
	if (S_ISDIR(status.st_mode))
		return explain_open(source->label, EISDIR);
	if (is_gathered || !S_ISREG(status.st_mode))
		code = gather(source->label, given, &source->fd);
	else
		source->fd = take_fd(&given);
	if (code)
		return code;
	if (fstat(source->fd, &status) < 0)
		return explain_read(source->label);
	source->size = (uint64_t)status.st_size;
	return 0;
}

static int
open_stdin(struct source *source)
{
	int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);

	source->label = "standard input";
	if (fd < 0)
		return explain_open(source->label, errno);
	/* It may be writable and half read: what is left of it is copied. */
	return settle(source, fd, true);
}

static int
open_path(struct source *source, const char *path)
{
	const char *slash = strrchr(path, '/');
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	source->label = path;
	source->name = bytes_of(slash ? slash + 1 : path);
	if (fd < 0)
		return explain_open(path, errno);
	return settle(source, fd, false);
}

int
source_open(const char *path, struct source *out_source)
{
	struct source source = { .fd = -1 };
	int code = strcmp(path, "-") == 0 ? open_stdin(&source)
					  : open_path(&source, path);

	if (code)
		source_close(&source);
	else
		*out_source = source;
	return code;
}

int
source_hold(const char *label, struct docket_bytes name,
	    struct docket_bytes bytes, struct source *out_source)
{
	auto_fd int fd = memfd_create("document", MFD_CLOEXEC);

	if (fd < 0 || write_all(fd, bytes.data, bytes.size) < 0)
		return explain_read(label);
	*out_source = (struct source){
		.label = label,
		.name = name,
		.fd = take_fd(&fd),
		.size = bytes.size,
	};
	return 0;
}

void
source_close(struct source *source)
{
	if (source->fd >= 0)
		close(source->fd);
	source->fd = -1;
}

/* Bytes from offset on; 0 at the end, below 0 where it was said why not. */
static ssize_t
read_at(const struct source *source, char *out, size_t room, uint64_t offset)
{
	ssize_t size;

	do {
		size = pread(source->fd, out, room, (off_t)offset);
	} while (size < 0 && errno == EINTR);
	if (size < 0)
		explain_read(source->label);
	return size;
}

int
source_read(const struct source *source, struct buffer *out)
{
	uint64_t offset = 0;
	ssize_t size;

	do {
		char *at = buffer_reserve(out, CHUNK_BYTES);

		size = read_at(source, at, CHUNK_BYTES, offset);
		if (size < 0)
			return FAULT_EXIT_IO;
		out->size += (size_t)size;
		offset += (uint64_t)size;
	} while (size > 0);
	return 0;
}

int
source_hash(const struct source *source, struct digest *out_digest)
{
	struct digest_state *state = digest_new();
	char chunk[CHUNK_BYTES];
	uint64_t offset = 0;
	ssize_t size;

	do {
		size = read_at(source, chunk, sizeof(chunk), offset);
		if (size > 0)
			digest_add(state, chunk, (size_t)size);
		offset += size > 0 ? (uint64_t)size : 0;
	} while (size > 0);
	*out_digest = digest_finish(state);
	return size < 0 ? FAULT_EXIT_IO : 0;
}
