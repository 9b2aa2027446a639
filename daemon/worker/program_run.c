/* SPDX-License-Identifier: Apache-2.0 */
/*
 * program_run.c - another program, run once, to its end or ours
 *
 * Owns the pipes and the process while it runs. One poll() waits for all that
 * can happen; nothing here blocks on the program's goodwill. Whatever it has
 * started ends with it (program_sweep.c).
 */
#include "program_run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "escape.h"
#include "log.h"
#include "program_child.h"
#include "program_sweep.h"

#define PIECE_BYTES (64u << 10)
#define ALIVE_MS 200
/* A longer line is logged in pieces. */
#define LINE_LIMIT 512

/* What is waited for, and its place in the poll. */
enum wait { WAIT_INPUT, WAIT_OUTPUT, WAIT_ERRORS, WAIT_END, WAIT_SOCKET };
#define WAITS (WAIT_SOCKET + 1)

struct run {
	const struct program_order *order;
	struct program_result *result;
	pid_t pid;
	struct pollfd
		polls[WAITS];	   /* all but the socket are ours; -1: closed */
	struct docket_bytes input; /* that is left to write */
	struct buffer line;	   /* of descriptor 2, not yet whole */
	bool is_over;
};

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
finish(struct run *run, enum program_end end, int code)
{
	if (run->is_over)
		return;
	run->is_over = true;
	run->result->end = end;
	run->result->code = code;
}

static void
close_one(struct run *run, enum wait which)
{
	if (run->polls[which].fd >= 0)
		close(run->polls[which].fd);
	run->polls[which].fd = -1;
}

/* ---- starting ---- */

/* Pipes of which `ours` does not block; all ends are closed by an exec. */
static int
open_pipe(int ends[2], int ours)
{
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	fcntl(ends[ours], F_SETFL, O_NONBLOCK);
	return 0;
}

struct pipes {
	int input[2], output[2], errors[2];
};

static void
close_pipes(struct pipes *pipes)
{
	int *ends = (int *)pipes;

	for (size_t i = 0; i < sizeof(*pipes) / sizeof(*ends); i++)
		if (ends[i] >= 0)
			close(take_fd(&ends[i]));
}

static int
open_pipes(struct pipes *pipes)
{
	int rc;

	*pipes = (struct pipes){ { -1, -1 }, { -1, -1 }, { -1, -1 } };
	rc = open_pipe(pipes->input, 1);
	if (rc == 0)
		rc = open_pipe(pipes->output, 0);
	if (rc == 0)
		rc = open_pipe(pipes->errors, 0);
	return rc;
}

/* No handler of ours may run in the child: it would speak on our socket. */
static int
fork_child(struct run *run, const struct pipes *pipes)
{
	const int ends[] = { pipes->input[0],
			     run->order->has_output ? pipes->output[1]
						    : pipes->errors[1],
			     pipes->errors[1] };
	uint64_t processes = program_child_count(run->order->processes);
	pid_t parent = getpid();
	sigset_t all, before;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	run->pid = fork();
	if (run->pid == 0)
		program_child_become(run->order, ends, processes, parent);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (run->pid < 0)
		return -errno;
	setpgid(run->pid, run->pid); /* whoever comes first: it is so */
	return 0;
}

static int
start(struct run *run)
{
	struct pipes pipes;
	int rc = open_pipes(&pipes);
	int end = -1;

	if (rc == 0)
		rc = fork_child(run, &pipes);
	if (rc == 0) {
		end = pidfd_open(run->pid, 0);
		rc = end < 0 ? -errno : 0;
	}
	if (rc == 0) {
		run->polls[WAIT_INPUT].fd = take_fd(&pipes.input[1]);
		run->polls[WAIT_OUTPUT].fd = take_fd(&pipes.output[0]);
		run->polls[WAIT_ERRORS].fd = take_fd(&pipes.errors[0]);
		run->polls[WAIT_END].fd = end;
	}
	close_pipes(&pipes);
	return rc;
}

/* ---- while it runs ---- */

static void
feed(struct run *run)
{
	size_t size =
		run->input.size < PIECE_BYTES ? run->input.size : PIECE_BYTES;
	ssize_t count = 0;

	if (size > 0)
		count = write(run->polls[WAIT_INPUT].fd, run->input.data, size);
	if (count > 0) {
		run->input.data += count;
		run->input.size -= (size_t)count;
	}
	/* That it does not want to read all is its own affair. */
	if (run->input.size == 0 || (count < 0 && errno != EAGAIN))
		close_one(run, WAIT_INPUT);
}

static bool
is_overflowing(const struct run *run)
{
	return run->result->output.size > run->order->output_limit_bytes;
}

/* False where there is nothing more for now, or too much. */
static bool
read_output(struct run *run)
{
	struct buffer *output = &run->result->output;
	ssize_t count;

	if (run->polls[WAIT_OUTPUT].fd < 0)
		return false;
	count = read(run->polls[WAIT_OUTPUT].fd,
		     buffer_reserve(output, PIECE_BYTES), PIECE_BYTES);
	if (count > 0)
		output->size += (size_t)count;
	else if (count == 0 || errno != EAGAIN)
		close_one(run, WAIT_OUTPUT);
	return count > 0 && !is_overflowing(run);
}

static void
log_line(struct run *run)
{
	struct docket_bytes line = buffer_bytes(&run->line);
	struct program_result *result = run->result;

	while (line.size > 0 && strchr(" \t\r", line.data[line.size - 1]))
		line.size--;
	if (line.size > 0) {
		docket_log("%.*s", (int)line.size, line.data);
		line = escape_cut(line, sizeof(result->last_words) - 1);
		snprintf(result->last_words, sizeof(result->last_words), "%.*s",
			 (int)line.size, line.data);
	}
	run->line.size = 0;
}

static bool
read_errors(struct run *run)
{
	char piece[4096];
	ssize_t count = -1;

	if (run->polls[WAIT_ERRORS].fd < 0)
		return false;
	count = read(run->polls[WAIT_ERRORS].fd, piece, sizeof(piece));
	for (ssize_t i = 0; i < count; i++) {
		if (piece[i] != '\n')
			buffer_put(&run->line, &piece[i], 1);
		if (piece[i] == '\n' || run->line.size == LINE_LIMIT)
			log_line(run);
	}
	if (count == 0 || (count < 0 && errno != EAGAIN))
		close_one(run, WAIT_ERRORS);
	return count > 0;
}

static void
take_end(struct run *run)
{
	siginfo_t how = { 0 };

	/* It stays a zombie, so that its group's number is nobody else's. */
	if (waitid(P_PID, (id_t)run->pid, &how, WEXITED | WNOWAIT) < 0)
		finish(run, PROGRAM_FAILED, errno);
	else if (how.si_code == CLD_EXITED)
		finish(run, PROGRAM_EXITED, how.si_status);
	else
		finish(run, PROGRAM_SIGNALLED, how.si_status);
}

static void
take_events(struct run *run)
{
	if (run->polls[WAIT_INPUT].revents)
		feed(run);
	if (run->polls[WAIT_OUTPUT].revents)
		read_output(run);
	if (is_overflowing(run))
		finish(run, PROGRAM_OVERFLOWED, 0);
	if (run->polls[WAIT_ERRORS].revents)
		read_errors(run);
	if (run->polls[WAIT_SOCKET].revents)
		finish(run, PROGRAM_FORSAKEN, 0);
	if (run->polls[WAIT_END].revents)
		take_end(run);
}

static void
watch(struct run *run)
{
	int64_t end_ms = now_ms() + run->order->deadline_ms;
	int64_t alive_ms = now_ms();

	while (!run->is_over) {
		int64_t now = now_ms();
		int64_t left_ms = end_ms - now;

		if (left_ms <= 0) {
			finish(run, PROGRAM_OVERDUE, 0);
			return;
		}
		if (run->order->on_alive && now >= alive_ms) {
			run->order->on_alive(run->order->owner);
			alive_ms = now + ALIVE_MS;
		}
		if (poll(run->polls, WAITS,
			 left_ms < ALIVE_MS ? (int)left_ms : ALIVE_MS) > 0)
			take_events(run);
	}
}

/* ---- its end ---- */

static void
end(struct run *run)
{
	if (!program_sweep(run->pid))
		log_error("processes of a program cannot be killed");
	while (run->result->end == PROGRAM_EXITED && read_output(run))
		;
	if (is_overflowing(run))
		run->result->end = PROGRAM_OVERFLOWED;
	/* A bounded pipe, and its writers are gone. */
	for (int i = 0; i < 256 && read_errors(run); i++)
		;
	log_line(run);
	for (enum wait which = WAIT_INPUT; which < WAIT_SOCKET; which++)
		close_one(run, which);
}

void
program_run(const struct program_order *order,
	    struct program_result *out_result)
{
	struct run run = {
		.order = order,
		.result = out_result,
		.input = order->input,
		.polls = {
			[WAIT_INPUT] = { .fd = -1, .events = POLLOUT },
			[WAIT_OUTPUT] = { .fd = -1, .events = POLLIN },
			[WAIT_ERRORS] = { .fd = -1, .events = POLLIN },
			[WAIT_END] = { .fd = -1, .events = POLLIN },
			[WAIT_SOCKET] = { .fd = order->socket,
					  .events = POLLRDHUP },
		},
	};
	int rc;

	*out_result = (struct program_result){ .end = PROGRAM_EXITED };
	rc = start(&run);
	if (rc < 0)
		finish(&run, PROGRAM_FAILED, -rc);
	else
		watch(&run);
	if (run.pid > 0)
		end(&run);
	buffer_fini(&run.line);
}

void
program_run_fini(struct program_result *result)
{
	buffer_fini(&result->output);
}
