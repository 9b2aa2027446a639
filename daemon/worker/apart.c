/* SPDX-License-Identifier: Apache-2.0 */
/*
 * apart.c - one piece of work after the other, each in a process of its own
 *
 * Owns the mould and the socket to it. Ends the process the way a copy ended,
 * so that whoever waits for this process learns what became of its work without
 * knowing of copies; and as the mould ended, if that is gone.
 *
 * SIGTERM is blocked while there is a copy and taken from a descriptor: no
 * handler needs to know a process that may not be there yet, or no more.
 */
#include "apart.h"

#include <docket/plugin.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "apart_mould.h"
#include "log.h"

static void
fill_awaited(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
}

static int
open_signals(void)
{
	sigset_t awaited;
	int fd;

	fill_awaited(&awaited);
	fd = signalfd(-1, &awaited, SFD_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static void
be_mould(const struct apart *apart, int socket, pid_t parent)
{
	const struct apart_mould mould = {
		.socket = socket,
		.needs = apart->needs,
		.limit_bytes = apart->limit_bytes,
		.run = apart->run,
		.owner = apart->owner,
	};

	apart_mould_run(&mould, parent);
}

/* The rest of apart_open(), with a socket to the mould. */
static int
make_mould(struct apart *apart, int pair[2])
{
	pid_t parent = getpid();
	struct fault fault = { "" };

	fflush(NULL); /* or it would be written once more */
	apart->mould = fork();
	if (apart->mould < 0)
		return -errno;
	if (apart->mould == 0) {
		close(pair[0]);
		close(apart->signals);
		be_mould(apart, pair[1], parent);
	}
	apart->socket = pair[0];
	if (apart_mould_narrow(apart->needs, &fault))
		log_error("%s", fault.text);
	return fault.text[0] ? -EPERM : 0;
}

int
apart_open(struct apart *apart)
{
	int pair[2];
	int rc;

	apart->signals = open_signals();
	if (apart->signals < 0)
		return apart->signals;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		return -errno;
	rc = make_mould(apart, pair);
	close(pair[1]);
	return rc;
}

void
apart_close(struct apart *apart)
{
	if (apart->mould <= 0)
		return;
	close(apart->socket);
	close(apart->signals);
	waitpid(apart->mould, NULL, 0);
	apart->mould = 0;
}

/* ---- a piece of work ---- */

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

/* The mould is gone, which only happens to it from outside. */
static _Noreturn void
end_like_mould(const struct apart *apart)
{
	int status = 0;

	waitpid(apart->mould, &status, 0);
	if (WIFEXITED(status))
		_exit(FAULT_EXIT_SOFTWARE);
	end_like(status);
}

static void
pass_signal(const struct apart *apart)
{
	struct signalfd_siginfo info;

	if (read(apart->signals, &info, sizeof(info)) == sizeof(info))
		kill(apart->mould, (int)info.ssi_signo);
}

static void
wait_for_end(const struct apart *apart, struct apart_ended *out_ended)
{
	struct pollfd fds[] = {
		{ .fd = apart->socket, .events = POLLIN },
		{ .fd = apart->signals, .events = POLLIN },
	};
	ssize_t size = 0;

	do {
		if (poll(fds, ARRAY_SIZE(fds), -1) < 0)
			continue;
		if (fds[1].revents)
			pass_signal(apart);
	} while (!fds[0].revents);
	size = recv(apart->socket, out_ended, sizeof(*out_ended), MSG_WAITALL);
	if (size != sizeof(*out_ended))
		end_like_mould(apart);
}

static bool
is_apart_end(int status)
{
	return WIFEXITED(status) && (WEXITSTATUS(status) == APART_ANSWERED ||
				     WEXITSTATUS(status) == APART_PARSED);
}

int
apart_run(struct apart *apart, struct buffer *frame, int fd,
	  uint64_t *out_spent_ms)
{
	struct apart_ended ended;
	sigset_t awaited, mask;

	fill_awaited(&awaited);
	sigprocmask(SIG_BLOCK, &awaited, &mask);
	if (frame_send(apart->socket, frame, fd))
		end_like_mould(apart);
	wait_for_end(apart, &ended);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	if (ended.error)
		return ended.error;
	if (!is_apart_end(ended.status))
		end_like(ended.status);
	*out_spent_ms = ended.spent_ms;
	return WEXITSTATUS(ended.status);
}
