/* SPDX-License-Identifier: Apache-2.0 */
/*
 * handover.c - bytes from a copy of this process to this process
 *
 * Owns the mapping: how many bytes there are, then they. A little of it stays
 * in memory from document to document, which saves both sides the pages; what
 * is behind that is given back, whatever a copy said about how much it wrote.
 * Never ends the process but where memory runs out.
 */
#include "handover.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#define KEPT_BYTES (256u << 10)

struct head {
	uint64_t size;
};

int
handover_open(struct handover *handover, uint64_t size)
{
	void *memory;

	if (size < KEPT_BYTES)
		size = KEPT_BYTES;
	memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (memory == MAP_FAILED)
		return -errno;
	*handover = (struct handover){ memory, size };
	return 0;
}

void
handover_close(struct handover *handover)
{
	if (handover->memory)
		munmap(handover->memory, handover->size);
	*handover = (struct handover){ 0 };
}

/* Read once: a copy should have ended, but who knows. */
static uint64_t
get_size(const struct handover *handover)
{
	const volatile struct head *head = (void *)handover->memory;

	return head->size;
}

static void
set_size(struct handover *handover, uint64_t size)
{
	*(struct head *)(void *)handover->memory = (struct head){ size };
}

static size_t
get_room(const struct handover *handover)
{
	return handover->size - sizeof(struct head);
}

bool
handover_put(struct handover *handover, struct docket_bytes bytes)
{
	uint64_t size = get_size(handover);

	if (bytes.size > get_room(handover) - size)
		return false;
	if (bytes.size)
		memcpy(handover->memory + sizeof(struct head) + size,
		       bytes.data, bytes.size);
	set_size(handover, size + bytes.size);
	return true;
}

int
handover_take(const struct handover *handover, struct buffer *out)
{
	uint64_t size = get_size(handover);

	if (size == 0 || size > get_room(handover))
		return -EBADMSG;
	buffer_put(out, handover->memory + sizeof(struct head), size);
	return 0;
}

void
handover_clear(struct handover *handover)
{
	set_size(handover, 0);
	madvise(handover->memory + KEPT_BYTES, handover->size - KEPT_BYTES,
		MADV_REMOVE);
}
