/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit_files.h - what lies in inboxes, spools and the store, for an audit
 *
 * Looking blocks, so it is done on libuv's pool and knows no other module.
 */
#ifndef DAEMON_AUDIT_FILES_H
#define DAEMON_AUDIT_FILES_H

#include "config.h"
#include "digest.h"

/* What explains a file of a spool. */
enum audit_reason {
	AUDIT_UNEXPLAINED = 0,
	AUDIT_UNDER_WAY, /* a claim, or a row that is not cleared yet */
	AUDIT_SET_ASIDE, /* refused at intake, kept for a person */
	AUDIT_GONE,	 /* it was under way when it was seen */
	AUDIT_REASON_COUNT
};

struct audit_file {
	char *name;
	int lane;
	uint64_t device;
	uint64_t inode;
	enum audit_reason reason;
};

/* An inbox and its spool. */
struct audit_inbox {
	const struct config_inbox *config; /* borrowed */
	int folder;			   /* owned; -1: it is not there */
	int spool;			   /* owned; -1 */
	size_t folders;			   /* in it that were looked through */
	uint64_t ignored;
	char **old; /* names that have been ignored for over a day */
	size_t old_count, old_capacity;
	struct audit_file *files; /* of the spool */
	size_t file_count, file_capacity;
	int error; /* of reading the folder or the spool */
};

struct audit_digests {
	struct digest *items;
	size_t count, capacity;
	uint64_t strange; /* names in the store that are no digest's */
	int error;
};

/* Look through the inbox and its spool; fills in all that is not borrowed. */
void audit_scan_inbox(struct audit_inbox *inbox);

/* Look once more for those that nothing explains: they may be gone by now. */
void audit_look_again(struct audit_inbox *inbox);

/* What lies in STATE/store, whose descriptor is borrowed. */
void audit_scan_store(int store, struct audit_digests *out_digests);

void audit_inbox_fini(struct audit_inbox *inbox);

#endif
