/* SPDX-License-Identifier: Apache-2.0 */
/*
 * worker_setup.h - what a docket-worker of ours is told before it is ready
 */
#ifndef CLI_WORKER_SETUP_H
#define CLI_WORKER_SETUP_H

#include "fault.h"
#include "message.h"

/* Zeroed and role set is one without plugins and limits. */
struct worker_setup {
	enum message_role role;
	uint32_t wants;		  /* enum docket_want of indexers; readers */
	const char *state_folder; /* borrowed; indexers, else NULL */
	uint64_t text_limit_bytes;
	uint64_t memory_limit_bytes;
	struct buffer plugins; /* frames: PLUGIN, each with its OPTIONs */
};

void worker_setup_fini(struct worker_setup *setup);

/* Load this file; name is its stem or what the plugin calls itself. */
void worker_setup_add(struct worker_setup *setup, struct docket_bytes name,
		      const char *path);
/* An option of the plugin that was added last. */
void worker_setup_set(struct worker_setup *setup, struct docket_bytes name,
		      struct docket_bytes value);

/*
 * Every parser and annotator of the plugin folder, but the one whose file has
 * that stem ("annotator_language"; NULL: all). -errno with a sentence.
 */
int worker_setup_add_installed(struct worker_setup *setup, const char *except,
			       struct fault *fault);

/* Append all that is to be said: HELLO, the plugins, START. */
void worker_setup_put(const struct worker_setup *setup, const char *data_folder,
		      struct buffer *out);

#endif
