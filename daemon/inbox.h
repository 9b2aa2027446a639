/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox.h - the watched folders: what lies in them and may be claimed
 *
 * inotify only says where to look; the truth is what a look finds, and a
 * rescan at the start, every so often and on any doubt finds the rest.
 */
#ifndef DAEMON_INBOX_H
#define DAEMON_INBOX_H

#include "config.h"
#include "fact.h"
#include "waiting.h"

struct inbox {
	const struct config_inbox *config; /* borrowed */
	int folder;			   /* -1 while it is not there */
	int spool;			   /* INBOX/.docket */
	int watch;			   /* inotify's descriptor, or -1 */
	struct waiting_table waiting;
	void *scan; /* DIR of a scan that is going on, or NULL */
	bool must_scan;
	uint64_t next_scan_ms;
};

struct inboxes {
	uv_loop_t *loop;
	struct fact_queue *queue; /* borrowed: for asking for a turn */
	uint64_t rescan_ms;
	struct inbox *items;
	size_t count;
	size_t next; /* whose turn it is to be asked for a name */
	int notify;  /* inotify, or -1: rescans only */
	uv_poll_t poll;
	uv_timer_t timer;
};

/* Something that may be claimed now. */
struct inbox_candidate {
	struct inbox *inbox;
	enum arrival_origin origin;
	char *name; /* the caller's */
};

/*
 * Open the folders and their spools, and watch them. 0, or a negative errno
 * with a sentence: an inbox that is not there, cannot be written to, or whose
 * spool is on another mount is refused at the start.
 */
int inboxes_open(struct inboxes *inboxes, uv_loop_t *loop,
		 const struct config *config, struct fact_queue *queue,
		 struct fault *fault);
/* Watching begins. */
void inboxes_start(struct inboxes *inboxes);
void inboxes_stop(struct inboxes *inboxes);
void inboxes_fini(struct inboxes *inboxes);

/* The next candidate, inboxes taking turns; false if there is none. */
bool inboxes_take(struct inboxes *inboxes, struct inbox_candidate *out);

/* Is it a name that is never taken? From any thread. */
bool inbox_is_ignored(const struct config_inbox *config, const char *name);

/* The inbox of that name; "" is the only one; NULL if there is none. */
struct inbox *inboxes_find(struct inboxes *inboxes, struct docket_bytes name);

#endif
