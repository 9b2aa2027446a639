/* SPDX-License-Identifier: Apache-2.0 */
/*
 * claim.c - one file on its way in: what it is, looking at it, opening it
 *
 * Looks without opening first: a device or a FIFO must not be opened.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "claim_private.h"
#include "spool.h"

/* What is not here is tried again, or ends the process. */
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
void
claim_fail(struct claim *claim, enum claim_result result, int error)
{
	if (error == -EMFILE || error == -ENFILE || error == -ENOMEM)
		result = CLAIM_STARVED;
	if (error == -ENOSPC || error == -EDQUOT)
		result = CLAIM_NO_ROOM;
	claim->result = result;
	claim->error = error;
}

/* ---- what was seen of it ---- */

void
claim_remember(struct claim *claim, const struct stat *meta)
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

bool
claim_is_same_content(const struct claim *claim, const struct stat *meta)
{
	return claim->device == meta->st_dev && claim->inode == meta->st_ino &&
	       claim->size == (uint64_t)meta->st_size &&
	       claim->mtime_ns == meta->st_mtim.tv_sec * 1000000000LL +
					  meta->st_mtim.tv_nsec;
}

bool
claim_is_as_remembered(const struct claim *claim, const struct stat *meta)
{
	return claim_is_same_content(claim, meta) &&
	       claim->ctime_ns == meta->st_ctim.tv_sec * 1000000000LL +
					  meta->st_ctim.tv_nsec;
}

/* Its times say that it was touched: do its bytes say so too? Or -errno. */
int
claim_has_other_bytes(const struct claim *claim)
{
	auto_free char *chunk = mem_alloc(CLAIM_CHUNK);
	struct digest_state *state = digest_new();
	struct digest digest;
	off_t at = 0;
	ssize_t size;

	while ((size = pread(claim->file, chunk, CLAIM_CHUNK, at)) > 0) {
		digest_add(state, chunk, (size_t)size);
		at += size;
	}
	if (size < 0)
		size = -errno;
	digest = digest_finish(state);
	return size < 0 ? (int)size : !digest_equal(&digest, &claim->digest);
}

/* ---- looking and opening ---- */

static bool
check_shape(struct claim *claim, const struct stat *meta)
{
	claim_remember(claim, meta);
	if (!S_ISREG(meta->st_mode))
		claim_fail(claim, CLAIM_NOT_REGULAR, 0);
	else if (claim->folder != NULL &&
		 !inbox_folder_takes_from(claim->folder, meta->st_uid))
		claim_fail(claim, CLAIM_OWNER, 0);
	else if (claim->size > claim->inbox->size_limit_bytes)
		claim_fail(claim, CLAIM_TOO_LARGE, 0);
	return claim->result == CLAIM_TAKEN;
}

/* Where it is now: a folder of the inbox, or a lane. */
int
claim_open_place(const struct claim *claim, const char **out_leaf)
{
	if (claim->lane < 0)
		return inbox_folder_open_parent(claim->folder, claim->name,
						out_leaf);
	*out_leaf = claim->spooled;
	return spool_open_lane(claim->folder->spool, claim->lane, false);
}

bool
claim_is_gone(int error)
{
	return error == -ENOENT || error == -ENOTDIR || error == -ELOOP ||
	       error == -EXDEV;
}

static bool
open_file(struct claim *claim)
{
	struct stat before, after;
	const char *leaf;
	auto_fd int place = claim_open_place(claim, &leaf);
	int error = place < 0 ? place : 0;

	if (place >= 0 &&
	    fstatat(place, leaf, &before, AT_SYMLINK_NOFOLLOW) < 0)
		error = -errno;
	if (error < 0) {
		claim_fail(claim,
			   claim_is_gone(error) ? CLAIM_VANISHED
						: CLAIM_UNREADABLE,
			   claim_is_gone(error) ? 0 : error);
		return false;
	}
	if (!check_shape(claim, &before))
		return false;
	claim->file = openat(place, leaf,
			     O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
				     O_CLOEXEC);
	if (claim->file < 0) {
		claim_fail(claim,
			   errno == ENOENT ? CLAIM_UNSTABLE : CLAIM_UNREADABLE,
			   -errno);
		return false;
	}
	if (fstat(claim->file, &after) < 0 ||
	    !claim_is_as_remembered(claim, &after)) {
		claim_fail(claim, CLAIM_UNSTABLE, 0);
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
		claim_fail(claim, CLAIM_UNREADABLE, -errno);
		return false;
	}
	return check_shape(claim, &meta);
}

bool
claim_open(struct claim *claim)
{
	claim->result = CLAIM_TAKEN;
	claim->error = 0;
	if (claim->is_open)
		return true;
	claim->is_open = claim->folder == NULL ? check_descriptor(claim)
					       : open_file(claim);
	if (!claim->is_open)
		claim_shut(claim);
	return claim->is_open;
}

void
claim_shut(struct claim *claim)
{
	claim->is_open = false;
	if (claim->folder != NULL && claim->file >= 0)
		close(take_fd(&claim->file));
}
