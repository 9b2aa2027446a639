/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reader_process.h - how a docket-worker comes to life, and how it ended
 */
#ifndef CLI_READER_PROCESS_H
#define CLI_READER_PROCESS_H

#include <sys/types.h>

#include "fault.h"
#include "mem.h"

/*
 * Start a worker in the role of reader; *out_fd is our end of its socketpair.
 * Appends to out_setup what it must be told first: HELLO, every parser and
 * annotator of the plugin folder, START. Negative errno with a sentence.
 */
int reader_process_start(pid_t *out_pid, int *out_fd, struct buffer *out_setup,
			 struct fault *fault);

/*
 * Make it end and wait for it. Its status as waitpid() tells it: that of its
 * own death if it was dying already.
 */
int reader_process_end(pid_t pid);

/* "was ended by signal 11 (Segmentation fault)"; the caller's. */
char *reader_process_describe(int status);

#endif
