/* SPDX-License-Identifier: Apache-2.0 */
/*
 * claim.c - one file on its way in: what blocks, done on any thread
 *
 * Order: rename into a lane of the spool, look without opening (a device or a
 * FIFO must not be opened), open, copy and hash, look again. The spool's lanes
 * are numbered folders; a name that is in one lane already goes into the next.
 */
#include "claim.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LANES 64
#define COPY_CHUNK (128u << 10)

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
	[CLAIM_UNREADABLE] = { "unreadable",
			       "docketd may not read it; give its user the "
			       "right to" },
	[CLAIM_TOO_LARGE] = { "too-large",
			      "it is larger than the inbox's size_limit" },
	[CLAIM_UNMOVABLE] = { "unmovable",
			      "it could not be moved into the spool" },
	[CLAIM_NO_ROOM] = { "no-room",
			    "the disk of docketd's store is full; make room" },
	[CLAIM_STARVED] = { "starved",
			    "docketd had no descriptors or no memory left; "
			    "raise its limits" },
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
claim_new(struct intake *intake, const struct intake_source *source,
	  const char *name, enum arrival_origin origin)
{
	struct claim *claim = mem_alloc(sizeof(*claim));

	claim->intake = intake;
	claim->source = *source;
	claim->name = mem_dup_string(name);
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
	if (claim->file >= 0)
		close(claim->file);
	buffer_fini(&claim->content);
	free(claim->name);
	free(claim);
	return NULL;
}

/* What docketd lacks itself says nothing about the file. */
static void
fail(struct claim *claim, enum claim_result result, int error)
{
	bool is_starved =
		error == -EMFILE || error == -ENFILE || error == -ENOMEM;

	claim->result = is_starved ? CLAIM_STARVED : result;
	claim->error = error;
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

/* ---- into the spool ---- */

static int
open_lane(int spool, int lane, bool may_make)
{
	char name[16];
	int fd;

	snprintf(name, sizeof(name), "%d", lane);
	fd = openat(spool, name,
		    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0 || !may_make || errno != ENOENT)
		return fd;
	if (mkdirat(spool, name, 0700) < 0 && errno != EEXIST)
		return -1;
	return openat(spool, name,
		      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* It stays in the inbox, where every scan meets it: so that it is known. */
static void
refuse_to_move(struct claim *claim, int error)
{
	struct stat meta;
	int status = fstatat(claim->source.folder, claim->name, &meta,
			     AT_SYMLINK_NOFOLLOW);

	if (error == -ENOENT || (status < 0 && errno == ENOENT)) {
		fail(claim, CLAIM_VANISHED, 0);
		return;
	}
	if (status == 0)
		remember(claim, &meta);
	fail(claim, CLAIM_UNMOVABLE, error);
}

static bool
move_into_spool(struct claim *claim)
{
	int error = -EEXIST;

	for (int lane = 0; lane < LANES && error == -EEXIST; lane++) {
		auto_fd int fd = open_lane(claim->source.spool, lane, true);

		if (fd < 0) {
			error = -errno;
			break;
		}
		if (renameat2(claim->source.folder, claim->name, fd,
			      claim->name, RENAME_NOREPLACE) == 0) {
			claim->lane = lane;
			return true;
		}
		error = -errno;
	}
	refuse_to_move(claim, error);
	return false;
}

/* ---- looking and opening ---- */

static bool
is_as_remembered(const struct claim *claim, const struct stat *meta)
{
	return claim->device == meta->st_dev && claim->inode == meta->st_ino &&
	       claim->size == (uint64_t)meta->st_size &&
	       claim->mtime_ns == meta->st_mtim.tv_sec * 1000000000LL +
					  meta->st_mtim.tv_nsec &&
	       claim->ctime_ns == meta->st_ctim.tv_sec * 1000000000LL +
					  meta->st_ctim.tv_nsec;
}

static bool
check_shape(struct claim *claim, const struct stat *meta)
{
	remember(claim, meta);
	if (!S_ISREG(meta->st_mode)) {
		fail(claim, CLAIM_NOT_REGULAR, 0);
		return false;
	}
	if (claim->size > claim->source.inbox->size_limit_bytes) {
		fail(claim, CLAIM_TOO_LARGE, 0);
		return false;
	}
	return true;
}

static bool
open_in_spool(struct claim *claim)
{
	auto_fd int lane = open_lane(claim->source.spool, claim->lane, false);
	struct stat before, after;

	if (lane < 0 ||
	    fstatat(lane, claim->name, &before, AT_SYMLINK_NOFOLLOW) < 0) {
		if (errno == ENOENT)
			fail(claim, CLAIM_VANISHED, 0);
		else
			fail(claim, CLAIM_UNREADABLE, -errno);
		return false;
	}
	if (!check_shape(claim, &before))
		return false;
	claim->file = openat(lane, claim->name,
			     O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
				     O_CLOEXEC);
	if (claim->file < 0) {
		fail(claim, CLAIM_UNREADABLE, -errno);
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
		return status;
	status = store_write(writer, claim->content.data, claim->content.size);
	if (status < 0)
		store_abort(writer);
	else
		buffer_fini(&claim->content);
	return status;
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
		if (status == 0 &&
		    (uint64_t)at > claim->source.inbox->size_limit_bytes)
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
	return status;
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

void
claim_copy(struct claim *claim, const struct store *store)
{
	struct stat meta;
	int status;

	claim->result = CLAIM_TAKEN;
	claim->error = 0;
	claim->tries++;
	if (claim->origin == ORIGIN_ADDED) {
		if (!check_descriptor(claim))
			return;
	} else if ((claim->lane < 0 && !move_into_spool(claim)) ||
		   !open_in_spool(claim)) {
		return;
	}
	status = copy(claim, store);
	if (status == -EFBIG)
		fail(claim, CLAIM_TOO_LARGE, 0);
	else if (status == -ENOSPC || status == -EDQUOT)
		fail(claim, CLAIM_NO_ROOM, 0);
	else if (status < 0 && status != -EAGAIN)
		fail(claim, CLAIM_UNREADABLE, status);
	else if (status < 0 || fstat(claim->file, &meta) < 0 ||
		 !is_as_remembered(claim, &meta))
		fail(claim, CLAIM_UNSTABLE, 0);
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
	return is_as_remembered(claim, &now) ? 0 : has_other_bytes(claim);
}

/* 1: it has changed and is still there. 0: it is gone. Or -errno. */
static int
take_out(const struct claim *claim)
{
	auto_fd int lane = open_lane(claim->source.spool, claim->lane, false);
	struct stat there;
	int status;

	if (lane < 0 ||
	    fstatat(lane, claim->name, &there, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -errno;
	status = has_changed(claim, &there);
	if (status == 0 && unlinkat(lane, claim->name, 0) < 0 &&
	    errno != ENOENT)
		status = -errno;
	return status;
}

void
claim_clear(struct claim *claim)
{
	int status = claim->lane < 0 ? 0 : take_out(claim);

	claim->is_superseded = status > 0;
	claim->error = status < 0 ? status : 0;
}
