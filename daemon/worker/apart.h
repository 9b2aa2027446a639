/* SPDX-License-Identifier: Apache-2.0 */
/*
 * apart.h - one piece of work after the other, each in a process of its own
 *
 * What a library does to its process while it reads a stranger's document ends
 * with that process: memory, open files, whatever a document has taken over.
 *
 * Such a process is a copy of a mould: of another one, which this process made
 * when everything was loaded and opened, and which does nothing but copy itself.
 * So no page of this process is ever shared with a copy, and having copies made
 * costs it nothing when it goes on working.
 */
#ifndef WORKER_APART_H
#define WORKER_APART_H

#include <sys/types.h>

#include "frame.h"

/*
 * What a piece of work may come to. A plugin that leaves with exit(0) has not
 * done its work; so neither of them is 0.
 */
enum apart_end {
	APART_ANSWERED = 93, /* nothing is left to do */
	APART_PARSED = 94,   /* the rest is for the process that waits */
};

struct apart {
	uint32_t needs; /* enum docket_need of the plugins that are loaded */
	uint32_t limit_bytes; /* of a frame's payload */
	/* In the copy; what it returns is its exit code. It closes frame->fd. */
	int (*run)(void *owner, const struct frame *frame);
	void *owner;
	/* private */
	pid_t mould;
	int socket;  /* to the mould */
	int signals; /* that came while a copy worked */
};

/* Make the mould; from here on this process makes no others. 0 or -errno. */
int apart_open(struct apart *apart);
void apart_close(struct apart *apart);

/*
 * Send an encoded frame, and with it a descriptor (borrowed) or -1, to a copy,
 * and wait for its end; SIGTERM goes to it meanwhile. Says how it ended (enum
 * apart_end) and how much processor time it took. -errno: there was no process,
 * and nothing was run. If the copy ends otherwise, by a signal or another exit
 * code, so does this process.
 */
int apart_run(struct apart *apart, struct buffer *frame, int fd,
	      uint64_t *out_spent_ms);

#endif
