/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sandbox.h - what a worker gives up before it sees a stranger's byte
 *
 * One fixed sequence, in two halves: between them plugins are loaded and
 * prepared, as that is the last that needs files. Nothing is ever taken back.
 */
#ifndef WORKER_SANDBOX_H
#define WORKER_SANDBOX_H

#include "fault.h"
#include "message.h"

struct sandbox {
	enum message_role role;
	uint64_t memory_limit_bytes; /* RLIMIT_DATA; 0: none */
	uint32_t needs; /* enum docket_need of all plugins; second half only */
};

/*
 * Before anything is loaded, and before the first open(). 0, or a negative
 * errno with the step that failed; then the worker must not go on.
 */
int sandbox_before_load(const struct sandbox *sandbox, struct fault *fault);
int sandbox_before_input(const struct sandbox *sandbox, struct fault *fault);

/*
 * In a copy of a worker that was allowed to fork (DOCKET_NEED_PROCESS), before
 * it reads its one document: it may not.
 */
int sandbox_before_document(const struct sandbox *sandbox, struct fault *fault);

/* The limits alone: for --describe, which loads but is given no document. */
int sandbox_limit(const struct sandbox *sandbox, struct fault *fault);

#endif
