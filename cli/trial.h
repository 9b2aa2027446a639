/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial.h - a plugin on trial: what it is run with, and what is said of it
 *
 * It runs in a docket-worker of our own, set up as docketd sets up its workers.
 * Each thing that is tried is a line: ok, or what is wrong. Functions that
 * return int return 0, or the exit code of a trial that cannot go on, said.
 */
#ifndef CLI_TRIAL_H
#define CLI_TRIAL_H

#include "argument.h"
#include "description.h"
#include "output.h"
#include "own_worker.h"
#include "source.h"

/* All of it is borrowed. */
struct trial {
	struct output *out;
	const char *path; /* of the plugin */
	const struct description *plugin;
	const struct argument_list *settings; /* KEY=VALUE */
	const char *query; /* what an indexer must find; NULL: a word */
	int64_t deadline_ms;
	uint64_t text_limit_bytes;
	uint64_t memory_limit_bytes;
	const struct source *documents;
	size_t document_count;
	size_t wrong_count; /* lines that were not good */
};

enum trial_verdict {
	TRIAL_OK,
	TRIAL_WRONG, /* counted */
	TRIAL_NOTE,  /* neither */
};

/* One line, written at once: what the worker logs stands where it belongs. */
void trial_say(struct trial *trial, enum trial_verdict verdict,
	       const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A setup of that role with the limits of the trial and no plugins. */
struct worker_setup trial_setup(const struct trial *trial,
				enum message_role role);
/* The plugin, with its options. */
void trial_add_plugin(const struct trial *trial, struct worker_setup *setup);

/* Start a worker; false, said, where the plugin is refused or ends it. */
bool trial_start(struct trial *trial, struct own_worker *worker,
		 const struct worker_setup *setup);
/* End it as docketd does, and say how that went; a fresh one if it is gone. */
void trial_close(struct trial *trial, struct own_worker *worker,
		 const struct worker_setup *setup);

/* The worker is gone; answer is what own_worker_receive() returned. */
void trial_say_lost(struct trial *trial, struct own_worker *worker, int answer,
		    const char *during);

/* The kinds, each in trial_<kind>.c. */
int trial_parser(struct trial *trial);
int trial_annotator(struct trial *trial);
int trial_indexer(struct trial *trial);
int trial_notifier(struct trial *trial);

#endif
