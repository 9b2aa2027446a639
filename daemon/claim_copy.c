/* SPDX-License-Identifier: Apache-2.0 */
/*
 * claim_copy.c - one file on its way in: its bytes, then into the spool
 *
 * Order: open, copy and hash, look again, and rename into a lane of the spool.
 * A name that is in one lane already goes into the next.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "claim_private.h"
#include "spool.h"

#define GRACE_PAUSE_NS 200000
#define GRACES_ALONE 3
#define GRACES_IN_ROW 50
/* A write within one tick of the file system's clock leaves no trace in it. */
#define FRESH_NS 50000000

/* ---- copying ---- */

/* What a call on the store could not do. */
static int
fail_at_store(struct claim *claim, int error)
{
	claim_fail(claim, CLAIM_BROKEN, error);
	return error;
}

/* Small ones stay in memory and become a row; the rest is a file at once. */
static int
begin_file(struct claim *claim, const struct store *store,
	   struct store_writer *writer)
{
	int status = store_begin(store, writer);

	if (status < 0)
		return fail_at_store(claim, status);
	status = store_write(writer, claim->content.data, claim->content.size);
	if (status < 0)
		store_abort(writer);
	else
		buffer_fini(&claim->content);
	return status < 0 ? fail_at_store(claim, status) : 0;
}

static int
copy_large(struct claim *claim, const struct store *store)
{
	auto_free char *chunk = mem_alloc(CLAIM_CHUNK);
	struct store_writer writer;
	off_t at = (off_t)claim->content.size;
	int status = begin_file(claim, store, &writer);
	ssize_t size;

	if (status < 0)
		return status;
	while ((size = pread(claim->file, chunk, CLAIM_CHUNK, at)) > 0) {
		status = store_write(&writer, chunk, (size_t)size);
		at += size;
		if (status < 0)
			fail_at_store(claim, status);
		else if ((uint64_t)at > claim->inbox->size_limit_bytes)
			status = -EFBIG;
		if (status < 0)
			break;
	}
	if (size < 0)
		status = -errno;
	else if (status == 0 && (uint64_t)at != claim->size)
		status = -EAGAIN;
	if (status < 0) {
		store_abort(&writer);
		return status;
	}
	status = store_finish(&writer, &claim->digest);
	claim->is_stored = status == 0;
	return status < 0 ? fail_at_store(claim, status) : 0;
}

/* -EAGAIN: it has other bytes than its size said. */
static int
copy(struct claim *claim, const struct store *store)
{
	struct buffer *content = &claim->content;
	ssize_t size = 1;

	content->size = 0;
	claim->is_stored = false;
	while (size > 0 && content->size <= STORE_SMALL_LIMIT) {
		size_t room = content->size == 0 && claim->size < CLAIM_CHUNK
				      ? claim->size + 1
				      : CLAIM_CHUNK;

		size = pread(claim->file, buffer_reserve(content, room), room,
			     (off_t)content->size);
		if (size > 0)
			content->size += (size_t)size;
	}
	if (size < 0)
		return -errno;
	if (content->size > STORE_SMALL_LIMIT)
		return copy_large(claim, store);
	if (content->size != claim->size)
		return -EAGAIN;
	claim->digest = digest_of(buffer_bytes(content));
	return 0;
}

/* Is what was copied what is in the file now? A name or a mode may change. */
static bool
is_still_whole(struct claim *claim)
{
	struct timespec now;
	struct stat meta;

	if (fstat(claim->file, &meta) < 0)
		return false;
	if (!claim_is_as_remembered(claim, &meta) &&
	    claim_has_other_bytes(claim) != 0)
		return false;
	claim_remember(claim, &meta);
	clock_gettime(CLOCK_REALTIME, &now);
	claim->is_fresh =
		now.tv_sec * 1000000000LL + now.tv_nsec - claim->mtime_ns <
		FRESH_NS;
	return true;
}

static void
copy_file(struct claim *claim, const struct store *store)
{
	int status;

	if (!store_has_room(store, claim->size)) {
		claim_fail(claim, CLAIM_NO_ROOM, 0);
		return;
	}
	status = copy(claim, store);
	if (claim->result != CLAIM_TAKEN)
		return; /* the store's fault, not the file's */
	if (status == -EFBIG)
		claim_fail(claim, CLAIM_TOO_LARGE, 0);
	else if (status < 0 && status != -EAGAIN)
		claim_fail(claim, CLAIM_UNREADABLE, status);
	else if (status < 0 || !is_still_whole(claim))
		claim_fail(claim, CLAIM_UNSTABLE, 0);
}

/* ---- into the spool ---- */

/* It stays in the inbox, where every scan meets it: so that it is known. */
static void
refuse_to_move(struct claim *claim, int place, const char *leaf, int error)
{
	struct stat meta;
	int status = fstatat(place, leaf, &meta, AT_SYMLINK_NOFOLLOW);

	if (status < 0 && errno == ENOENT) {
		claim_fail(claim, CLAIM_VANISHED, 0);
		return;
	}
	if (status == 0)
		claim_remember(claim, &meta);
	claim_fail(claim, CLAIM_UNMOVABLE, error);
}

/* A rename makes a new ctime; and another file may have got the name. */
static void
check_moved(struct claim *claim, int lane)
{
	struct stat meta;

	if (fstatat(lane, claim->spooled, &meta, AT_SYMLINK_NOFOLLOW) < 0)
		claim_fail(claim,
			   errno == ENOENT ? CLAIM_VANISHED : CLAIM_UNSTABLE,
			   errno == ENOENT ? 0 : -errno);
	else if (!claim_is_same_content(claim, &meta))
		claim_fail(claim, CLAIM_UNSTABLE, 0);
	else
		claim_remember(claim, &meta);
}

static int
rename_into_lane(struct claim *claim, int place, const char *leaf)
{
	int first = spool_first_lane(claim->name), error = -EEXIST;

	for (int lane = first; lane < first + SPOOL_LANES && error == -EEXIST;
	     lane++) {
		auto_fd int fd =
			spool_open_lane(claim->folder->spool, lane, true);

		if (fd < 0)
			return fd;
		error = renameat2(place, leaf, fd, claim->spooled,
				  RENAME_NOREPLACE) < 0
				? -errno
				: 0;
		if (error < 0)
			continue;
		claim->lane = lane;
		check_moved(claim, fd);
	}
	return error;
}

/*
 * mv looks at each file but the last once more after it has moved it, and
 * complains if it is gone. So the file that was moved in last stays for a
 * moment, and for a longer one if it came right after another.
 */
static void
give_grace(const struct claim *claim)
{
	static const struct timespec pause = { .tv_nsec = GRACE_PAUSE_NS };
	struct inbox_folder *folder = claim->folder;

	if (claim->move == 0)
		return;
	for (int i = 0; claim->move == atomic_load(&folder->moves); i++) {
		if (i >= (atomic_load(&folder->is_row) ? GRACES_IN_ROW
						       : GRACES_ALONE))
			return;
		nanosleep(&pause, NULL);
	}
}

static void
move_into_spool(struct claim *claim)
{
	const char *leaf;
	auto_fd int place = claim_open_place(claim, &leaf);
	int error;

	if (place < 0) {
		claim_fail(claim,
			   claim_is_gone(place) ? CLAIM_VANISHED
						: CLAIM_UNMOVABLE,
			   claim_is_gone(place) ? 0 : place);
		return;
	}
	give_grace(claim);
	error = rename_into_lane(claim, place, leaf);
	if (error < 0)
		refuse_to_move(claim, place, leaf, error);
}

void
claim_copy(struct claim *claim, const struct store *store)
{
	if (claim_open(claim))
		copy_file(claim, store);
	if (claim->folder != NULL && claim->lane < 0 &&
	    claim->result != CLAIM_VANISHED && claim->result != CLAIM_STARVED &&
	    claim->result != CLAIM_NO_ROOM)
		move_into_spool(claim);
	claim->tries += claim->result == CLAIM_UNSTABLE;
}
