/* SPDX-License-Identifier: Apache-2.0 */
/*
 * claim.h - one file on its way in: what blocks, done on any thread
 *
 * Everything here acts on one claim that its caller owns, and knows neither
 * loop nor queue.
 */
#ifndef DAEMON_CLAIM_H
#define DAEMON_CLAIM_H

#include <sys/queue.h>

#include "intake.h"

/* How a claim went; those that end it have a row in claim.c's table. */
enum claim_result {
	CLAIM_TAKEN = 0,
	CLAIM_VANISHED,
	CLAIM_UNSTABLE, /* it changed while it was copied */
	CLAIM_NOT_REGULAR,
	CLAIM_OWNER, /* of somebody whose files are not taken */
	CLAIM_UNREADABLE,
	CLAIM_TOO_LARGE,
	CLAIM_UNMOVABLE, /* the spool would not take it */
	CLAIM_NO_ROOM,	 /* a disk is full */
	CLAIM_STARVED,	 /* docketd lacks descriptors or memory for it */
	CLAIM_BROKEN,	 /* the store failed: not this file's fault */
	CLAIM_RESULT_COUNT
};

struct claim {
	struct claim *next;
	LIST_ENTRY(claim) in_all; /* intake's */
	struct intake *intake;
	const struct config_inbox *inbox; /* borrowed */
	struct inbox_folder *folder;	  /* held; NULL: docket add */
	struct inbox_hand hand;		  /* until it is in the spool */
	char *name;			  /* or path below the inbox */
	char *spooled;			  /* what it is called in the spool */
	enum arrival_origin origin;
	unsigned move; /* into its inbox, or 0 */
	int lane;     /* folder of the spool it is in; -1: still in the inbox */
	int file;     /* open from the copy to the last look; -1 */
	bool is_open; /* and looked at */
	void *request;
	unsigned tries;	 /* that found it changing */
	bool has_waited; /* for room, and that was said */

	enum claim_result result;
	int error; /* negative errno behind it */
	struct digest digest;
	uint64_t size;
	struct buffer content;	/* if it is small */
	uint64_t held_bytes;	/* of it, with the fact */
	bool is_stored;		/* a file of the store */
	uint64_t device, inode; /* inode 0: not looked at */
	int64_t mtime_ns, ctime_ns;
	uint32_t owner;
	bool is_fresh; /* written to so lately that its times tell nothing */

	uint64_t number;    /* of the arrival, once committed */
	bool is_superseded; /* the last look */
	bool is_put_off;    /* it was to be removed and could not be */
};

/* folder NULL: docket add. On the loop's thread, as claim_free(). */
struct claim *claim_new(struct intake *intake, const struct config_inbox *inbox,
			struct inbox_folder *folder, const char *name,
			enum arrival_origin origin);
struct claim *claim_free(struct claim *claim);

/*
 * Look at it and open it, if that is not done: result and what describes the
 * file are filled in. Not opened: the result says why.
 */
bool claim_open(struct claim *claim);
/* It is to be looked at anew; a descriptor that was given stays. */
void claim_shut(struct claim *claim);

/* Copy it and move it into the spool: fills in result and all below it. */
void claim_copy(struct claim *claim, const struct store *store);

/*
 * The last look at each of a list: remove the file, or find that it has
 * changed; in error why neither was possible, so that the file is still there.
 * What was removed stays so after a power cut.
 */
void claim_clear(struct claim *first);

/* One word (or NULL) and one sentence for a result that ends the claim. */
const char *claim_reason(enum claim_result result);
void claim_put_detail(const struct claim *claim, struct buffer *out);

#endif
