/* SPDX-License-Identifier: Apache-2.0 */
/*
 * folder.c - the state folder and its two locks
 */
#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WAIT_ROUNDS 750
#define WAIT_ROUND_NS 20000000L

static int
make(const char *path, mode_t mode, struct fault *fault)
{
	if (mkdir(path, mode) == 0 || errno == EEXIST)
		return 0;
	return fault_set_errno(fault, -errno, "cannot make %s", path);
}

static int
open_lock(const struct folder *folder, const char *name, struct fault *fault)
{
	int fd = openat(folder->state, name,
			O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);

	return fd >= 0 ? fd : fault_set_errno(fault, -errno, "%s", name);
}

/* Orphans end when they find their socket closed; that takes a moment. */
static int
wait_for_orphans(const struct folder *folder, struct fault *fault)
{
	const struct timespec round = { .tv_nsec = WAIT_ROUND_NS };

	for (int i = 0; i < WAIT_ROUNDS; i++) {
		if (flock(folder->children, LOCK_EX | LOCK_NB) == 0)
			return 0;
		nanosleep(&round, NULL);
	}
	return fault_set(fault, -EBUSY,
			 "children of a docketd that ended are still alive; "
			 "kill them (docket-worker, docket-bus) and start "
			 "again");
}

int
folder_open(struct folder *folder, const struct config *config,
	    struct fault *fault)
{
	const struct config_daemon *daemon = &config->daemon;
	int status;

	*folder = (struct folder){ -1, -1, -1 };
	status = make(daemon->state, 0700, fault);
	if (status == 0)
		status = make(daemon->runtime, 0755, fault);
	if (status < 0)
		return status;
	folder->state = open(daemon->state, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder->state < 0)
		return fault_set_errno(fault, -errno, "%s", daemon->state);
	folder->lock = open_lock(folder, "lock", fault);
	folder->children = open_lock(folder, "children.lock", fault);
	if (folder->lock < 0 || folder->children < 0)
		return folder->lock < 0 ? folder->lock : folder->children;
	if (flock(folder->lock, LOCK_EX | LOCK_NB) < 0)
		return fault_set(fault, -EBUSY,
				 "another docketd runs on %s; docket status "
				 "talks to it",
				 daemon->state);
	return wait_for_orphans(folder, fault);
}

void
folder_close(struct folder *folder)
{
	mem_cleanup_fd(&folder->children);
	mem_cleanup_fd(&folder->lock);
	mem_cleanup_fd(&folder->state);
	*folder = (struct folder){ -1, -1, -1 };
}
