/* SPDX-License-Identifier: Apache-2.0 */
/*
 * worker_setup.h - what a docket-worker of ours is told before it is ready
 */
#ifndef CLI_WORKER_SETUP_H
#define CLI_WORKER_SETUP_H

#include "fault.h"
#include "message.h"

/* A parser that has a worker of its own; the first one knows it by this. */
struct worker_specialist {
	char *name; /* as the plugin calls itself */
	char *path;
	char *types; /* that it reads, with blanks between them */
};

/* Zeroed and role set is one without plugins and limits. */
struct worker_setup {
	enum message_role role;
	uint32_t wants;		  /* enum docket_want of indexers; readers */
	const char *state_folder; /* borrowed; indexers, else NULL */
	uint64_t text_limit_bytes;
	uint64_t memory_limit_bytes;
	/* frames: PLUGIN, each with its OPTIONs */
	struct buffer plugins; /* of the first worker */
	struct buffer shared;  /* of every worker: annotators */
	struct worker_specialist *specialists;
	size_t specialist_count, specialist_capacity;
	bool is_last_shared; /* the plugin that was added last */
};

void worker_setup_fini(struct worker_setup *setup);

/*
 * Load this file; name is its stem or what the plugin calls itself. Annotators
 * are every worker's, all others the first one's.
 */
void worker_setup_add(struct worker_setup *setup, enum message_plugin_kind kind,
		      struct docket_bytes name, const char *path);
/* An option of the plugin that was added last. */
void worker_setup_set(struct worker_setup *setup, struct docket_bytes name,
		      struct docket_bytes value);

/*
 * Every parser and annotator of the plugin folder, but the one whose file has
 * that stem ("annotator_language"; NULL: all). Parsers of docket's own that are
 * known to read each document in a process of its own are specialists: the first
 * worker does not load them. -errno with a sentence.
 */
int worker_setup_add_installed(struct worker_setup *setup, const char *except,
			       struct fault *fault);

/*
 * Append all that is to be said: HELLO, the plugins, START. To a specialist's
 * worker, or to the first one (NULL).
 */
void worker_setup_put(const struct worker_setup *setup,
		      const struct worker_specialist *specialist,
		      const char *data_folder, struct buffer *out);

#endif
