/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox_folder.h - one life of an inbox: its folder and its spool, held open
 *
 * An inbox may go away and come back as another folder while claims still
 * work on the first one. So the pair of descriptors is counted: the inbox
 * holds it, and so does every claim, and the last one closes it. Counting is
 * for the loop's thread alone; the descriptors may be used on any.
 */
#ifndef DAEMON_INBOX_FOLDER_H
#define DAEMON_INBOX_FOLDER_H

#include <stdatomic.h>
#include <sys/queue.h>
#include <sys/types.h>

#include "config.h"

/* A name that is being copied and still stands in the inbox. */
struct inbox_hand {
	LIST_ENTRY(inbox_hand) in_folder;
	const char *name; /* borrowed */
};

struct inbox_folder {
	const struct config_inbox *config; /* borrowed */
	unsigned holders;
	int folder;
	int spool;	/* INBOX/.docket */
	bool is_remote; /* others may write to it unseen by this kernel */
	uid_t *owners;	/* whose files are taken; none: everybody's */
	size_t owner_count;
	LIST_HEAD(, inbox_hand) in_hand;

	/* Files that were moved in; the last but a few ms after another? */
	atomic_uint moves;
	atomic_bool is_row;
	uint64_t moved_ms;
};

/*
 * Look at the folder as inbox_folder_open() does, and make nothing. 0, or a
 * negative errno with a sentence.
 */
int inbox_folder_check(const struct config_inbox *config, struct fault *fault);

/*
 * Open folder and spool; the caller holds it. 0, or a negative errno with a
 * sentence: it is not there, cannot be written to, is sticky and another
 * user's, or the spool is on another mount.
 */
int inbox_folder_open(const struct config_inbox *config,
		      struct inbox_folder **out_folder, struct fault *fault);

struct inbox_folder *inbox_folder_hold(struct inbox_folder *folder);
/* NULL is taken; returns NULL. */
struct inbox_folder *inbox_folder_drop(struct inbox_folder *folder);

/*
 * Do the paths still lead here, to both? What is above the inbox may be moved
 * or mounted, and the spool may be removed.
 */
bool inbox_folder_is_in_place(const struct inbox_folder *folder);
bool inbox_folder_is_same(const struct inbox_folder *a,
			  const struct inbox_folder *b);

/* May that user's files be taken? */
bool inbox_folder_takes_from(const struct inbox_folder *folder, uid_t owner);

/* A file was moved in now. The number of that move. */
unsigned inbox_folder_count_move(struct inbox_folder *folder, uint64_t now_ms);

/* A scan that meets a name which is in hand has found nothing new. */
void inbox_folder_take_in_hand(struct inbox_folder *folder,
			       struct inbox_hand *hand, const char *name);
void inbox_folder_let_go(struct inbox_hand *hand);
bool inbox_folder_has_in_hand(const struct inbox_folder *folder,
			      const char *name);

/*
 * Open a folder below it ("" is itself), never by a symbolic link nor into
 * another mount. A descriptor, or -errno.
 */
int inbox_folder_open_below(const struct inbox_folder *folder,
			    const char *path);
/* The same for the folder that a file is in; out_leaf lends from path. */
int inbox_folder_open_parent(const struct inbox_folder *folder,
			     const char *path, const char **out_leaf);

#endif
