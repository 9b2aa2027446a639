/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox.h - the watched folders: what lies in them and may be claimed
 *
 * inotify only says where to look; the truth is what a look finds, and a
 * rescan at the start, every so often and on any doubt finds the rest.
 */
#ifndef DAEMON_INBOX_H
#define DAEMON_INBOX_H

#include "fact.h"
#include "inbox_folder.h"
#include "waiting.h"

/* Folders in an inbox beyond these are left alone. */
#define INBOX_DEPTH_LIMIT 8
#define INBOX_FOLDERS_LIMIT 1000

struct inbox_scan; /* a walk through an inbox, of inbox_scan.c */

struct inbox {
	const struct config_inbox *config; /* borrowed */
	struct inbox_folder *folder;	   /* NULL while it is not there */
	struct inbox_folder *lost;	   /* was it, and may be again */
	uint64_t device;		   /* the file system it was on */
	struct waiting_table waiting;
	struct inbox_scan *scan; /* that is going on, or NULL */
	bool must_scan;
	bool must_recover; /* its spool, by whoever claims */
	bool is_watched;   /* all of it, as far as inotify can */
	uint64_t next_scan_ms;
	uint64_t scan_after_ms; /* however much there is to scan for */

	/* what the last scan left alone */
	size_t folders_left;
	char *folder_left; /* the name of one of them, or NULL */
};

/* A folder that inotify watches for us. */
struct inbox_watch {
	int number;
	struct inbox *inbox;
	char *path; /* below the inbox; "" is itself */
};

struct inboxes {
	uv_loop_t *loop;
	struct fact_queue *queue; /* borrowed: for asking for a turn */
	uint64_t rescan_ms;
	struct inbox *items;
	size_t count;
	size_t next; /* whose turn it is to be asked for a name */
	int notify;  /* inotify, or -1: rescans only */
	struct inbox_watch *watches;
	size_t watch_count, watch_capacity;
	size_t watch_last; /* found last, and mostly next */
	uv_poll_t poll;
	uv_timer_t timer;
};

/* Something that may be claimed now. */
struct inbox_candidate {
	struct inbox *inbox;
	enum arrival_origin origin;
	unsigned move; /* the number of the move that brought it; 0: none */
	char *name;    /* or path below the inbox; the caller's */
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

/*
 * An inbox that is there, for the first time or again, and whose spool nobody
 * has looked into since; NULL if there is none.
 */
struct inbox *inboxes_take_reopened(struct inboxes *inboxes);

/* Is it a name that is never taken? From any thread. */
bool inbox_is_ignored(const struct config_inbox *config, const char *name);

/* The inbox of that name; "" is the only one; NULL if there is none. */
struct inbox *inboxes_find(struct inboxes *inboxes, struct docket_bytes name);

/* Known to be open for writing for more than a minute? */
bool inbox_is_long_open(const struct inboxes *inboxes,
			const struct waiting *waiting);

#endif
