/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal_members.h - what a document had in it becomes arrivals with it
 *
 * Members are admitted in the transaction that makes their parent done and in
 * no other: so none is lost and none is there twice, however often the parent
 * is read.
 */
#ifndef DAEMON_JOURNAL_MEMBERS_H
#define DAEMON_JOURNAL_MEMBERS_H

#include "journal_forget.h"

/* A document in a document in a document in what was dropped, and no deeper. */
#define JOURNAL_DEPTH_LIMIT 3u
/* All that comes out of what was dropped, at any depth. */
#define JOURNAL_DESCENDANTS_LIMIT 10000u

/*
 * Before a READ is decided that would make the parent done: where its members
 * cannot be admitted the fact becomes another, which says why.
 */
void journal_members_check(struct journal *journal, struct fact *fact,
			   const struct arrival *parent);

/*
 * After it was decided: true, and its members are TAKEN facts to be decided on
 * next; or it is not done, and they are not arrivals.
 */
bool journal_members_prepare(struct journal *journal, struct fact *fact);

/* The files of those that are none: they go, unless others have them. */
void journal_members_forget(struct journal *journal,
			    struct journal_forget *forget,
			    const struct fact *fact);

#endif
