/* SPDX-License-Identifier: Apache-2.0 */
/*
 * document.c - which document is asked for, and the bytes that came for it
 *
 * Owns the mapping of what came. Reads descriptors of docketd.
 */
#include "document.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "fault.h"
#include "log.h"

#define HEX_DIGITS 64
#define NUMBER_DIGITS_MAX 19 /* fewer than would overflow */

static bool
parse_number(const char *text, uint64_t *out_number)
{
	size_t size = strlen(text);

	if (size == 0 || size > NUMBER_DIGITS_MAX ||
	    strspn(text, "0123456789") != size)
		return false;
	*out_number = strtoull(text, NULL, 10);
	return *out_number > 0;
}

int
document_parse_name(const char *id, struct document_name *out_name)
{
	const char *hash = strchrnul(id, '#');
	auto_free char *name = mem_format("%.*s", (int)(hash - id), id);
	struct document_name parsed = { .anchor = *hash ? hash + 1 : NULL };

	if (!parse_number(name, &parsed.document.arrival) &&
	    digest_parse(name, &parsed.document.digest) != 0) {
		log_error("%s names no document; a number (17) does, or "
			  "sha256: with its %d digits",
			  id, HEX_DIGITS);
		return FAULT_EXIT_USAGE;
	}
	*out_name = parsed;
	return 0;
}

static int
explain_size(uint64_t wanted)
{
	log_error("docketd sent other than the %llu bytes it announced",
		  (unsigned long long)wanted);
	return FAULT_EXIT_SOFTWARE;
}

static int
map_descriptor(int fd, uint64_t size, struct document_content *out_content)
{
	struct stat status;
	void *data;

	if (fstat(fd, &status) == 0 && (uint64_t)status.st_size != size)
		return explain_size(size);
	data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (data == MAP_FAILED) {
		log_error("cannot read what docketd sent: %s", strerror(errno));
		return FAULT_EXIT_IO;
	}
	*out_content = (struct document_content){ { data, size }, true };
	return 0;
}

int
document_open(struct docket_bytes inline_bytes, uint64_t size, int fd,
	      struct document_content *out_content)
{
	if (fd >= 0 && size > 0)
		return map_descriptor(fd, size, out_content);
	if (inline_bytes.size != size)
		return explain_size(size);
	*out_content = (struct document_content){ inline_bytes, false };
	return 0;
}

void
document_close(struct document_content *content)
{
	if (content->is_mapped)
		munmap((void *)(uintptr_t)content->bytes.data,
		       content->bytes.size);
	content->is_mapped = false;
}

int
document_open_record(const struct document_content *content,
		     struct docket_record *out_record)
{
	if (record_open(content->bytes, out_record) == 0)
		return 0;
	log_error("the record is damaged; docketd can read the document again");
	return FAULT_EXIT_SOFTWARE;
}
