/* SPDX-License-Identifier: Apache-2.0 */
/*
 * own_worker.c - a docket-worker of our own: started, spoken to, ended
 *
 * Owns the process and the socketpair to it, which is its descriptor 3. Its
 * standard input is empty and its standard output is our standard error: what
 * a plugin prints is no record.
 */
#include "own_worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "place.h"
#include "record.h"

#define WORKER_FD 3
#define START_MS 30000
#define FAREWELL_MS 1000
/* The text, and room for what a record has besides. */
#define FRAME_LIMIT_BYTES (RECORD_TEXT_LIMIT + (88u << 20))

static const char *const role_names[] = {
	[ROLE_READER] = "reader",
	[ROLE_INDEXER] = "indexer",
	[ROLE_NOTIFIER] = "notifier",
};

void
own_worker_init(struct own_worker *worker)
{
	*worker = (struct own_worker){ .fd = -1 };
}

/* Forget a process that was waited for. */
static void
clear(struct own_worker *worker)
{
	frame_stream_fini(&worker->stream);
	close(worker->fd);
	buffer_fini(&worker->refused);
	free(worker->culprit);
	own_worker_init(worker);
}

static int
wait_for(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

void
own_worker_fini(struct own_worker *worker)
{
	if (worker->pid == 0)
		return;
	kill(worker->pid, SIGKILL);
	wait_for(worker->pid);
	clear(worker);
}

/* ---- starting ---- */

/* posix_spawn answers with a positive errno, and so do its parts. */
static int
spawn(const char *program, const char *role, int socket, pid_t *out_pid)
{
	char *argv[] = { (char *)"docket-worker", (char *)role, NULL };
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error)
		return -error;
	error = posix_spawn_file_actions_adddup2(&actions, socket, WORKER_FD);
	if (!error)
		error = posix_spawn_file_actions_addopen(
			&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (!error)
		error = posix_spawn_file_actions_adddup2(
			&actions, STDERR_FILENO, STDOUT_FILENO);
	if (!error)
		error = posix_spawn(out_pid, program, &actions, NULL, argv,
				    environ);
	posix_spawn_file_actions_destroy(&actions);
	return -error;
}

static int
start_at(struct own_worker *worker, const struct place *place, const char *role,
	 struct fault *fault)
{
	int pair[2];
	int error;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return fault_set_errno(fault, -errno, "socketpair");
	error = spawn(place->worker, role, pair[1], &worker->pid);
	close(pair[1]);
	if (error) {
		close(pair[0]);
		worker->pid = 0;
		return fault_set_errno(fault, error, "cannot start %s",
				       place->worker);
	}
	worker->fd = pair[0];
	frame_stream_init(&worker->stream, worker->fd, FRAME_LIMIT_BYTES);
	return 0;
}

static void
put_refused(struct own_worker *worker, struct docket_bytes plugin,
	    struct docket_bytes detail)
{
	buffer_put_bytes(&worker->refused, plugin);
	buffer_put_string(&worker->refused, ": ");
	buffer_put_bytes(&worker->refused, detail);
	buffer_put_string(&worker->refused, "\n");
}

/* What it says before it is ready; an indexer may fail to resume. */
static bool
is_ready(struct own_worker *worker, const struct frame *frame)
{
	struct message_sequence ready = { 0 };
	struct message_refused refused;
	struct message_failed failed;

	if (frame->type == MESSAGE_REFUSED &&
	    message_decode(frame, &refused) == 0)
		put_refused(worker, refused.plugin, refused.detail);
	if (frame->type == MESSAGE_FAILED &&
	    message_decode(frame, &failed) == 0)
		put_refused(worker, failed.plugin, failed.detail);
	if (frame->type != MESSAGE_READY)
		return false;
	message_decode(frame, &ready);
	worker->sequence = ready.sequence;
	return true;
}

static int
await_ready(struct own_worker *worker, struct fault *fault)
{
	struct frame frame;
	int answer;

	while ((answer = own_worker_receive(worker, START_MS, &frame)) == 1)
		if (is_ready(worker, &frame))
			return 0;
	if (worker->refused.size > 0)
		fault_set(fault, 0, "%.*s", (int)worker->refused.size - 1,
			  worker->refused.data);
	else
		own_worker_give_up(worker, answer, START_MS, fault);
	own_worker_fini(worker);
	return fault_prefix(fault, -EPROTO, "docket-worker did not start");
}

int
own_worker_start(struct own_worker *worker, const struct worker_setup *setup,
		 const struct worker_specialist *specialist,
		 struct fault *fault)
{
	auto_buffer struct buffer words = { 0 };
	struct place place;
	int error;

	place_init(&place);
	worker_setup_put(setup, specialist, place.data, &words);
	error = start_at(worker, &place, role_names[setup->role], fault);
	place_fini(&place);
	if (error)
		return error;
	frame_send(worker->fd, &words, -1);
	return await_ready(worker, fault);
}

/* ---- speaking ---- */

void
own_worker_send(struct own_worker *worker, enum message_type type,
		const void *message)
{
	auto_buffer struct buffer out = { 0 };

	message_encode(&out, type, message);
	frame_send(worker->fd, &out, -1);
}

void
own_worker_send_fd(struct own_worker *worker, enum message_type type,
		   const void *message, int fd)
{
	auto_buffer struct buffer out = { 0 };

	message_encode_fd(&out, type, message);
	frame_send(worker->fd, &out, fd);
}

static void
remember_culprit(struct own_worker *worker, const struct frame *frame)
{
	struct message_dying dying;

	if (message_decode(frame, &dying))
		return;
	free(worker->culprit);
	worker->culprit =
		mem_format("%.*s", (int)dying.plugin.size, dying.plugin.data);
}

int
own_worker_receive(struct own_worker *worker, int deadline_ms,
		   struct frame *out_frame)
{
	int answer;

	while ((answer = frame_receive(&worker->stream, deadline_ms,
				       out_frame)) == 1) {
		if (out_frame->type != MESSAGE_DYING)
			return 1;
		remember_culprit(worker, out_frame);
	}
	return answer;
}

/* ---- ending ---- */

/* " in plugin crash", or nothing; the caller's. */
static char *
describe_culprit(const struct own_worker *worker)
{
	if (!worker->culprit)
		return mem_dup_string("");
	return mem_format(" in plugin %s", worker->culprit);
}

static int
describe_status(const struct own_worker *worker, int status,
		struct fault *fault)
{
	auto_free char *in = describe_culprit(worker);

	if (WIFSIGNALED(status))
		return fault_set(
			fault, -EPROTO, "was ended by signal %d (%s)%s",
			WTERMSIG(status), strsignal(WTERMSIG(status)), in);
	return fault_set(fault, -EPROTO, "ended by itself with exit code %d%s",
			 WEXITSTATUS(status), in);
}

/* Who is overdue says which plugin runs, if it still can. */
static void
ask_culprit(struct own_worker *worker)
{
	struct frame frame;

	kill(worker->pid, SIGTERM);
	while (own_worker_receive(worker, FAREWELL_MS, &frame) == 1)
		;
}

/* It may have closed the socket and live on. */
static int
await_end(pid_t pid, int deadline_ms)
{
	auto_fd int fd = pidfd_open(pid, 0);
	struct pollfd poller = { .fd = fd, .events = POLLIN };

	return poll(&poller, 1, deadline_ms) == 0 ? -ETIMEDOUT : 0;
}

void
own_worker_give_up(struct own_worker *worker, int answer, int deadline_ms,
		   struct fault *fault)
{
	bool is_cut = answer == 0 || answer == -ECONNRESET;
	auto_free char *in = NULL;
	bool has_ended;
	int status;

	if (answer == -ETIMEDOUT)
		ask_culprit(worker);
	/* Who dies closes the socket before it can be waited for. */
	has_ended = is_cut && await_end(worker->pid, FAREWELL_MS) == 0;
	kill(worker->pid, SIGKILL);
	status = wait_for(worker->pid);
	in = describe_culprit(worker);
	if (has_ended)
		describe_status(worker, status, fault);
	else if (is_cut)
		fault_set(fault, 0, "closed its socket and was killed");
	else if (answer == -ETIMEDOUT)
		fault_set(fault, 0, "did not answer within %.1f s%s",
			  (double)deadline_ms / 1000, in);
	else
		fault_set(fault, 0, "cannot be understood: %s",
			  strerror(-answer));
	clear(worker);
}

int
own_worker_close(struct own_worker *worker, int deadline_ms,
		 struct fault *fault)
{
	struct frame frame;
	int answer;
	int status;
	int error = 0;

	shutdown(worker->fd, SHUT_WR);
	do {
		answer = own_worker_receive(worker, deadline_ms, &frame);
	} while (answer == 1);
	if (answer != -ETIMEDOUT)
		answer = await_end(worker->pid, deadline_ms);
	if (answer == -ETIMEDOUT) {
		own_worker_give_up(worker, answer, deadline_ms, fault);
		return -EPROTO;
	}
	status = wait_for(worker->pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		error = describe_status(worker, status, fault);
	clear(worker);
	return error;
}
