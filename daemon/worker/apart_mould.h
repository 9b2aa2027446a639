/* SPDX-License-Identifier: Apache-2.0 */
/*
 * apart_mould.h - the process that copies are made of; for apart.c alone
 */
#ifndef WORKER_APART_MOULD_H
#define WORKER_APART_MOULD_H

#include <sys/types.h>

#include "fault.h"
#include "frame.h"

struct apart_mould {
	int socket; /* to the process that has work done */
	uint32_t needs;
	uint32_t limit_bytes;
	int (*run)(void *owner, const struct frame *frame);
	void *owner;
};

/* What it answers for each frame, as it lies in memory. */
struct apart_ended {
	int32_t error;	/* -errno: there was no copy; or 0 */
	int32_t status; /* of the copy, as wait() has it */
	uint64_t spent_ms;
};

/* Be the mould, until the other end of the socket is closed. */
_Noreturn void apart_mould_run(const struct apart_mould *mould, pid_t parent);

/* This process makes no others from here on, unless plugins need it. */
int apart_mould_narrow(uint32_t needs, struct fault *fault);

#endif
