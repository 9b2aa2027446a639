/* SPDX-License-Identifier: Apache-2.0 */
/*
 * own_worker.h - a docket-worker of our own: started, spoken to, ended
 *
 * What docketd's children are to docketd. Functions block; whatever waits has a
 * deadline, as frame_receive() takes it.
 */
#ifndef CLI_OWN_WORKER_H
#define CLI_OWN_WORKER_H

#include <sys/types.h>

#include "fault.h"
#include "worker_setup.h"

struct own_worker {
	pid_t pid; /* 0: none is running */
	int fd;	   /* our end of the socketpair */
	struct frame_stream stream;
	struct buffer refused; /* plugins that were, "NAME: WHY" a line each */
	uint64_t sequence;     /* from where it goes on, if it is an indexer */
	char *culprit; /* the plugin that it died of, as it said; or NULL */
};

/* Starts nothing yet. */
void own_worker_init(struct own_worker *worker);
/* Ends it at once, if it is running. */
void own_worker_fini(struct own_worker *worker);

/*
 * Start it, as the first of its setup or as a specialist's (NULL: the first),
 * and wait until it is ready. 0; -EPROTO with a sentence if it ended
 * before; another negative errno with a sentence if there is none to start.
 */
int own_worker_start(struct own_worker *worker,
		     const struct worker_setup *setup,
		     const struct worker_specialist *specialist,
		     struct fault *fault);

/* A worker that is gone is found out by the next own_worker_receive(). */
void own_worker_send(struct own_worker *worker, enum message_type type,
		     const void *message);
void own_worker_send_fd(struct own_worker *worker, enum message_type type,
			const void *message, int fd);

/* frame_receive(); the last word of one that is dying is kept back. */
int own_worker_receive(struct own_worker *worker, int deadline_ms,
		       struct frame *out_frame);

/*
 * It did not answer as it must: end it, and say how it ended in a clause that
 * goes on after "the worker ". answer is what own_worker_receive() returned
 * with that deadline.
 */
void own_worker_give_up(struct own_worker *worker, int answer, int deadline_ms,
			struct fault *fault);

/*
 * Close the socket, as docketd does in the end, and wait. 0 if it left with
 * exit code 0; else -EPROTO with such a clause.
 */
int own_worker_close(struct own_worker *worker, int deadline_ms,
		     struct fault *fault);

#endif
