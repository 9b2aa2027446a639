/* SPDX-License-Identifier: Apache-2.0 */
/*
 * apart_mould.c - the process that copies are made of
 *
 * It waits for a frame, makes a copy that works on it, and says how that ended;
 * it looks at nothing of what it passes on. So it stays as small as it was when
 * it was made, and every copy is the first.
 *
 * SIGTERM and SIGCHLD are blocked in it, and taken one by one while there is a
 * copy.
 */
#include "apart_mould.h"

#include <docket/plugin.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "log.h"
#include "program_sweep.h"
#include "sandbox.h"

/* May plugins start programs, which may outlive a copy? */
static bool
may_leave_programs(uint32_t needs)
{
	return needs & DOCKET_NEED_EXEC;
}

int
apart_mould_narrow(uint32_t needs, struct fault *fault)
{
	const struct sandbox sandbox = {
		.role = ROLE_READER,
		.needs = needs,
	};

	return sandbox_before_document(&sandbox, fault);
}

/* Whoever made this process takes it along when it ends. */
static void
die_with(pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent) /* which died before that line */
		_exit(FAULT_EXIT_SOFTWARE);
}

/* ---- the copy ---- */

static _Noreturn void
be_copy(const struct apart_mould *mould, const struct frame *frame,
	pid_t parent, const sigset_t *mask)
{
	struct fault fault = { "" };
	int code;

	die_with(parent);
	/* Only the mould says how a copy ended. */
	close(mould->socket);
	if (may_leave_programs(mould->needs))
		setpgid(0, 0);
	sigprocmask(SIG_SETMASK, mask, NULL);
	if (apart_mould_narrow(mould->needs, &fault)) {
		log_error("%s", fault.text);
		_exit(FAULT_EXIT_CONFIG);
	}
	code = mould->run(mould->owner, frame);
	fflush(NULL); /* what plugins printed */
	_exit(code);
}

/* ---- the mould ---- */

static uint64_t
to_ms(struct timeval time)
{
	return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_usec / 1000;
}

/* Until it has ended. */
static void
wait_for(pid_t copy, const sigset_t *awaited, struct apart_ended *out_ended)
{
	struct rusage usage = { 0 };
	int status = 0;

	while (wait4(copy, &status, WNOHANG, &usage) == 0)
		if (sigwaitinfo(awaited, NULL) == SIGTERM)
			kill(copy, SIGTERM);
	out_ended->status = status;
	out_ended->spent_ms = to_ms(usage.ru_utime) + to_ms(usage.ru_stime);
}

static struct apart_ended
work(const struct apart_mould *mould, const struct frame *frame,
     const sigset_t *awaited, const sigset_t *mask)
{
	struct apart_ended ended = { 0 };
	pid_t parent = getpid();
	pid_t copy = fork();

	if (copy == 0)
		be_copy(mould, frame, parent, mask);
	if (copy < 0) {
		ended.error = -errno;
		return ended;
	}
	wait_for(copy, awaited, &ended);
	if (may_leave_programs(mould->needs))
		program_sweep(copy);
	return ended;
}

static bool
answer(const struct apart_mould *mould, const struct apart_ended *ended)
{
	return send(mould->socket, ended, sizeof(*ended), MSG_NOSIGNAL) ==
	       sizeof(*ended);
}

_Noreturn void
apart_mould_run(const struct apart_mould *mould, pid_t parent)
{
	struct frame_stream stream;
	struct apart_ended ended;
	sigset_t awaited, mask;
	struct frame frame;

	die_with(parent);
	if (may_leave_programs(mould->needs))
		program_sweep_open();
	sigemptyset(&awaited);
	sigaddset(&awaited, SIGTERM);
	sigaddset(&awaited, SIGCHLD);
	sigprocmask(SIG_BLOCK, &awaited, &mask);
	frame_stream_init(&stream, mould->socket, mould->limit_bytes);
	do {
		if (frame_receive(&stream, -1, &frame) != 1)
			_exit(0);
		ended = work(mould, &frame, &awaited, &mask);
		if (frame.fd >= 0)
			close(frame.fd); /* the copy had its own */
	} while (answer(mould, &ended));
	_exit(0);
}
