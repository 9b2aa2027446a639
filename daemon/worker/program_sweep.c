/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_sweep.c - the end of a program and of all that it started
 *
 * A process leaves its group by one call, and forks faster than it is found. So
 * those that are left are stopped, not killed: they keep their places under the
 * limit of processes and fork no more. When a look shows the same crowd as the
 * one before, all of it stands still, and is killed. Owns nothing afterwards.
 */
#include "program_sweep.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mem.h"

#define LIMIT_MS 5000

/* Processes, parents before children. */
struct crowd {
	pid_t *pids;
	size_t count, capacity;
};

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
add_children_of_thread(struct crowd *crowd, pid_t pid, const char *thread)
{
	auto_free char *path =
		mem_format("/proc/%d/task/%s/children", pid, thread);
	auto_file FILE *file = fopen(path, "re");
	int child;

	while (file && fscanf(file, "%d", &child) == 1) {
		crowd->pids = mem_grow_array(crowd->pids, crowd->count,
					     &crowd->capacity,
					     sizeof(crowd->pids[0]));
		crowd->pids[crowd->count++] = child;
	}
}

static void
add_children(struct crowd *crowd, pid_t pid)
{
	auto_free char *path = mem_format("/proc/%d/task", pid);
	DIR *threads = opendir(path);
	struct dirent *entry;

	if (!threads)
		return; /* it has ended */
	while ((entry = readdir(threads)) != NULL)
		if (entry->d_name[0] != '.')
			add_children_of_thread(crowd, pid, entry->d_name);
	closedir(threads);
}

static void
gather(struct crowd *crowd)
{
	crowd->count = 0;
	add_children(crowd, getpid());
	for (size_t i = 0; i < crowd->count; i++)
		add_children(crowd, crowd->pids[i]);
}

static bool
is_same(const struct crowd *one, const struct crowd *two)
{
	return one->count == two->count &&
	       (one->count == 0 ||
		memcmp(one->pids, two->pids,
		       one->count * sizeof(one->pids[0])) == 0);
}

/* False where there are no children any more. */
static bool
reap(void)
{
	pid_t ended;

	do {
		ended = waitpid(-1, NULL, WNOHANG);
	} while (ended > 0 || (ended < 0 && errno == EINTR));
	return ended == 0;
}

void
program_sweep_open(void)
{
	prctl(PR_SET_CHILD_SUBREAPER, 1);
}

bool
program_sweep(pid_t group)
{
	int64_t end_ms = now_ms() + LIMIT_MS;
	struct crowd before = { 0 }, crowd = { 0 };
	bool has_children;

	kill(-group, SIGKILL);
	while ((has_children = reap()) && now_ms() < end_ms) {
		struct crowd swapped = before;
		int number;

		gather(&crowd);
		number = is_same(&crowd, &before) ? SIGKILL : SIGSTOP;
		for (size_t i = 0; i < crowd.count; i++)
			kill(crowd.pids[i], number);
		before = crowd;
		crowd = swapped;
		poll(NULL, 0, 1);
	}
	free(before.pids);
	free(crowd.pids);
	return !has_children;
}
