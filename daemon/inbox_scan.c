/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inbox_scan.c - a walk through an inbox, a few hundred names a loop turn
 *
 * Owns the walk: the folder that is being read, and those still to come. Where
 * folders in the inbox are taken in, too, each is watched before it is read:
 * what comes before that is read, what comes after it is told. Folders beyond
 * the limits, and all of them in an inbox that takes none in, are counted and
 * left alone.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inbox_private.h"
#include "log.h"

#define SCAN_PAUSE_MS 100

struct inbox_scan {
	DIR *open;   /* being read, or NULL */
	char *path;  /* of it, "" or with a slash at its end */
	char **left; /* to be read: paths as above */
	size_t left_count, left_capacity;
	size_t folders; /* met and taken in */
	size_t passed;	/* met and left alone */
	char *passed_name;
	bool is_watched;
};

static void
put_folder(struct inbox_scan *scan, char *path)
{
	scan->left = mem_grow_array(scan->left, scan->left_count,
				    &scan->left_capacity, sizeof(*scan->left));
	scan->left[scan->left_count++] = path;
}

static void
close_folder(struct inbox_scan *scan)
{
	if (scan->open != NULL)
		closedir(scan->open);
	scan->open = NULL;
	free(take(scan->path));
}

void
inbox_scan_end(struct inbox *inbox)
{
	struct inbox_scan *scan = inbox->scan;

	if (scan == NULL)
		return;
	close_folder(scan);
	while (scan->left_count > 0)
		free(scan->left[--scan->left_count]);
	free(scan->left);
	free(scan->passed_name);
	free(scan);
	inbox->scan = NULL;
}

static bool
is_polled(const struct inbox *inbox)
{
	return inbox->folder->is_remote || !inbox->config->may_notify ||
	       !inbox->is_watched;
}

void
inbox_scan_begin(struct inbox *inbox)
{
	inbox->must_scan = false;
	inbox->scan = mem_alloc(sizeof(*inbox->scan));
	inbox->scan->is_watched = true;
	put_folder(inbox->scan, mem_dup_string(""));
}

/* Once, until all could be watched again. */
static void
note_unwatched(struct inbox *inbox, int error)
{
	struct inbox_scan *scan = inbox->scan;

	if (scan->is_watched && inbox->is_watched)
		log_warning(
			"[inbox %s] %s/%s cannot be watched (%s); the inbox "
			"is looked through again and again",
			inbox->config->name, inbox->config->path, scan->path,
			strerror(-error));
	scan->is_watched = false;
}

/* Watch it, then read it. What has gone meanwhile is passed over. */
static void
open_folder(struct inboxes *inboxes, struct inbox *inbox)
{
	struct inbox_scan *scan = inbox->scan;
	int status, fd;

	scan->path = scan->left[--scan->left_count];
	fd = inbox_folder_open_below(inbox->folder, scan->path);
	if (fd < 0) {
		if (fd != -ENOENT)
			log_warning("[inbox %s] %s/%s cannot be looked "
				    "through: %s",
				    inbox->config->name, inbox->config->path,
				    scan->path, strerror(-fd));
		close_folder(scan);
		return;
	}
	status = inbox_watch_add(inboxes, inbox, fd, scan->path);
	if (status < 0)
		note_unwatched(inbox, status);
	scan->open = fdopendir(fd);
	if (scan->open == NULL) {
		close(fd);
		close_folder(scan);
	}
}

static bool
is_folder(const struct inbox_scan *scan, const struct dirent *entry)
{
	struct stat meta;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_DIR;
	return fstatat(dirfd(scan->open), entry->d_name, &meta,
		       AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(meta.st_mode);
}

static int
depth_of(const char *path)
{
	int depth = 0;

	for (; *path != '\0'; path++)
		depth += *path == '/';
	return depth;
}

static void
meet_folder(struct inbox *inbox, const char *name)
{
	struct inbox_scan *scan = inbox->scan;

	if (inbox->config->is_recursive &&
	    scan->folders < INBOX_FOLDERS_LIMIT &&
	    depth_of(scan->path) < INBOX_DEPTH_LIMIT) {
		scan->folders++;
		put_folder(scan, mem_format("%s%s/", scan->path, name));
		return;
	}
	if (scan->passed++ == 0)
		scan->passed_name = mem_format("%s%s", scan->path, name);
}

/* It is through: what it found out, and when the next one comes. */
static void
finish(struct inboxes *inboxes, struct inbox *inbox)
{
	struct inbox_scan *scan = inbox->scan;

	inbox->folders_left = scan->passed;
	free(inbox->folder_left);
	inbox->folder_left = take(scan->passed_name);
	inbox->is_watched = scan->is_watched;
	inbox->scan_after_ms = inbox_now_ms(inboxes) + SCAN_PAUSE_MS;
	inbox->next_scan_ms =
		inbox_now_ms(inboxes) +
		(is_polled(inbox) ? (uint64_t)inbox->config->poll_ms
				  : inboxes->rescan_ms);
	inbox_scan_end(inbox);
}

static void
meet(struct inboxes *inboxes, struct inbox *inbox, const struct dirent *entry)
{
	struct inbox_scan *scan = inbox->scan;
	auto_free char *path = NULL;

	if (inbox_is_ignored(inbox->config, entry->d_name))
		return;
	if (is_folder(scan, entry)) {
		meet_folder(inbox, entry->d_name);
		return;
	}
	path = mem_format("%s%s", scan->path, entry->d_name);
	inbox_note(inboxes, inbox, path, SIGHTING_SCANNED);
}

void
inbox_scan_continue(struct inboxes *inboxes, struct inbox *inbox)
{
	struct inbox_scan *scan = inbox->scan;

	for (int i = 0; i < INBOX_NAMES_AT_ONCE; i++) {
		struct dirent *entry;

		if (scan->open == NULL && scan->left_count == 0) {
			finish(inboxes, inbox);
			return;
		}
		if (scan->open == NULL) {
			open_folder(inboxes, inbox);
			continue;
		}
		entry = readdir(scan->open);
		if (entry != NULL)
			meet(inboxes, inbox, entry);
		else
			close_folder(scan);
	}
}
