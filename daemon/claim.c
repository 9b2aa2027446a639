/* SPDX-License-Identifier: Apache-2.0 */
/*
 * claim.c - one file on its way in: what blocks, done on any thread
 *
 * Order: look without opening (a device or a FIFO must not be opened), open,
 * copy and hash, look again, and rename into a lane of the spool. A name that
 * is in one lane already goes into the next.
 */
#include "claim.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "spool.h"

#define COPY_CHUNK (128u << 10)
#define GRACE_PAUSE_NS 200000
#define GRACES_ALONE 3
#define GRACES_IN_ROW 50
/* A write within one tick of the file system's clock leaves no trace in it. */
#define FRESH_NS 50000000

static const struct {
	const char *reason;
	const char *sentence;
} results[CLAIM_RESULT_COUNT] = {
	[CLAIM_VANISHED] = { "vanished", "it was gone before it was claimed" },
	[CLAIM_UNSTABLE] = { "unstable",
			     "it kept changing while it was copied; drop it "
			     "again when it is complete" },
	[CLAIM_NOT_REGULAR] = { "not-regular",
				"it is not a regular file; drop the file "
				"itself, not a link or a device" },
	[CLAIM_OWNER] = { "owner",
			  "it belongs to a user whose files the inbox's owners "
			  "do not include" },
	[CLAIM_UNREADABLE] = { "unreadable",
			       "docketd may not read it; give its user the "
			       "right to" },
	[CLAIM_TOO_LARGE] = { "too-large",
			      "it is larger than the inbox's size_limit" },
	[CLAIM_UNMOVABLE] = { "unmovable",
			      "it could not be moved into the spool" },
	[CLAIM_NO_ROOM] = { "no-room",
			    "there is no room for it yet; it is tried again" },
	[CLAIM_STARVED] = { "starved",
			    "docketd had no descriptors or no memory left; "
			    "raise its limits" },
	[CLAIM_BROKEN] = { "store", "docketd's own store failed" },
};

const char *
claim_reason(enum claim_result result)
{
	return results[result].reason;
}

void
claim_put_detail(const struct claim *claim, struct buffer *out)
{
	buffer_put_string(out, results[claim->result].sentence);
	if (claim->error < 0)
		buffer_format(out, " (%s)", strerror(-claim->error));
}

struct claim *
claim_new(struct intake *intake, const struct config_inbox *inbox,
	  struct inbox_folder *folder, const char *name,
	  enum arrival_origin origin)
{
	struct claim *claim = mem_alloc(sizeof(*claim));

	claim->intake = intake;
	claim->inbox = inbox;
	if (folder != NULL)
		claim->folder = inbox_folder_hold(folder);
	claim->name = mem_dup_string(name);
	claim->spooled = spool_name(name);
	claim->origin = origin;
	claim->lane = -1;
	claim->file = -1;
	return claim;
}

struct claim *
claim_free(struct claim *claim)
{
	if (claim == NULL)
		return NULL;
	inbox_folder_let_go(&claim->hand);
	inbox_folder_drop(claim->folder);
	if (claim->file >= 0)
		close(claim->file);
	buffer_fini(&claim->content);
	free(claim->spooled);
	free(claim->name);
	free(claim);
	return NULL;
}

/* What docketd or a disk lacks says nothing about the file. */
static void
fail(struct claim *claim, enum claim_result result, int error)
{
	if (error == -EMFILE || error == -ENFILE || error == -ENOMEM)
		result = CLAIM_STARVED;
	if (error == -ENOSPC || error == -EDQUOT)
		result = CLAIM_NO_ROOM;
	claim->result = result;
	claim->error = error;
}

/* What a call on the store could not do. */
static int
fail_at_store(struct claim *claim, int error)
{
	fail(claim, CLAIM_BROKEN, error);
	return error;
}

static void
remember(struct claim *claim, const struct stat *meta)
{
	claim->device = meta->st_dev;
	claim->inode = meta->st_ino;
	claim->size = (uint64_t)meta->st_size;
	claim->mtime_ns =
		meta->st_mtim.tv_sec * 1000000000LL + meta->st_mtim.tv_nsec;
	claim->ctime_ns =
		meta->st_ctim.tv_sec * 1000000000LL + meta->st_ctim.tv_nsec;
	claim->owner = meta->st_uid;
}

/* ---- looking and opening ---- */

static bool
is_same_content(const struct claim *claim, const struct stat *meta)
{
	return claim->device == meta->st_dev && claim->inode == meta->st_ino &&
	       claim->size == (uint64_t)meta->st_size &&
	       claim->mtime_ns == meta->st_mtim.tv_sec * 1000000000LL +
					  meta->st_mtim.tv_nsec;
}

static bool
is_as_remembered(const struct claim *claim, const struct stat *meta)
{
	return is_same_content(claim, meta) &&
	       claim->ctime_ns == meta->st_ctim.tv_sec * 1000000000LL +
					  meta->st_ctim.tv_nsec;
}

static bool
check_shape(struct claim *claim, const struct stat *meta)
{
	remember(claim, meta);
	if (!S_ISREG(meta->st_mode))
		fail(claim, CLAIM_NOT_REGULAR, 0);
	else if (claim->folder != NULL &&
		 !inbox_folder_takes_from(claim->folder, meta->st_uid))
		fail(claim, CLAIM_OWNER, 0);
	else if (claim->size > claim->inbox->size_limit_bytes)
		fail(claim, CLAIM_TOO_LARGE, 0);
	return claim->result == CLAIM_TAKEN;
}

/* Where it is now: a folder of the inbox, or a lane. */
static int
open_place(const struct claim *claim, const char **out_leaf)
{
	if (claim->lane < 0)
		return inbox_folder_open_parent(claim->folder, claim->name,
						out_leaf);
	*out_leaf = claim->spooled;
	return spool_open_lane(claim->folder->spool, claim->lane, false);
}

static bool
is_gone(int error)
{
	return error == -ENOENT || error == -ENOTDIR || error == -ELOOP ||
	       error == -EXDEV;
}

static bool
open_file(struct claim *claim)
{
	struct stat before, after;
	const char *leaf;
	auto_fd int place = open_place(claim, &leaf);
	int error = place < 0 ? place : 0;

	if (place >= 0 &&
	    fstatat(place, leaf, &before, AT_SYMLINK_NOFOLLOW) < 0)
		error = -errno;
	if (error < 0) {
		fail(claim, is_gone(error) ? CLAIM_VANISHED : CLAIM_UNREADABLE,
		     is_gone(error) ? 0 : error);
		return false;
	}
	if (!check_shape(claim, &before))
		return false;
	claim->file = openat(place, leaf,
			     O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
				     O_CLOEXEC);
	if (claim->file < 0) {
		fail(claim, errno == ENOENT ? CLAIM_UNSTABLE : CLAIM_UNREADABLE,
		     -errno);
		return false;
	}
	if (fstat(claim->file, &after) < 0 ||
	    !is_as_remembered(claim, &after)) {
		fail(claim, CLAIM_UNSTABLE, 0);
		return false;
	}
	return true;
}

/* docket add: the caller opened it, and may hand us anything. */
static bool
check_descriptor(struct claim *claim)
{
	struct stat meta;

	if (fstat(claim->file, &meta) < 0) {
		fail(claim, CLAIM_UNREADABLE, -errno);
		return false;
	}
	return check_shape(claim, &meta);
}

/* ---- copying ---- */

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
	auto_free char *chunk = mem_alloc(COPY_CHUNK);
	struct store_writer writer;
	off_t at = (off_t)claim->content.size;
	int status = begin_file(claim, store, &writer);
	ssize_t size;

	if (status < 0)
		return status;
	while ((size = pread(claim->file, chunk, COPY_CHUNK, at)) > 0) {
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
		size_t room = content->size == 0 && claim->size < COPY_CHUNK
				      ? claim->size + 1
				      : COPY_CHUNK;

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

/* Its times say that it was touched: do its bytes say so too? Or -errno. */
static int
has_other_bytes(const struct claim *claim)
{
	auto_free char *chunk = mem_alloc(COPY_CHUNK);
	struct digest_state *state = digest_new();
	struct digest digest;
	off_t at = 0;
	ssize_t size;

	while ((size = pread(claim->file, chunk, COPY_CHUNK, at)) > 0) {
		digest_add(state, chunk, (size_t)size);
		at += size;
	}
	if (size < 0)
		size = -errno;
	digest = digest_finish(state);
	return size < 0 ? (int)size : !digest_equal(&digest, &claim->digest);
}

/* Is what was copied what is in the file now? A name or a mode may change. */
static bool
is_still_whole(struct claim *claim)
{
	struct timespec now;
	struct stat meta;

	if (fstat(claim->file, &meta) < 0)
		return false;
	if (!is_as_remembered(claim, &meta) && has_other_bytes(claim) != 0)
		return false;
	remember(claim, &meta);
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
		fail(claim, CLAIM_NO_ROOM, 0);
		return;
	}
	status = copy(claim, store);
	if (claim->result != CLAIM_TAKEN)
		return; /* the store's fault, not the file's */
	if (status == -EFBIG)
		fail(claim, CLAIM_TOO_LARGE, 0);
	else if (status < 0 && status != -EAGAIN)
		fail(claim, CLAIM_UNREADABLE, status);
	else if (status < 0 || !is_still_whole(claim))
		fail(claim, CLAIM_UNSTABLE, 0);
}

/* ---- into the spool ---- */

/* It stays in the inbox, where every scan meets it: so that it is known. */
static void
refuse_to_move(struct claim *claim, int place, const char *leaf, int error)
{
	struct stat meta;
	int status = fstatat(place, leaf, &meta, AT_SYMLINK_NOFOLLOW);

	if (status < 0 && errno == ENOENT) {
		fail(claim, CLAIM_VANISHED, 0);
		return;
	}
	if (status == 0)
		remember(claim, &meta);
	fail(claim, CLAIM_UNMOVABLE, error);
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
		if (error == 0)
			claim->lane = lane;
	}
	return error;
}

/* A rename makes a new ctime; and another file may have got the name. */
static void
check_moved(struct claim *claim)
{
	auto_fd int lane =
		spool_open_lane(claim->folder->spool, claim->lane, false);
	struct stat meta;

	int error = lane < 0 ? lane : 0;

	if (lane >= 0 &&
	    fstatat(lane, claim->spooled, &meta, AT_SYMLINK_NOFOLLOW) < 0)
		error = -errno;
	if (error < 0)
		fail(claim, error == -ENOENT ? CLAIM_VANISHED : CLAIM_UNSTABLE,
		     error == -ENOENT ? 0 : error);
	else if (!is_same_content(claim, &meta))
		fail(claim, CLAIM_UNSTABLE, 0);
	else
		remember(claim, &meta);
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
	auto_fd int place = open_place(claim, &leaf);
	int error;

	if (place < 0) {
		fail(claim, is_gone(place) ? CLAIM_VANISHED : CLAIM_UNMOVABLE,
		     is_gone(place) ? 0 : place);
		return;
	}
	give_grace(claim);
	error = rename_into_lane(claim, place, leaf);
	if (error < 0)
		refuse_to_move(claim, place, leaf, error);
	else
		check_moved(claim);
}

void
claim_copy(struct claim *claim, const struct store *store)
{
	claim->result = CLAIM_TAKEN;
	claim->error = 0;
	if (claim->folder == NULL ? check_descriptor(claim) : open_file(claim))
		copy_file(claim, store);
	if (claim->folder != NULL && claim->lane < 0 &&
	    claim->result != CLAIM_VANISHED && claim->result != CLAIM_STARVED &&
	    claim->result != CLAIM_NO_ROOM)
		move_into_spool(claim);
	claim->tries += claim->result == CLAIM_UNSTABLE;
}

/* ---- the last look ---- */

/* 1, 0 or -errno. */
static int
has_changed(const struct claim *claim, const struct stat *there)
{
	struct stat now;

	if (claim->file < 0)
		return 1;
	if (fstat(claim->file, &now) < 0)
		return -errno;
	if (now.st_ino != there->st_ino)
		return 1;
	if (!claim->is_fresh && is_as_remembered(claim, &now))
		return 0;
	return has_other_bytes(claim);
}

/* 1: it has changed and is still there. 0: it is gone. Or -errno. */
static int
take_out(const struct claim *claim, int lane)
{
	struct stat there;
	int status;

	if (fstatat(lane, claim->spooled, &there, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -errno;
	status = has_changed(claim, &there);
	if (status == 0 && unlinkat(lane, claim->spooled, 0) < 0 &&
	    errno != ENOENT)
		status = -errno;
	return status;
}

static void
end(struct claim *claim, int status)
{
	claim->is_superseded = status > 0;
	claim->error = status < 0 ? status : 0;
}

static bool
shares_lane(const struct claim *a, const struct claim *b)
{
	return a->folder == b->folder && a->lane == b->lane;
}

/* All of one lane at once, so that the lane is made durable once. */
static void
clear_lane(struct claim *first)
{
	auto_fd int lane =
		spool_open_lane(first->folder->spool, first->lane, false);
	int status = lane < 0 && lane != -ENOENT ? lane : 0;

	for (struct claim *claim = first; claim != NULL; claim = claim->next)
		if (shares_lane(claim, first))
			end(claim, lane < 0 ? status : take_out(claim, lane));
	/* EINVAL: such a file system has nothing to sync. */
	if (lane < 0 || fsync(lane) == 0 || errno == EINVAL)
		return;
	status = -errno;
	for (struct claim *claim = first; claim != NULL; claim = claim->next)
		if (shares_lane(claim, first) && !claim->is_superseded)
			end(claim, claim->error < 0 ? claim->error : status);
}

/* Is it the first of its lane in the list? */
static bool
leads_lane(const struct claim *first, const struct claim *claim)
{
	while (!shares_lane(first, claim))
		first = first->next;
	return first == claim;
}

void
claim_clear(struct claim *first)
{
	for (struct claim *claim = first; claim != NULL; claim = claim->next)
		if (claim->folder == NULL || claim->lane < 0)
			end(claim, 0);
		else if (leads_lane(first, claim))
			clear_lane(claim);
}
