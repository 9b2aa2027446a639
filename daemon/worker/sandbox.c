/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sandbox.c - what a worker gives up before it sees a stranger's byte
 *
 * Works on the process itself and owns nothing. The order is the point, so it
 * is a table; a step that fails ends the worker (main.c).
 *
 * Two steps have their place but no function yet: the filters arrive later.
 * Until then a plugin that is taken over has the rights of docket's user, less
 * what the limits take.
 */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "log.h"

/* 3 is the socket to docketd, 4 the lock that has to die with us. */
#define FIRST_FOREIGN_FD 5
#define FILES_LIMIT 64
/* What log lines may add to a file that standard error goes to. */
#define LOG_LIMIT (1u << 20)

/* LeakSanitizer works from a thread that traces us. */
#if defined(__SANITIZE_ADDRESS__)
#define IS_TRACED true

/* Past the memory limit its report would wait for memory for ever. */
extern __attribute__((visibility("default"))) const char *
__asan_default_options(void);

const char *
__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}
#else
#define IS_TRACED false
#endif

struct step {
	const char *name;
	int (*go)(const struct sandbox *sandbox); /* NULL: not there yet */
};

static int
limit(enum __rlimit_resource resource, rlim_t value)
{
	struct rlimit now;

	if (getrlimit(resource, &now))
		return -errno;
	if (value > now.rlim_max)
		value = now.rlim_max;
	now = (struct rlimit){ value, value };
	return setrlimit(resource, &now) ? -errno : 0;
}

/*
 * Nothing of the parent's but the three of ours. What a plugin prints goes to
 * the log, and standard input is nothing.
 */
static int
close_descriptors(const struct sandbox *sandbox)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	(void)sandbox;
	if (null < 0)
		return -errno;
	if (fcntl(STDERR_FILENO, F_GETFD) < 0)
		dup2(null, STDERR_FILENO);
	if (dup2(null, STDIN_FILENO) < 0 ||
	    dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
		return -errno;
	if (null > STDERR_FILENO)
		close(null);
	return close_range(FIRST_FOREIGN_FD, ~0u, 0) ? -errno : 0;
}

/* How much is mapped already; with sanitizers that is terabytes of shadow. */
static rlim_t
read_mapped_bytes(void)
{
	auto_file FILE *file = fopen("/proc/self/statm", "re");
	unsigned long long pages = 0;

	if (!file || fscanf(file, "%*u %*u %*u %*u %*u %llu", &pages) != 1)
		return 0;
	return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static int
limit_memory(const struct sandbox *sandbox)
{
	if (!sandbox->memory_limit_bytes)
		return 0;
	return limit(RLIMIT_DATA,
		     read_mapped_bytes() + sandbox->memory_limit_bytes);
}

/* How long a file may be made: not at all, but for the log. */
static rlim_t
find_file_limit(void)
{
	struct stat log;

	if (fstat(STDERR_FILENO, &log) || !S_ISREG(log.st_mode))
		return 0;
	return (rlim_t)log.st_size + LOG_LIMIT;
}

static int
limit_files(const struct sandbox *sandbox)
{
	int rc = limit(RLIMIT_NOFILE, FILES_LIMIT);

	if (rc || sandbox->role != ROLE_READER)
		return rc;
	/* A line too many for the log is lost, which is no reason to die. */
	signal(SIGXFSZ, SIG_IGN);
	return limit(RLIMIT_FSIZE, find_file_limit());
}

static int
limit_cores(const struct sandbox *sandbox)
{
	(void)sandbox;
	return limit(RLIMIT_CORE, 0);
}

/* The first to go where memory is short. No barrier: failing is no harm. */
static int
offer_to_the_oom_killer(const struct sandbox *sandbox)
{
	auto_fd int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

	(void)sandbox;
	if (fd < 0 || write(fd, "1000", 4) != 4)
		log_warning("oom_score_adj: %s", strerror(errno));
	return 0;
}

static int
forbid_privileges(const struct sandbox *sandbox)
{
	(void)sandbox;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ? -errno : 0;
}

static int
forbid_tracing(const struct sandbox *sandbox)
{
	(void)sandbox;
	if (IS_TRACED)
		return 0;
	return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) ? -errno : 0;
}

/* The number counts all processes of the user, so it is none or no limit. */
static int
forbid_processes(const struct sandbox *sandbox)
{
	if (IS_TRACED ||
	    sandbox->needs & (DOCKET_NEED_EXEC | DOCKET_NEED_THREADS))
		return 0;
	return limit(RLIMIT_NPROC, 0);
}

/* One that reads each document in a copy of itself leaves that to the copies. */
static int
forbid_processes_here(const struct sandbox *sandbox)
{
	return sandbox->needs & DOCKET_NEED_PROCESS ? 0
						    : forbid_processes(sandbox);
}

/*
 * oom_score_adj comes before the tracing step: a process that may not be
 * traced does not own its files in /proc any more.
 */
static const struct step before_load[] = {
	{ "close descriptors", close_descriptors },
	{ "limit memory", limit_memory },
	{ "limit files", limit_files },
	{ "limit cores", limit_cores },
	{ "oom score", offer_to_the_oom_killer },
	{ "no new privileges", forbid_privileges },
	{ "no tracing", forbid_tracing },
	/*
	 * Filters arrive later. Here: Landlock, with nothing left but reading
	 * the plugins, the libraries behind them and the declared data; and a
	 * first seccomp filter without network, exec and ptrace.
	 */
	{ "landlock and first filter", NULL },
};

static const struct step before_input[] = {
	{ "no new processes", forbid_processes_here },
	/*
	 * Filters arrive later. Here: a second seccomp filter with what the
	 * role and the needs of its plugins ask for, all else kills.
	 */
	{ "second filter", NULL },
};

static const struct step before_document[] = {
	{ "no new processes", forbid_processes },
};

static const struct step limits[] = {
	{ "limit memory", limit_memory },
	{ "limit files", limit_files },
	{ "limit cores", limit_cores },
};

static int
go_through(const struct step *steps, size_t count,
	   const struct sandbox *sandbox, struct fault *fault)
{
	for (size_t i = 0; i < count; i++) {
		int rc = steps[i].go ? steps[i].go(sandbox) : 0;

		if (rc)
			return fault_set_errno(fault, rc,
					       "sandbox, step \"%s\"",
					       steps[i].name);
	}
	return 0;
}

int
sandbox_before_load(const struct sandbox *sandbox, struct fault *fault)
{
	return go_through(before_load, ARRAY_SIZE(before_load), sandbox, fault);
}

int
sandbox_before_input(const struct sandbox *sandbox, struct fault *fault)
{
	return go_through(before_input, ARRAY_SIZE(before_input), sandbox,
			  fault);
}

int
sandbox_before_document(const struct sandbox *sandbox, struct fault *fault)
{
	return go_through(before_document, ARRAY_SIZE(before_document), sandbox,
			  fault);
}

int
sandbox_limit(const struct sandbox *sandbox, struct fault *fault)
{
	return go_through(limits, ARRAY_SIZE(limits), sandbox, fault);
}
