/* SPDX-License-Identifier: Apache-2.0 */
/*
 * worker.h - a worker in its role: its socket, its orders, its plugins
 */
#ifndef WORKER_WORKER_H
#define WORKER_WORKER_H

#include "load.h"
#include "name_type.h"
#include "wire.h"

/* A plugin that docketd asked for, with its options as they were written. */
struct wish {
	char *name;
	char *path; /* "": a program */
	bool is_elsewhere;
	char *types; /* of what is elsewhere */
	struct wish_option {
		char *name;
		char *value;
	} * options;
	size_t option_count;
	size_t option_capacity;
};

/* What docketd said up to START. */
struct setup {
	enum message_role role;
	uint32_t wants; /* enum docket_want */
	char *data_folder;
	char *state_folder;
	char *source; /* of CloudEvents */
	uint64_t text_limit_bytes;
	uint64_t memory_limit_bytes;
	uint64_t cpu_limit_ms;
	struct wish *wishes;
	size_t wish_count;
	size_t wish_capacity;
};

struct worker {
	struct wire wire;
	struct setup setup;
	struct plugin **plugins; /* that are open */
	size_t plugin_count;
	uint32_t needs;		      /* enum docket_need of all of them */
	struct name_types name_types; /* of a reader */
};

/*
 * setup.c: hear everything up to START. false: docketd closed before. Ends the
 * process where it is not the set-up of this role.
 */
bool setup_receive(struct worker *worker, enum message_role role);
void setup_fini(struct setup *setup);

/*
 * start.c: from START to the plugins being open, through the sandbox. Each
 * wish is answered with LOADED or REFUSED. 0, or a negative errno with a
 * sentence: the sandbox is not there, and the process must end.
 */
int start_plugins(struct worker *worker, struct fault *fault);
void start_undo(struct worker *worker);

/*
 * read.c, follow.c: the roles, from READY to the end. They return the exit
 * code: 0 when docketd closed, FAULT_EXIT_SOFTWARE after a plugin said BROKEN.
 */
int read_documents(struct worker *worker);
int follow_as_indexer(struct worker *worker);
int follow_as_notifier(struct worker *worker);

#endif
