/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_run.h - another program, run once, to its end or ours
 *
 * The child narrows itself and becomes the program: a process group of its
 * own, descriptors 0 1 2 and no others, the environment it is given and no
 * other, limits, and death when this process dies. Whatever it does, the call
 * returns a little after the deadline at the latest, and nothing that it
 * started is left.
 */
#ifndef WORKER_PROGRAM_RUN_H
#define WORKER_PROGRAM_RUN_H

#include "mem.h"

struct program_order {
	const char *const *argv; /* argv[0] is an absolute path */
	const char *const *environment;
	struct docket_bytes input; /* on its descriptor 0, a pipe */
	bool has_output;	   /* descriptor 1 is read; else it is as 2 */
	int64_t deadline_ms;
	uint64_t memory_limit_bytes; /* of each process; 0: none */
	uint64_t output_limit_bytes;
	uint64_t processes;
	int socket; /* ends when nobody waits for the result any more; or -1 */
	/* Now and then while it runs, well within a second; may be NULL. */
	void (*on_alive)(void *owner);
	void *owner;
};

enum program_end {
	PROGRAM_EXITED = 0, /* code is its exit status */
	PROGRAM_SIGNALLED,  /* code is the signal */
	PROGRAM_OVERDUE,
	PROGRAM_OVERFLOWED, /* it wrote more than output_limit_bytes */
	PROGRAM_FORSAKEN,   /* the socket ended */
	PROGRAM_FAILED,	    /* there was no process or pipe; code is an errno */
};

struct program_result {
	enum program_end end;
	int code;
	struct buffer output;
	char last_words[256]; /* last line on descriptor 2 that has any */
};

/*
 * Blocks; program_sweep_open() comes before the first. Lines on descriptor 2 go to docket_log(). out_result is to be given
 * back by program_run_fini().
 */
void program_run(const struct program_order *order,
		 struct program_result *out_result);
void program_run_fini(struct program_result *result);

#endif
