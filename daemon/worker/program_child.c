/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_child.c - from a copy of this process to the program
 *
 * Runs between fork() and exec(), in a process that nobody else has: it owns
 * nothing and leaves by exec() or _exit(). What the worker has given up before
 * (sandbox.c) is given up here, too: files of any length, cores, privileges,
 * more than 64 descriptors.
 */
#include "program_child.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define CANNOT_RUN 127 /* as a shell has it */

/* Threads of a process of ours, 0 of any other; it may be gone by now. */
static uint64_t
count_threads(int proc, const char *name)
{
	auto_free char *path = mem_format("%s/task", name);
	struct stat folder;

	if (fstatat(proc, path, &folder, 0) < 0 || folder.st_uid != geteuid())
		return 0;
	return folder.st_nlink > 2 ? folder.st_nlink - 2 : 0;
}

uint64_t
program_child_count(uint64_t more)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	uint64_t count = 0;

	if (!proc)
		return 0;
	while ((entry = readdir(proc)) != NULL)
		if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
			count += count_threads(dirfd(proc), entry->d_name);
	closedir(proc);
	return count > 0 ? count + more : 0;
}

_Noreturn static void
give_up(const char *what)
{
	dprintf(STDERR_FILENO, "%s: %s\n", what, strerror(errno));
	_exit(CANNOT_RUN);
}

/* Never more than there was. */
static void
limit(enum __rlimit_resource resource, uint64_t value, const char *what)
{
	struct rlimit now;

	if (getrlimit(resource, &now) < 0)
		give_up(what);
	if (value < now.rlim_max)
		now.rlim_max = value;
	now.rlim_cur = now.rlim_max;
	if (setrlimit(resource, &now) < 0)
		give_up(what);
}

/*
 * As a program expects them. Only a write past the file limit stays an error
 * (EFBIG) that it can tell of, and does not end it.
 */
static void
reset_signals(void)
{
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		if (number != SIGXFSZ)
			signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The ends are above 2, as those are taken. */
static void
take_descriptors(const int ends[3])
{
	for (int i = 0; i < 3; i++)
		if (dup2(ends[i], i) < 0)
			_exit(CANNOT_RUN);
	if (close_range(STDERR_FILENO + 1, ~0u, 0) < 0)
		give_up("descriptors");
}

_Noreturn void
program_child_become(const struct program_order *order, const int ends[3],
		     uint64_t processes, pid_t parent)
{
	uint64_t seconds = (uint64_t)order->deadline_ms / 1000 + 1;

	take_descriptors(ends);
	setpgid(0, 0);
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
		give_up("PDEATHSIG");
	if (getppid() != parent) /* which died before that line */
		_exit(CANNOT_RUN);
	if (chdir("/") < 0)
		give_up("/");
	umask(077);
	limit(RLIMIT_CORE, 0, "RLIMIT_CORE");
	limit(RLIMIT_CPU, seconds, "RLIMIT_CPU");
	if (processes)
		limit(RLIMIT_NPROC, processes, "RLIMIT_NPROC");
	if (order->memory_limit_bytes)
		limit(RLIMIT_DATA, order->memory_limit_bytes, "RLIMIT_DATA");
	reset_signals();
	execve(order->argv[0], (char *const *)order->argv,
	       (char *const *)order->environment);
	give_up(order->argv[0]);
}
