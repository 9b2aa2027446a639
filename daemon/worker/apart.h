/* SPDX-License-Identifier: Apache-2.0 */
/*
 * apart.h - one piece of work in a copy of this process
 *
 * What a library does to its process while it reads a stranger's document ends
 * with the copy: memory, open files, whatever a document has taken over.
 */
#ifndef WORKER_APART_H
#define WORKER_APART_H

#include <stdint.h>

struct apart {
	uint32_t needs; /* enum docket_need of the plugins that are loaded */
	/* In the copy; what it returns is its exit code, 0: all went well. */
	int (*run)(void *owner);
	void *owner;
};

/* Once, before the first: so that nothing a copy started outlives it. */
void apart_open(uint32_t needs);

/*
 * Fork, run, and wait for the end of the copy; SIGTERM goes to it meanwhile.
 * 0: run returned 0. -errno: there was no process, and nothing was run. If the
 * copy ends otherwise, by a signal or an exit code, so does this process.
 */
int apart_run(const struct apart *apart);

#endif
