/* SPDX-License-Identifier: Apache-2.0 */
/*
 * follow_private.h - what follow.c and follow_give.c share
 */
#ifndef DAEMON_FOLLOW_PRIVATE_H
#define DAEMON_FOLLOW_PRIVATE_H

#include "follow.h"

/* Documents that an index is given before it commits. */
#define FOLLOW_BATCH_EVENTS 512

/* What a follower of that kind is asked with, and given. */
struct follower_kind {
	enum message_plugin_kind plugin;
	enum message_role role;
	const char *argument; /* of docket-worker */
	enum journal_question question;
	bool keeps_cursor;  /* with its own data */
	size_t batch_limit; /* so many are given before an answer */
	/* Put a message for one item; false: it is not for this follower. */
	bool (*give)(struct follower *follower, struct journal_item *item);
	/* All of a batch was given. */
	void (*close_batch)(struct follower *follower);
};

/* ---- follow_give.c ---- */

/* Of indexers and of notifiers; NULL for what is not loaded or no follower. */
const struct follower_kind *follow_find_kind(
	const struct catalog_plugin *plugin);

/* It has had all up to there; what comes after it may be asked for. */
void follow_begin_at(struct follower *follower, uint64_t cursor);
/* Nothing of what it was given is waited for any more. */
void follow_forget_batch(struct follower *follower);
/* Ask the journal for more, if there may be some and it can take it. */
void follow_ask(struct follower *follower);
/* Write down how far it is, with what it did on the way: the first subjects. */
void follow_report(struct follower *follower, uint64_t cursor,
		   enum event_type type, size_t subjects);

#endif
