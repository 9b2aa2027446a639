/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox_sight.c - names that were seen in an inbox: may they be claimed?
 *
 * A name is judged by how it came and by looking at its file: was it left
 * alone for long enough, and has anybody got it open for writing? The latter
 * the kernel tells by a lease, to the file's owner and to CAP_LEASE; where it
 * does not, time decides alone.
 */
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "inbox_private.h"

#define LONG_OPEN_MS 60000

enum held { HELD_NO, HELD_FOR_WRITING, HELD_UNKNOWN };

bool
inbox_is_ignored(const struct config_inbox *config, const char *name)
{
	auto_free char *patterns = mem_dup_string(config->ignore);
	char *rest, *pattern;

	if (strcmp(name, ".docket") == 0 || strcmp(name, ".") == 0 ||
	    strcmp(name, "..") == 0)
		return true;
	for (pattern = strtok_r(patterns, " ", &rest); pattern != NULL;
	     pattern = strtok_r(NULL, " ", &rest))
		if (fnmatch(pattern, name, 0) == 0)
			return true;
	return false;
}

static int64_t
nanoseconds(struct timespec time)
{
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int
look(const struct inbox *inbox, const char *path, struct waiting_shape *shape,
     struct stat *meta)
{
	const char *leaf;
	auto_fd int parent =
		inbox_folder_open_parent(inbox->folder, path, &leaf);

	if (parent < 0)
		return parent;
	if (fstatat(parent, leaf, meta, AT_SYMLINK_NOFOLLOW) < 0)
		return -errno;
	*shape = (struct waiting_shape){
		.inode = meta->st_ino,
		.size = (uint64_t)meta->st_size,
		.mtime_ns = nanoseconds(meta->st_mtim),
		.ctime_ns = nanoseconds(meta->st_ctim),
	};
	return 0;
}

/* Old enough that no clock is needed: it lay there before we looked. */
static bool
has_rested(const struct inbox *inbox, const struct waiting_shape *shape)
{
	struct timespec now;
	int64_t last = shape->mtime_ns > shape->ctime_ns ? shape->mtime_ns
							 : shape->ctime_ns;

	clock_gettime(CLOCK_REALTIME, &now);
	return nanoseconds(now) / 1000000 - last / 1000000 >=
	       inbox->config->found_quiet_ms;
}

static enum held
ask_held(const struct inbox *inbox, const char *path, const struct stat *meta)
{
	const char *leaf;
	auto_fd int parent = -1, fd = -1;

	if (!S_ISREG(meta->st_mode))
		return HELD_NO;
	parent = inbox_folder_open_parent(inbox->folder, path, &leaf);
	fd = openat(parent, leaf,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return HELD_UNKNOWN;
	if (fcntl(fd, F_SETLEASE, F_RDLCK) == 0)
		return HELD_NO; /* the lease ends with the descriptor */
	return errno == EAGAIN ? HELD_FOR_WRITING : HELD_UNKNOWN;
}

/* What a look tells at once of a name that was just seen. */
static void
judge_new(struct inboxes *inboxes, struct inbox *inbox, const char *path,
	  struct waiting *waiting)
{
	struct stat meta;

	if (waiting->state == WAITING_READY ||
	    look(inbox, path, &waiting->shape, &meta) < 0)
		return;
	/* A second name of a file that is whole elsewhere. */
	if (waiting->state == WAITING_OPEN && meta.st_nlink > 1)
		waiting_note(&inbox->waiting, path, SIGHTING_MOVED_IN,
			     inbox_now_ms(inboxes));
	else if (waiting->state == WAITING_FOUND && !S_ISDIR(meta.st_mode) &&
		 has_rested(inbox, &waiting->shape) &&
		 ask_held(inbox, path, &meta) != HELD_FOR_WRITING)
		waiting_settle(&inbox->waiting, waiting);
}

void
inbox_note(struct inboxes *inboxes, struct inbox *inbox, const char *path,
	   enum waiting_sighting sighting)
{
	struct waiting *waiting;

	if (sighting == SIGHTING_SCANNED &&
	    inbox_folder_has_in_hand(inbox->folder, path))
		return;
	if (inbox->waiting.count >= INBOX_NAMES_LIMIT) {
		inbox->must_scan = true;
		return;
	}
	waiting = waiting_note(&inbox->waiting, path, sighting,
			       inbox_now_ms(inboxes));
	if (sighting == SIGHTING_MOVED_IN)
		waiting->move = inbox_folder_count_move(inbox->folder,
							inbox_now_ms(inboxes));
	judge_new(inboxes, inbox, path, waiting);
	if (waiting->state == WAITING_READY)
		fact_want_turn(inboxes->queue);
}

/* Has it been let go, as far as anybody can tell? */
static bool
is_let_go(const struct inboxes *inboxes, const struct inbox *inbox,
	  const struct waiting *waiting, const struct stat *meta)
{
	switch (ask_held(inbox, waiting->name, meta)) {
	case HELD_NO:
		return true;
	case HELD_FOR_WRITING:
		return false;
	case HELD_UNKNOWN:
		break;
	}
	return waiting->state != WAITING_OPEN ||
	       inbox_now_ms(inboxes) - waiting->since_ms >=
		       (uint64_t)inbox->config->found_quiet_ms;
}

/* Its time has come: is it as it was, and let go by its writer? */
static void
check_one(struct inboxes *inboxes, struct inbox *inbox, struct waiting *waiting)
{
	uint64_t now = inbox_now_ms(inboxes);
	struct waiting_shape shape;
	struct stat meta;

	if (look(inbox, waiting->name, &shape, &meta) < 0 ||
	    S_ISDIR(meta.st_mode)) {
		waiting_drop(&inbox->waiting, waiting);
	} else if (!waiting_shape_equal(&shape, &waiting->shape)) {
		waiting->shape = shape;
		waiting->since_ms = now;
		waiting_renew(&inbox->waiting, waiting, now);
	} else if (!is_let_go(inboxes, inbox, waiting, &meta)) {
		waiting_renew(&inbox->waiting, waiting, now);
	} else {
		waiting_settle(&inbox->waiting, waiting);
		fact_want_turn(inboxes->queue);
	}
}

void
inbox_check_due(struct inboxes *inboxes, struct inbox *inbox)
{
	struct waiting *waiting;

	for (int i = 0; i < INBOX_NAMES_AT_ONCE; i++) {
		waiting = waiting_due(&inbox->waiting, inbox_now_ms(inboxes));
		if (waiting == NULL)
			return;
		check_one(inboxes, inbox, waiting);
	}
}

bool
inbox_is_long_open(const struct inboxes *inboxes, const struct waiting *waiting)
{
	return waiting->state == WAITING_OPEN &&
	       inbox_now_ms(inboxes) - waiting->first_seen_ms >= LONG_OPEN_MS;
}
