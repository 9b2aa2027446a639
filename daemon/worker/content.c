/* SPDX-License-Identifier: Apache-2.0 */
/*
 * content.c - bytes that came in a message or as a descriptor
 *
 * Owns the mapping. The file behind a descriptor is docketd's private copy,
 * which nobody changes any more. Ends the process where message and bytes
 * disagree.
 */
#include "content.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wire.h"

static void
map(int fd, uint64_t size, struct content *content)
{
	struct stat file;

	if (fstat(fd, &file) || !S_ISREG(file.st_mode) ||
	    (uint64_t)file.st_size != size)
		wire_refuse("a descriptor that is no file of %llu bytes",
			    (unsigned long long)size);
	if (size == 0)
		return;
	content->map = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (content->map == MAP_FAILED)
		wire_refuse("a descriptor that cannot be mapped: %s",
			    strerror(errno));
	content->bytes = (struct docket_bytes){ content->map, size };
}

void
content_open(const struct frame *frame, struct docket_bytes inline_bytes,
	     uint64_t size, struct content *out_content)
{
	*out_content = (struct content){ .fd = frame->fd };
	if (frame->fd >= 0) {
		map(frame->fd, size, out_content);
		return;
	}
	if (inline_bytes.size != size)
		wire_refuse("%zu bytes where %llu were announced",
			    inline_bytes.size, (unsigned long long)size);
	out_content->bytes = inline_bytes;
}

void
content_close(struct content *content)
{
	if (content->map)
		munmap(content->map, content->bytes.size);
	if (content->fd >= 0)
		close(content->fd);
	*content = (struct content){ .fd = -1 };
}
