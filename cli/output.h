/* SPDX-License-Identifier: Apache-2.0 */
/*
 * output.h - standard output: gathered, written, and checked
 *
 * Verbs append to text and call output_pass() now and then. A reader that went
 * away (EPIPE) ends docket quietly by SIGPIPE.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "mem.h"

struct output {
	int fd;
	struct buffer text; /* not written yet */
	bool is_terminal;
	bool is_styled; /* colours and bold */
	size_t columns; /* of the terminal; 0 where there is none */
	int failed;	/* 0, or the exit code of a write that failed */
};

void output_init(struct output *out, int fd);
void output_fini(struct output *out);

/* Write if much has gathered. After a failure nothing is written any more. */
int output_pass(struct output *out);

/* Write all that has gathered. */
int output_flush(struct output *out);

/* Write what has gathered, then bytes, without a copy of them. */
int output_write(struct output *out, struct docket_bytes bytes);

#endif
