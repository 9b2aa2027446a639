/* SPDX-License-Identifier: Apache-2.0 */
/*
 * reload.h - a new configuration, all of it or nothing
 *
 * The new configuration is read and checked beside the running one. If it is
 * good, docketd ends as it would for SIGTERM and executes itself under the same
 * pid: what it holds is in the journal, so there is one way to begin and not
 * two. If the new house cannot be built after all, the old configuration, which
 * was kept in RUNTIME/reload.conf, is taken up again. Whoever asked is answered
 * when docketd is ready: over the descriptor of the connection, which is the
 * only thing that lives on.
 */
#ifndef DAEMON_RELOAD_H
#define DAEMON_RELOAD_H

#include <uv.h>

#include "catalog.h"
#include "config.h"

struct reload {
	struct config_request request; /* of the command line */

	/* What the docketd before left, if there was one. */
	int asker;     /* descriptor to answer on, or -1 */
	char *kept;    /* RUNTIME/reload.conf: the configuration before */
	char *refusal; /* why that one is in force again, or NULL */

	/* A check that is under way. */
	uv_work_t work;
	const struct config *old; /* borrowed */
	struct config config;
	struct catalog catalog;
	struct fault fault;
	int status;
	bool is_checking;
	void *waiter;
	/* On the loop: reload->status, and reload->fault says why. */
	void (*checked)(struct reload *reload, void *waiter);

	bool is_due; /* to be executed once the house is closed */
};

/*
 * What the docketd before left; before anything is opened. out_request is
 * what to load: the command line's, or the configuration before.
 */
void reload_init(struct reload *reload, const struct config_request *request,
		 struct config_request *out_request);

/*
 * Read and check, on libuv's pool; then checked(). -EBUSY while one is under
 * way.
 */
int reload_check(struct reload *reload, uv_loop_t *loop,
		 const struct config *old, void *waiter,
		 void (*checked)(struct reload *, void *waiter));

/*
 * The check was good: keep the configuration that is in force, and remember
 * whom to answer (taken; -1: nobody). 0, or a negative errno with a sentence.
 */
int reload_prepare(struct reload *reload, int asker);

/* The house is closed: become the next docketd. Returns only on failure. */
void reload_execute(struct reload *reload, char **argv);

/*
 * The house cannot be built. If this docketd was begun by a reload it becomes
 * one with the configuration before; else this returns.
 */
void reload_fall_back(struct reload *reload, const struct fault *fault,
		      char **argv);

/* Ready: tell whoever asked, once. */
void reload_answer(struct reload *reload);

void reload_fini(struct reload *reload);

#endif
