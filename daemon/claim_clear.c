/* SPDX-License-Identifier: Apache-2.0 */
/*
 * claim_clear.c - one file on its way in: the last look, and out of the spool
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "claim_private.h"
#include "spool.h"

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
	if (!claim->is_fresh && claim_is_as_remembered(claim, &now))
		return 0;
	return claim_has_other_bytes(claim);
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
