/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spool.h - INBOX/.docket: files on their way in, under names that say whence
 *
 * A spool has numbered folders, lanes. In the first SPOOL_LANES of them a file
 * has the very name it had in the inbox. In as many after those it came from a
 * folder below the inbox, and its name is its path with '/' as %2F and '%' as
 * %25. So the place in the spool alone tells what a file was, without any row;
 * but for a path that is too long for a name. Of that a name has a digest and
 * the end, and should docketd be killed before there is a row, that is all that
 * is known of it.
 */
#ifndef DAEMON_SPOOL_H
#define DAEMON_SPOOL_H

#include "mem.h"

#define SPOOL_LANES 64

/* Open a lane, or make it first. A descriptor, or -errno. */
int spool_open_lane(int spool, int lane, bool may_make);

/*
 * The first lane of those that a file of this path may go to, and what it is
 * called there; the caller's. Pair: spool_path().
 */
int spool_first_lane(const char *path);
char *spool_name(const char *path);

/*
 * The path of what has that name in that lane, or ".../" and the end of it if
 * the name was cut; the caller's.
 */
char *spool_path(int lane, const char *name);
bool spool_is_cut(int lane, const char *name);

#endif
