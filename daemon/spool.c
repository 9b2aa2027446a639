/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spool.c - INBOX/.docket: files on their way in, under names that say whence
 *
 * Owns nothing; a lane's descriptor is its caller's. Never ends the process.
 */
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LANE_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

int
spool_open_lane(int spool, int lane, bool may_make)
{
	char name[16];
	int fd;

	snprintf(name, sizeof(name), "%d", lane);
	fd = openat(spool, name, LANE_FLAGS);
	if (fd < 0 && errno == ENOENT && may_make) {
		if (mkdirat(spool, name, 0700) < 0 && errno != EEXIST)
			return -errno;
		fd = openat(spool, name, LANE_FLAGS);
	}
	return fd < 0 ? -errno : fd;
}

int
spool_first_lane(const char *path)
{
	return strchr(path, '/') == NULL ? 0 : SPOOL_LANES;
}

char *
spool_name(const char *path)
{
	struct buffer name = { 0 };

	if (strchr(path, '/') == NULL)
		return mem_dup_string(path);
	for (; *path != '\0'; path++) {
		if (*path == '/' || *path == '%')
			buffer_format(&name, "%%%02X", (unsigned)*path);
		else
			buffer_put(&name, path, 1);
	}
	buffer_put(&name, "", 1);
	return name.data;
}

char *
spool_path(int lane, const char *name)
{
	struct buffer path = { 0 };

	if (lane < SPOOL_LANES)
		return mem_dup_string(name);
	while (*name != '\0') {
		bool is_slash = strncmp(name, "%2F", 3) == 0;
		bool is_escape = is_slash || strncmp(name, "%25", 3) == 0;

		buffer_put(&path, is_slash ? "/" : is_escape ? "%" : name, 1);
		name += is_escape ? 3 : 1;
	}
	buffer_put(&path, "", 1);
	return path.data;
}
