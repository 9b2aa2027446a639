/* SPDX-License-Identifier: Apache-2.0 */
/*
 * docket_crash.c - docketd dies, or a call of its fails, at call number k
 *
 * Loaded with LD_PRELOAD. Stands before every call with which docketd changes
 * the world, numbers them as they are entered, and at number k ends the process
 * as kill -9 would, or returns an error instead of calling. Death at the entry
 * of call k is also death after call k-1. Children are left alone: they do not
 * even inherit the preload.
 *
 * Set up by the environment:
 *   DOCKET_CRASH       "kill", "EIO", "ENOSPC" or "EMFILE"
 *   DOCKET_CRASH_AT    k; 0 only counts
 *   DOCKET_CRASH_EVER  not empty: every call from k on fails
 *   DOCKET_CRASH_PAGE  file of sizeof(struct page), which outlives docketd
 *
 * Only what can fail in a given way is counted for that way, so every k is a
 * fault that the manual pages know. All ways are counted at once. The real calls are made by syscall(2).
 */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* In how many ways a call can end badly. */
#define WAY_COUNT 4
enum way {
	KILL = 1,
	WITH_EIO = 2,
	WITH_ENOSPC = 4,
	WITH_EMFILE = 8,
};

enum call {
	CALL_CREATE,
	CALL_OPEN,
	CALL_RENAME,
	CALL_LINK,
	CALL_UNLINK,
	CALL_MKDIR,
	CALL_RMDIR,
	CALL_READ,
	CALL_WRITE,
	CALL_TRUNCATE,
	CALL_SYNC,
	CALL_CHMOD,
	CALL_LOCK,
	CALL_SEND,
	CALL_BIND,
	CALL_WATCH,
	CALL_DESCRIPTOR,
	CALL_COUNT
};

static const struct {
	char name[16];
	unsigned ways;
} calls[CALL_COUNT] = {
	[CALL_CREATE] = { "create",
			  KILL | WITH_EIO | WITH_ENOSPC | WITH_EMFILE },
	[CALL_OPEN] = { "open", WITH_EIO | WITH_EMFILE },
	[CALL_RENAME] = { "rename", KILL | WITH_EIO | WITH_ENOSPC },
	[CALL_LINK] = { "link", KILL | WITH_EIO | WITH_ENOSPC },
	[CALL_UNLINK] = { "unlink", KILL | WITH_EIO },
	[CALL_MKDIR] = { "mkdir", KILL | WITH_EIO | WITH_ENOSPC },
	[CALL_RMDIR] = { "rmdir", KILL | WITH_EIO },
	[CALL_READ] = { "read", WITH_EIO },
	[CALL_WRITE] = { "write", KILL | WITH_EIO | WITH_ENOSPC },
	[CALL_TRUNCATE] = { "truncate", KILL | WITH_EIO },
	[CALL_SYNC] = { "sync", KILL | WITH_EIO | WITH_ENOSPC },
	[CALL_CHMOD] = { "chmod", KILL | WITH_EIO },
	[CALL_LOCK] = { "lock", KILL },
	[CALL_SEND] = { "send", KILL },
	[CALL_BIND] = { "bind", KILL },
	[CALL_WATCH] = { "watch", WITH_ENOSPC },
	[CALL_DESCRIPTOR] = { "descriptor", WITH_EMFILE },
};

/* Shared with whoever set us up; tests/crash/life.py reads it. */
struct page {
	atomic_uint_fast64_t counts[WAY_COUNT]; /* as ways[] are ordered */
	uint64_t hit;				/* k, once it has happened */
	char name[16];				/* of the call that was hit */
};

static const struct {
	const char *name;
	enum way way;
	int error;
} ways[WAY_COUNT] = {
	{ "kill", KILL, 0 },
	{ "EIO", WITH_EIO, EIO },
	{ "ENOSPC", WITH_ENOSPC, ENOSPC },
	{ "EMFILE", WITH_EMFILE, EMFILE },
};

static struct {
	struct page *page; /* NULL: this is not docketd, or nothing is wanted */
	pid_t owner;
	size_t way; /* of ways[] */
	uint64_t at;
	bool is_for_ever;
} plan;

/* ---- setting up ---- */

static bool
is_docketd(void)
{
	static const char name[] = "/docketd";
	char path[4096];
	ssize_t size = readlink("/proc/self/exe", path, sizeof(path));

	return size >= (ssize_t)strlen(name) &&
	       memcmp(path + size - strlen(name), name, strlen(name)) == 0;
}

static struct page *
map_page(const char *path)
{
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
	void *page = mmap(NULL, sizeof(struct page), PROT_READ | PROT_WRITE,
			  MAP_SHARED, fd, 0);

	if (page == MAP_FAILED)
		abort();
	close(fd);
	return page;
}

__attribute__((constructor)) static void
set_up(void)
{
	const char *way = getenv("DOCKET_CRASH");
	const char *at = getenv("DOCKET_CRASH_AT");
	const char *ever = getenv("DOCKET_CRASH_EVER");
	const char *page = getenv("DOCKET_CRASH_PAGE");

	if (!is_docketd() || way == NULL || at == NULL || page == NULL)
		return;
	for (size_t i = 0; i < WAY_COUNT; i++)
		if (strcmp(ways[i].name, way) == 0)
			plan.way = i;
	plan.at = strtoull(at, NULL, 10);
	plan.is_for_ever = ever != NULL && ever[0] != '\0';
	plan.owner = getpid();
	plan.page = map_page(page);
	unsetenv("LD_PRELOAD");
}

/* ---- the one place through which every call comes ---- */

/* What a machine opens to look up users and groups is its own business. */
static _Thread_local bool is_looking_up;

/* A child between fork and exec has our memory, but not our number. */
static bool
is_counted(void)
{
	return plan.page != NULL && !is_looking_up && getpid() == plan.owner;
}

/* For each way in which it can go wrong. Its number for the planned one, or 0. */
static uint64_t
count(enum call call)
{
	uint64_t k = 0;

	for (size_t i = 0; i < WAY_COUNT; i++) {
		uint64_t number;

		if ((calls[call].ways & ways[i].way) == 0)
			continue;
		number = atomic_fetch_add(&plan.page->counts[i], 1) + 1;
		if (i == plan.way)
			k = number;
	}
	return k;
}

static void
note_hit(enum call call)
{
	memcpy(plan.page->name, calls[call].name, sizeof(plan.page->name));
	plan.page->hit = plan.at;
}

/* May the call be made? Otherwise errno is set. */
static bool
enter(enum call call)
{
	uint64_t k = is_counted() ? count(call) : 0;

	if (k == 0 || plan.at == 0 || k < plan.at)
		return true;
	if (k == plan.at)
		note_hit(call);
	else if (!plan.is_for_ever)
		return true;
	if (ways[plan.way].way == KILL) {
		kill(plan.owner, SIGKILL);
		for (;;)
			pause();
	}
	errno = ways[plan.way].error;
	return false;
}

/* What is written to pipes, wake-ups and the log changes nothing that stays. */
static bool
enter_file(enum call call, int fd)
{
	struct stat meta;

	return fd <= STDERR_FILENO || fstat(fd, &meta) < 0 ||
	       !S_ISREG(meta.st_mode) || enter(call);
}

/* ---- looking up ---- */

#define LOOK_UP(type, name)                                             \
	struct type *name(const char *key)                              \
	{                                                               \
		static struct type entry;                               \
		static char strings[65536];                             \
		struct type *found = NULL;                              \
                                                                        \
		is_looking_up = true;                                   \
		errno = name##_r(key, &entry, strings, sizeof(strings), \
				 &found);                               \
		is_looking_up = false;                                  \
		return found;                                           \
	}

LOOK_UP(group, getgrnam)
LOOK_UP(passwd, getpwnam)

/* ---- opening ---- */

static int
open_file(int at, const char *path, int flags, mode_t mode)
{
	bool makes = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE;

	if (!enter(makes ? CALL_CREATE : CALL_OPEN))
		return -1;
	return (int)syscall(SYS_openat, at, path, flags, mode);
}

static mode_t
get_mode(int flags, va_list args)
{
	if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE)
		return va_arg(args, mode_t);
	return 0;
}

#define OPEN(name)                                             \
	int name(const char *path, int flags, ...)             \
	{                                                      \
		mode_t mode;                                   \
		va_list args;                                  \
                                                               \
		va_start(args, flags);                         \
		mode = get_mode(flags, args);                  \
		va_end(args);                                  \
		return open_file(AT_FDCWD, path, flags, mode); \
	}
#define OPENAT(name)                                       \
	int name(int at, const char *path, int flags, ...) \
	{                                                  \
		mode_t mode;                               \
		va_list args;                              \
                                                           \
		va_start(args, flags);                     \
		mode = get_mode(flags, args);              \
		va_end(args);                              \
		return open_file(at, path, flags, mode);   \
	}

OPEN(open);
OPEN(open64);
OPEN(__open_2); /* what FORTIFY makes of open() */
OPEN(__open64_2);
OPENAT(openat);
OPENAT(openat64);
OPENAT(__openat_2);
OPENAT(__openat64_2);

#define FORWARD(type, name, call, number, declared, ...)   \
	type name declared                                 \
	{                                                  \
		if (!enter(call))                          \
			return -1;                         \
		return (type)syscall(number, __VA_ARGS__); \
	}
#define FORWARD_FILE(type, name, call, number, declared, ...) \
	type name declared                                    \
	{                                                     \
		if (!enter_file(call, fd))                    \
			return -1;                            \
		return (type)syscall(number, __VA_ARGS__);    \
	}

/* ---- names ---- */

FORWARD(int, rename, CALL_RENAME, SYS_rename,
	(const char *from, const char *to), from, to);
FORWARD(int, renameat, CALL_RENAME, SYS_renameat,
	(int from_at, const char *from, int to_at, const char *to), from_at,
	from, to_at, to);
FORWARD(int, renameat2, CALL_RENAME, SYS_renameat2,
	(int from_at, const char *from, int to_at, const char *to,
	 unsigned flags),
	from_at, from, to_at, to, flags);
FORWARD(int, link, CALL_LINK, SYS_link, (const char *from, const char *to),
	from, to);
FORWARD(int, linkat, CALL_LINK, SYS_linkat,
	(int from_at, const char *from, int to_at, const char *to, int flags),
	from_at, from, to_at, to, flags);
FORWARD(int, symlink, CALL_LINK, SYS_symlink,
	(const char *from, const char *to), from, to);
FORWARD(int, unlink, CALL_UNLINK, SYS_unlink, (const char *path), path);
FORWARD(int, unlinkat, CALL_UNLINK, SYS_unlinkat,
	(int at, const char *path, int flags), at, path, flags);
FORWARD(int, mkdir, CALL_MKDIR, SYS_mkdir, (const char *path, mode_t mode),
	path, mode);
FORWARD(int, mkdirat, CALL_MKDIR, SYS_mkdirat,
	(int at, const char *path, mode_t mode), at, path, mode);
FORWARD(int, rmdir, CALL_RMDIR, SYS_rmdir, (const char *path), path);
FORWARD(int, chmod, CALL_CHMOD, SYS_chmod, (const char *path, mode_t mode),
	path, mode);

/* ---- bytes ---- */

FORWARD_FILE(ssize_t, write, CALL_WRITE, SYS_write,
	     (int fd, const void *data, size_t size), fd, data, size);
FORWARD_FILE(ssize_t, pwrite, CALL_WRITE, SYS_pwrite64,
	     (int fd, const void *data, size_t size, off_t at), fd, data, size,
	     at);
FORWARD_FILE(ssize_t, pwrite64, CALL_WRITE, SYS_pwrite64,
	     (int fd, const void *data, size_t size, off64_t at), fd, data,
	     size, at);
FORWARD_FILE(ssize_t, writev, CALL_WRITE, SYS_writev,
	     (int fd, const struct iovec *parts, int count), fd, parts, count);
FORWARD_FILE(ssize_t, read, CALL_READ, SYS_read,
	     (int fd, void *data, size_t size), fd, data, size);
FORWARD_FILE(ssize_t, __read_chk, CALL_READ, SYS_read,
	     (int fd, void *data, size_t size, size_t room), fd, data,
	     size > room ? room : size);
FORWARD_FILE(ssize_t, pread, CALL_READ, SYS_pread64,
	     (int fd, void *data, size_t size, off_t at), fd, data, size, at);
FORWARD_FILE(ssize_t, pread64, CALL_READ, SYS_pread64,
	     (int fd, void *data, size_t size, off64_t at), fd, data, size, at);
FORWARD_FILE(ssize_t, __pread_chk, CALL_READ, SYS_pread64,
	     (int fd, void *data, size_t size, off_t at, size_t room), fd, data,
	     size > room ? room : size, at);
FORWARD_FILE(ssize_t, __pread64_chk, CALL_READ, SYS_pread64,
	     (int fd, void *data, size_t size, off64_t at, size_t room), fd,
	     data, size > room ? room : size, at);
FORWARD(int, ftruncate, CALL_TRUNCATE, SYS_ftruncate, (int fd, off_t size), fd,
	size);
FORWARD(int, ftruncate64, CALL_TRUNCATE, SYS_ftruncate, (int fd, off64_t size),
	fd, size);
FORWARD(int, fallocate, CALL_WRITE, SYS_fallocate,
	(int fd, int mode, off_t at, off_t size), fd, mode, at, size);
FORWARD(int, fallocate64, CALL_WRITE, SYS_fallocate,
	(int fd, int mode, off64_t at, off64_t size), fd, mode, at, size);
FORWARD(int, fsync, CALL_SYNC, SYS_fsync, (int fd), fd);
FORWARD(int, fdatasync, CALL_SYNC, SYS_fdatasync, (int fd), fd);
FORWARD(int, fchmod, CALL_CHMOD, SYS_fchmod, (int fd, mode_t mode), fd, mode);
FORWARD(int, flock, CALL_LOCK, SYS_flock, (int fd, int operation), fd,
	operation);

/* posix_fallocate() answers with the error itself. */
int
posix_fallocate(int fd, off_t at, off_t size)
{
	return fallocate(fd, 0, at, size) < 0 ? errno : 0;
}

int
posix_fallocate64(int fd, off64_t at, off64_t size)
{
	return posix_fallocate(fd, at, size);
}

/* ---- sockets and what else is a descriptor ---- */

FORWARD(ssize_t, sendmsg, CALL_SEND, SYS_sendmsg,
	(int fd, const struct msghdr *message, int flags), fd, message, flags);
FORWARD(int, bind, CALL_BIND, SYS_bind,
	(int fd, const struct sockaddr *address, socklen_t size), fd, address,
	size);
FORWARD(int, socketpair, CALL_DESCRIPTOR, SYS_socketpair,
	(int domain, int type, int protocol, int ends[2]), domain, type,
	protocol, ends);
FORWARD(int, accept4, CALL_DESCRIPTOR, SYS_accept4,
	(int fd, struct sockaddr *address, socklen_t *size, int flags), fd,
	address, size, flags);
FORWARD(int, pipe2, CALL_DESCRIPTOR, SYS_pipe2, (int ends[2], int flags), ends,
	flags);
FORWARD(int, inotify_init1, CALL_DESCRIPTOR, SYS_inotify_init1, (int flags),
	flags);
FORWARD(int, inotify_add_watch, CALL_WATCH, SYS_inotify_add_watch,
	(int fd, const char *path, uint32_t mask), fd, path, mask);
