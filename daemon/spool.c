/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spool.c - INBOX/.docket: files on their way in, under names that say whence
 *
 * Owns nothing; a lane's descriptor is its caller's. Never ends the process.
 */
#include "spool.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "digest.h"

#define LANE_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
/* No escape begins so. */
#define CUT "%~"
#define CUT_DIGITS 16
#define CUT_SIZE (strlen(CUT) + CUT_DIGITS)

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

/* Its end, from where no escape and no letter is cut in two. */
static const char *
find_end(const char *name)
{
	const char *end = name + strlen(name) - (NAME_MAX - CUT_SIZE);

	if (end[-1] == '%')
		end += 2;
	else if (end[-2] == '%')
		end += 1;
	for (int i = 0; i < 3 && ((unsigned char)*end & 0xc0) == 0x80; i++)
		end++;
	return end;
}

/* Digest and end of a name that is longer than a name may be. */
static void
cut(struct buffer *name)
{
	struct digest digest = digest_of(buffer_bytes(name));
	char text[DIGEST_TEXT_SIZE];
	auto_buffer struct buffer whole = *name;

	*name = (struct buffer){ 0 };
	digest_format(&digest, text);
	buffer_format(name, "%s%.*s%s", CUT, CUT_DIGITS, strchr(text, ':') + 1,
		      find_end(whole.data));
	buffer_put(name, "", 1);
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
	if (name.size - 1 > NAME_MAX)
		cut(&name);
	return name.data;
}

bool
spool_is_cut(int lane, const char *name)
{
	return lane >= SPOOL_LANES && strlen(name) > CUT_SIZE &&
	       strncmp(name, CUT, strlen(CUT)) == 0;
}

char *
spool_path(int lane, const char *name)
{
	struct buffer path = { 0 };

	if (lane < SPOOL_LANES)
		return mem_dup_string(name);
	if (spool_is_cut(lane, name)) {
		buffer_put_string(&path, ".../");
		name += CUT_SIZE;
	}
	while (*name != '\0') {
		bool is_slash = strncmp(name, "%2F", 3) == 0;
		bool is_escape = is_slash || strncmp(name, "%25", 3) == 0;

		buffer_put(&path, is_slash ? "/" : is_escape ? "%" : name, 1);
		name += is_escape ? 3 : 1;
	}
	buffer_put(&path, "", 1);
	return path.data;
}
