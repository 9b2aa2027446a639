/* SPDX-License-Identifier: Apache-2.0 */
/*
 * room.c - whether the disk of the state has room, and what is kept for need
 *
 * Owns STATE/ballast. A file system that cannot reserve space has none; that
 * is no fault. Nothing here ends the process.
 */
#include "room.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"

#define BALLAST "ballast"

uint64_t
room_ballast(uint64_t wanted_bytes, uint64_t floor_bytes)
{
	return wanted_bytes < floor_bytes ? wanted_bytes : floor_bytes;
}

void
room_init(struct room *room, const struct store *store, int folder,
	  const char *path, uint64_t ballast_bytes)
{
	struct stat there;

	*room = (struct room){
		.store = store,
		.path = path,
		.folder = folder,
		.ballast_bytes =
			room_ballast(ballast_bytes, store->floor_bytes),
		.free_bytes = store_free_bytes(store),
		.has_ballast = fstatat(folder, BALLAST, &there,
				       AT_SYMLINK_NOFOLLOW) == 0,
	};
}

/* Space without contents; on any error it is as if nothing was tried. */
static int
reserve(const struct room *room)
{
	auto_fd int fd =
		openat(room->folder, BALLAST,
		       O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	int error;

	if (fd < 0)
		return -errno;
	error = posix_fallocate(fd, 0, (off_t)room->ballast_bytes);
	if (error != 0)
		unlinkat(room->folder, BALLAST, 0);
	return -error;
}

void
room_tend(struct room *room)
{
	room->free_bytes = store_free_bytes(room->store);
	if (room->has_ballast || room->ballast_bytes == 0 || room->is_full ||
	    room->free_bytes < room->ballast_bytes + room->store->floor_bytes)
		return;
	if (reserve(room) < 0)
		room->ballast_bytes = 0; /* not to be had here */
	else
		room->has_ballast = true;
	room->free_bytes = store_free_bytes(room->store);
}

bool
room_release(struct room *room)
{
	if (!room->has_ballast)
		return false;
	room->has_ballast = false;
	return room_sacrifice(room->folder);
}

bool
room_sacrifice(int folder)
{
	return unlinkat(folder, BALLAST, 0) == 0;
}

bool
room_is_short(struct room *room)
{
	room->free_bytes = store_free_bytes(room->store);
	return room->is_full || room->free_bytes < room->store->floor_bytes;
}

static double
mebibytes(uint64_t bytes)
{
	return (double)bytes / (1 << 20);
}

void
room_put_reason(const struct room *room, struct buffer *out)
{
	if (room->free_bytes < room->store->floor_bytes)
		buffer_format(out,
			      "the disk of %s is full: %.1f MiB are free and "
			      "%.1f MiB are needed; no new files are taken in "
			      "until there is room",
			      room->path, mebibytes(room->free_bytes),
			      mebibytes(room->store->floor_bytes));
	else
		buffer_format(out,
			      "the disk of %s was full; no new files are taken "
			      "in until what waits is written down",
			      room->path);
}
