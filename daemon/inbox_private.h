/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox_private.h - what the files that make up the inboxes know of each other
 *
 * inbox.c lets inboxes come and go and keeps their time; inbox_watch.c has
 * inotify; inbox_scan.c walks through folders; inbox_sight.c judges names.
 */
#ifndef DAEMON_INBOX_PRIVATE_H
#define DAEMON_INBOX_PRIVATE_H

#include "inbox.h"

#define INBOX_NAMES_LIMIT 65536 /* waiting in one; a rescan finds the rest */
#define INBOX_NAMES_AT_ONCE 512 /* looked at in one loop turn */

static inline uint64_t
inbox_now_ms(const struct inboxes *inboxes)
{
	return uv_now(inboxes->loop);
}

/* ---- inbox.c ---- */

/* It went away: let go of it, and look for it. */
void inbox_lose(struct inboxes *inboxes, struct inbox *inbox);
void inbox_set_timer(struct inboxes *inboxes);

/* ---- inbox_sight.c ---- */

/* A name or path was seen in it. */
void inbox_note(struct inboxes *inboxes, struct inbox *inbox, const char *path,
		enum waiting_sighting sighting);

/* Look at those whose time has come. */
void inbox_check_due(struct inboxes *inboxes, struct inbox *inbox);

/* ---- inbox_watch.c ---- */

void inbox_watch_open(struct inboxes *inboxes);
void inbox_watch_start(struct inboxes *inboxes);
void inbox_watch_close(struct inboxes *inboxes);

/* Watch the folder behind fd, which is path below it. 0, or -errno. */
int inbox_watch_add(struct inboxes *inboxes, struct inbox *inbox, int fd,
		    const char *path);
/* Stop watching it; all of it, or only the folders in it. */
void inbox_watch_drop(struct inboxes *inboxes, struct inbox *inbox,
		      bool is_all);

/* ---- inbox_scan.c ---- */

void inbox_scan_begin(struct inbox *inbox);
/* A few hundred names more; NULL in inbox->scan when it is through. */
void inbox_scan_continue(struct inboxes *inboxes, struct inbox *inbox);
void inbox_scan_end(struct inbox *inbox);

#endif
