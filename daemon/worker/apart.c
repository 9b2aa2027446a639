/* SPDX-License-Identifier: Apache-2.0 */
/*
 * apart.c - one piece of work in a copy of this process
 *
 * Owns the copy until it has ended. Ends the process the way the copy ended, so
 * that whoever waits for this process learns what became of its work without
 * knowing of copies.
 *
 * SIGTERM and SIGCHLD are blocked while there is a copy and taken one by one:
 * no handler needs to know a process that may not be there yet, or no more.
 */
#include "apart.h"

#include <docket/plugin.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "log.h"
#include "program_sweep.h"
#include "sandbox.h"

/* A plugin that leaves with exit(0) has not done its work; so 0 is not it. */
#define CODE_DONE 93

/* May plugins start programs, which may outlive a copy? */
static bool
may_leave_programs(uint32_t needs)
{
	return needs & DOCKET_NEED_EXEC;
}

/* ---- the copy ---- */

static void
narrow(const struct apart *apart)
{
	const struct sandbox sandbox = {
		.role = ROLE_READER,
		.needs = apart->needs,
	};
	struct fault fault = { "" };

	if (sandbox_before_document(&sandbox, &fault) == 0)
		return;
	log_error("%s", fault.text);
	_exit(FAULT_EXIT_CONFIG);
}

static _Noreturn void
be_copy(const struct apart *apart, pid_t parent, const sigset_t *mask)
{
	int code;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent) /* which died before that line */
		_exit(FAULT_EXIT_SOFTWARE);
	if (may_leave_programs(apart->needs))
		setpgid(0, 0);
	sigprocmask(SIG_SETMASK, mask, NULL);
	narrow(apart);
	code = apart->run(apart->owner);
	fflush(NULL); /* what plugins printed */
	_exit(code ? code : CODE_DONE);
}

/* ---- this process ---- */

/* Until it has ended; its status as wait() has it. */
static int
wait_for(pid_t copy, const sigset_t *awaited)
{
	int status = 0;

	while (waitpid(copy, &status, WNOHANG) == 0)
		if (sigwaitinfo(awaited, NULL) == SIGTERM)
			kill(copy, SIGTERM);
	return status;
}

static _Noreturn void
end_like(int status)
{
	if (WIFEXITED(status))
		_exit(WEXITSTATUS(status));
	/* A handler that ends the process by its own signal may come first. */
	raise(WTERMSIG(status));
	signal(WTERMSIG(status), SIG_DFL);
	raise(WTERMSIG(status));
	_exit(FAULT_EXIT_SOFTWARE);
}

void
apart_open(uint32_t needs)
{
	if (may_leave_programs(needs))
		program_sweep_open();
}

int
apart_run(const struct apart *apart)
{
	pid_t parent = getpid();
	sigset_t awaited, mask;
	pid_t copy;
	int status;

	sigemptyset(&awaited);
	sigaddset(&awaited, SIGTERM);
	sigaddset(&awaited, SIGCHLD);
	fflush(NULL); /* or a copy would write it once more */
	sigprocmask(SIG_BLOCK, &awaited, &mask);
	copy = fork();
	if (copy == 0)
		be_copy(apart, parent, &mask);
	status = copy < 0 ? -errno : wait_for(copy, &awaited);
	if (copy > 0 && may_leave_programs(apart->needs))
		program_sweep(copy);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	if (copy < 0)
		return status;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != CODE_DONE)
		end_like(status);
	return 0;
}
