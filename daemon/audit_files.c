/* SPDX-License-Identifier: Apache-2.0 */
/*
 * audit_files.c - what lies in inboxes, spools and the store, for an audit
 *
 * Reads folders by descriptors that the audit owns. Changes nothing.
 */
#include "audit_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "inbox.h"
#include "mem.h"
#include "spool.h"

#define OLD_SECONDS (24 * 3600)
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* A stream of the folder's entries, from its beginning; NULL and errno. */
static DIR *
open_folder(int at, const char *name)
{
	int fd = openat(at, name, FOLDER_FLAGS);
	DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;

	if (folder == NULL && fd >= 0)
		close(fd);
	return folder;
}

static bool
is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* ---- inbox ---- */

static void
note_ignored(struct audit_inbox *inbox, DIR *folder, const char *path,
	     const char *name)
{
	struct stat meta;

	if (fstatat(dirfd(folder), name, &meta, AT_SYMLINK_NOFOLLOW) < 0 ||
	    S_ISDIR(meta.st_mode))
		return;
	inbox->ignored++;
	if (time(NULL) - meta.st_mtime < OLD_SECONDS)
		return;
	inbox->old = mem_grow_array(inbox->old, inbox->old_count,
				    &inbox->old_capacity, sizeof(*inbox->old));
	inbox->old[inbox->old_count++] = mem_format("%s%s", path, name);
}

static void scan_folder(struct audit_inbox *inbox, DIR *folder,
			const char *path, int depth);

/* The folders that are taken in are looked through, too; no deeper. */
static void
scan_below(struct audit_inbox *inbox, DIR *above, const char *path,
	   const char *name, int depth)
{
	auto_free char *below = mem_format("%s%s/", path, name);
	DIR *folder;

	if (!inbox->config->is_recursive || depth >= INBOX_DEPTH_LIMIT ||
	    inbox->folders >= INBOX_FOLDERS_LIMIT)
		return;
	folder = open_folder(dirfd(above), name);
	if (folder == NULL)
		return; /* no folder, or gone */
	inbox->folders++;
	scan_folder(inbox, folder, below, depth + 1);
	closedir(folder);
}

static void
scan_folder(struct audit_inbox *inbox, DIR *folder, const char *path, int depth)
{
	struct dirent *entry;

	while ((entry = readdir(folder)) != NULL) {
		if (is_dots(entry->d_name))
			continue;
		if (inbox_is_ignored(inbox->config, entry->d_name))
			note_ignored(inbox, folder, path, entry->d_name);
		else if (entry->d_type == DT_DIR || entry->d_type == DT_UNKNOWN)
			scan_below(inbox, folder, path, entry->d_name, depth);
	}
}

static void
scan_inbox(struct audit_inbox *inbox)
{
	DIR *folder = open_folder(inbox->folder, ".");

	if (folder == NULL) {
		inbox->error = -errno;
		return;
	}
	scan_folder(inbox, folder, "", 0);
	closedir(folder);
}

/* ---- spool ---- */

static void
note_file(struct audit_inbox *inbox, int at, int lane, const char *name)
{
	struct audit_file file = { .lane = lane };
	struct stat meta;

	if (fstatat(at, name, &meta, AT_SYMLINK_NOFOLLOW) < 0)
		return; /* gone */
	file.name = mem_dup_string(name);
	file.device = meta.st_dev;
	file.inode = meta.st_ino;
	inbox->files = mem_grow_array(inbox->files, inbox->file_count,
				      &inbox->file_capacity, sizeof(file));
	inbox->files[inbox->file_count++] = file;
}

/* Lanes are folders called by a number. */
static int
parse_lane(const char *name)
{
	char *end;
	long number = strtol(name, &end, 10);

	return end != name && *end == '\0' && number >= 0 && number < 4096
		       ? (int)number
		       : -1;
}

static void
scan_lane(struct audit_inbox *inbox, DIR *lane, int number)
{
	struct dirent *entry;

	while ((entry = readdir(lane)) != NULL)
		if (!is_dots(entry->d_name))
			note_file(inbox, dirfd(lane), number, entry->d_name);
}

static void
scan_spool(struct audit_inbox *inbox)
{
	DIR *spool = open_folder(inbox->spool, ".");
	struct dirent *entry;

	if (spool == NULL) {
		inbox->error = -errno;
		return;
	}
	while ((entry = readdir(spool)) != NULL) {
		int number = parse_lane(entry->d_name);
		DIR *lane = number < 0
				    ? NULL
				    : open_folder(inbox->spool, entry->d_name);

		if (is_dots(entry->d_name))
			continue;
		if (lane == NULL) {
			note_file(inbox, inbox->spool, -1, entry->d_name);
			continue;
		}
		scan_lane(inbox, lane, number);
		closedir(lane);
	}
	closedir(spool);
}

void
audit_scan_inbox(struct audit_inbox *inbox)
{
	if (inbox->folder < 0)
		return;
	scan_inbox(inbox);
	scan_spool(inbox);
}

void
audit_look_again(struct audit_inbox *inbox)
{
	for (size_t i = 0; i < inbox->file_count; i++) {
		struct audit_file *file = &inbox->files[i];
		auto_free char *path =
			file->lane < 0
				? mem_dup_string(file->name)
				: mem_format("%d/%s", file->lane, file->name);
		struct stat meta;

		if (file->reason == AUDIT_UNEXPLAINED &&
		    (fstatat(inbox->spool, path, &meta, AT_SYMLINK_NOFOLLOW) <
			     0 ||
		     meta.st_ino != file->inode))
			file->reason = AUDIT_GONE;
	}
}

void
audit_inbox_fini(struct audit_inbox *inbox)
{
	for (size_t i = 0; i < inbox->old_count; i++)
		free(inbox->old[i]);
	for (size_t i = 0; i < inbox->file_count; i++)
		free(inbox->files[i].name);
	free(inbox->old);
	free(inbox->files);
	if (inbox->folder >= 0)
		close(inbox->folder);
	if (inbox->spool >= 0)
		close(inbox->spool);
	*inbox = (struct audit_inbox){ .folder = -1, .spool = -1 };
}

/* ---- store ---- */

static void
scan_digests(DIR *folder, const char *prefix, struct audit_digests *digests)
{
	struct dirent *entry;

	while ((entry = readdir(folder)) != NULL) {
		auto_free char *text =
			mem_format("sha256:%s%s", prefix, entry->d_name);
		struct digest digest;

		if (is_dots(entry->d_name))
			continue;
		if (digest_parse(text, &digest) < 0) {
			digests->strange++;
			continue;
		}
		digests->items = mem_grow_array(digests->items, digests->count,
						&digests->capacity,
						sizeof(*digests->items));
		digests->items[digests->count++] = digest;
	}
}

void
audit_scan_store(int store, struct audit_digests *out_digests)
{
	DIR *folder = open_folder(store, ".");
	struct dirent *entry;

	*out_digests = (struct audit_digests){ 0 };
	if (folder == NULL) {
		out_digests->error = -errno;
		return;
	}
	while ((entry = readdir(folder)) != NULL) {
		bool is_pair =
			strlen(entry->d_name) == 2 && !is_dots(entry->d_name);
		DIR *inner = is_pair ? open_folder(store, entry->d_name) : NULL;

		/* A copy that is being made has a name that begins so. */
		if (inner == NULL && !is_dots(entry->d_name) &&
		    strncmp(entry->d_name, "tmp-", 4) != 0)
			out_digests->strange++;
		if (inner == NULL)
			continue;
		scan_digests(inner, entry->d_name, out_digests);
		closedir(inner);
	}
	closedir(folder);
}
