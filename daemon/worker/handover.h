/* SPDX-License-Identifier: Apache-2.0 */
/*
 * handover.h - bytes from a copy of this process to this process
 *
 * Memory that both share, mapped before the fork. It is no file, so a copy needs
 * neither a descriptor for it nor the right to write files, and it costs no
 * memory before it is written to.
 */
#ifndef WORKER_HANDOVER_H
#define WORKER_HANDOVER_H

#include "mem.h"

struct handover {
	char *memory;
	size_t size; /* of it: no copy hands over more, nor as much */
};

/* 0, or a negative errno. */
int handover_open(struct handover *handover, uint64_t size);
void handover_close(struct handover *handover);

/* In the copy: append. False: there is no room, and nothing was appended. */
bool handover_put(struct handover *handover, struct docket_bytes bytes);

/*
 * When the copy has ended: append what it handed over. The bytes are this
 * process's own, nobody changes them any more; but whoever wrote them may have
 * been taken over. 0, or -EBADMSG: there is nothing.
 */
int handover_take(const struct handover *handover, struct buffer *out);

/* Before the next copy: forget it, and give the memory back. */
void handover_clear(struct handover *handover);

#endif
