/* SPDX-License-Identifier: Apache-2.0 */
/*
 * members.h - what a reader takes out of a document, on its way to the journal
 *
 * A member is an attachment, a file of an archive: in the journal it is an
 * arrival with a parent. (What plugins call children are members here, where
 * children are processes.) Each becomes a fact; all of them go with the fact of
 * their parent and into its transaction.
 *
 * A frame that brings one is worked on by libuv's pool, one at a time, and
 * whoever owns the link holds it meanwhile: so a reader is as fast as the disk,
 * and docketd holds one piece of a large member and a few small ones.
 */
#ifndef DAEMON_MEMBERS_H
#define DAEMON_MEMBERS_H

#include "fact.h"
#include "message.h"
#include "store.h"

struct members {
	uv_loop_t *loop;	   /* borrowed */
	const struct store *store; /* borrowed */
	/* The bytes of a frame are where they belong; on the loop. */
	void (*on_taken)(struct members *members);

	uint64_t lease; /* of their parent; 0: there are none */
	struct fact *first, **end;
	size_t count;
	uint64_t bytes;	     /* of all, as they were announced */
	uint64_t held_bytes; /* of those that are held in memory */
	int error; /* negative errno: there was no room; no more are kept */

	/* the one that comes */
	struct fact *last;
	uint64_t missing; /* bytes of it that are still to come */
	struct store_writer writer;
	bool is_writing;

	uv_work_t work;
	bool is_busy;
	struct buffer piece;
};

void members_init(struct members *members, uv_loop_t *loop,
		  const struct store *store,
		  void (*on_taken)(struct members *members));

/*
 * Take what a frame brings. 1: on_taken follows, and nothing may be taken
 * before; 0: done; -EPROTO: it makes no sense, or passes the limits.
 */
int members_take(struct members *members, const struct message_child *child);
int members_take_more(struct members *members,
		      const struct message_child_bytes *more);

/* Is the last of them there to its end? */
bool members_are_whole(const struct members *members);

/*
 * Give those that are whole to the fact that ends their parent's lease; there
 * are none afterwards. Not while it is busy.
 */
void members_give(struct members *members, struct fact *parent);

void members_fini(struct members *members);

#endif
