/* SPDX-License-Identifier: Apache-2.0 */
/*
 * trial_index.h - what an indexer on trial is told, and what it answers
 *
 * Functions that return bool return false where the trial cannot go on, or there
 * is no answer; why has been said then.
 */
#ifndef CLI_TRIAL_INDEX_H
#define CLI_TRIAL_INDEX_H

#include "trial_reading.h"

struct trial_index {
	struct trial *trial;
	char *folder;
	struct trial_record *records; /* as many as the trial's documents */
	struct worker_setup setup;
	struct own_worker worker;
	struct buffer query; /* a word of the first document */
	uint64_t told;	     /* the sequence of the last event */
	uint64_t committed;  /* that of the last commit */
	bool is_mute;	     /* answers no queries */
};

bool trial_index_open(struct trial_index *index);

/* Put or remove (MESSAGE_PUT, MESSAGE_REMOVE) a record as this arrival. */
void trial_index_tell(struct trial_index *index, enum message_type type,
		      uint64_t arrival, struct docket_bytes image);

/* Commit all that was told; during is what it was, for the line that fails. */
bool trial_index_commit(struct trial_index *index, const char *during);

struct trial_answer {
	size_t hits;
	size_t times; /* that the arrival asked for is among them */
};

/* Ask for the word. */
bool trial_index_find(struct trial_index *index, uint64_t arrival,
		      struct trial_answer *out_answer);

#endif
